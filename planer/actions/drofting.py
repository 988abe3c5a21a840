"""Verbs on discussions with the unions: ask for one, record one, and the stop before adoption."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer import rules
from planer.models import Drofting, Droftingspart
from planer.queries import drofting as queries


@dataclass(frozen=True, slots=True)
class Part:
    """A party of the discussion, who spoke for it, and what it said."""

    party: str
    ansatt: Ansatt | None = None
    said: str = ""


@transaction.atomic
def ask(*, title: str, by: Ansatt, **about: Any) -> Drofting:
    """Ask for a discussion; it comes on the agenda of the next meeting.

    Raises:
        PermissionDenied: `by` is neither of the group nor of a union.
    """
    if not rules.may_ask_drofting(by):
        raise PermissionDenied
    drofting: Drofting = Drofting.objects.create(title=title, asked_by=by, **about)
    audit.record("drofting.ask", drofting, by=by)
    return drofting


@transaction.atomic
def record(  # noqa: PLR0913 (one value for each question of the form)
    drofting: Drofting,
    *,
    held_on: date,
    result: str,
    text: str,
    parties: Iterable[Part],
    version: int,
    by: Ansatt,
    **about: Any,
) -> Drofting:
    """Write down the discussion: when, who said what, and how it ended.

    Raises:
        DomainError: the day has not come, or fewer than two parties are named.
        StaleError: someone else has written since `version`.
        PermissionDenied: `by` does not run meetings.
    """
    if not rules.may_edit_moter(by):
        raise PermissionDenied
    drofting = Drofting.objects.select_for_update().get(pk=drofting.pk)
    spoken = [each for each in parties if each.party]
    _check(drofting, held_on=held_on, parties=spoken, version=version)
    for name, value in about.items():
        setattr(drofting, name, value)
    drofting.status, drofting.held_on = Drofting.Status.HELD, held_on
    drofting.result, drofting.text = result, text
    drofting.version += 1
    drofting.save()
    drofting.parter.all().delete()
    Droftingspart.objects.bulk_create(
        Droftingspart(
            drofting=drofting, order=place, party=each.party, ansatt=each.ansatt, said=each.said
        )
        for place, each in enumerate(spoken, start=1)
    )
    audit.record("drofting.record", drofting, by=by, parties=len(spoken))
    return drofting


def must_be_discussed(plan: queries.Plan) -> None:
    """Raise, with what to do, unless the plan is discussed or the Kommune does not ask for it."""
    if queries.lacks(plan):
        raise DomainError(
            _(
                "Planen er ikke drøftet med de tillitsvalgte. Før drøftingen under «Drøftinger» "
                "først (hovedtariffavtalen punkt 3.3)."
            )
        )


def _check(drofting: Drofting, *, held_on: date, parties: list[Part], version: int) -> None:
    if drofting.version != version:
        raise StaleError(
            _("Noen andre førte drøftingen mens du skrev. Sjekk teksten, og lagre en gang til.")
        )
    if held_on > clock.today():
        day = norsk.langdato(held_on)
        raise DomainError(_("%(day)s har ikke vært ennå.") % {"day": day.capitalize()})
    if len(parties) < 2:  # noqa: PLR2004 (an employer and a union)
        raise DomainError(_("Skriv minst to parter: arbeidsgiver og en organisasjon."))
