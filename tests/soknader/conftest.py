"""A round, and applications in it, for the people of tests/conftest.py."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from planer.models import Fokusomrade, Strategiplan
from soknader.models import Soknad, Soknadsrunde, Utlysning
from tests.conftest import give, make_ansatt
from tests.soknader.avtaler import (  # noqa: F401 (fixtures of contracts and what follows them)
    accepted,
    avtale,
    geriatri,
    granted,
    november,
    regel,
    signed,
)
from tests.soknader.brevene import decided, made  # noqa: F401 (fixtures of letters)
from tests.soknader.ordningene import ordninger  # noqa: F401 (fixture of schemes)

ANSWERS: dict[str, Any] = {
    "study": "Videreutdanning i geriatri",
    "institution": "Høgskolen i Fjordvik",
    "credits": 60,
    "starts": date(2027, 8, 15),
    "ends": date(2029, 6, 15),
    "leave_days": 12,
    "tuition": 30000,
    "books": 4000,
    "reason": "kanarifugl: jeg vil kunne mer om eldre",
    "use_at_work": "Vi får flere som kan ta imot de sykeste.",
}


@pytest.fixture
def fokusomrade(active: Kommune) -> Fokusomrade:
    plan = Strategiplan.objects.create(
        name="Kompetanseplan", first_year=2025, last_year=2028, status=Strategiplan.Status.IN_FORCE
    )
    return Fokusomrade.objects.create(plan=plan, order=1, name="Eldre med sammensatte behov")


@pytest.fixture
def runde(active: Kommune) -> Soknadsrunde:
    """The autumn round of 2026, open, with Modum's dates and 100 000 kr."""
    return Soknadsrunde.objects.create(
        year=2026,
        status=Soknadsrunde.Status.OPEN,
        opens=date(2026, 9, 1),
        deadline=date(2026, 10, 15),
        leader_deadline=date(2026, 10, 22),
        meeting_on=date(2026, 10, 28),
        answer_by=date(2026, 11, 5),
        accept_by=date(2026, 11, 20),
        budget=100_000,
    )


@pytest.fixture
def utlysning(runde: Soknadsrunde, fokusomrade: Fokusomrade) -> Utlysning:
    return Utlysning.objects.create(
        runde=runde, title="Videreutdanning i geriatri", fokusomrade=fokusomrade
    )


MakeSoknad = Callable[..., Soknad]


@pytest.fixture
def make_soknad(runde: Soknadsrunde) -> MakeSoknad:
    """Make a whole application, a draft unless `status` says otherwise."""

    def make(ansatt: Ansatt, **fields: Any) -> Soknad:
        status = fields.get("status", Soknad.Status.DRAFT)
        if status != Soknad.Status.DRAFT and "number" not in fields:
            fields["number"] = runde.next_number
            fields.setdefault("submitted_at", datetime(2026, 10, 1, 8, tzinfo=clock.OSLO))
            runde.next_number += 1
            runde.save(update_fields=["next_number"])
        return Soknad.objects.create(**{"runde": runde, "ansatt": ansatt} | ANSWERS | fields)

    return make


@pytest.fixture
def dagny(kommunen: Enhet) -> Ansatt:
    """The kommunedirektør, who names who decides when nobody else is impartial."""
    return give(make_ansatt("Dagny", "Vik", kommunen), Rolle.Kode.KOMMUNEDIREKTOR, kommunen)
