"""A table in a county's own columns: the same on page, paper and sheet. Plain values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from kompetanse.tables import Kind

Value: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class Field:
    """A field of ours: its usual heading, its kind, and how it is read from a row."""

    heading: str | Promise
    kind: Kind
    value: Callable[[Any], Value]
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of one scheme: which field, under the county's own heading."""

    name: str
    heading: str
    field: Field


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as people read it, whether it is a figure, and the heading that it stands under."""

    text: str
    is_figure: bool
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Headings, rows and sums; `kinds` are those of kompetanse.tables, `names` our fields."""

    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    sums: tuple[Value, ...]
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, wanted: Sequence[GridColumn], rows: Sequence[Any]) -> Self:
        return cls(
            headings=tuple(column.heading for column in wanted),
            kinds=tuple(column.field.kind.value for column in wanted),
            rows=tuple(tuple(column.field.value(row) for column in wanted) for row in rows),
            sums=_sums(wanted, rows),
            names=tuple(column.name for column in wanted),
        )

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{name: as_tuples(value) for name, value in kept.items()})

    @property
    def shown_headings(self) -> list[Shown]:
        return self._shown(self.headings)

    @property
    def shown_rows(self) -> list[list[Shown]]:
        return [self._shown(row) for row in self.rows]

    @property
    def shown_sums(self) -> list[Shown]:
        return self._shown(self.sums)

    def _shown(self, values: tuple[Value, ...]) -> list[Shown]:
        cells = zip(values, self.kinds, self.headings, strict=True)
        return [
            Shown(_text(value, kind), kind != Kind.TEXT, heading) for value, kind, heading in cells
        ]


def chosen(
    columns: Iterable[Mapping[str, str]], fields: Mapping[str, Field], usual: Iterable[str]
) -> list[GridColumn]:
    """Return the columns in the scheme's order; a field that we do not have is left out."""
    named = list(columns) or as_data(usual, fields)
    return [
        GridColumn(each["field"], each["heading"], fields[each["field"]])
        for each in named
        if each["field"] in fields
    ]


def as_data(names: Iterable[str], fields: Mapping[str, Field]) -> list[dict[str, str]]:
    """Return fields under their usual headings, as a scheme stores them."""
    return [{"field": name, "heading": str(fields[name].heading)} for name in names]


def as_tuples(value: Any) -> Any:
    return tuple(as_tuples(each) for each in value) if isinstance(value, list | tuple) else value


def _sums(wanted: Sequence[GridColumn], rows: Sequence[Any]) -> tuple[Value, ...]:
    """Return the last row: the sum under every column of money, «Sum» in the first other."""
    sums: list[Value] = []
    for column in wanted:
        if column.field.is_summed:
            sums.append(_rounded(sum(float(column.field.value(row)) for row in rows)))
        else:
            sums.append("" if _("Sum") in sums else _("Sum"))
    return tuple(sums)


def _rounded(number: float) -> int | float:
    """Return whole numbers as such; årsverk keep one decimal."""
    rounded = round(float(number), 1)
    return int(rounded) if rounded.is_integer() else rounded


def _text(value: Value, kind: str) -> str:
    if isinstance(value, str):
        return value
    return norsk.kroner(value) if kind == Kind.KRONER else norsk.tall(value, decimals=1)
