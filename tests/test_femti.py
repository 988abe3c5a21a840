"""Fifty at once on the buttons that give, promise and pay: real pages, threads and commits.

`test_dobbeltklikk` presses every button four times. Here one who is impatient presses fifty
times, or fifty people press in the same moment; what is counted afterwards is the database.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from kompetanse import clock
from kompetanse.kommuner import files, once
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.responses import PDF
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet, Rolle
from planer.models import Arrangement, Pamelding
from rapporter.models import Fordelingspost, Omdisponering, Svarlinje, Tilskuddslinje
from soknader.actions import brev, brudd
from soknader.actions.brudd import Brudd
from soknader.models import (
    Avtale,
    Bindingsregel,
    Soknad,
    Soknadsrunde,
    Svarbrev,
    Tilbakebetaling,
    Tilsagn,
    Utbetaling,
    Vedtak,
)
from tests.conftest import TenantClient, give, make_ansatt, make_enhet
from tests.rapporter.conftest import make_tiltak
from tests.rapporter.test_m14_race import GRANTED
from tests.rapporter.test_m14_race import build as build_grant
from tests.soknader.avtaler import a_pdf
from tests.soknader.conftest import ANSWERS
from tests.soknader.saker import STARTED_SECONDS, divided, make_draft, make_runde, make_sak
from tests.soknader.test_race import open_round

FIFTY, SEATS = 50, 3
NOW = datetime(2026, 10, 14, 9, tzinfo=clock.OSLO)
# A refusal is a sentence: the thing is done already, or there is no more left.
FIRST, REFUSED = 302, {302, 409, 422}
CONTENT = a_pdf()


@pytest.fixture
def kommune(real_db):
    return Kommune.objects.get(slug="fjordvik")


@contextmanager
def inside(kommune):
    """Work in the Kommune on the day before the deadline; committed at the end."""
    with clock.frozen(NOW), as_kommune(kommune.pk):
        yield


def browser_of(ansatt):
    client = TenantClient(raise_request_exception=False)
    client.force_login(ansatt.bruker)
    return client


def press(path, fields, *browsers):
    """Press fifty times in the same moment, by turns in the browsers; return what was answered."""
    gate = Barrier(FIFTY)

    def one(number):
        client = TenantClient(raise_request_exception=False)
        client.cookies = browsers[number % len(browsers)].cookies
        try:
            with clock.frozen(NOW):
                gate.wait(STARTED_SECONDS)
                return client.post(*[each(number) if callable(each) else each
                                     for each in (path, fields)])  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(FIFTY) as pool:
        answers = list(pool.map(one, range(FIFTY)))
    statuses = Counter(answer.status_code for answer in answers)
    assert set(statuses) <= REFUSED, statuses
    assert statuses[FIRST] > 0
    return statuses


def counted(action):
    return AuditEvent.objects.filter(action=action).count()


def top_with(**roles):
    """The top of the tree, and someone for each role code."""
    top = make_enhet("Fjordvik kommune", Enhet.Kind.KOMMUNE)
    people = [
        give(make_ansatt(name, "Berg", top), Rolle.Kode(kode), top) for name, kode in roles.items()
    ]
    return top, *people


def a_letter(ansatt, runde, **fields):
    """A grant of 30 000 kr that is told in a letter."""
    soknad = make_sak(ansatt, runde, status=Soknad.Status.ANSWERED)
    vedtak = Vedtak.objects.create(
        soknad=soknad, status="decided", outcome="granted", decided_at=NOW, decided_by=ansatt,
        **divided(soknad, 30_000) | fields,
    )  # fmt: skip
    fil = files.store(a_pdf(), name="brev.pdf", content_type=PDF)
    Svarbrev.objects.create(vedtak=vedtak, fil=fil, heading="Svar", sent_at=NOW)
    Soknadsrunde.objects.filter(pk=runde.pk).update(granted=30_000)
    return soknad


def with_leader():
    top, liv, frida = top_with(Liv="leder", Frida="fagradgiver")
    return {"kari": make_ansatt("Kari", "Nilsen", top), "liv": liv, "frida": frida}


def fifty_people(top):
    return [make_ansatt("Ansatt", f"Nummer{number}", top) for number in range(FIFTY)]


def a_file():
    return SimpleUploadedFile("papir.pdf", CONTENT, content_type="application/pdf")


# --- the decision and the application -------------------------------------------------------------


def test_fifty_at_once_decide_each_case_once_with_one_key_or_with_fifty(kommune):
    with inside(kommune):
        top, frida, kristin = top_with(Frida="fagradgiver", Kristin="kommunalsjef")
        people = [make_ansatt(name, "Nilsen", top) for name in ("Kari", "Ola", "Per")]
        autumn, spring = (make_runde(kind=kind, budget=100_000) for kind in ("autumn", "spring"))
        for runde in (autumn, spring):
            for each in people:
                make_draft(make_sak(each, runde))
        browsers = [browser_of(frida), browser_of(kristin)]
    one_key = {"engangsnokkel": once.new_token()}

    clicks = press(f"/vedtak/{autumn.pk}/vedta/", one_key, browsers[0])
    press(f"/vedtak/{spring.pk}/vedta/", lambda _n: {"engangsnokkel": once.new_token()}, *browsers)

    assert clicks == {FIRST: FIFTY}
    with inside(kommune):
        assert counted("vedtak.decide") == Vedtak.objects.filter(status="decided").count() == 6
        for runde in Soknadsrunde.objects.all():
            assert runde.granted == 90_000


def test_fifty_at_once_send_one_application_or_fifty_without_gap_or_double(kommune):
    with inside(kommune):
        top, _liv = top_with(Liv="leder")
        kari = make_ansatt("Kari", "Nilsen", top)
        people = fifty_people(top)
        runde = open_round()
        first = Soknad.objects.create(runde=runde, ansatt=kari, **ANSWERS).pk
        drafts = [Soknad.objects.create(runde=runde, ansatt=each, **ANSWERS).pk for each in people]
        own, browsers = browser_of(kari), [browser_of(each) for each in people]

    def sent(_number=0):
        return {"version": 1, "engangsnokkel": once.new_token()}

    clicks = press(f"/soknad/{first}/oppsummering/", sent(), own)
    storm = press(lambda number: f"/soknad/{drafts[number]}/oppsummering/", sent, *browsers)

    assert clicks == storm == {FIRST: FIFTY}
    with inside(kommune):
        assert counted("soknad.submit") == FIFTY + 1
        numbers = sorted(Soknad.objects.values_list("number", flat=True))
        assert numbers == list(range(1, FIFTY + 2))


# --- from the yes to the money --------------------------------------------------------------------


def test_fifty_clicks_on_each_step_from_the_yes_to_the_repayment_count_as_one(kommune):
    with inside(kommune):
        people = with_leader()
        soknad = a_letter(people["kari"], make_runde(status="answered"))
        Bindingsregel.objects.create(name="Utdanning", from_amount=1, months=12)
        kari, leader, advisor = (browser_of(people[who]) for who in ("kari", "liv", "frida"))

    press(f"/mine/{soknad.pk}/svar/", {"svar": "ja"}, kari)

    with inside(kommune):
        avtale, tilsagn = Avtale.objects.get(), Tilsagn.objects.get(kind="tuition")
        assert sum(Tilsagn.objects.values_list("amount", flat=True)) == 30_000
        assert counted("soknad.accept") == 1

    for who, browser in (("kari", kari), ("liv", leader)):
        name = people[who].full_name
        fields = {"agrees": "on", "name": name, "engangsnokkel": once.new_token()}
        press(f"/avtale/{avtale.pk}/signer/", fields, browser)

    with inside(kommune):
        assert Avtale.objects.get().status == Avtale.Status.SIGNED
        assert counted("avtale.sign") == counted("avtale.countersign") == 1

    receipt = {
        "engangsnokkel": once.new_token(), "tilsagn": tilsagn.pk, "amount": "1 000",
        "spent_on": "01.10.2026",
    }  # fmt: skip
    clicks = press(
        f"/mine/{soknad.pk}/utbetaling/", lambda _n: receipt | {"file": a_file()}, kari
    )  # fmt: skip
    assert clicks == {FIRST: FIFTY}
    with inside(kommune):
        utbetaling = Utbetaling.objects.get()
    approval = {"verdict": "approve", "amount": "1 000"}
    press(f"/utbetalinger/{utbetaling.pk}/", approval, leader)
    press("/utbetalinger/overfort/", {"antall": "1"}, advisor)

    with inside(kommune):
        tilsagn.refresh_from_db()
        assert tilsagn.paid == 1_000
        for verb in ("send", "approve", "transfer"):
            assert counted(f"utbetaling.{verb}") == 1, verb
        brudd.breach(avtale, Brudd(ground="left", on=NOW.date()), by=people["frida"])

    back = {"amount": "100", "paid_on": "14.10.2026", "engangsnokkel": once.new_token()}
    assert press(f"/avtale/{avtale.pk}/betalt/", back, advisor) == {FIRST: FIFTY}

    with inside(kommune):
        assert Tilbakebetaling.objects.get().amount == Avtale.objects.get().repaid == 100


def test_fifty_yes_and_no_in_the_same_moment_end_as_one_of_them(kommune):
    with inside(kommune):
        people = with_leader()
        soknad = a_letter(people["kari"], make_runde(status="answered"))
        browser = browser_of(people["kari"])

    press(f"/mine/{soknad.pk}/svar/", lambda n: {"svar": "ja" if n % 2 else "nei"}, browser)

    with inside(kommune):
        # A yes can become a no; a no is final, and gives the money back once.
        assert Soknad.objects.get().status == Soknad.Status.DECLINED
        assert counted("soknad.decline") == 1
        assert counted("soknad.accept") <= 1
        assert Soknadsrunde.objects.get().granted == 0
        assert Vedtak.objects.get().released == 30_000


def test_fifty_approvals_by_two_leaders_pay_no_more_than_is_promised(kommune):
    with inside(kommune):
        people = with_leader()
        top = people["liv"].enhet
        vidar = give(make_ansatt("Vidar", "Dahl", top), Rolle.Kode.LEDER, top)
        soknad = a_letter(people["kari"], make_runde(status="answered"))
        brev.accept(soknad, by=people["kari"])
        tilsagn = Tilsagn.objects.get(kind="tuition")
        each = tilsagn.amount // 20
        fil = files.store(a_pdf(), name="kvittering.pdf", content_type=PDF)
        receipts = [
            Utbetaling.objects.create(
                tilsagn=tilsagn, amount=each, spent_on=NOW.date(), fil=fil, sent_at=NOW
            ).pk
            for _ in range(FIFTY)
        ]
        browsers = [browser_of(people["liv"]), browser_of(vidar)]
    approval = {"verdict": "approve", "amount": str(each)}

    statuses = press(lambda number: f"/utbetalinger/{receipts[number]}/", approval, *browsers)

    with inside(kommune):
        tilsagn.refresh_from_db()
        assert statuses[FIRST] == Utbetaling.objects.filter(status="approved").count() == 20
        assert tilsagn.paid == 20 * each == tilsagn.amount


# --- the grant ------------------------------------------------------------------------------------


def test_fifty_clicks_give_and_move_once_and_fifty_gifts_never_more_than_there_is(kommune):
    with inside(kommune):
        frida, nord, fordeling, row = build_grant()
        linje = Tilskuddslinje.objects.create(
            soknad=fordeling.svar.soknad, tiltak=make_tiltak("Andre", None), priority=2
        )
        other = Svarlinje.objects.create(svar=fordeling.svar, linje=linje, granted=0)
        browser = browser_of(frida)
    page = f"/tilskudd/{fordeling.svar.soknad_id}"
    gift = {"svarlinje": row.pk, "enhet": nord.pk, "amount": "1 000"}

    def fresh(_number=0):
        return gift | {"engangsnokkel": once.new_token()}

    clicks = press(f"{page}/fordeling/gi/", fresh(), browser)
    with inside(kommune):
        assert Fordelingspost.objects.get().amount == 1_000
    gifts = press(f"{page}/fordeling/gi/", fresh, browser)

    assert clicks == {FIRST: FIFTY}
    with inside(kommune):
        assert gifts[FIRST] == GRANTED // 1_000 - 1
        assert Fordelingspost.objects.get().amount == GRANTED

    moved = {
        "engangsnokkel": once.new_token(), "source": row.pk, "target": other.pk,
        "amount": "1 000", "consented_by": "Siri Strand", "consented_on": "01.10.2026",
    }  # fmt: skip
    clicks = press(f"{page}/forbruk/flytt/", lambda _n: moved | {"letter": a_file()}, browser)

    assert clicks == {FIRST: FIFTY}
    with inside(kommune):
        assert Omdisponering.objects.get().amount == 1_000
        assert [each.moved for each in Svarlinje.objects.order_by("pk")] == [-1_000, 1_000]


# --- the course -----------------------------------------------------------------------------------


def test_fifty_clicks_take_one_seat_and_fifty_hands_never_more_than_there_are(kommune):
    with inside(kommune):
        top, _liv = top_with(Liv="leder")
        own = browser_of(make_ansatt("Kari", "Nilsen", top))
        browsers = [browser_of(each) for each in fifty_people(top)]
        event = Arrangement.objects.create(
            title="Fagdag", on=date(2026, 11, 14), begins="08:30", ends="15:00", seats=SEATS
        )

    press(f"/kurs/{event.pk}/meld-pa/", {}, own)
    with inside(kommune):
        assert Pamelding.objects.get().status == Pamelding.Status.SIGNED
    hands = press(f"/kurs/{event.pk}/meld-pa/", {}, *browsers)

    assert hands == {FIRST: FIFTY}
    with inside(kommune):
        statuses = Counter(Pamelding.objects.values_list("status", flat=True))
        waiting = FIFTY + 1 - SEATS
        assert statuses == {Pamelding.Status.SIGNED: SEATS, Pamelding.Status.WAITING: waiting}
