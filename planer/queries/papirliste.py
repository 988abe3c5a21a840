"""The list of participants on paper: numbered, with a code that tells the print."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

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
    rows = participants(arrangement).exclude(status=P.WAITING).select_related(None)
    found = rows.values_list(
        "ansatt", "ansatt__first_name", "ansatt__last_name", "ansatt__enhet__name", "status",
        "met_how", "met_at",
    )  # fmt: skip
    return AttendanceList(
        arrangement,
        tuple(
            ListRow(number, pk, f"{first} {last}", enhet, status == P.ATTENDED, _how(how, at))
            for number, (pk, first, last, enhet, status, how, at) in enumerate(found, start=1)
        ),
    )


def _how(how: str, at: datetime | None) -> str:
    return str(Pamelding.How.PHONE.label) if how == Pamelding.How.PHONE and at else ""
