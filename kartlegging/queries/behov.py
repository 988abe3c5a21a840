"""Needs forms, read: when they are due, one of them, and what they ask of the common plan."""

from datetime import date

from django.db.models import (
    F,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from kartlegging.models import Behov, Behovsskjema
from kompetanse.organisasjon.models import Enhet
from planer.models import Aktivitet

S = Behovsskjema.Status

# The wheel's activity that gives the deadline; without it, the product's own default: 20 September.
ACTIVITY = "behov"
DEFAULT_DEADLINE = (9, 20)


def planning_year(on: date) -> int:
    """Return the year that is being planned: the next."""
    return on.year + 1


def deadline(year: int) -> date:
    """Return the last day for the forms of `year`; the year wheel before it says when."""
    return _in_wheel(year).first() or _default_deadline(year)


def deadline_of(year: int) -> Coalesce:
    """Return the same as an expression, to be asked for together with other rows."""
    return Coalesce(Subquery(_in_wheel(year)[:1]), Value(_default_deadline(year)))


def _in_wheel(year: int) -> QuerySet[Aktivitet, date]:
    wheel = Aktivitet.objects.filter(year=year - 1, code=ACTIVITY).order_by("ends")
    return wheel.values_list("ends", flat=True)


def _default_deadline(year: int) -> date:
    return date(year - 1, *DEFAULT_DEADLINE)


def forms(year: int) -> QuerySet[Behovsskjema]:
    return Behovsskjema.objects.filter(year=year).select_related("enhet", "submitted_by")


def form_of(enhet: Enhet, *, year: int) -> Behovsskjema | None:
    return forms(year).filter(enhet=enhet).first()


def lifted(year: int) -> QuerySet[Behov]:
    """Return the needs that the units lift to the joint plan, the urgent first."""
    return sent(year).filter(is_lifted=True)


def sent(year: int) -> QuerySet[Behov]:
    """Return the needs of the forms that are sent in, solved inside or lifted, the urgent first."""
    return (
        Behov.objects.filter(skjema__year=year, skjema__status=S.SUBMITTED)
        .select_related("skjema__enhet", "fokusomrade", "kompetanse")
        .order_by("urgency", F("fokusomrade__order").asc(nulls_last=True), "pk")
    )
