"""Read a scanned sheet: in a child process with limits, or not at all."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from kompetanse import bounded
from kompetanse.errors import DomainError
from kompetanse.scanning.sheet import Mark, Sheet

FILE_MEGABYTES = 10
MAX_PAGES = 20
MAX_PIXELS = 60_000_000
MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10
# The share of a box that is dark. A cross in ballpoint covers nearly two per cent, a name ten; the
# tail of the neighbour's signature, or dust on the glass, less than one.
INKED, BLANK = 0.012, 0.002

_CHILD = Path(__file__).with_name("child.py")

SENTENCES = {
    "file_size": _("Filen er større enn %(limit)s MB. Skann i gråtoner med 150–200 punkter."),
    "kind": _("Filen må være PDF, PNG eller JPG. Skann lista på nytt, og prøv igjen."),
    "no_codes": _(
        "Vi fant ikke kodene i hjørnene av lista. Skann hele arket, eller ta bildet rett ovenfra"
        " med alle fire hjørnene synlige."
    ),
    "pages": _("Filen har flere enn %(limit)s sider. Skann bare deltakerlista."),
    "pixels": _("Bildet har for mange piksler. Skann i gråtoner med 150–200 punkter."),
    "time": _("Det tok for lang tid å lese filen. Skann i gråtoner med 150–200 punkter."),
    "unreadable": _("Filen kunne ikke leses. Skann lista på nytt, og prøv igjen."),
}


class ScanError(DomainError):
    """A scan could not be read. The text is Norwegian and may be shown to the user."""


def read(content: bytes, *, sheet: Sheet) -> dict[tuple[str, int], tuple[Mark, ...]]:
    """Return what stands in each box, by the sheet's key and its page.

    A page that was scanned twice has the marks of both. Pages without codes are passed over.

    Raises:
        ScanError: the file is too large, of another kind or damaged, or no page has the codes.
    """
    limits = {
        "pages": MAX_PAGES,
        "pixels": MAX_PIXELS,
        "memory_bytes": MEMORY_BYTES,
        "cpu_seconds": CPU_SECONDS,
    }
    answer = _answer(content, json.dumps(limits | asdict(sheet)))
    if "error" in answer:
        raise _refusal(answer["error"], **answer["facts"])
    if not answer["pages"]:
        raise _refusal("no_codes")
    found: dict[tuple[str, int], tuple[Mark, ...]] = {}
    for key, page, ink in answer["pages"]:
        marks = [_mark(share) for share in ink]
        before = found.get((key, page), marks)
        found[key, page] = tuple(_stronger(*pair) for pair in zip(before, marks, strict=True))
    return found


def _answer(content: bytes, asked: str) -> dict[str, Any]:
    most_bytes = FILE_MEGABYTES * 1024**2
    try:
        answer: dict[str, Any] = bounded.ask(_CHILD, asked, source=content, most_bytes=most_bytes)
    except bounded.TooLargeError as error:
        raise _refusal("file_size", limit=FILE_MEGABYTES) from error
    except bounded.OutOfTimeError as error:
        raise _refusal("time") from error
    except bounded.OutOfMemoryError as error:
        raise _refusal("pixels") from error
    return answer


def _mark(ink: float) -> Mark:
    if ink >= INKED:
        return "ink"
    return "unsure" if ink >= BLANK else "blank"


def _stronger(one: Mark, other: Mark) -> Mark:
    order: tuple[Mark, ...] = ("ink", "unsure", "blank")
    return min(one, other, key=order.index)


def _refusal(code: str, **facts: object) -> ScanError:
    return ScanError(str(SENTENCES.get(code, SENTENCES["unreadable"])) % facts)
