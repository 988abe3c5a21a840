"""The joint plan while it is gathered: who has sent in, what several need, what is made one."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer import rules
from planer.models import MOST_LEVEL, Aktivitet, Opplaringsplan, Planinnlevering, Tiltak
from planer.queries import linje
from planer.queries.linje import Line
from planer.queries.opplaring import JOINT_PLAN

# How long before the joint plan's day the work shows among people's duties.
AHEAD = timedelta(days=75)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that sends in: its measures, what they cost (NOK), and when it was done."""

    id: int
    name: str
    measures: int
    cost: int
    note: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Alike:
    """Measures of several units that could be one: what they have in common."""

    what: str
    lines: tuple[Line, ...]

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.enhet for line in self.lines))

    @property
    def participants(self) -> int:
        return sum(line.participants for line in self.lines)

    @property
    def cost(self) -> int:
        return sum(line.cost for line in self.lines)


@dataclass(frozen=True, slots=True)
class Joined:
    """A common measure, and those of the units that it was made from."""

    line: Line
    sources: tuple[Line, ...]


def services() -> QuerySet[Enhet]:
    """Return the units that send in to the joint plan."""
    return Enhet.objects.filter(kind=Enhet.Kind.VIRKSOMHET, is_open=True).order_by("path")


def own_services(actor: Ansatt) -> QuerySet[Enhet]:
    """Return the services that the actor may send in for."""
    within = Q(pk__in=[])
    for path in rules.measure_scopes(actor):
        within |= Q(path__startswith=path)
    return services().filter(within)


def of_units(year: int) -> QuerySet[Tiltak]:
    """Return all measures that are a unit's own, also those that are part of a common one."""
    return Tiltak.objects.filter(year=year, origin="", enhet__isnull=False)


def mergeable(year: int) -> QuerySet[Tiltak]:
    """Return the units' own measures that could become part of a common one."""
    free = of_units(year).filter(merged_into__isnull=True, merged__isnull=True)
    return free.exclude(status=Tiltak.Status.CANCELLED)


def units(year: int, lines: Iterable[Line]) -> list[Unit]:
    """Return each unit that sends in, with what it has in the plan; two queries."""
    sent = Planinnlevering.objects.filter(enhet=OuterRef("pk"), year=year)
    rows = services().annotate(note=Subquery(sent.values("note")), at=Subquery(sent.values("at")))
    below = _by_service(lines)
    return [
        Unit(pk, name, len(below[pk]), linje.cost(below[pk]), note or "", at)
        for pk, name, note, at in rows.values_list("pk", "name", "note", "at")
    ]


def alike(lines: Iterable[Line], *, common: Container[int]) -> list[Alike]:
    """Return measures of at least two units with the same theme or a competence in common.

    `lines` are those of the joint plan; `common` are the ids of those that are one already.
    """
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.origin or not line.enhet or line.id in common:
            continue
        for what in dict.fromkeys((line.theme, *_plain(line.competences))):
            found[what.strip().casefold()].append(line)
    groups = [Alike(_words(key, rows), tuple(rows)) for key, rows in found.items()]
    several = [group for group in groups if len(group.units) > 1]
    once = {tuple(line.id for line in group.lines): group for group in several}
    return sorted(once.values(), key=lambda group: (-len(group.units), group.what))


def joined(year: int) -> list[Joined]:
    """Return the common measures of the year, each with its sources; two queries."""
    parts = Tiltak.objects.filter(year=year, merged_into__isnull=False)
    into = {pk: common for pk, common in parts.values_list("pk", "merged_into") if common}
    lines = linje.read(Tiltak.objects.filter(pk__in={*into, *into.values()}))
    whole = {line.id: line for line in lines}
    sources: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.id in into:
            sources[into[line.id]].append(line)
    return [Joined(whole[pk], tuple(rows)) for pk, rows in sources.items()]


def unsent(actor: Ansatt, *, on: date) -> QuerySet[Enhet]:
    """Return the services that the actor leads and that have not sent in for the coming plan.

    Each has `plan_year` and `plan_day`, the joint plan's deadline.
    """
    coming = _coming(on)
    paths = [
        role.path for role in access.held(actor) if role.kode in access.ALLOWED[Act.PLAN_MEASURES]
    ]
    sent = Planinnlevering.objects.filter(enhet=OuterRef("pk"), year=OuterRef("plan_year"))
    return (
        services()
        .filter(path__in=paths)
        .annotate(
            plan_year=Subquery(coming.values("year")[:1]),
            plan_day=Subquery(coming.values("ends")[:1]),
        )
        .filter(plan_day__isnull=False)
        .exclude(Exists(sent))
    )


def unadopted(actor: Ansatt, *, on: date) -> QuerySet[Aktivitet]:
    """Return the coming joint plan's activity, for the advisor while it is not adopted."""
    if not rules.may_edit_plans(actor):
        return Aktivitet.objects.none()
    adopted = Opplaringsplan.objects.filter(
        year=OuterRef("year"), kind=Opplaringsplan.Kind.JOINT, frozen__isnull=False
    )
    return _coming(on).exclude(Exists(adopted))


def _coming(on: date) -> QuerySet[Aktivitet]:
    return Aktivitet.objects.filter(code=JOINT_PLAN, ends__gte=on, ends__lte=on + AHEAD).order_by(
        "ends"
    )


def _by_service(lines: Iterable[Line]) -> dict[int, list[Line]]:
    """Return the lines by the service that their unit is, or is part of; one query."""
    by_id = {line.id: line for line in lines}
    own = Tiltak.objects.filter(pk__in=by_id, enhet__isnull=False)
    found: dict[int, list[Line]] = defaultdict(list)
    for pk, path in own.values_list("pk", "enhet__path"):
        for part in path.strip("/").split("/"):
            found[int(part)].append(by_id[pk])
    return found


def _plain(competences: Iterable[str]) -> Iterable[str]:
    """Return the competences without the level, which units set differently."""
    levels = [linje.with_level("", level) for level in range(MOST_LEVEL + 1)]
    for each in competences:
        level = next((level for level in levels if each.endswith(level)), "")
        yield each.removesuffix(level)


def _words(key: str, lines: Iterable[Line]) -> str:
    """Return the common theme or competence as it is written."""
    for line in lines:
        for what in (line.theme, *_plain(line.competences)):
            if what.strip().casefold() == key:
                return what
    return key
