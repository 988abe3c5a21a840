"""The personal calendar: a secret address that can be closed, and what stands in the file."""

from datetime import date, time

import pytest
from icalendar import Calendar

from kompetanse import clock
from kompetanse.organisasjon.models import Rolle
from kompetanse.varsler.models import Kalendernokkel
from planer.actions import arrangement
from planer.models import Aktivitet, Aktivitetsrolle, Arrangement


@pytest.fixture
def kurs(october, frida) -> Arrangement:
    return arrangement.arrange(
        by=frida, title="Palliasjon", on=date(2026, 11, 11), begins=time(9), ends=time(15)
    )


def sign(kurs, ansatt) -> None:
    arrangement.sign_up(kurs, ansatt, by=ansatt, at=clock.now())


def opened(browser) -> str:
    """Make an address, and return its path as the page shows it."""
    page = browser.post("/kalender/lag/").content.decode()
    return page.split('value="http://testserver')[1].split('"')[0]


def events(answer) -> list:
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_what_one_has_signed_up_for_stands_in_the_feed_and_follows(
    as_user, kurs, kari, ola, frida
) -> None:
    path = opened(as_user(kari))
    anyone = as_user(None)
    assert events(anyone.get(path)) == []
    sign(kurs, kari)
    arrangement.arrange(
        by=frida, title="Annet", on=date(2026, 11, 12), begins=time(9), ends=time(15)
    )

    answer = anyone.get(path)
    found = events(answer)

    assert answer["Content-Type"].startswith("text/calendar")
    assert [str(each["summary"]) for each in found] == ["Palliasjon"]
    assert str(found[0]["status"]) == "CONFIRMED"
    assert "Nilsen" not in answer.content.decode()
    arrangement.cancel(kurs, by=frida)
    assert [str(each["status"]) for each in events(anyone.get(path))] == ["CANCELLED"]


def test_deadlines_of_ones_roles_stand_there_as_whole_days(as_user, october, kari, liv) -> None:
    aktivitet = Aktivitet.objects.create(
        year=2026,
        code="frist",
        title="Send behov",
        starts=date(2026, 10, 1),
        ends=date(2026, 10, 15),
    )
    Aktivitetsrolle.objects.create(aktivitet=aktivitet, kode=Rolle.Kode.LEDER)

    mine, theirs = (events(as_user(None).get(opened(as_user(who)))) for who in (liv, kari))

    assert [(str(each["summary"]), each.decoded("dtstart")) for each in mine] == [
        ("Send behov", date(2026, 10, 15))
    ]
    assert theirs == []


def test_a_new_address_closes_the_old_and_a_closed_one_answers_as_missing(
    as_user, kurs, kari
) -> None:
    browser, anyone = as_user(kari), as_user(None)
    first = opened(browser)
    second = opened(browser)
    assert anyone.get(first).status_code == 404
    assert anyone.get(second).status_code == 200

    browser.post("/kalender/slett/")

    assert anyone.get(second).status_code == 404
    assert not Kalendernokkel.objects.exists()


def test_who_has_left_has_no_calendar(as_user, october, kari) -> None:
    path = opened(as_user(kari))
    kari.left_on = date(2026, 9, 30)
    kari.save()

    assert as_user(None).get(path).status_code == 404


def test_the_key_itself_is_not_stored_and_is_shown_once(as_user, october, kari) -> None:
    browser = as_user(kari)
    token = opened(browser).split("/")[3]

    assert token not in Kalendernokkel.objects.get().digest
    assert token not in browser.get("/kalender/").content.decode()
