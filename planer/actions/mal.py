"""The plans' part of the template for a new Kommune: one of four wheels, and the arenas."""

from pathlib import Path

from kompetanse.kommuner import maler
from kompetanse.kommuner.maler import Mal
from planer.actions import innlasting, introduksjonsmal

FOLDER = Path(__file__).resolve().parent.parent / "data" / "mal"


def load_wheel(mal: Mal) -> int:
    """Make the template's wheel for this year and the next; what is past is not ticked off."""
    rows = maler.read(FOLDER / f"{mal}.toml")["aktivitet"]
    innlasting.wheel_from(rows, by=None)
    return 2 * len(rows)


def load_arenas(_mal: Mal) -> int:
    names = maler.read(FOLDER / "laringsarenaer.toml")["navn"]
    innlasting.arenas_from(names)
    return len(names)


def load_introductions(_mal: Mal) -> int:
    """Make the templates for new employees and the newly qualified."""
    return introduksjonsmal.load(maler.read(FOLDER / "introduksjon.toml")["mal"])
