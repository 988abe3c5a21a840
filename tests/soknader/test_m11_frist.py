"""M11: the deadline is the end of the day in Norway, by when the application arrived."""

from datetime import datetime, timedelta

import pytest

from kompetanse import clock
from soknader.models import Soknad
from soknader.views import innsending as views
from tests.soknader.soknadsskjema import hidden, send

pytestmark = pytest.mark.usefixtures("october")


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (datetime(2026, 10, 15, 23, 59, 59, tzinfo=clock.OSLO), 302),
        (datetime(2026, 10, 15, 23, 59, 59, 999999, tzinfo=clock.OSLO), 302),
        (datetime(2026, 10, 16, 0, 0, 0, tzinfo=clock.OSLO), 409),
    ],
)
def test_m11_the_deadline_is_the_end_of_the_day(runde, kari, as_user, make_soknad, moment, status):
    soknad = make_soknad(kari)
    browser = as_user(kari)
    with clock.frozen(moment - timedelta(minutes=5)):
        shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/")
    fields = {name: hidden(shown, name) for name in ("version", "engangsnokkel")}

    with clock.frozen(moment):
        sent = browser.post(f"/soknad/{soknad.pk}/oppsummering/", fields)

    assert sent.status_code == status
    is_sent = Soknad.objects.get().status == Soknad.Status.SUBMITTED
    assert is_sent == (status == 302)
    if status == 409:
        told = "Fristen gikk ut torsdag 15.\xa0oktober kl.\xa023.59, og runden tar ikke imot"
        assert told in sent.content.decode()


@pytest.mark.parametrize(
    ("deadline", "last", "first_late"),
    [
        # The night when the clock goes back has 25 hours, the one when it goes on has 23.
        ("2026-10-25", "2026-10-25T22:59:59+00:00", "2026-10-25T23:00:00+00:00"),
        ("2026-10-24", "2026-10-24T21:59:59+00:00", "2026-10-24T22:00:00+00:00"),
        ("2027-03-28", "2027-03-28T21:59:59+00:00", "2027-03-28T22:00:00+00:00"),
        ("2027-03-27", "2027-03-27T22:59:59+00:00", "2027-03-27T23:00:00+00:00"),
    ],
)
def test_m11_the_deadline_is_midnight_in_norway_on_both_nights_of_the_clock(
    runde, kari, as_user, make_soknad, deadline, last, first_late
):
    day = datetime.fromisoformat(deadline).date()
    runde.opens, runde.deadline = day - timedelta(days=30), day
    for name, days in (("leader_deadline", 5), ("meeting_on", 9), ("answer_by", 20)):
        setattr(runde, name, day + timedelta(days=days))
    runde.accept_by = day + timedelta(days=30)
    runde.save()
    soknad, browser, url = make_soknad(kari), as_user(kari), "oppsummering/"
    with clock.frozen(datetime.fromisoformat(last) - timedelta(hours=3)):
        shown = browser.get(f"/soknad/{soknad.pk}/{url}")
    fields = {name: hidden(shown, name) for name in ("version", "engangsnokkel")}

    answers = []
    for moment in (first_late, last):
        with clock.frozen(datetime.fromisoformat(moment)):
            answers.append(browser.post(f"/soknad/{soknad.pk}/{url}", fields).status_code)

    assert answers == [409, 302]


def test_m11_what_arrived_in_time_is_in_time_however_long_it_waited(
    runde, kari, as_user, make_soknad, monkeypatch
):
    browser, soknad = as_user(kari), make_soknad(kari)
    last = datetime(2026, 10, 15, 23, 59, 59, tzinfo=clock.OSLO)

    def slowly(_soknad):
        clock._frozen.set(last + timedelta(minutes=2))
        return []

    with clock.frozen(last):
        shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/")
        fields = {name: hidden(shown, name) for name in ("version", "engangsnokkel")}
        monkeypatch.setattr(views, "_missing", slowly)
        browser.post(f"/soknad/{soknad.pk}/oppsummering/", fields)

    soknad.refresh_from_db()
    assert (soknad.is_late, soknad.submitted_at) == (False, last)


def test_m11_late_with_a_reason_is_sent_and_marked(runde, kari, as_user, make_soknad):
    runde.allows_late = True
    runde.save()
    soknad = make_soknad(kari)
    browser = as_user(kari)

    with clock.frozen(datetime(2026, 10, 16, 8, 0, tzinfo=clock.OSLO)):
        shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/").content.decode()
        without = send(browser, soknad, late_reason=" ")
        sent = send(browser, soknad, late_reason="Jeg var syk.")
        receipt = browser.get(sent.url).content.decode()

    assert "Fristen gikk ut 15.\xa0oktober 2026. Du kan sende søknaden" in shown
    assert without.status_code == 422
    assert "Skriv hvorfor søknaden kommer etter fristen." in without.content.decode()
    soknad.refresh_from_db()
    assert (soknad.is_late, soknad.late_reason) == (True, "Jeg var syk.")
    assert "Søknaden kom etter fristen." in receipt


def test_m11_nobody_begins_after_the_deadline_when_late_ones_are_not_taken(runde, kari, as_user):
    with clock.frozen(datetime(2026, 10, 16, 8, 0, tzinfo=clock.OSLO)):
        page = as_user(kari).get("/soknad/")
        begun = as_user(kari).post("/soknad/", {"confirm": "on"})

    assert "Ingen runde er åpen for søknader nå." in page.content.decode()
    assert begun.status_code == 200
    assert not Soknad.objects.exists()
