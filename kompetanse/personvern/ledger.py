"""The ledger of erasures: a file outside the database, so that a restore can repeat them.

One line of JSON for each person erased, or case emptied: numbers of the Kommune, the employee and
the case, and the real moment, nothing that tells who it was. The rows of Sletting are the truth of
people; the file follows them at each commit, and the night writes what a stop may have left out. A
case that a stop left out is due again by its age.

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
    """Who was erased, and when by the real clock, ISO 8601 in UTC.

    With a rule it was one case of theirs that was emptied, because it was kept long enough.
    """

    at: str
    kommune_id: int
    ansatt_id: int
    rule: str = ""
    case_id: int = 0

    @property
    def what(self) -> tuple[int, int, str, int]:
        return self.kommune_id, self.ansatt_id, self.rule, self.case_id

    def as_line(self) -> str:
        told = asdict(self)
        return json.dumps({name: value for name, value in told.items() if value})

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
        known = {entry.what for entry in _parsed(file)}
        missing = [each for each in entries if each.what not in known]
        file.writelines(f"{entry.as_line()}\n" for entry in missing)
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
