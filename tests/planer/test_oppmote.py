"""Attendance (M16): from a phone in the room, from a signed list, and what it leads to."""

import re
from datetime import date, datetime, time, timedelta

import pytest

from kartlegging.models import Beholdning, Kompetanseforslag
from kompetanse import clock
from kompetanse.organisasjon.models import Kompetanse
from kompetanse.varsler import oppgaver
from planer.actions import arrangement as actions
from planer.actions import oppmote
from planer.models import Arrangement, Pamelding
from tests.planer.conftest import pdf_text, plain

DAY = date(2026, 9, 10)
STARTS = datetime(2026, 9, 10, 9, 0, tzinfo=clock.OSLO)


@pytest.fixture
def hlr(active) -> Kompetanse:
    return Kompetanse.objects.create(name="HLR", validity_months=12)


@pytest.fixture
def kurs(september, frida, hlr) -> Arrangement:
    """A course for all that builds HLR at level 2."""
    return actions.arrange(
        by=frida,
        title="Hjertestarter",
        on=DAY,
        begins=time(9),
        ends=time(12),
        kompetanse=hlr,
        level=2,
    )


def sign(kurs, *people) -> None:
    for each in people:
        actions.sign_up(kurs, each, by=each, at=clock.now())


def at(moment: datetime):
    return clock.frozen(moment)


def here(browser, kurs, code: str):
    return browser.post(f"/kurs/{kurs.pk}/her/", {"kode": code})


def test_m16_who_is_in_the_room_says_so_by_the_code_on_the_wall(as_user, kurs, kari, frida) -> None:
    sign(kurs, kari)
    with at(STARTS):
        page = as_user(frida).get(f"/kurs/{kurs.pk}/kode/").content.decode()
        code = oppmote.code(kurs, at=STARTS)
        assert f"{code[:3]} {code[3:]}" in page
        assert "<svg" in page
        answer = here(as_user(kari), kurs, f"{code[:3]} {code[3:]}")

    pamelding = Pamelding.objects.get(ansatt=kari)
    assert answer.status_code == 302
    assert (pamelding.status, pamelding.met_how, pamelding.met_at) == ("mott", "mobil", STARTS)
    assert Arrangement.objects.get().status == Arrangement.Status.PLANNED


def test_m16_a_code_of_before_the_room_is_refused_with_what_was_typed(as_user, kurs, kari):
    sign(kurs, kari)
    with at(STARTS + timedelta(minutes=10)):
        answer = here(as_user(kari), kurs, oppmote.code(kurs, at=STARTS))

    assert answer.status_code == 422
    assert "feil eller for gammel" in answer.content.decode()
    assert Pamelding.objects.get().status == "pameldt"


@pytest.mark.parametrize(
    "moment", [STARTS - timedelta(minutes=31), STARTS + timedelta(hours=3, minutes=1)]
)
def test_m16_the_code_counts_only_while_the_event_goes_on(as_user, kurs, kari, frida, moment):
    sign(kurs, kari)
    with at(moment):
        answer = here(as_user(kari), kurs, oppmote.code(kurs, at=moment))
        wall = as_user(frida).get(f"/kurs/{kurs.pk}/kode/").content.decode()

    assert answer.status_code == 422
    assert Pamelding.objects.get().status == "pameldt"
    assert oppmote.code(kurs, at=moment)[:3] + " " not in wall


def test_m16_another_events_code_does_not_count(as_user, kurs, kari, frida) -> None:
    other = actions.arrange(by=frida, title="Annet", on=DAY, begins=time(9), ends=time(12))
    with at(STARTS):
        assert here(as_user(kari), kurs, oppmote.code(other, at=STARTS)).status_code == 422


def test_m16_guessing_is_stopped_after_ten_tries(as_user, kurs, kari) -> None:
    with at(STARTS):
        browser = as_user(kari)
        right = oppmote.code(kurs, at=STARTS)
        for number in range(10):
            here(browser, kurs, f"{(int(right) + 1 + number) % 10**6:06d}")
        answer = here(browser, kurs, right)

    assert answer.status_code == 422
    assert "mange forsøk" in answer.content.decode()


def test_m16_who_comes_without_having_signed_up_gets_a_free_seat_and_no_other(
    as_user, kurs, kari, ola
) -> None:
    Arrangement.objects.filter(pk=kurs.pk).update(seats=1)
    with at(STARTS):
        code = oppmote.code(kurs, at=STARTS)
        assert here(as_user(kari), kurs, code).status_code == 302
        assert here(as_user(ola), kurs, code).status_code == 422

    assert list(Pamelding.objects.values_list("ansatt", flat=True)) == [kari.pk]


def test_m16_only_who_arranges_sees_the_code(as_user, kurs, kari) -> None:
    with at(STARTS):
        assert as_user(kari).get(f"/kurs/{kurs.pk}/kode/").status_code == 403
        assert as_user(kari).get(f"/kurs/{kurs.pk}/liste.pdf").status_code == 403


def test_m16_the_signed_list_is_entered_as_all_but_those_without_a_signature(
    as_user, kurs, kari, ola, liv, frida
) -> None:
    sign(kurs, kari, ola, liv)
    browser = as_user(frida)
    text = pdf_text(browser.get(f"/kurs/{kurs.pk}/liste.pdf"))
    assert all(name in text for name in ("Liv Berg", "Ola Hansen", "Kari Nilsen"))

    with at(STARTS + timedelta(hours=5)):
        browser.post(f"/kurs/{kurs.pk}/oppmote/", {"unntatt": "2"})

    status = dict(Pamelding.objects.values_list("ansatt__first_name", "status"))
    assert status == {"Liv": "mott", "Ola": "fravar", "Kari": "mott"}
    assert set(Pamelding.objects.values_list("met_how", flat=True)) == {"papir", ""}


@pytest.mark.parametrize(("told", "left"), [("1-2", 1), ("1, 3", 1), ("", 3), (" 2 – 3 ", 1)])
def test_m16_numbers_are_understood_as_people_write_them(
    as_user, kurs, kari, ola, liv, frida, told, left
) -> None:
    sign(kurs, kari, ola, liv)

    as_user(frida).post(f"/kurs/{kurs.pk}/oppmote/", {"unntatt": told})

    assert Pamelding.objects.filter(status="mott").count() == left


@pytest.mark.parametrize("told", ["9", "0", "tre", "1-", "2-1", "1-999999999", "²"])
def test_m16_a_number_that_is_not_on_the_list_saves_nothing(as_user, kurs, kari, frida, told):
    sign(kurs, kari)

    answer = as_user(frida).post(f"/kurs/{kurs.pk}/oppmote/", {"unntatt": told})

    assert answer.status_code == 422
    assert Arrangement.objects.get().status == Arrangement.Status.PLANNED


def test_m16_the_list_has_another_code_when_someone_has_come_to_it(
    as_user, kurs, kari, ola, frida
) -> None:
    sign(kurs, kari)
    before = pdf_text(as_user(frida).get(f"/kurs/{kurs.pk}/liste.pdf")).split("Liste ")[1][:4]
    assert before in as_user(frida).get(f"/kurs/{kurs.pk}/oppmote/").content.decode()

    sign(kurs, ola)

    assert before not in as_user(frida).get(f"/kurs/{kurs.pk}/oppmote/").content.decode()


def test_m16_the_certificate_comes_when_the_event_is_held(as_user, kurs, kari, frida) -> None:
    sign(kurs, kari)
    with at(STARTS):
        here(as_user(kari), kurs, oppmote.code(kurs, at=STARTS))
        assert as_user(kari).get(f"/kurs/{kurs.pk}/kursbevis.pdf").status_code == 404
    actions.attend(kurs, {kari.pk}, by=frida)

    assert "Kari Nilsen" in pdf_text(as_user(kari).get(f"/kurs/{kurs.pk}/kursbevis.pdf"))
    assert Pamelding.objects.get().met_how == "mobil"


def test_m16_completion_proposes_competence_for_the_leader_to_confirm(
    as_user, kurs, hlr, kari, ola, liv, frida
) -> None:
    sign(kurs, kari, ola)
    actions.attend(kurs, {kari.pk}, by=frida)
    duty = "Bekreft 1 kompetanse fra kurs og introduksjon"
    assert duty in [each.title for each in oppgaver.waiting_for(liv, on=clock.today())]
    assert not Beholdning.objects.exists()
    forslag = Kompetanseforslag.objects.get()
    browser = as_user(liv)
    assert "Hjertestarter" in browser.get("/kompetanse/bekreft/").content.decode()

    browser.post(f"/kompetanse/forslag/{forslag.pk}/")

    row = Beholdning.objects.get()
    assert (row.ansatt, row.kompetanse, row.level, row.status) == (kari, hlr, 2, "confirmed")
    assert row.valid_until == date(2027, 9, 10)
    assert browser.post(f"/kompetanse/forslag/{forslag.pk}/").status_code == 409


def test_m16_all_of_a_course_are_confirmed_by_one_press(as_user, kurs, kari, ola, vidar, frida):
    sign(kurs, kari, ola)
    actions.attend(kurs, {kari.pk, ola.pk}, by=frida)
    seen = list(Kompetanseforslag.objects.values_list("pk", flat=True))

    as_user(vidar).post("/kompetanse/forslag/", {"forslag": seen})

    # Ola works in another service, which Vidar does not lead.
    assert list(Beholdning.objects.values_list("ansatt", flat=True)) == [kari.pk]


def test_m16_another_leader_cannot_decide_and_oneself_never(as_user, kurs, kari, siri, frida):
    sign(kurs, kari)
    actions.attend(kurs, {kari.pk}, by=frida)
    path = f"/kompetanse/forslag/{Kompetanseforslag.objects.get().pk}/"

    assert as_user(siri).post(path).status_code == 404
    assert as_user(kari).post(path).status_code == 403


def test_m16_mended_attendance_takes_back_what_waits(kurs, kari, ola, frida) -> None:
    sign(kurs, kari, ola)
    actions.attend(kurs, {kari.pk, ola.pk}, by=frida)

    actions.attend(kurs, {kari.pk}, by=frida)

    assert list(Kompetanseforslag.objects.values_list("ansatt", flat=True)) == [kari.pk]


def test_m16_a_higher_level_that_one_has_is_not_lowered(as_user, kurs, hlr, kari, liv, frida):
    Beholdning.objects.create(ansatt=kari, kompetanse=hlr, level=4, status="confirmed")
    sign(kurs, kari)
    actions.attend(kurs, {kari.pk}, by=frida)

    as_user(liv).post(f"/kompetanse/forslag/{Kompetanseforslag.objects.get().pk}/")

    row = Beholdning.objects.get()
    assert (row.level, row.valid_until) == (4, date(2027, 9, 10))


def test_m16_a_later_day_that_one_has_is_not_shortened(as_user, kurs, hlr, kari, liv, frida):
    Beholdning.objects.create(
        ansatt=kari, kompetanse=hlr, level=1, status="confirmed", valid_until=date(2029, 1, 1)
    )
    sign(kurs, kari)
    actions.attend(kurs, {kari.pk}, by=frida)
    Beholdning.objects.update(level=2)

    as_user(liv).post(f"/kompetanse/forslag/{Kompetanseforslag.objects.get().pk}/")

    assert Beholdning.objects.get().valid_until == date(2029, 1, 1)


@pytest.mark.parametrize("told", ["²", "1" * 5000, "-1"])
def test_m16_a_press_that_names_no_row_finds_nothing(as_user, liv, active, told) -> None:
    assert as_user(liv).post("/kompetanse/forslag/", {"forslag": told}).status_code == 404


def test_m16_the_form_asks_for_a_level_when_a_competence_is_chosen(as_user, frida, hlr) -> None:
    answers = {
        "engangsnokkel": "0b7f6b3c-5b1c-4a52-9c4e-1b1e6f3f8f10",
        "title": "HLR",
        "on": "10.09.2027",
        "begins": "9",
        "ends": "12",
        "kompetanse": hlr.pk,
    }

    answer = as_user(frida).post("/kurs/nytt/", answers)

    assert answer.status_code == 422
    assert "Velg nivået" in plain(answer.content.decode())


def test_m16_who_has_two_planned_shows_beside_who_has_had_them(
    as_user, vidar, frida, kari, liv, september
) -> None:
    for month in (10, 11):
        event = actions.arrange(
            by=frida,
            title=f"Fagdag {month}",
            on=date(2026, month, 1),
            begins=time(9),
            ends=time(15),
        )
        sign(event, kari)

    page = plain(as_user(vidar).get("/kurs/fagdager/").content.decode())

    assert "Har eller er påmeldt" in page
    row = page.split("Nord</th>")[1].split("</tr>")[0]
    assert re.findall(r'<td class="number"[^>]*>([^<]*)<', row) == ["2", "0", "0 %", "1"]
