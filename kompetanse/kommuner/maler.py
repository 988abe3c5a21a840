"""What a new Kommune starts from: four templates, each app with its own part of them.

    maler.register(_("Årshjul"), load_wheel)     # load_wheel(mal: Mal) -> int, in ready()

A part makes its rows in the active Kommune, which is empty, and says how many it made. The data
are TOML files in the app's own `data/mal/` folder, read with `read`.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Mal(TextChoices):
    """The wheels that the municipalities of the public plans turn; all else is the same."""

    MODUM = (
        "modum",
        _("Frister gjennom året: søknad 15. oktober, svar 5. november, tilskudd i januar"),
    )
    REKS = "reks", _("Fire kvartaler, for kommuner i et regionalt samarbeid")
    NITTEDAL = "nittedal", _("Én felles aktivitet hver måned")
    SILJAN = "siljan", _("Ett løp i året: behov, partsmøte, handlingsplan med kostnader, budsjett")


Load = Callable[[Mal], int]

_parts: dict[str | Promise, Load] = {}


def register(name: str | Promise, load: Load) -> None:
    """Add a part; the ground's parts stand before those of the apps above."""
    _parts[name] = load


def parts() -> list[str]:
    """Return what a template holds, in words."""
    return [str(name) for name in _parts]


def apply(mal: Mal) -> dict[str, int]:
    """Make all parts in the active Kommune; return how many rows of each."""
    return {str(name): load(mal) for name, load in _parts.items()}


@cache
def read(path: Path) -> dict[str, Any]:
    """Return a part's file."""
    return tomllib.loads(path.read_text())
