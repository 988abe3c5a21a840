"""What of last year's plan is carried on, done and dropped, by the verb that the page uses."""

from typing import Any

from demo.loading.register import Register
from kompetanse import clock
from planer.actions import linje
from planer.actions.rullering import Decision, roll
from planer.models import Tiltak

NOON = 12


def plan(register: Register) -> None:
    """Make the file's measures of last year, before its plan is adopted."""
    for row in register.file("utgaver").get("rullert", ()):
        tiltak = Tiltak.objects.create(
            **{name: row[name] for name in ("year", "half", "theme", "need", "timing", "status")},
            target_group=row["target_group"],
            participants=row["participants"],
            responsible=row["responsible"],
            enhet=register.units[row["enhet"]],
            fokusomrade=register.areas[row["fokus"]],
        )
        linje.set_amounts(tiltak, row["belop"])


def load(register: Register) -> None:
    """Decide of the same measures, each on its day."""
    for row in register.file("utgaver").get("rullert", ()):
        _decide(register, row)


def _decide(register: Register, row: dict[str, Any]) -> None:
    enhet, year = register.units[row["enhet"]], row["year"]
    tiltak = Tiltak.objects.get(year=year, theme=row["theme"], enhet=enhet)
    decision = Decision(
        tiltak=tiltak,
        outcome=row["utfall"],
        half=row.get("nytt_halvar", ""),
        deadline=row.get("frist"),
        reason=row.get("grunn", ""),
    )
    with clock.frozen(clock.start_of(row["on"], hour=NOON)):
        roll([decision], year=year + 1, by=register.advisor)
