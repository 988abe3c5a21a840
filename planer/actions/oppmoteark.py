"""A signed list that comes back: read, and laid beside the list as it is now. Nothing is saved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from kompetanse import scanning
from kompetanse.scanning import Mark, ScanError
from planer.documents import deltakerliste
from planer.queries.papirliste import AttendanceList, ListRow


@dataclass(frozen=True, slots=True)
class Reading:
    """The list with those ticked who signed. `missing` are the sheets that were not in the scan."""

    listed: AttendanceList
    signed: int
    unsure: int
    missing: tuple[int, ...]


def read(listed: AttendanceList, content: bytes) -> Reading:
    """Return what the scan of the printed list says. Who told by phone is there all the same.

    Raises:
        ScanError: it cannot be read, is another event's, or is older than the list is now.
    """
    found = scanning.read(content, sheet=deltakerliste.SHEET)
    pages = {page: marks for (key, page), marks in found.items() if key == _key(listed)}
    if not pages:
        raise ScanError(_why_not(listed, [key for key, _page in found]))
    marks = dict(_by_number(pages))
    rows = tuple(_marked(row, marks.get(row.number, "blank")) for row in listed.rows)
    return Reading(
        replace(listed, rows=rows),
        signed=sum(marks.get(row.number) == "ink" for row in rows),
        unsure=sum(row.is_unsure for row in rows),
        missing=tuple(sorted(_numbers(listed) - set(pages))),
    )


def _key(listed: AttendanceList) -> str:
    return deltakerliste.key(listed)


def _why_not(listed: AttendanceList, keys: list[str]) -> str:
    event = f"{listed.arrangement.pk}-"
    if any(key.startswith(event) for key in keys):
        return _(
            "Noen har meldt seg på eller av etter at lista ble skrevet ut, så numrene stemmer"
            " ikke. Kryss av ved navnene i stedet."
        )
    return _("Lista gjelder et annet arrangement. Åpne det, og les den inn der.")


def _by_number(pages: Mapping[int, tuple[Mark, ...]]) -> Iterator[tuple[int, Mark]]:
    """Yield each row's number on the list, and what stands in its box."""
    for page, marks in pages.items():
        yield from enumerate(marks, start=(page - 1) * deltakerliste.ROWS + 1)


def _marked(row: ListRow, mark: Mark) -> ListRow:
    is_there = row.is_there or mark == "ink"
    return replace(row, is_there=is_there, is_unsure=mark == "unsure" and not is_there)


def _numbers(listed: AttendanceList) -> set[int]:
    return {page.number for page in deltakerliste.sheets(listed).pages}
