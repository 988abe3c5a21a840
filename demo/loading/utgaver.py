"""Training plans adopted, on hearing and gathered: what units send in and what becomes one."""

from datetime import timedelta
from typing import Any

from demo.loading import rullering
from demo.loading.register import Register
from kompetanse import clock
from planer.actions import horing, opplaringsplan, samling
from planer.models import Tiltak

NOON = 12


def load(register: Register) -> None:
    """Make the file's editions, hearings, units sent in and merged measures, each on its day."""
    told = register.file("utgaver")
    rullering.plan(register)
    for row in told.get("vedtatt", ()):
        _adopt(register, row)
    rullering.load(register)
    for row in told.get("horing", ()):
        _hear(register, row)
    for row in told.get("innlevert", ()):
        with clock.frozen(clock.start_of(row["on"], hour=NOON)):
            samling.submit(
                year=row["year"],
                enhet=register.units[row["enhet"]],
                note=row.get("note", ""),
                by=register.person(row["av"]) if "av" in row else register.advisor,
            )
    for row in told.get("samlet", ()):
        alike = Tiltak.objects.filter(year=row["year"], theme=row["likt"], enhet__isnull=False)
        with clock.frozen(clock.start_of(row["on"], hour=NOON)):
            samling.merge(list(alike), theme=row["theme"], by=register.advisor)


def _adopt(register: Register, row: dict[str, Any]) -> None:
    enhet = register.units.get(str(row.get("enhet", "")))
    with clock.frozen(clock.start_of(row["on"], hour=NOON)):
        plan = opplaringsplan.begin(year=row["year"], enhet=enhet, by=register.advisor)
        opplaringsplan.adopt(
            plan, body=row["body"], on=row["on"], case_number=row["sak"], by=register.advisor
        )


def _hear(register: Register, row: dict[str, Any]) -> None:
    enhet = register.units.get(str(row.get("enhet", "")))
    begun = row["begun"]
    with clock.frozen(clock.start_of(begun, hour=NOON)):
        plan = opplaringsplan.begin(year=row["year"], enhet=enhet, by=register.advisor)
        heard = horing.begin(plan, until=row["until"], text=row["text"], by=register.advisor)
    for number, answer in enumerate(row["svar"], start=1):
        with clock.frozen(clock.start_of(begun + timedelta(days=number), hour=NOON)):
            horing.answer(heard, text=answer["text"], by=register.holder(answer["rolle"]))
