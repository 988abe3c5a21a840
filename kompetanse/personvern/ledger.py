"""The ledger of erasures: a file outside the database, so that a restore can repeat them.

One line of JSON for each person erased: the Kommune's and the employee's number and the real
moment, nothing that tells who it was. The rows of Sletting are the truth; the file follows them
at each commit, and the night writes what a stop may have left out.

Source: docs/adr/0016-erasure.md.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """Who was erased, and when by the real clock, ISO 8601 in UTC."""

    at: str
    kommune_id: int
    ansatt_id: int

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def path() -> Path:
    return Path(settings.ERASURE_LEDGER)


def write(entries: Iterable[Entry]) -> int:
    """Add the entries that the file has not; return how many. They are on the disk when it ends."""
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        known = {(entry.kommune_id, entry.ansatt_id) for entry in _parsed(file)}
        missing = [each for each in entries if (each.kommune_id, each.ansatt_id) not in known]
        file.writelines(f"{json.dumps(asdict(entry))}\n" for entry in missing)
        file.flush()
        os.fsync(file.fileno())
    return len(missing)


def read(source: Path) -> list[Entry]:
    """Return the entries of a ledger, oldest first; none when there is no such file."""
    if not source.exists():
        return []
    with source.open(encoding="utf-8") as file:
        return sorted(_parsed(file))


def _parsed(lines: Iterable[str]) -> Iterator[Entry]:
    """Yield the whole lines; a last one that a crash cut is left out."""
    for line in lines:
        try:
            yield Entry(**json.loads(line))
        except (json.JSONDecodeError, TypeError):
            continue
