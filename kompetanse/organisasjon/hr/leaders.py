"""Who leads which unit by the file, and who leads with us while the file names only others."""

from collections import defaultdict

from kompetanse.organisasjon.hr.rows import HrRow
from kompetanse.organisasjon.hr.snapshot import Snapshot
from kompetanse.organisasjon.hr.units import UnitRow


def told(good: list[HrRow], ordered: list[UnitRow]) -> list[tuple[str, UnitRow]]:
    """Return who leads which unit: by the unit sheet, else by the mark on the row."""
    by_code = {unit.code: unit for unit in ordered}
    numbers = {row.number for row in good}
    marked = {(row.number, row.unit_code) for row in good if row.is_leader}
    told = {(unit.leader, unit.code) for unit in ordered if unit.leader in numbers}
    return [(number, by_code[code]) for number, code in sorted(marked | told)]


def leads(pair: tuple[str, UnitRow], have: Snapshot) -> bool:
    ansatt, enhet = have.ansatte.get(pair[0]), have.enheter.get(pair[1].code)
    return bool(ansatt and enhet and (ansatt.pk, enhet.pk) in have.leaders)


def doubtful(leaders: list[tuple[str, UnitRow]], have: Snapshot) -> list[tuple[int, int]]:
    """Return (ansatt, enhet) of those who lead with us while HR names only others there."""
    named: dict[str, set[str]] = defaultdict(set)
    for number, unit in leaders:
        named[unit.code].add(number)
    numbers = {person.pk: number for number, person in have.ansatte.items()}
    codes = have.codes
    return sorted(
        (ansatt_id, enhet_id)
        for ansatt_id, enhet_id in have.leaders
        if named[codes[enhet_id]] and numbers[ansatt_id] not in named[codes[enhet_id]]
    )
