"""One line of a check, as it is stored and as people read its values."""

import datetime as dt
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kompetanse.organisasjon.models import Hrlinje

Kind = Hrlinje.Kind


Change = list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line before it is stored; the fields are those of Hrlinje."""

    kind: str
    number: str = ""
    name: str = ""
    unit: str = ""
    row: int = 0
    column: str = ""
    text: str = ""
    suggestion: str = ""
    changes: list[Change] = field(default_factory=list)
    content: dict[str, Any] = field(default_factory=dict)

    def values(self, place: int) -> tuple[Any, ...]:
        """Return what is stored, in the order of staging.COLUMNS."""
        return (
            self.kind,
            place,
            self.number[:60],
            self.name[:170],
            self.unit[:120],
            self.row,
            self.column[:120],
            self.text[:500],
            self.suggestion[:200],
            _json(self.changes),
            _json(self.content),
        )


def shown(value: Any) -> str:
    if isinstance(value, dt.date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    return "" if value is None else str(value)


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


_json = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
