"""The demonstration's data files, read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "data"


@cache
def read(slug: str, name: str) -> dict[str, Any]:
    """Return the Kommune's file, for instance `read("modum", "plan")`; empty when missing."""
    path = FOLDER / slug / f"{name}.toml"
    return tomllib.loads(path.read_text()) if path.exists() else {}
