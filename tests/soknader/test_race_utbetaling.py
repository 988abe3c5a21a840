"""Fifty approvals at once on one grant: real threads, real commits, never more than is promised."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import files
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.responses import PDF
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet, Rolle
from soknader.actions import brev
from soknader.actions import utbetaling as actions
from soknader.actions import vedtak as decisions
from soknader.actions.innhold import Content
from soknader.models import (
    Avtale,
    Bindingsregel,
    Soknad,
    Soknadsrunde,
    Tilsagn,
    Utbetaling,
    Vedtak,
)
from tests.conftest import OCTOBER, give, make_ansatt, make_enhet
from tests.soknader.conftest import ANSWERS
from tests.soknader.saker import STARTED_SECONDS
from tests.soknader.test_race import open_round

AT_ONCE = 50
EACH, PROMISED = 1_000, 30_000


@pytest.fixture
def kommune(real_db) -> Kommune:
    return Kommune.objects.get(slug="fjordvik")


def at_once(verbs):
    """Run the verbs in threads that all start together; return how many were refused."""
    barrier = Barrier(len(verbs))

    def run(verb):
        try:
            with clock.frozen(OCTOBER), as_kommune(Kommune.objects.get(slug="fjordvik").pk):
                barrier.wait(STARTED_SECONDS)
                verb()
        except (DomainError, TransitionError):
            return 1
        finally:
            connection.close()
        return 0

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sum(pool.map(run, verbs))


def build(receipts):
    nord = make_enhet("Nord", Enhet.Kind.KOMMUNE)
    kari = make_ansatt("Kari", "Nilsen", nord)
    liv = give(make_ansatt("Liv", "Berg", nord), Rolle.Kode.LEDER, nord)
    soknad = Soknad.objects.create(
        runde=open_round(), ansatt=kari, status="accepted", number=1,
        submitted_at=OCTOBER, **ANSWERS,
    )  # fmt: skip
    tilsagn = Tilsagn.objects.create(soknad=soknad, kind="tuition", amount=PROMISED)
    fil = files.store(b"%PDF-1.7", name="kvittering.pdf", content_type=PDF)
    return liv, [
        Utbetaling.objects.create(
            tilsagn=tilsagn, amount=EACH, spent_on=date(2026, 9, 1), fil=fil, sent_at=OCTOBER
        )
        for _ in range(receipts)
    ]


def test_fifty_at_once_never_pay_more_than_is_promised(kommune):
    with as_kommune(kommune.pk):
        liv, receipts = build(AT_ONCE)

    refused = at_once([lambda r=r: actions.approve(r, amount=EACH, by=liv) for r in receipts])

    with as_kommune(kommune.pk):
        tilsagn = Tilsagn.objects.get()
        approved = Utbetaling.objects.filter(status="approved").count()
        assert (tilsagn.paid, tilsagn.left) == (PROMISED, 0)
        assert (approved, refused) == (PROMISED // EACH, AT_ONCE - PROMISED // EACH)
        assert AuditEvent.objects.filter(action="utbetaling.approve").count() == approved


def test_one_receipt_approved_twenty_times_is_paid_once(kommune):
    with as_kommune(kommune.pk):
        liv, (receipt,) = build(1)

    refused = at_once([lambda: actions.approve(receipt, amount=EACH, by=liv)] * 20)

    with as_kommune(kommune.pk):
        assert Tilsagn.objects.get().paid == EACH
        assert refused == 19


def test_a_decision_that_is_replaced_while_the_employee_accepts_takes_the_contract_with_it(kommune):
    with as_kommune(kommune.pk):
        kari, kristin, vedtak = offered()
    has_accepted = Event()

    def accept():
        brev.accept(vedtak.soknad, by=kari)
        has_accepted.set()
        sleep(0.5)  # The other reads and waits meanwhile.

    def replace():
        assert has_accepted.wait(STARTED_SECONDS)
        content = Content(outcome="refused", reason="Feil i vedtaket")
        decisions.replace(vedtak, content, by=kristin)

    assert at_once([accept, replace]) == 0

    with as_kommune(kommune.pk):
        assert Soknad.objects.get().status == "decided"
        assert Avtale.objects.get().status == "cancelled"


def offered():
    """Kari is offered 30 000 kr, which asks for a contract; Kristin decides."""
    nord = make_enhet("Nord", Enhet.Kind.KOMMUNE)
    kari = make_ansatt("Kari", "Nilsen", nord)
    kristin = give(make_ansatt("Kristin", "Lie", nord), Rolle.Kode.KOMMUNALSJEF, nord)
    Bindingsregel.objects.create(name="Utdanning", from_amount=1, months=12)
    soknad = Soknad.objects.create(
        runde=open_round(), ansatt=kari, status="answered", number=1, submitted_at=OCTOBER,
        **ANSWERS,
    )  # fmt: skip
    Soknadsrunde.objects.update(status="answered", granted=PROMISED)
    vedtak = Vedtak.objects.create(
        soknad=soknad, outcome="granted", amount=PROMISED, tuition=PROMISED, status="decided",
        decided_at=OCTOBER, decided_by=kristin,
    )  # fmt: skip
    return kari, kristin, vedtak
