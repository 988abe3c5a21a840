"""The marks by which Entra ID knows people, as the HR file tells them.

People are linked to their accounts by what HR says, so a mark that two would share is given to
neither of them. Source: docs/adr/0014-login.md.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from kompetanse.organisasjon.hr import columns
from kompetanse.organisasjon.hr.rows import Fault, HrRow
from kompetanse.organisasjon.hr.snapshot import Snapshot

# The fields of a row; the names are those of Kjennetegn.Kind.
KINDS = ("oid", "upn")
Marks = dict[str, str]


def label(kind: str) -> str:
    """Return what the mark is called in reports."""
    return columns.EMPLOYEE[kind][0]


def told(own: Iterable[HrRow]) -> Marks:
    """Return the marks that the rows of one person tell; an empty cell tells nothing."""
    return {kind: value for row in own for kind in KINDS if (value := getattr(row, kind))}


def new(own: Iterable[HrRow], have: Mapping[str, str]) -> Marks:
    """Return those of the marks that the register does not have."""
    return {kind: value for kind, value in told(own).items() if have.get(kind) != value}


def doubtful(rows: list[HrRow], have: Snapshot) -> list[Fault]:
    """Return a fault for each mark that the file gives two people, or somebody else has and keeps.

    A person with two different marks of one kind has a fault too.
    """
    if not any(row.oid or row.upn for row in rows):
        return []
    faults = [fault for kind in KINDS for fault in _doubles(rows, kind)]
    refused = {fault.row for fault in faults}
    numbers = {row.number for row in rows if row.row in refused}
    return faults + _taken([row for row in rows if row.number not in numbers], have)


def _doubles(rows: list[HrRow], kind: str) -> Iterator[Fault]:
    owners: dict[str, HrRow] = {}
    first: dict[str, HrRow] = {}
    told_of: set[int] = set()
    for row in rows:
        value = getattr(row, kind)
        if not value:
            continue
        owner = owners.setdefault(value, row)
        if owner.number != row.number:
            for one, other in ((owner, row), (row, owner)):
                if one.row not in told_of:
                    yield _shared(one, other, kind)
                    told_of.add(one.row)
        mine = first.setdefault(row.number, row)
        if getattr(mine, kind) != value:
            reason = _("Personen har en annen verdi her i rad %(row)s.")
            yield Fault(row.row, label(kind), reason % {"row": mine.row})


def _shared(row: HrRow, other: HrRow, kind: str) -> Fault:
    reason = _("Ansattnr %(number)s har den samme i rad %(row)s. To personer kan ikke dele den.")
    return Fault(row.row, label(kind), reason % {"number": other.number, "row": other.row})


def _taken(rows: list[HrRow], have: Snapshot) -> list[Fault]:
    """Return the faults of marks that someone else has and keeps, whatever the order of rows.

    Whoever is left out keeps what they have, and may so stand in the way of another.
    """
    owners = {(kind, value): n for n, own in have.marks.items() for kind, value in own.items()}
    by_number: dict[str, list[HrRow]] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    given = {number: told(own) for number, own in by_number.items()}
    faults: list[Fault] = []
    while found := dict(_standing_in_the_way(given, owners)):
        for number, (kind, holder) in found.items():
            del given[number]
            reason = _("Ansattnr %(number)s har den samme i registeret. Rett den som er feil.")
            row = next(row for row in by_number[number] if getattr(row, kind))
            faults.append(Fault(row.row, label(kind), reason % {"number": holder}))
    return faults


def _standing_in_the_way(
    given: Mapping[str, Marks], owners: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    for number, own in given.items():
        for kind, value in own.items():
            holder = owners.get((kind, value), number)
            if holder != number and given.get(holder, {}).get(kind, value) == value:
                yield number, (kind, holder)
