"""Studies with support, read: who studies, what they have reported, and what waits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kartlegging.models import Beholdning
from kartlegging.queries.studier import Student
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet, Kompetanse
from soknader.models import Framdrift, Soknad
from soknader.rules import avtale as rules
from soknader.rules import termin

K, S = Framdrift.Kind, Framdrift.Status
ENDED = (K.COMPLETED, K.BROKEN_OFF)
UNIT = "ansatt__enhet"


def _reports() -> QuerySet[Framdrift]:
    """Return the reports of the outer application that stand."""
    return Framdrift.objects.filter(soknad=OuterRef("pk")).exclude(status=S.RETURNED)


def studying() -> QuerySet[Any]:
    """Return the grants (Soknad) whose study neither is completed nor broken off.

    Each with `expected_on`, the day the study is expected to end, and `told_term`, the last term
    that is reported on.
    """
    reports = _reports()
    newest = reports.filter(ends__isnull=False).order_by("-at", "-pk").values("ends")[:1]
    return (
        Soknad.objects.filter(status=Soknad.Status.ACCEPTED, starts__isnull=False)
        .filter(~Exists(reports.filter(kind__in=ENDED)))
        .annotate(
            expected_on=Coalesce(Subquery(newest), "ends"),
            told_term=Subquery(reports.order_by("-term").values("term")[:1]),
        )
        .select_related("runde", "ansatt__enhet", "utlysning")
    )


def reports_of(soknad: Soknad) -> list[Framdrift]:
    return list(
        Framdrift.objects.filter(soknad=soknad).select_related("kompetanse", "fil", "decided_by")
    )


def ended(soknad: Soknad) -> Framdrift | None:
    """Return the report that the study is over, unless it was sent back."""
    found = Framdrift.objects.filter(soknad=soknad, kind__in=ENDED).exclude(status=S.RETURNED)
    return found.first()


def to_report(actor: Ansatt, *, on: date) -> QuerySet[Any]:
    """Return the own studies of which a report is asked for and not given."""
    return untold(studying().filter(ansatt=actor), on=on)


def untold(soknader: QuerySet[Any], *, on: date) -> QuerySet[Any]:
    """Return those of `studying` that lack the report of the last term asked for."""
    last = termin.last_asked(on=on)
    missing = Q(told_term__isnull=True) | Q(told_term__lt=last)
    return soknader.filter(missing, starts__lte=last)


def visible_to(actor: Ansatt) -> QuerySet[Framdrift]:
    """Return own reports, and those of people the actor leads or follows up."""
    seen = Q(soknad__ansatt=actor)
    for act in (Act.FILL_NEEDS, Act.FOLLOW_CONTRACTS):
        seen |= access.within(actor, act, enhet="soknad__ansatt__enhet")
    return Framdrift.objects.filter(seen).select_related(
        "soknad__ansatt__enhet", "soknad__runde", "kompetanse", "fil"
    )


def to_confirm(actor: Ansatt) -> QuerySet[Framdrift]:
    """Return the completed studies that wait for the actor; never the own."""
    led = access.within(actor, Act.FILL_NEEDS, enhet="soknad__ansatt__enhet")
    return Framdrift.objects.filter(led, status=S.WAITING).exclude(soknad__ansatt=actor)


def confirmer_of(soknad: Soknad) -> Ansatt | None:
    """Return the nearest leader who may confirm."""
    leaders = organisasjon.leaders_of(soknad.ansatt.enhet)
    return next((each for each in leaders if rules.may_confirm_study(each, soknad)), None)


def confirmed_level(ansatt: Ansatt, kompetanse: Kompetanse) -> int:
    """Return the level that a leader has confirmed before; 0 when there is none."""
    rows = Beholdning.objects.filter(
        ansatt=ansatt, kompetanse=kompetanse, status=Beholdning.Status.CONFIRMED
    )
    return rows.values_list("level", flat=True).first() or 0


def competences() -> list[tuple[int, str]]:
    return list(Kompetanse.objects.order_by("name").values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class Rad:
    """A line in the list of those under education."""

    pk: int
    name: str
    unit: str
    study: str
    starts: date
    expected_on: date | None
    told_term: date | None
    is_late: bool


def rows(actor: Ansatt, *, on: date) -> list[Rad]:
    """Return those under education whom the actor leads or follows up; one query."""
    scope = access.within(actor, Act.FILL_NEEDS, enhet=UNIT) | access.within(
        actor, Act.FOLLOW_CONTRACTS, enhet=UNIT
    )
    found = studying().filter(scope).order_by("ansatt__last_name", "ansatt__first_name", "pk")
    return [_row(values, on=on) for values in found.values_list(*_COLUMNS)]


_COLUMNS = (
    "pk", "ansatt__first_name", "ansatt__last_name", "ansatt__enhet__name", "study", "starts",
    "expected_on", "told_term",
)  # fmt: skip


def _row(values: tuple[Any, ...], *, on: date) -> Rad:
    pk, first, last, unit, study, starts, expected_on, told_term = values
    is_late = _is_late(starts, told_term, on=on)
    return Rad(pk, f"{first} {last}", unit, study, starts, expected_on, told_term, is_late)


def _is_late(starts: date, told: date | None, *, on: date) -> bool:
    term = termin.due_term(starts=starts, on=on)
    if not term or termin.deadline(term) >= on:
        return False
    return told is None or told < term


def under_education(enhet: Enhet, on: date) -> list[Student]:
    """Return those who study with support in the unit, for its needs form; one query."""
    return _students(studying().filter(ansatt__enhet__path__startswith=enhet.path), on)


def students_of(soknad: Soknad, *, on: date) -> list[Student]:
    """Return the student that the accepted application makes, if the study is not over."""
    return _students(studying().filter(pk=soknad.pk), on)


def _students(found: QuerySet[Any], on: date) -> list[Student]:
    employed = found.filter(ansatt__in=organisasjon.current(), expected_on__gte=on)
    rows = employed.order_by("expected_on").values_list(
        "ansatt_id", "study", "utlysning__kompetanse_id", "expected_on"
    )
    return [Student(*row) for row in rows]
