"""Double clicks and crowds: real threads, real commits, one number for each application."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection

from kompetanse import clock
from kompetanse.errors import StaleError
from kompetanse.kommuner import once
from kompetanse.kommuner.models import AuditEvent, Engangsnokkel, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet
from kompetanse.varsler.models import Varsel
from soknader.actions import plass
from soknader.actions import soknad as actions
from soknader.models import Soknad, Soknadsrunde, Vedtak
from tests.conftest import OCTOBER, TenantClient, make_ansatt, make_enhet
from tests.soknader.conftest import ANSWERS
from tests.soknader.saker import STARTED_SECONDS

CLICKS = 6


@pytest.fixture
def kommune(real_db) -> Kommune:
    return Kommune.objects.get(slug="fjordvik")


def open_round():
    return Soknadsrunde.objects.create(
        year=2026,
        status="open",
        opens=date(2026, 9, 1),
        deadline=date(2026, 10, 15),
        leader_deadline=date(2026, 10, 22),
        meeting_on=date(2026, 10, 28),
        answer_by=date(2026, 11, 5),
        accept_by=date(2026, 11, 20),
        budget=100_000,
    )


def browser_of(ansatt):
    client = TenantClient()
    client.force_login(ansatt.bruker)
    return client


def at_once(clicks):
    """Run the clicks in threads that all start together; return their answers."""
    barrier = Barrier(len(clicks))

    def run(click):
        try:
            with clock.frozen(OCTOBER):
                barrier.wait(STARTED_SECONDS)
                return click()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clicks)) as pool:
        return list(pool.map(run, clicks))


def test_a_double_click_gives_one_number_and_the_same_receipt(kommune):
    with as_kommune(kommune.pk):
        kari = make_ansatt("Kari", "Nilsen", make_enhet("Nord", Enhet.Kind.KOMMUNE))
        soknad = Soknad.objects.create(runde=open_round(), ansatt=kari, **ANSWERS)
        browsers = [browser_of(kari) for _ in range(CLICKS)]
    fields = {"version": 1, "engangsnokkel": once.new_token()}
    url = f"/soknad/{soknad.pk}/oppsummering/"

    answers = at_once([lambda b=b: b.post(url, fields) for b in browsers])

    assert {answer.status_code for answer in answers} == {302}
    assert {answer.url for answer in answers} == {f"/fjordvik/soknad/{soknad.pk}/kvittering/"}
    with as_kommune(kommune.pk):
        assert Soknadsrunde.objects.get().next_number == 2
        assert AuditEvent.objects.filter(action="soknad.submit").count() == 1
        assert Varsel.objects.filter(kind="soknad.submit").count() == 1
        assert Engangsnokkel.objects.count() == 1


def test_many_who_send_at_once_get_numbers_without_gap_or_double(kommune):
    with as_kommune(kommune.pk):
        nord = make_enhet("Nord", Enhet.Kind.KOMMUNE)
        runde = open_round()
        people = [make_ansatt("Ansatt", f"Nummer{n}", nord) for n in range(CLICKS)]
        soknader = [Soknad.objects.create(runde=runde, ansatt=each, **ANSWERS) for each in people]
        pairs = [(browser_of(each), own.pk) for each, own in zip(people, soknader, strict=True)]

    def click(browser, pk):
        fields = {"version": 1, "engangsnokkel": once.new_token()}
        return browser.post(f"/soknad/{pk}/oppsummering/", fields)

    answers = at_once([lambda pair=pair: click(*pair) for pair in pairs])

    assert [answer.status_code for answer in answers] == [302] * CLICKS
    with as_kommune(kommune.pk):
        numbers = sorted(Soknad.objects.values_list("number", flat=True))
        assert numbers == list(range(1, CLICKS + 1))


def test_two_tabs_that_save_at_once_lose_nothing(kommune):
    with as_kommune(kommune.pk):
        kari = make_ansatt("Kari", "Nilsen", make_enhet("Nord", Enhet.Kind.KOMMUNE))
        soknad = Soknad.objects.create(runde=open_round(), ansatt=kari, **ANSWERS)
        browsers = [browser_of(kari) for _ in range(2)]
    url = f"/soknad/{soknad.pk}/steg/1/lagre/"

    def click(browser, study):
        return browser.post(url, {"version": 1, "study": study, "institution": "Her"})

    answers = at_once([lambda n=n, b=b: click(b, f"Studium {n}") for n, b in enumerate(browsers)])

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    with as_kommune(kommune.pk):
        winner = next(n for n, answer in enumerate(answers) if answer.status_code == 200)
        assert Soknad.objects.get().study == f"Studium {winner}"


def test_a_save_waits_for_the_one_before_it_and_then_hears_of_it(kommune):
    with as_kommune(kommune.pk):
        kari = make_ansatt("Kari", "Nilsen", make_enhet("Nord", Enhet.Kind.KOMMUNE))
        soknad = Soknad.objects.create(runde=open_round(), ansatt=kari, **ANSWERS)
    has_written = Event()

    def first():
        with as_kommune(kommune.pk):
            actions.save(soknad, by=kari, version=1, values={"study": "Den første"})
            has_written.set()
            sleep(0.5)  # The second reads and waits meanwhile.

    def second():
        assert has_written.wait(STARTED_SECONDS)
        with as_kommune(kommune.pk):
            actions.save(soknad, by=kari, version=1, values={"study": "Den andre"})

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(closing(each)) for each in (first, second)]
        done[0].result()
        with pytest.raises(StaleError):
            done[1].result()

    with as_kommune(kommune.pk):
        assert Soknad.objects.get().study == "Den første"


def test_two_workers_let_an_offer_lapse_once_and_neither_stops(kommune):
    with as_kommune(kommune.pk):
        enhet = make_enhet("Nord", Enhet.Kind.KOMMUNE)
        runde = open_round()
        for number, name in enumerate(("Kari", "Ola"), start=1):
            ansatt = make_ansatt(name, "Nilsen", enhet)
            sent = {"status": "answered", "number": number, "submitted_at": OCTOBER}
            soknad = Soknad.objects.create(runde=runde, ansatt=ansatt, **ANSWERS | sent)
            Vedtak.objects.create(
                soknad=soknad, outcome="granted", leave_days=2, status="decided",
                decided_at=OCTOBER, decided_by=ansatt,
            )  # fmt: skip
    has_lapsed = Event()

    def first():
        with as_kommune(kommune.pk):
            lapsed = plass.lapse_all()
            has_lapsed.set()
            sleep(0.5)  # The second reads and waits meanwhile.
            return lapsed

    def second():
        assert has_lapsed.wait(STARTED_SECONDS)
        with as_kommune(kommune.pk):
            return plass.lapse_all()

    def late(work):
        with clock.frozen(clock.start_of(date(2026, 11, 21))):
            return work()

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(closing(partial(late, each))) for each in (first, second)]
        assert [each.result() for each in done] == [2, 0]


def closing(run):
    """Return `run` for a thread: it leaves no connection behind."""

    def closed():
        try:
            return run()
        finally:
            connection.close()

    return closed
