"""Twenty hands up at once for three seats: real threads, real commits."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from django.db import connection

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer.actions import arrangement as actions
from planer.models import Arrangement, Pamelding
from tests.conftest import make_ansatt, make_enhet
from tests.planer.test_m16_fagdager import make_event
from tests.soknader.saker import STARTED_SECONDS

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=clock.OSLO)
HANDS, SEATS = 20, 3


def test_twenty_at_once_on_three_seats_give_three_places_and_a_queue(real_db) -> None:
    kommune = Kommune.objects.get(slug="fjordvik")
    with as_kommune(kommune.pk):
        top = make_enhet("Fjordvik", Enhet.Kind.KOMMUNE)
        people = [make_ansatt(f"Per{n}", "Nordmann", top).pk for n in range(HANDS)]
        event = make_event(seats=SEATS).pk
    start = Barrier(HANDS)

    def sign_up(pk: int) -> None:
        start.wait(STARTED_SECONDS)
        try:
            with clock.frozen(NOW), as_kommune(kommune.pk):
                ansatt = Ansatt.objects.select_related("enhet").get(pk=pk)
                arrangement = Arrangement.objects.get(pk=event)
                actions.sign_up(arrangement, ansatt, by=ansatt, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(sign_up, people))

    with as_kommune(kommune.pk):
        statuses = list(Pamelding.objects.values_list("status", flat=True))
    assert statuses.count(Pamelding.Status.SIGNED) == SEATS
    assert statuses.count(Pamelding.Status.WAITING) == HANDS - SEATS
