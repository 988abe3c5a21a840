"""The organisation of a demonstration municipality, from its text file of one line a unit."""

from demo import files
from demo.tjenester import Unit

TOP = "-"


def read(slug: str) -> tuple[Unit, ...]:
    """Return the units, each after the one it stands under."""
    text = (files.FOLDER / slug / "enheter.txt").read_text(encoding="utf-8")
    return tuple(_unit(line) for line in text.splitlines() if line and not line.startswith("#"))


def _unit(line: str) -> Unit:
    code, name, kind, parent, leader, staff = (part.strip() for part in line.split("|"))
    return Unit(code, name, kind, "" if parent == TOP else parent, leader, _staff(staff))


def _staff(text: str) -> tuple[tuple[str, int], ...]:
    """Return how many of each position: «syk:4 hfa:9»."""
    pairs = (part.split(":") for part in text.split())
    return tuple((key, int(count)) for key, count in pairs)
