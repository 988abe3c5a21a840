"""The list of participants on paper: numbered, with a code that tells the print."""

import hashlib
from dataclasses import dataclass

from planer.models import Arrangement, Pamelding
from planer.queries.arrangement import P, participants


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of the list of participants: its number there, who, and whether they were there."""

    number: int
    ansatt_id: int
    name: str
    enhet: str
    is_there: bool
    how: str = ""
    is_unsure: bool = False  # there is something in the box, but hardly a signature


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """Those with a place, numbered by name. `code` tells two printed lists from each other."""

    arrangement: Arrangement
    rows: tuple[ListRow, ...]

    @property
    def code(self) -> str:
        """Four letters that are others when someone has come to the list or left it."""
        ids = ",".join(str(row.ansatt_id) for row in self.rows)
        return hashlib.sha256(ids.encode()).hexdigest()[:4].upper()


def attendance(arrangement: Arrangement) -> AttendanceList:
    """Return the list of those with a place; one query."""
    rows = participants(arrangement).exclude(status=P.WAITING)
    return AttendanceList(
        arrangement,
        tuple(
            ListRow(
                number,
                row.ansatt_id,
                row.ansatt.full_name,
                row.ansatt.enhet.name,
                row.status == P.ATTENDED,
                _how(row),
            )
            for number, row in enumerate(rows, start=1)
        ),
    )


def _how(row: Pamelding) -> str:
    if row.met_how != Pamelding.How.PHONE or row.met_at is None:
        return ""
    return str(Pamelding.How.PHONE.label)
