"""The lines of a grant application with what the plan knows of each. Amounts are whole NOK."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from planer.models import Belopslinje, Tiltak
from rapporter.models import Tilskuddslinje, Tilskuddssoknad
from rapporter.queries.kalender import part_of

COSTS = Belopslinje.COSTS
Amounts = defaultdict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line: what the county is asked to support this year, and how it is paid. Whole NOK.

    `whole_cost` is the cost over all the years that the education goes.
    """

    pk: int
    tiltak_id: int
    priority: int
    area: str
    theme: str
    kind: str
    place: str
    period: str
    enhet: str
    focus: str
    starts: date | None
    ends: date | None
    all_credits: int
    credits: int
    new_participants: int
    continuing: int
    fee: int
    substitute: int
    travel: int
    literature: int
    other_cost: int
    whole_cost: int
    own_share: int
    other_financing: int
    carried_over: int
    amount: int
    effect: str
    studies: int
    is_short_course: bool
    is_cancelled: bool
    in_other: str = ""

    @property
    def cost(self) -> int:
        return self.fee + self.substitute + self.travel + self.literature + self.other_cost

    @property
    def financing(self) -> int:
        return self.own_share + self.other_financing + self.carried_over + self.amount


@dataclass(frozen=True, slots=True)
class Part:
    """A measure that a line is made of, with the period that its cost is divided over."""

    tiltak_id: int
    starts: date | None
    ends: date | None

    def of_year(self, amounts: Amounts, year: int) -> Amounts:
        """Return NOK by kind that falls in the year."""
        found: Amounts = defaultdict(int)
        for kind, amount in amounts.items():
            found[kind] = part_of(amount, year=year, starts=self.starts, ends=self.ends)
        return found


class _Rad(NamedTuple):
    """A line as it is stored, with what is read of its measure."""

    pk: int
    tiltak_id: int
    area: str
    priority: int
    place: str
    starts: date | None
    ends: date | None
    all_credits: int
    credits: int
    new_participants: int
    continuing: int
    own_share: int
    other_financing: int
    carried_over: int
    amount: int
    effect: str
    tiltak__theme: str
    tiltak__kind: str
    tiltak__status: str
    tiltak__timing: str
    tiltak__half: str
    tiltak__year: int
    tiltak__enhet__name: str | None
    tiltak__fokusomrade__name: str | None


_FIELDS = tuple(_Rad.__annotations__)
# Those that a Line has under the same name.
_ON_THE_ROW = _FIELDS[: _FIELDS.index("tiltak__theme")]


class _Studie(NamedTuple):
    """An education of a line of any of the year's schemes; all but the line None when it has none.

    `name` is the scheme's.
    """

    linje_id: int
    soknad_id: int
    name: str
    tiltak_id: int
    study_id: int | None
    study_tiltak: int | None
    starts: date | None
    ends: date | None


def lines(soknad: Tilskuddssoknad) -> list[Line]:
    """Return the lines in order of priority; three queries whatever their number."""
    rows = _read(Tilskuddslinje.objects.filter(soknad=soknad))
    studies = _studies(Tilskuddslinje.objects.filter(soknad__ordning__year=soknad.ordning.year))
    own = [each for each in studies if each.soknad_id == soknad.pk]
    others = _by_scheme(each for each in studies if each.soknad_id != soknad.pk)
    return _lines(rows, own, year=soknad.ordning.year, others=_in_other(own, others))


def one(linje: Tilskuddslinje) -> Line:
    """Return one line; its application and scheme are read with it."""
    rows = Tilskuddslinje.objects.filter(pk=linje.pk)
    return _lines(_read(rows), _studies(rows), year=linje.soknad.ordning.year)[0]


def costs_of(tiltak_ids: Iterable[int]) -> defaultdict[int, Amounts]:
    """Return NOK by measure and kind of cost or financing, 0 for what is not there."""
    found: defaultdict[int, Amounts] = defaultdict(lambda: defaultdict(int))
    rows = Belopslinje.objects.filter(tiltak__in=list(tiltak_ids))
    for tiltak_id, kind, amount in rows.values_list("tiltak_id", "kind", "amount"):
        found[tiltak_id][kind] += amount
    return found


def financing_of(parts: Sequence[Part], costs: defaultdict[int, Amounts], year: int) -> Amounts:
    """Return NOK by kind of the parts together, as far as they fall in the year."""
    found: Amounts = defaultdict(int)
    for part in parts:
        for kind, amount in part.of_year(costs[part.tiltak_id], year).items():
            found[kind] += amount
    return found


def _read(rows: QuerySet[Tilskuddslinje]) -> list[_Rad]:
    return [_Rad(*each) for each in rows.values_list(*_FIELDS)]


def _studies(rows: QuerySet[Tilskuddslinje]) -> list[_Studie]:
    """Return every line with its educations, the oldest first; one query."""
    found = rows.order_by("pk", "studier__pk").values_list(
        "pk", "soknad", "soknad__ordning__name", "tiltak", "studier__soknad", "studier__tiltak",
        "studier__soknad__starts", "studier__soknad__ends",
    )  # fmt: skip
    return [_Studie(*each) for each in found]


def _lines(
    rows: Sequence[_Rad],
    studies: Iterable[_Studie],
    *,
    year: int,
    others: Mapping[int, str] | None = None,
) -> list[Line]:
    """Return the lines; `others` is, by line, another scheme that it is applied for in."""
    parts, told = _parts(rows, studies), others or {}
    costs = costs_of({part.tiltak_id for found in parts.values() for part in found})
    return [
        _line(row, parts[row.pk], costs, year=year, in_other=told.get(row.pk, "")) for row in rows
    ]


def _parts(rows: Sequence[_Rad], studies: Iterable[_Studie]) -> dict[int, list[Part]]:
    """Return by line the measures that it is made of: its educations, or the one that it names."""
    found: dict[int, list[Part]] = {row.pk: [] for row in rows}
    for each in studies:
        if each.study_tiltak is not None:
            found[each.linje_id].append(Part(each.study_tiltak, each.starts, each.ends))
    for row in rows:
        found[row.pk] = found[row.pk] or [Part(row.tiltak_id, row.starts, row.ends)]
    return found


Schemes = Mapping[tuple[str, int | None], tuple[int, str]]


def _by_scheme(lines: Iterable[_Studie]) -> Schemes:
    """Return the oldest line, and its scheme's name, for each measure and each education."""
    found: dict[tuple[str, int | None], tuple[int, str]] = {}
    for each in lines:
        for key in (("tiltak", each.tiltak_id), ("study", each.study_id)):
            if key[1] is not None:
                found.setdefault(key, (each.linje_id, each.name))
    return found


def _in_other(own: Iterable[_Studie], others: Schemes) -> dict[int, str]:
    """Return, by line, the name of a scheme where it is applied for too: the oldest line's."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for each in own:
        keys = (("tiltak", each.tiltak_id), ("study", each.study_id))
        found[each.linje_id] += [others[key] for key in keys if key in others]
    return {linje_id: min(lines)[1] for linje_id, lines in found.items() if lines}


def _line(
    row: _Rad, parts: Sequence[Part], costs: defaultdict[int, Amounts], *, year: int, in_other: str
) -> Line:
    amounts = financing_of(parts, costs, year)
    known: dict[str, Any] = dict(zip(_ON_THE_ROW, row, strict=False))
    known |= {kind.value: amounts[kind] for kind in COSTS}
    known["area"] = str(Tilskuddslinje.Area(row.area).label)
    return Line(
        theme=row.tiltak__theme,
        kind=str(Tiltak.Kind(row.tiltak__kind).label),
        period=row.tiltak__timing or f"{Tiltak.Halvar(row.tiltak__half).label} {row.tiltak__year}",
        enhet=row.tiltak__enhet__name or "",
        focus=row.tiltak__fokusomrade__name or "",
        whole_cost=sum(costs[part.tiltak_id][kind] for part in parts for kind in COSTS),
        studies=len(parts) if row.starts and row.ends else 0,
        is_short_course=_is_short_course(row),
        is_cancelled=row.tiltak__status == Tiltak.Status.CANCELLED,
        in_other=in_other,
        **known,
    )


def _is_short_course(row: _Rad) -> bool:
    """Short internal courses are not supported, except in BPA (facts of the scheme)."""
    is_course = row.tiltak__kind == Tiltak.Kind.COURSE
    return bool(is_course and row.area == Tilskuddslinje.Area.COMPETENCE and not row.credits)
