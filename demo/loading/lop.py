"""The path from needs to budget: last year's is decided, next year's proposal is begun."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from demo.loading.register import Register
from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from planer.actions import handlingsplan, konto
from planer.models import Handlingspunkt, Mote, Tiltak

NOON = 12


def load(register: Register) -> None:
    """Map the account string, decide last year's plan as the file says, and begin the next."""
    told, manager = register.file("lop"), register.holder("personalsjef")
    konto.set_economic_plan(by=manager, **told["okonomiplan"])
    for row in told["konto"]:
        values = dict(row)
        codes = values.pop("koder", {})
        part = konto.add_part(by=manager, **values)
        konto.change_part(part, codes=codes, by=manager)
    _decided(told["fjoraret"], register, manager)
    handlingsplan.begin(clock.today().year + 1, by=manager)


def _decided(told: Mapping[str, Any], register: Register, manager: Ansatt) -> None:
    """Let last year's meeting, proposal and decision have been, each on its day."""
    mote = Mote.objects.get(title=told["mote"])
    themes = [row["theme"] for row in told["tiltak"]]
    made = {each.theme: each for each in Tiltak.objects.filter(year=told["year"], theme__in=themes)}
    with clock.frozen(_noon(told["proposed"])):
        plan = handlingsplan.begin(told["year"], by=manager)
        plan = handlingsplan.change(
            plan,
            mote=mote,
            comment=told["comment"],
            tiltak=list(made.values()),
            version=plan.version,
            by=manager,
        )
        handlingsplan.propose(plan, by=manager)
    with clock.frozen(_noon(told["decided"])):
        chief = register.holder("kommunedirektor")
        for row in told["tiltak"]:
            _weigh(made[row["theme"]], row, chief)
        plan.refresh_from_db()
        handlingsplan.decide(plan, case_number=told["case_number"], version=plan.version, by=chief)


def _weigh(tiltak: Tiltak, row: Mapping[str, Any], chief: Ansatt) -> None:
    punkt = Handlingspunkt.objects.select_related("plan").get(tiltak=tiltak)
    handlingsplan.weigh(
        punkt,
        verdict=row["verdict"],
        amount=row.get("approved", punkt.proposed),
        reason=row.get("reason", ""),
        by=chief,
    )


def _noon(day: date) -> datetime:
    return clock.start_of(day, hour=NOON)
