"""The demonstration's data files, read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "data"
COMMON = "felles"


@cache
def read(slug: str, name: str) -> dict[str, Any]:
    """Return the Kommune's file, for instance `read("modum", "plan")`.

    Without one of its own it has the one that is common; empty when there is none either.
    """
    paths = (FOLDER / slug / f"{name}.toml", FOLDER / COMMON / f"{name}.toml")
    path = next((path for path in paths if path.exists()), None)
    return tomllib.loads(path.read_text()) if path else {}
