"""M16 and R7: fagdager planned, attended and shown as a share; courses judged by those there."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import once
from kompetanse.varsler.models import Varsel
from planer.actions import arrangement as actions
from planer.models import Arrangement, Kurssvar, Pamelding
from planer.oppgaver import arrangement as oppgaver
from planer.queries import arrangement as queries
from planer.queries import fagdager
from tests.conftest import make_ansatt
from tests.planer.conftest import CANARY, pdf_text, plain

P = Pamelding.Status
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=clock.OSLO)
DAY = date(2026, 10, 14)


def html_of(response) -> str:
    return plain(response.content.decode())


def make_event(title: str = "Fagdag om demens", **values: Any) -> Arrangement:
    return Arrangement.objects.create(
        **{"title": title, "on": DAY, "begins": "08:30", "ends": "15:00"} | values
    )


def event_form(**answers: Any) -> dict[str, Any]:
    return {
        "engangsnokkel": once.new_token(), "title": "Fagdag om demens", "on": "14.10.2026",
        "begins": "8.30", "ends": "15", "is_fagdag": "on", "seats": "2",
    } | answers  # fmt: skip


def signed_up(event: Arrangement, *people) -> list[str]:
    return [actions.sign_up(event, person, by=person, at=NOW).status for person in people]


def filled_in(score: int, **answers: Any) -> dict[str, Any]:
    scores = dict.fromkeys(("useful", "content", "teaching", "overall"), score)
    return {"engangsnokkel": once.new_token()} | scores | answers


def was_there(event: Arrangement, *people) -> None:
    for person in people:
        Pamelding.objects.create(arrangement=event, ansatt=person, status=P.ATTENDED)


# --- M16: from the plan to the share --------------------------------------------------------------


def test_m16_planned_signed_up_attended_and_counted(as_user, frida, kari, liv, september) -> None:
    advisor = as_user(frida)
    advisor.post("/kurs/nytt/", event_form())
    event = Arrangement.objects.get()
    as_user(kari).post(f"/kurs/{event.pk}/meld-pa/")
    make_event("Nummer to", on=date(2026, 5, 5), status=Arrangement.Status.HELD)
    was_there(Arrangement.objects.get(title="Nummer to"), kari)
    advisor.post(f"/kurs/{event.pk}/oppmote/", {"mott": [kari.pk]})

    html = html_of(as_user(kari).get("/kurs/"))
    shares = html_of(as_user(liv).get("/kurs/fagdager/"))

    assert "Du har vært på 2 av 2 fagdager i 2026." in html
    row = shares.split(">Nord</th>")[1].split("</tr>")[0]
    figures = re.findall(r'<td class="number"[^>]*>([^<]*)<', row)
    assert figures[1] == "1"
    assert figures[0] == str(fagdager.shares(liv, 2026, [liv.enhet.path])[0].employees)


def test_m16_only_held_fagdager_of_the_year_that_one_was_at_count(kari, september) -> None:
    for values in ({"is_fagdag": False}, {"on": date(2025, 10, 14)}, {}):
        was_there(make_event(**values), kari)
    Pamelding.objects.create(arrangement=make_event(), ansatt=kari, status=P.ABSENT)

    assert fagdager.fagdager(kari, 2026) == 1


def test_m16_a_unit_of_fewer_than_five_is_hidden_from_all_but_its_leader(
    frida, liv, nord, helse, september
) -> None:
    advisors = {row.name: row.met for row in fagdager.shares(frida, 2026, [helse.path])}
    leaders = {row.name: row.met for row in fagdager.shares(liv, 2026, [nord.path])}
    for number in range(5):
        make_ansatt(f"Ny{number}", "Nordmann", nord)
    with_more = {row.name: row.met for row in fagdager.shares(frida, 2026, [helse.path])}

    assert advisors["Nord"] is None
    assert leaders["Nord"] == 0
    assert with_more["Nord"] == 0


@pytest.mark.parametrize("asked", ["0", "99999", "abc", "-1", "٢٠٢٦", ""])
def test_m16_a_year_that_is_not_offered_shows_this_year(as_user, liv, september, asked) -> None:
    html = html_of(as_user(liv).get("/kurs/fagdager/", {"ar": asked}))

    assert "minst 2 fagdager i 2026" in html


def test_m16_an_employee_sees_no_shares(as_user, kari) -> None:
    assert as_user(kari).get("/kurs/fagdager/").status_code == 403


# --- places, queue, and giving up -----------------------------------------------------------------


def test_the_last_seat_is_taken_the_next_waits_and_moves_up_when_one_gives_up(
    as_user, kari, ola, frida, september
) -> None:
    event = make_event(seats=1)
    assert signed_up(event, kari, ola) == [P.SIGNED, P.WAITING]
    assert "Du har fått plass" not in str(Varsel.objects.values_list("subject"))

    as_user(kari).post(f"/kurs/{event.pk}/meld-av/")

    assert queries.own(event, ola).status == P.SIGNED
    varsel = Varsel.objects.get(kind="arrangement")
    assert (varsel.recipient_id, varsel.subject) == (
        ola.pk, "Du har fått plass: Fagdag om demens",
    )  # fmt: skip


def test_who_gets_a_seat_from_the_queue_a_second_time_is_told_a_second_time(
    kari, ola, september
) -> None:
    event = make_event(seats=1)
    for moment in (NOW, NOW + timedelta(hours=1)):
        for person in (kari, ola):
            actions.sign_up(event, person, by=person, at=moment)
        for person in (kari, ola):
            actions.withdraw(queries.own(event, person), by=person, at=moment)

    assert (
        Varsel.objects.filter(recipient=ola, subject__startswith="Du har fått plass").count() == 2
    )


def test_more_seats_let_in_those_who_wait(as_user, kari, ola, frida, september) -> None:
    event = make_event(seats=1)
    signed_up(event, kari, ola)

    as_user(frida).post(f"/kurs/{event.pk}/endre/", event_form(versjon=event.version, seats="2"))

    assert queries.own(event, ola).status == P.SIGNED


def test_twice_is_one_place(kari, september) -> None:
    event = make_event(seats=1)

    assert signed_up(event, kari, kari) == [P.SIGNED, P.SIGNED]
    assert Pamelding.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "at", "is_open"),
    [
        ({}, datetime(2026, 10, 14, 8, 29, 59, tzinfo=clock.OSLO), True),
        ({}, datetime(2026, 10, 14, 8, 30, tzinfo=clock.OSLO), False),
        ({"sign_up_by": date(2026, 10, 1)}, datetime(2026, 10, 1, 23, 59, 59, tzinfo=clock.OSLO),
         True),
        ({"sign_up_by": date(2026, 10, 1)}, datetime(2026, 10, 2, tzinfo=clock.OSLO), False),
        ({"status": "avlyst"}, NOW, False),
    ],
)  # fmt: skip
def test_sign_up_is_open_to_the_deadline_and_no_longer(kari, active, values, at, is_open) -> None:
    event = Arrangement.objects.get(pk=make_event(**values).pk)

    if is_open:
        assert actions.sign_up(event, kari, by=kari, at=at).status == P.SIGNED
    else:
        with pytest.raises(DomainError):
            actions.sign_up(event, kari, by=kari, at=at)


def test_a_cancelled_event_is_told_to_all_who_are_signed_up(
    as_user, frida, kari, ola, september
) -> None:
    event = make_event(seats=1)
    signed_up(event, kari, ola)

    as_user(frida).post(f"/kurs/{event.pk}/avlys/")

    told = Varsel.objects.filter(subject="Avlyst: Fagdag om demens")
    assert set(told.values_list("recipient", flat=True)) == {kari.pk, ola.pk}
    assert as_user(kari).post(f"/kurs/{event.pk}/meld-pa/").status_code == 409


# --- the leader, the room, the reminder -----------------------------------------------------------


def test_a_leader_signs_up_the_own_and_nobody_else(as_user, liv, kari, ola, september) -> None:
    event = make_event()
    page = html_of(as_user(liv).get(f"/kurs/{event.pk}/"))
    assert "Kari" in page
    assert "Ola" not in page

    team = {"engangsnokkel": once.new_token(), "ansatte": [kari.pk]}
    as_user(liv).post(f"/kurs/{event.pk}/meld-pa-flere/", team)
    others = {"engangsnokkel": once.new_token(), "ansatte": [ola.pk]}
    refused = as_user(liv).post(f"/kurs/{event.pk}/meld-pa-flere/", others)

    assert list(Pamelding.objects.values_list("ansatt", "by")) == [(kari.pk, liv.pk)]
    assert refused.status_code == 422
    with pytest.raises(PermissionDenied):
        actions.sign_up(event, ola, by=liv, at=NOW)


def test_attendance_can_be_mended_and_strangers_are_not_ticked(
    as_user, frida, kari, ola, liv, september
) -> None:
    event = make_event()
    signed_up(event, kari, ola)
    advisor = as_user(frida)
    advisor.post(f"/kurs/{event.pk}/oppmote/", {"mott": [kari.pk, liv.pk]})
    assert dict(Pamelding.objects.values_list("ansatt", "status")) == {
        kari.pk: P.ATTENDED, ola.pk: P.ABSENT,
    }  # fmt: skip

    advisor.post(f"/kurs/{event.pk}/oppmote/", {"mott": [ola.pk]})

    assert dict(Pamelding.objects.values_list("ansatt", "status")) == {
        kari.pk: P.ABSENT, ola.pk: P.ATTENDED,
    }  # fmt: skip


def test_those_with_a_place_are_reminded_the_day_before(kari, ola, september) -> None:
    event = make_event(seats=1)
    signed_up(event, kari, ola)
    eve = clock.start_of(DAY - timedelta(days=1), hour=9)

    found = list(oppgaver.reminders(eve))

    assert [each.subject for each in found] == ["I morgen: Fagdag om demens"]
    assert list(found[0].recipients) == [kari]
    assert not list(oppgaver.reminders(eve - timedelta(days=1)))


# --- R7: the questionnaire, certificate, calendar -------------------------------------------------


def test_r7_only_those_who_were_there_judge_once_each(as_user, kari, ola, september) -> None:
    event = make_event(status=Arrangement.Status.HELD)
    was_there(event, kari)
    Pamelding.objects.create(arrangement=event, ansatt=ola, status=P.ABSENT)

    as_user(kari).post(f"/kurs/{event.pk}/evaluer/", filled_in(4, comment="Nyttig"))
    again = as_user(kari).post(f"/kurs/{event.pk}/evaluer/", filled_in(1))
    stranger = as_user(ola).post(f"/kurs/{event.pk}/evaluer/", filled_in(1))

    scores = dict.fromkeys(queries.QUESTIONS, 1)
    with pytest.raises(PermissionDenied):
        actions.evaluate(queries.own(event, ola), by=ola, **scores)
    with pytest.raises(PermissionDenied):
        actions.evaluate(queries.own(event, kari), by=ola, **scores)
    assert again.status_code == 409
    assert stranger.status_code == 403
    assert list(Kurssvar.objects.values_list("overall", "comment")) == [(4, "Nyttig")]
    assert not {"ansatt", "by", "at"} & {field.name for field in Kurssvar._meta.fields}


def test_r7_answers_are_hidden_until_five_have_answered(
    as_user, frida, kari, nord, september
) -> None:
    event = make_event(status=Arrangement.Status.HELD)
    people = [kari, *(make_ansatt(f"Per{n}", "Nordmann", nord) for n in range(4))]
    was_there(event, *people)
    for person in people[:4]:
        actions.evaluate(
            queries.own(event, person), by=person, useful=5, content=4, teaching=3, overall=2,
            comment="Bra lokale",
        )  # fmt: skip
    few = html_of(as_user(frida).get(f"/kurs/{event.pk}/"))
    assert queries.answers(event) == queries.Answers(4, {}, ())
    last = {"useful": 5, "content": 4, "teaching": 3, "overall": 4}
    actions.evaluate(queries.own(event, people[4]), by=people[4], **last)

    enough = html_of(as_user(frida).get(f"/kurs/{event.pk}/"))

    assert "4 har svart. Svarene vises når minst fem har svart." in few
    assert "Bra lokale" not in few
    assert "<dt>Helhet</dt><dd>2,4</dd>" in enough
    assert "Bra lokale" in enough
    assert "Bra lokale" not in html_of(as_user(kari).get(f"/kurs/{event.pk}/"))


def test_the_certificate_is_for_those_who_were_there(as_user, kari, ola, september) -> None:
    event = make_event(status=Arrangement.Status.HELD, place="Kommunestyresalen")
    was_there(event, kari)

    text = pdf_text(as_user(kari).get(f"/kurs/{event.pk}/kursbevis.pdf"))

    assert f"{kari.full_name} har deltatt på Fagdag om demens 14. oktober 2026." in text
    assert as_user(ola).get(f"/kurs/{event.pk}/kursbevis.pdf").status_code == 404


def test_the_calendar_file_says_when_and_where_in_norwegian_time(as_user, kari, september) -> None:
    event = make_event(place="Kommunestyresalen")

    answer = as_user(kari).get(f"/kurs/{event.pk}/kalender.ics")

    (found,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert found["summary"] == "Fagdag om demens"
    assert found["location"] == "Kommunestyresalen"
    assert found.decoded("dtstart") == datetime(2026, 10, 14, 8, 30, tzinfo=clock.OSLO)
    assert "Europe/Oslo" in answer.content.decode()


# --- mistakes, strangers, queries -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"begins": "halv ni"}, "Skriv klokkeslettet slik: 08.30."),
        ({"ends": "8.00"}, "Det må slutte etter at det begynner."),
        ({"sign_up_by": "15.10.2026"}, "Påmeldingsfristen kan ikke være etter dagen."),
        ({"on": "31.02.2026"}, "Den datoen finnes ikke."),
        ({"on": "01.01.0001"}, "Datoen kan ikke være før"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(
    as_user, frida, september, answers, sentence
) -> None:
    response = as_user(frida).post("/kurs/nytt/", event_form(**answers))

    assert response.status_code == 422
    assert sentence in html_of(response)
    assert "Fagdag om demens" in html_of(response)
    assert not Arrangement.objects.exists()


def test_an_event_of_another_unit_is_not_found(as_user, kari, ola, nord, september) -> None:
    event = make_event(enhet=nord)

    assert as_user(kari).get(f"/kurs/{event.pk}/").status_code == 200
    assert as_user(ola).get(f"/kurs/{event.pk}/").status_code == 404
    assert as_user(ola).post(f"/kurs/{event.pk}/meld-pa/").status_code == 404


def test_an_employee_arranges_nothing_and_sees_no_names(as_user, kari, ola, september) -> None:
    event = make_event()
    signed_up(event, ola)
    employee = as_user(kari)

    assert employee.get("/kurs/nytt/").status_code == 403
    assert employee.get(f"/kurs/{event.pk}/oppmote/").status_code == 403
    assert ola.full_name not in html_of(employee.get(f"/kurs/{event.pk}/"))


def test_another_municipality_sees_nothing(as_user, frida, neighbour) -> None:
    foreign = neighbour(lambda _advisor: make_event(CANARY).pk)

    assert as_user(frida).get(f"/kurs/{foreign}/").status_code == 404
    assert CANARY not in html_of(as_user(frida).get("/kurs/"))


@pytest.mark.parametrize("rows", [1, 30])
def test_list_and_event_cost_the_same_queries_whatever_the_rows(
    as_user, queries_of, frida, nord, september, rows
) -> None:
    event = make_event()
    for number in range(rows):
        make_event(f"Kurs {number}")
        signed_up(event, make_ansatt(f"Per{number}", "Nordmann", nord))

    assert queries_of(as_user(frida), "/kurs/") <= 10
    assert queries_of(as_user(frida), f"/kurs/{event.pk}/") <= 10
    assert queries_of(as_user(frida), "/kurs/fagdager/") <= 8


def test_the_front_page_tells_of_a_place_at_a_course_until_it_is_given_up(
    as_user, kari, september
) -> None:
    event = make_event("Fagdag om ernæring", on=september.date() + timedelta(days=9))
    assert "Kurs: Fagdag om ernæring" not in html_of(as_user(kari).get("/hjem/"))

    signed_up(event, kari)
    assert "Kurs: Fagdag om ernæring" in html_of(as_user(kari).get("/hjem/"))

    Pamelding.objects.update(status=Pamelding.Status.WITHDRAWN)
    assert "Kurs: Fagdag om ernæring" not in html_of(as_user(kari).get("/hjem/"))
