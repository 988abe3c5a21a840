"""The support schemes: written by the advisor as versions, and chosen for a round with frames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import runde as runder
from soknader.enums import Slag
from soknader.models import Enhetsramme, Rundeordning, Soknad, Soknadsrunde, Stotteordning
from soknader.queries import ordning as queries
from soknader.rules import ordning as satser
from soknader.rules import runde as rules

FIGURES = ("kind", "version", "share", "ceiling", "rate", "exam_days", "study_days", "is_active")


@dataclass(frozen=True, slots=True)
class Choice:
    """A scheme that the round applies, and its frame: NOK, days for leave, or none of its own."""

    ordning: Stotteordning
    frame: int | None = None


@transaction.atomic
def add(*, by: Ansatt, **fields: Any) -> Stotteordning:
    """Write a new scheme, as its first version.

    Raises:
        PermissionDenied: `by` does not run rounds.
        DomainError: another scheme has the name, or a substitute has no rate.
    """
    _must_run(by)
    if Stotteordning.objects.filter(name=fields["name"]).exists():
        raise DomainError(_("Det finnes en ordning med dette navnet fra før."))
    return _write(Stotteordning(lang=by.kommune.maalform, **fields), "stotteordning.add", by=by)


@transaction.atomic
def revise(ordning: Stotteordning, *, version: int, by: Ansatt, **fields: Any) -> Stotteordning:
    """Write a new version of the scheme; rounds that apply an older one keep it.

    Raises:
        PermissionDenied: `by` does not run rounds.
        StaleError: someone else has made a version after `version`.
        DomainError: the new version would be in use before the one it follows.
    """
    _must_run(by)
    last = queries.versions(ordning.name)[0]
    stale = StaleError(_("Ordningen er endret av en annen siden du åpnet den."))
    if last.version != version:
        raise stale
    if fields["in_use_from"] < last.in_use_from:
        raise DomainError(_("Den nye versjonen kan ikke gjelde fra før den forrige begynte."))
    kept = {"name": last.name, "kind": last.kind, "lang": last.lang}
    fields |= kept | {"version": last.version + 1}
    try:
        with transaction.atomic():
            return _write(Stotteordning(**fields), "stotteordning.revise", by=by)
    except IntegrityError as error:
        raise stale from error


@transaction.atomic
def choose(
    runde: Soknadsrunde, choices: Sequence[Choice], units: Mapping[int, int], *, by: Ansatt
) -> None:
    """Let the round apply exactly these schemes, with their frames, and have the units' frames.

    `units` is NOK by the unit's id. What applications ask for is counted anew by the schemes.

    Raises:
        PermissionDenied: `by` does not run rounds.
        DomainError: applications are being prioritised, a kind is chosen twice, or the frames of
            the schemes, or of the units, are together larger than the round's.
    """
    runde = runder.editable(runde, by=by)
    kinds = [choice.ordning.kind for choice in choices]
    if len(kinds) != len(set(kinds)):
        raise DomainError(_("Velg høyst én ordning av hvert slag."))
    _must_fit(runde, choices, units)
    Rundeordning.objects.filter(runde=runde).delete()
    Rundeordning.objects.bulk_create(
        Rundeordning(runde=runde, ordning=each.ordning, kind=each.ordning.kind, frame=each.frame)
        for each in choices
    )
    Enhetsramme.objects.filter(runde=runde).delete()
    Enhetsramme.objects.bulk_create(
        Enhetsramme(runde=runde, enhet_id=pk, frame=frame) for pk, frame in units.items()
    )
    recount(runde)
    audit.record("runde.set_schemes", runde, by=by, schemes=len(choices), units=len(units))


def recount(runde: Soknadsrunde) -> None:
    """Count what the round's schemes cover of each of its applications."""
    ordninger = queries.in_runde(runde)
    soknader = list(Soknad.objects.filter(runde=runde))
    for soknad in soknader:
        count(soknad, ordninger)
    Soknad.objects.bulk_update(soknader, ["leave_days", "substitute", "covered"])


def count(soknad: Soknad, ordninger: satser.Ordninger) -> None:
    """Set what the schemes give on the application: days of leave, substitute, and NOK covered.

    Without schemes in the round it is as the employee wrote it.
    """
    if not ordninger:
        soknad.substitute = soknad.covered = None
        return
    scheme = ordninger.get(Slag.LEAVE)
    if scheme is None:
        soknad.leave_days = 0
    elif None not in {soknad.exams, soknad.gatherings}:
        soknad.leave_days = satser.leave(scheme, satser.of_soknad(soknad))
    study = satser.of_soknad(soknad)
    soknad.substitute = satser.substitute(ordninger, study)
    soknad.covered = sum(satser.by_kind(ordninger, study).values())


def _must_fit(runde: Soknadsrunde, choices: Sequence[Choice], units: Mapping[int, int]) -> None:
    schemes = sum(each.frame or 0 for each in choices if each.ordning.kind != Slag.LEAVE)
    refusal = rules.chosen_refusal(runde.budget, schemes=schemes, units=sum(units.values()))
    if refusal:
        raise DomainError(refusal)


def _must_run(by: Ansatt) -> None:
    if not access.may(by, Act.RUN_ROUND):
        raise PermissionDenied


def _write(ordning: Stotteordning, action: str, *, by: Ansatt) -> Stotteordning:
    ordning.save(force_insert=True)
    audit.record(action, ordning, by=by, **{name: getattr(ordning, name) for name in FIGURES})
    return ordning
