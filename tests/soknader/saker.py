"""What the tests of the prioritising are made from: a round in the middle of it, and its cases."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from django.db import connection

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from planer.models import Fokusomrade, Strategiplan
from soknader.models import (
    Kriterium,
    Poeng,
    Soknad,
    Soknadsrunde,
    Utlysning,
    Uttalelse,
    Vedtak,
)
from soknader.queries import endring as queries
from soknader.queries import poeng
from soknader.rules import ordning

S = Soknad.Status
Outcome = Vedtak.Outcome


def make_runde(**fields: Any) -> Soknadsrunde:
    """A round of autumn 2026 that is being prioritised, with two criteria and one education."""
    values = {
        "year": 2026,
        "status": Soknadsrunde.Status.PRIORITISING,
        "opens": date(2026, 9, 1),
        "deadline": date(2026, 10, 15),
        "leader_deadline": date(2026, 10, 22),
        "meeting_on": date(2026, 10, 28),
        "answer_by": date(2026, 11, 5),
        "accept_by": date(2026, 11, 20),
        "budget": 100_000,
    } | fields
    runde = Soknadsrunde.objects.create(**values)
    plan = Strategiplan.objects.create(name="Plan", first_year=2026, last_year=2029)
    area = Fokusomrade.objects.create(plan=plan, order=1, name="Demens")
    Utlysning.objects.create(runde=runde, title="Videreutdanning i geriatri", fokusomrade=area)
    texts = ["Nei", "Litt", "Godt", "Svært godt"]
    Kriterium.objects.create(runde=runde, name="Treffer fokusområdet", weight=2, texts=texts)
    Kriterium.objects.create(runde=runde, name="Nytte for tjenesten", texts=texts, order=2)
    return runde


def make_sak(ansatt: Ansatt, runde: Soknadsrunde, **fields: Any) -> Soknad:
    """An application with the leader's statement, for a prioritised education, 30 000 kr."""
    number = runde.next_number
    is_prioritised = fields.pop("is_prioritised", True)
    utlysning = Utlysning.objects.filter(runde=runde).first()
    values = {
        "status": S.RECOMMENDED,
        "number": number,
        "rank": number,
        "study": f"Geriatri {number}",
        "institution": "Høgskolen",
        "starts": date(2027, 8, 15),
        "ends": date(2028, 6, 15),
        "leave_days": 10,
        "tuition": 20_000,
        "books": 10_000,
        "utlysning": utlysning if is_prioritised else None,
        "fokusomrade": utlysning.fokusomrade if utlysning else None,
        "reason": "kanari-grunn",
        "use_at_work": "kanari-bruk",
        "submitted_at": clock.now(),
    } | fields
    soknad = Soknad.objects.create(ansatt=ansatt, runde=runde, **values)
    runde.next_number += 1
    runde.save(update_fields=["next_number"])
    if soknad.status == S.RECOMMENDED:
        Uttalelse.objects.create(
            soknad=soknad, verdict="supports", text="kanari-uttalelse", by=ansatt
        )
    return soknad


def divided(soknad: Soknad, amount: int) -> dict[str, int]:
    """The fields of a decision that grants `amount` NOK: divided by kind, the fee first."""
    parts = ordning.split(amount, offered=ordning.offered({}, soknad))
    parts["other_cost"] += amount - sum(parts.values())
    return {"amount": amount} | parts


def make_draft(soknad: Soknad, outcome: str = Outcome.GRANTED, **fields: Any) -> Vedtak:
    gives = outcome in {Outcome.GRANTED, Outcome.PARTLY}
    values = {"amount": soknad.amount if gives else 0, "reason": ""} | fields
    values = divided(soknad, values["amount"]) | values
    return Vedtak.objects.create(soknad=soknad, outcome=outcome, **values)


def give_points(soknad: Soknad, *points: int, by: Ansatt) -> None:
    for kriterium, value in zip(soknad.runde.kriterier.all(), points, strict=False):
        Poeng.objects.create(soknad=soknad, kriterium=kriterium, points=value, by=by)


def order(runde: Soknadsrunde) -> list[int]:
    """The numbers of the list, in its order."""
    ranked = Soknad.objects.filter(runde=runde).order_by("rank", "number")
    return list(ranked.values_list("number", flat=True))


def version(soknad: Soknad) -> int:
    """The version that a page of the case would carry now."""
    return queries.version(soknad)


def points_version(soknad: Soknad, *, by: Ansatt) -> int:
    """The version that a page of the case would carry of one's own points now."""
    return poeng.version(soknad, by=by)


# A limit for what never happens; a slow machine starts fifty threads within some seconds.
STARTED_SECONDS = 120


def at_once(number: int, work: Callable[[int], Any]) -> list[Any]:
    """Run `work(index)` on `number` threads at the same moment; return what each gave."""
    gate = threading.Barrier(number)

    def run(index):
        gate.wait(STARTED_SECONDS)
        try:
            return work(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))
