"""Verbs in the meeting: what is on the wall, and what is said to a point."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Innspill, Mote, Motepunkt, Visning
from planer.queries import mote as queries
from planer.workflow import mote as workflow


@transaction.atomic
def show(
    mote: Mote, *, punkt: Motepunkt | None, case: int | None = None, page: int = 1, by: Ansatt
) -> Visning:
    """Put a point on the wall, and in it a case or a page of the list.

    Raises:
        TransitionError, PermissionDenied: the meeting is not on, or `by` does not run it.
    """
    workflow.check("show", mote, by=by)
    visning: Visning
    visning, _is_new = Visning.objects.update_or_create(
        mote=mote, defaults={"punkt": punkt, "case": case, "page": page, "at": clock.now()}
    )
    return visning


@transaction.atomic
def say(mote: Mote, *, punkt: Motepunkt, text: str, is_dissent: bool, by: Ansatt) -> Innspill:
    """Write down what a participant says to a point; a dissent is entered in the minutes.

    Raises:
        PermissionDenied: `by` takes no part in the meeting, or it is over.
        DomainError: a dissent of someone who speaks for no union.
    """
    if not rules.may_speak(by, mote):
        raise PermissionDenied
    if is_dissent and not rules.may_dissent(by):
        raise DomainError(_("Bare tillitsvalgte og verneombud kan føre uenighet i referatet."))
    innspill: Innspill = Innspill.objects.create(
        mote=mote,
        punkt=punkt,
        text=text,
        is_dissent=is_dissent,
        by=by,
        capacity=queries.capacity_of(by),
    )
    audit.record("innspill.say", innspill, by=by, dissent=is_dissent)
    return innspill
