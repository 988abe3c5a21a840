"""Who is to deliver a needs form, who has, and who leads those who have not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Count,
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
)

from kartlegging import rules
from kartlegging.models import Behovsskjema
from kartlegging.queries.behov import S, planning_year
from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet


@dataclass(frozen=True, slots=True)
class Levering:
    """Where a unit stands with its form: not begun (`status` empty), draft or submitted."""

    enhet_id: int
    enhet: str
    path: str
    status: str
    saved_at: datetime | None
    submitted_at: datetime | None
    needs: int
    lifted: int
    is_late: bool
    is_expected: bool

    @property
    def is_submitted(self) -> bool:
        return self.status == S.SUBMITTED


def own(actor: Ansatt, *, kind: str = "kind") -> Q:
    """Return the filter of units whose form the actor fills in: those led, and services below.

    `kind` leads to what kind they are, or were on the day that is asked for.
    """
    paths = access.scopes(actor, Act.FILL_NEEDS)
    return Q(path__in=paths) | (_within(paths) & Q(**{kind: Enhet.Kind.VIRKSOMHET}))


def expected(actor: Ansatt, *, kind: str = "kind") -> Q:
    """Return the filter of units that should deliver, of those the actor follows: the services."""
    return _within(rules.followed(actor)) & Q(**{kind: Enhet.Kind.VIRKSOMHET})


def tree_day(year: int, *, due: date) -> date:
    """Return the day whose tree the year's forms show: today, or an older year's deadline."""
    today = clock.today()
    return today if year >= planning_year(today) else due


def undelivered(units: Q, *, year: int) -> QuerySet[Enhet]:
    """Return the services among the units whose form is not submitted."""
    sent = Behovsskjema.objects.filter(enhet=OuterRef("pk"), year=year, status=S.SUBMITTED)
    services = Enhet.objects.filter(units, kind=Enhet.Kind.VIRKSOMHET, is_open=True)
    return services.exclude(Exists(sent))


# The unit as it was on the day that is shown.
THEN = "versjon__kind"


def leveringer(units: Q, *, year: int, due: date) -> list[Levering]:
    """Return where each of the units stands, those that are missing first. One query.

    The units are those of `tree_day`, by the names they had then; `units` asks for `THEN`.
    """
    on = tree_day(year, due=due)
    rows = (
        Enhet.objects.annotate(
            versjon=FilteredRelation(
                "versjoner", condition=organisasjon.in_force(on, versjon="versjoner")
            )
        )
        .filter(units, versjon__isnull=False)
        .annotate(skjema=FilteredRelation("behovsskjema", condition=Q(behovsskjema__year=year)))
        .annotate(
            needs=Count("skjema__behov"),
            lifted=Count("skjema__behov", filter=Q(skjema__behov__is_lifted=True)),
        )
        .order_by("versjon__name")
        .values_list(
            "pk",
            "versjon__name",
            "path",
            "skjema__status",
            "skjema__saved_at",
            "skjema__submitted_at",
            "needs",
            "lifted",
            THEN,
        )
    )
    lines = [_levering(row, due=due) for row in rows]
    return sorted(lines, key=lambda line: _ORDER[line.status])


def _levering(row: tuple[Any, ...], *, due: date) -> Levering:
    *told, needs, lifted, kind = row
    pk, name, path, status, saved_at, submitted_at = told
    return Levering(
        pk, name, path, status or "", saved_at, submitted_at, needs, lifted,
        is_late=(submitted_at or clock.now()) > clock.end_of(due),
        is_expected=kind == Enhet.Kind.VIRKSOMHET,
    )  # fmt: skip


_ORDER = {"": 0, S.DRAFT: 1, S.SUBMITTED: 2}


@dataclass(frozen=True, slots=True)
class Mangel:
    """A unit whose form is missing, and the leaders to ask: its own, else the nearest above."""

    enhet_id: int
    enhet: str
    leaders: tuple[Ansatt, ...]


def mangler(actor: Ansatt, *, year: int, due: date) -> list[Mangel]:
    """Return the units that have not delivered, of those the actor follows. Two queries."""
    missing = [
        line
        for line in leveringer(expected(actor, kind=THEN), year=year, due=due)
        if not line.is_submitted
    ]
    leaders = _leaders_by_path(line.path for line in missing)
    return [Mangel(line.enhet_id, line.enhet, _nearest(line.path, leaders)) for line in missing]


def _leaders_by_path(paths: Iterable[str]) -> dict[str, list[Ansatt]]:
    up = {int(part) for path in paths for part in path.strip("/").split("/")}
    roles = organisasjon.roles_in_force().filter(kode__in=organisasjon.LEADING, enhet__in=up)
    found: dict[str, list[Ansatt]] = {}
    for role in roles.select_related("ansatt", "enhet").order_by("ansatt__last_name"):
        people = found.setdefault(role.enhet.path, [])
        if role.ansatt not in people:
            people.append(role.ansatt)
    return found


def _nearest(path: str, leaders: dict[str, list[Ansatt]]) -> tuple[Ansatt, ...]:
    while path != "/":
        if path in leaders:
            return tuple(leaders[path])
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
    return ()


def _within(paths: Iterable[str]) -> Q:
    return reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=[]))
