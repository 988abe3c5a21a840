"""The tree of units, from a sheet of its own or from the unit columns of the employees."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.organisasjon.hr import cells, columns
from kompetanse.organisasjon.hr.cells import CellError
from kompetanse.organisasjon.hr.rows import Fault, HrRow
from kompetanse.organisasjon.models import Enhet
from kompetanse.tables import Cell, Row, Table

_KIND_BY_DEPTH = (
    Enhet.Kind.KOMMUNE,
    Enhet.Kind.SEKTOR,
    Enhet.Kind.VIRKSOMHET,
    Enhet.Kind.AVDELING,
)
_KINDS = {"etat": Enhet.Kind.SEKTOR} | {kind.value: kind for kind in Enhet.Kind}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as HR names it. Without `kind` it follows from how deep it stands."""

    code: str
    name: str
    parent_code: str
    kind: Enhet.Kind | None = None
    leader: str = ""
    row: int = 0


def of_sheet(table: Table | None) -> tuple[dict[str, UnitRow], list[Fault]]:
    """Return the units of the unit sheet by code, and the faults of its rows."""
    units: dict[str, UnitRow] = {}
    faults: list[Fault] = []
    if table is None:
        return units, faults
    where = columns.positions(table, columns.UNIT)
    for row in table.rows:
        try:
            unit = _read(row, where)
        except CellError as error:
            column = _("Arket «%(name)s»") % {"name": table.name}
            faults.append(Fault(row.number, column, str(error), error.suggestion))
        else:
            units.setdefault(unit.code, unit)
    return units, faults


def _read(row: Row, where: dict[str, int]) -> UnitRow:
    def cell(field: str) -> Cell:
        place = where.get(field, len(row.cells))
        return row.cells[place] if place < len(row.cells) else None

    return UnitRow(
        code=cells.required(cell("code"), longest=30),
        name=cells.required(cell("name"), longest=120),
        parent_code=cells.text(cell("parent_code"), longest=30),
        kind=_kind(cells.text(cell("kind"), longest=30).lower()),
        leader=cells.text(cell("leader"), longest=20),
        row=row.number,
    )


def _kind(text: str) -> Enhet.Kind | None:
    if text and text not in _KINDS:
        reason = _("«%(text)s» er ikke et slag enhet.") % {"text": text}
        raise CellError(reason, cells.suggested(text, _KINDS))
    return _KINDS.get(text)


def of_rows(rows: Iterable[HrRow], known: dict[str, UnitRow]) -> dict[str, UnitRow]:
    """Return the known units and those that only the employees' rows name."""
    units = dict(known)
    for row in rows:
        if row.unit_code not in units:
            units[row.unit_code] = UnitRow(row.unit_code, row.unit_name, row.parent_code)
    return units


def in_order(units: dict[str, UnitRow], existing: dict[str, Enhet]) -> list[UnitRow]:
    """Return the units so that each comes after the one it stands under, with kinds filled in.

    Raises:
        DomainError: units stand under each other in a ring.
    """
    ordered: dict[str, UnitRow] = {}
    depths = {code: enhet.depth for code, enhet in existing.items()}
    waiting = dict(units)
    while waiting:
        ready = [unit for unit in waiting.values() if unit.parent_code not in waiting]
        if not ready:
            raise DomainError(
                _("Enhetene %(codes)s står under hverandre i ring. Rett det i HR-systemet.")
                % {"codes": ", ".join(sorted(waiting))}
            )
        for unit in ready:
            depths[unit.code] = depths.get(unit.parent_code, -1) + 1
            ordered[unit.code] = replace(unit, kind=unit.kind or _kind_at(depths[unit.code]))
            del waiting[unit.code]
    return list(ordered.values())


def _kind_at(depth: int) -> Enhet.Kind:
    return _KIND_BY_DEPTH[min(depth, len(_KIND_BY_DEPTH) - 1)]


def require_parents(units: Iterable[UnitRow], known: set[str]) -> None:
    """Check the unit sheet's own references.

    Raises:
        DomainError: a unit stands under one that nobody knows.
    """
    for unit in units:
        if unit.parent_code and unit.parent_code not in known:
            raise DomainError(
                _("Enheten «%(name)s» står under «%(parent)s», men ingen enhet har den koden.")
                % {"name": unit.name, "parent": unit.parent_code}
            )


def orphans(rows: Iterable[HrRow], known: set[str]) -> list[Fault]:
    """Return a fault for every row whose unit stands under a unit that nobody knows."""
    return [
        Fault(
            row.row,
            "Overordnet enhetskode",
            _("Ingen enhet har koden «%(code)s».") % {"code": row.parent_code},
            cells.suggested(row.parent_code, known - {row.unit_code}),
        )
        for row in rows
        if row.parent_code and row.parent_code not in known
    ]
