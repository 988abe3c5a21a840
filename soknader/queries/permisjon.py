"""The law's rule on leave for education, read from the data file, and held against a person."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kompetanse.organisasjon.models import Ansatt
from soknader.models import Soknad
from soknader.queries import vilkar
from soknader.rules import permisjon
from soknader.rules.permisjon import Regel, Rett

FILE = Path(__file__).resolve().parent.parent / "data" / "lov" / "utdanningspermisjon.toml"


def in_force(on: date) -> Regel:
    """Return the rule that holds on the day."""
    newest = [row for row in _rows() if row["from"] <= on][-1]
    return permisjon.read(newest)


def right(soknad: Soknad, *, on: date) -> Rett:
    """Return what the law means for the applicant, with their own dates; one query."""
    ansatt: Ansatt = soknad.ansatt
    since = vilkar.ansettelse(ansatt, on=on).since
    return permisjon.right(in_force(on), since=since, starts=soknad.starts, ends=soknad.ends, on=on)


@cache
def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text())["regel"]
    return sorted(rows, key=lambda row: row["from"])
