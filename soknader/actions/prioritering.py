"""What the group does with the list: order, points, comments, and who steps aside."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.actions import endring as endringer
from soknader.actions import poeng, sak
from soknader.models import (
    Endring,
    Inhabilitet,
    Kommentar,
    Soknad,
    Soknadsrunde,
)
from soknader.queries import prioritering as queries
from soknader.rules import prioritering as rules
from soknader.rules import rekkefolge
from soknader.workflow import runde as runde_workflow


@transaction.atomic
def start(runde: Soknadsrunde, *, by: Ansatt) -> Soknadsrunde:
    """Begin the prioritising when the deadline is over; the order is that of arrival.

    Raises:
        TransitionError: the round is not open, or its deadline is not over.
        PermissionDenied: `by` does not run rounds.
    """
    runde = Soknadsrunde.objects.select_for_update().get(pk=runde.pk)
    step = runde_workflow.check("prioritise", runde, by=by)
    if clock.now() <= clock.end_of(runde.deadline):
        end = norsk.frist(runde.deadline)
        raise TransitionError(_("Søknadsfristen går ut %(end)s.") % {"end": end})

    runde.status = step.target
    runde.save(update_fields=["status"])
    endringer.write_order(runde, queries.order(runde))
    audit.record("soknadsrunde.prioritise", runde, by=by, role=rules.capacity(by, Act.RUN_ROUND))
    return runde


@transaction.atomic
def move(soknad: Soknad, *, place: int, version: int, by: Ansatt) -> Endring | None:
    """Move the application to `place` (1 is first); None when it stands there already.

    Raises:
        StaleError: the order has changed since `version`.
        TransitionError: the round is not being prioritised, or the case is withdrawn.
        PermissionDenied: `by` is not in the group, or not impartial in the case.
    """
    runde = sak.lock_list(soknad.runde, version=version)
    if not rules.may_prioritise(by, soknad):
        raise PermissionDenied

    before = queries.order(runde)
    if soknad.pk not in before:
        raise TransitionError(_("Søknaden er ikke på listen lenger."))
    after = rekkefolge.placed(before, soknad.pk, place)
    old, new = before.index(soknad.pk) + 1, after.index(soknad.pk) + 1
    if new == old:
        return None
    endringer.write_order(runde, after)
    audit.record(
        "soknad.move", soknad, by=by, role=rules.capacity(by, Act.PRIORITISE), place=new, was=old
    )
    text = _("Flyttet sak %(number)s fra plass %(old)s til plass %(new)s.") % {
        "number": soknad.number, "old": old, "new": new,
    }  # fmt: skip
    return endringer.remember(
        Endring.Kind.ORDER, runde, by=by, text=text, before=before, soknad=soknad
    )


@transaction.atomic
def suggest_order(runde: Soknadsrunde, *, version: int, by: Ansatt) -> Endring:
    """Put the list in the order of points, then prioritised education, then arrival.

    Raises:
        DomainError: someone who gives points has not given all theirs, so that the order would
            tell them what the others think.
        StaleError, TransitionError, PermissionDenied: as `move`.
    """
    runde = sak.lock_list(runde, version=version)
    if not access.may(by, Act.PRIORITISE):
        raise PermissionDenied
    poeng.must_be_all_in(runde, by=by)

    before = queries.order(runde)
    endringer.write_order(runde, queries.suggested_order(runde))
    audit.record(
        "soknadsrunde.suggest_order", runde, by=by, role=rules.capacity(by, Act.PRIORITISE)
    )
    return endringer.remember(
        Endring.Kind.ORDER, runde, by=by, text=_("Sorterte listen etter poeng."), before=before
    )


@transaction.atomic
def explain(soknad: Soknad, *, reason: str, version: int, by: Ansatt) -> Endring:
    """Say why the case stands where its points would not put it; an empty text takes it away.

    Raises:
        StaleError: the case has changed since `version`.
        TransitionError, PermissionDenied: as `move`.
    """
    soknad = sak.lock_case(soknad, version=version, by=by)
    before, text = write_reason(soknad, reason, by=by)
    return endringer.remember(
        Endring.Kind.REASON, soknad.runde, by=by, text=text, before=before, soknad=soknad
    )


def write_reason(soknad: Soknad, reason: str, *, by: Ansatt) -> tuple[str, str]:
    """Write the reason in the locked case; return what it replaced, and what was done."""
    before, soknad.rank_reason = soknad.rank_reason, reason.strip()
    soknad.save(update_fields=["rank_reason"])
    audit.record("soknad.explain", soknad, by=by, role=rules.capacity(by, Act.PRIORITISE))
    return before, _("Skrev grunn til plassen for sak %(number)s.") % {"number": soknad.number}


@transaction.atomic
def comment(
    soknad: Soknad, *, text: str, by: Ansatt, is_dissent: bool = False, is_shared: bool = False
) -> Kommentar:
    """Say something in the case; a dissent of a union representative is for the minutes.

    Raises:
        TransitionError: the round is not being prioritised.
        PermissionDenied: `by` takes no part, or is not impartial.
        DomainError: a dissent of someone who is not a union or safety representative.
    """
    rules.must_be_prioritising(soknad.runde)
    if not rules.may_comment(by, soknad):
        raise PermissionDenied
    is_union = rules.is_union(by)
    if is_dissent and not is_union:
        raise DomainError(_("Bare tillitsvalgte og verneombud kan føre uenighet i referatet."))

    kommentar: Kommentar = Kommentar.objects.create(
        soknad=soknad, text=text, by=by, is_dissent=is_dissent, is_shared=is_shared or is_union
    )
    audit.record(
        "soknad.comment", soknad, by=by, role=rules.capacity(by, Act.COMMENT), dissent=is_dissent
    )
    return kommentar


@transaction.atomic
def recuse(soknad: Soknad, *, ground: Inhabilitet.Ground, by: Ansatt) -> Inhabilitet:
    """Declare not to be impartial: no points, draft, move or decision in this case from now.

    Raises:
        PermissionDenied: `by` takes no part in the case, or has stepped aside already.
        TransitionError: the round is not being prioritised, or the case is decided.
    """
    runde = endringer.lock_round(soknad.runde)
    soknad = sak.undecided(soknad)
    if not rules.may_recuse(by, soknad):
        raise PermissionDenied
    inhabilitet: Inhabilitet = Inhabilitet.objects.create(soknad=soknad, ansatt=by, ground=ground)
    audit.record("soknad.recuse", soknad, by=by, ground=str(ground), runde_id=runde.pk)
    return inhabilitet
