"""The list to sign in the room: numbered names, and codes in the corners to read it back by."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.scanning import Box, Sheet
from kompetanse.skall.documents import Letterhead, as_pdf
from planer.documents.qr import qr
from planer.queries.papirliste import AttendanceList, ListRow

ROWS = 20
# In mm, as plan.css sets them under «A list to sign». A test signs the printed list and reads it.
SHEET = Sheet(
    side=14,
    corners=((10, 10), (186, 10), (10, 264), (186, 264)),
    boxes=tuple(Box(left=125, top=60 + 10 * row, width=75, height=10) for row in range(ROWS)),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper: the codes of its corners, and the rows that stand on it."""

    number: int
    codes: tuple[SafeString, ...]
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class SignList:
    listed: AttendanceList
    pages: tuple[Page, ...]


def key(listed: AttendanceList) -> str:
    """Return what the corners say: which event, and which of its printed lists."""
    return f"{listed.arrangement.pk}-{listed.code}"


def sheets(listed: AttendanceList) -> SignList:
    """Return the list laid out on sheets, twenty names on each."""
    return SignList(listed, tuple(_pages(listed)))


def pdf(listed: AttendanceList, *, head: Letterhead) -> bytes:
    """Return the list to sign: number, name, unit, and a box for the signature."""
    return as_pdf("planer/attendance_document.html", sheets(listed), head=head)


def _pages(listed: AttendanceList) -> Iterator[Page]:
    for number, start in enumerate(range(0, len(listed.rows), ROWS), start=1):
        codes = tuple(_code(listed, number, corner) for corner in range(len(SHEET.corners)))
        yield Page(number, codes, listed.rows[start : start + ROWS])


def _code(listed: AttendanceList, page: int, corner: int) -> SafeString:
    text = SHEET.text(key(listed), page=page, corner=corner)
    return qr(text, label=_("Kode for å lese inn lista"), border=0)
