"""M2: the yearly wheel with its nine dated duties, who does them, and three meetings a year."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from kompetanse import clock
from kompetanse.errors import TransitionError
from kompetanse.kommuner import once
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Rolle
from kompetanse.skall.charts import State
from kompetanse.varsler import actions as varsler
from kompetanse.varsler import oppgaver as registry
from kompetanse.varsler.models import Varsel
from planer.actions import arshjul as actions
from planer.models import Aktivitet
from planer.oppgaver import arshjul as oppgaver
from planer.queries import arshjul as queries
from tests.planer.conftest import CANARY, TESTS_OWN, make_mote, pdf_text, plain

Kode = Rolle.Kode


def make(code: str = "svarbrev", ends: date = date(2026, 11, 5), **values) -> Aktivitet:
    answers = {"title": "Svarbrev sendes", "roles": [Kode.FAGRADGIVER], "by": None} | values
    return actions.set_activity(code, ends.year, ends=ends, **answers)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.OSLO)


def test_m2_nine_duties_with_dates_and_roles_on_page_and_pdf(as_user, kari, modum) -> None:
    browser = as_user(kari)

    html = plain(browser.get("/arshjul/2026/").content.decode())
    text = pdf_text(browser.get("/arshjul/2026/pdf/"))

    rows = list(queries.activities(2026))
    assert len(rows) == 9
    assert [row.ends for row in rows][-3:] == [
        date(2026, 10, 15), date(2026, 11, 4), date(2026, 11, 5),
    ]  # fmt: skip
    for row in rows:
        assert row.title in html
        assert queries.responsible(row) in html
        assert row.title in text
        assert queries.responsible(row) in text
    assert "15. oktober 2026" in html
    assert "5. november 2026" in text
    assert "<svg" in html
    assert "Vis som tabell" in html


def test_m2_three_meetings_a_year_are_counted(as_user, frida, september, helse) -> None:
    make()
    browser = as_user(frida)
    days = (date(2026, 5, 27), date(2026, 9, 16), date(2026, 10, 28), date(2025, 9, 17))
    last = [make_mote(day) for day in days][2]

    html = plain(browser.get("/arshjul/2026/").content.decode())
    text = pdf_text(browser.get("/arshjul/2026/pdf/"))

    assert "1 holdt, 2 planlagt. Målet om minst 3 er nådd." in html
    assert "1 holdt og 2 planlagt. Det skal være minst 3." in text
    last.delete()
    html = plain(browser.get("/arshjul/2026/").content.decode())
    assert "1 holdt, 1 planlagt. Målet er minst 3. Det mangler 1 møte." in html


def test_m2_what_is_on_now_and_the_next_three_stand_first_over_the_new_year(
    as_user, kari, modum
) -> None:
    with clock.frozen(at(date(2026, 10, 20))):
        rows = queries.ahead(actor=kari, on=date(2026, 10, 20))
        html = as_user(kari).get("/arshjul/2026/").content.decode()

    assert [(row.ends.year, row.code) for row in rows] == [
        (2026, "satsingsmote"),
        (2026, "soknadsfrist"),
        (2026, "prioritering"),
        (2026, "svarbrev"),
    ]
    assert (
        html.index("Nå og det neste") < html.index("Måned for måned") < html.index("Året som hjul")
    )


def test_m2_ticking_off_and_regretting_within_ten_minutes(as_user, vidar, modum, september) -> None:
    row = Aktivitet.objects.get(year=2026, code="satsingsmote")
    browser = as_user(vidar)

    response = browser.post(f"/arshjul/aktivitet/{row.pk}/kvitter/", follow=True)

    row.refresh_from_db()
    assert row.done_by == vidar
    assert "Kvittert ut 1. september 2026 kl. 09.00 av Vidar Dahl" in plain(
        response.content.decode()
    )
    with clock.frozen(september + timedelta(minutes=10)):
        assert "Angre" in browser.get("/arshjul/2026/").content.decode()
        browser.post(f"/arshjul/aktivitet/{row.pk}/angre/")
    row.refresh_from_db()
    assert row.done_at is None
    trail = AuditEvent.objects.filter(
        object_id=row.pk, object_label="planer.aktivitet", by_id=vidar.pk
    )
    assert list(trail.order_by("pk").values_list("action", flat=True)) == [
        "aktivitet.tick", "aktivitet.untick",
    ]  # fmt: skip


def test_untick_after_ten_minutes_is_for_the_advisor(vidar, frida, modum, september) -> None:
    row = actions.tick(Aktivitet.objects.get(year=2026, code="satsingsmote"), by=vidar)

    with clock.frozen(september + timedelta(minutes=11)):
        with pytest.raises(TransitionError):
            actions.untick(row, by=vidar)
        actions.untick(row, by=frida)

    row.refresh_from_db()
    assert not row.is_done


def test_tick_needs_a_responsible_role(as_user, kari, liv, turid, frida, modum) -> None:
    row = Aktivitet.objects.get(year=2026, code="prioritering")
    url = f"/arshjul/aktivitet/{row.pk}/kvitter/"

    assert [as_user(each).post(url).status_code for each in (kari, liv, turid, frida)] == [
        403, 403, 403, 302,
    ]  # fmt: skip


def test_an_employee_does_not_tick_off_for_all_employees(kari, modum) -> None:
    with pytest.raises(PermissionDenied):
        actions.tick(Aktivitet.objects.get(year=2026, code="soknadsfrist"), by=kari)


def test_ticking_twice_keeps_the_first(frida, vidar, modum, september) -> None:
    row = actions.tick(Aktivitet.objects.get(year=2026, code="prioritering"), by=vidar)

    again = actions.tick(row, by=frida)

    assert again.done_by == vidar


@pytest.mark.parametrize(
    ("days", "state"),
    [(8, State.COMING), (7, State.SOON), (0, State.SOON), (-1, State.LATE)],
)
def test_state_by_the_days_that_are_left(frida, days, state) -> None:
    row = make()

    assert queries.state_of(row, on=row.ends - timedelta(days=days)) == state


def test_set_activity_by_its_code_moves_the_deadline_and_keeps_the_tick(frida, september) -> None:
    first = actions.tick(make(), by=frida)

    again = make(ends=date(2026, 11, 12), roles=[Kode.STABSLEDER])

    assert again.pk == first.pk
    assert again.is_done
    assert [rolle.kode for rolle in again.roller.all()] == [Kode.STABSLEDER]


def test_copy_year_moves_every_date_and_leaves_what_is_there(as_user, frida) -> None:
    make()
    make("skuddar", date(2028, 2, 29))
    make("mars", date(2028, 3, 31), starts=date(2028, 3, 1))
    make("mars", date(2029, 3, 15))

    response = as_user(frida).post("/arshjul/2029/hent/", follow=True)

    days = Aktivitet.objects.filter(year=2029).values_list("code", "ends")
    assert set(days) == {("skuddar", date(2029, 2, 28)), ("mars", date(2029, 3, 15))}
    assert "1 aktivitet er hentet fra i fjor" in response.content.decode()


def test_copy_from_an_empty_year_is_told(as_user, frida) -> None:
    assert as_user(frida).post("/arshjul/2029/hent/").status_code == 409


def activity_answers(**answers):
    return {
        "title": "Fagdag", "ends": "15.10.2026", "roles": [Kode.LEDER], "text": "",
    } | answers  # fmt: skip


def test_the_advisor_adds_changes_and_removes_an_activity(as_user, frida, helse) -> None:
    browser = as_user(frida)
    answers = activity_answers(engangsnokkel=once.new_token())
    first = browser.post("/arshjul/2026/ny/", answers)
    second = browser.post("/arshjul/2026/ny/", answers)
    row = Aktivitet.objects.get()
    url = f"/arshjul/aktivitet/{row.pk}/"

    assert first.url == second.url
    assert (row.starts, row.ends, row.code) == (date(2026, 10, 15), date(2026, 10, 15), "fagdag")
    browser.post(url, activity_answers(versjon=1, title="Fagdag i sårstell"))
    stale = browser.post(url, activity_answers(versjon=1, title="Noe annet"))
    row.refresh_from_db()
    assert row.title == "Fagdag i sårstell"
    assert stale.status_code == 409
    assert "Noen andre endret aktiviteten" in stale.content.decode()
    browser.post(f"{url}slett/")
    assert not Aktivitet.objects.exists()


def test_days_in_the_wrong_order_are_told(as_user, frida) -> None:
    answers = activity_answers(engangsnokkel=once.new_token(), starts="16.10.2026")

    response = as_user(frida).post("/arshjul/2026/ny/", answers)

    assert response.status_code == 422
    assert "Fristen må være samme dag eller etter" in response.content.decode()


@pytest.mark.parametrize("path", ["2026/ny/", "2026/hent/", "aktivitet/1/", "aktivitet/1/slett/"])
def test_only_the_advisor_edits_the_wheel(as_user, vidar, path) -> None:
    assert as_user(vidar).post(f"/arshjul/{path}").status_code == 403


def test_duties_are_those_of_the_actors_roles_within_thirty_days_or_late(
    vidar, turid, kari, frida, modum
) -> None:
    on = date(2026, 10, 10)

    def keys(actor):
        return [each.key for each in registry.told(oppgaver.duties(actor, on))]

    assert keys(vidar) == ["arshjul:2026:satsingsmote", "arshjul:2026:prioritering"]
    assert keys(turid) == ["arshjul:2026:satsingsmote"]
    assert keys(frida) == ["arshjul:2026:prioritering", "arshjul:2026:svarbrev"]
    assert keys(kari) == []


def test_a_ticked_duty_is_gone_from_the_front_page(as_user, vidar, modum) -> None:
    title = "Møte om neste års satsingsområder"
    assert title in as_user(vidar).get("/hjem/").content.decode()

    actions.tick(Aktivitet.objects.get(year=2026, code="satsingsmote"), by=vidar)

    assert title not in as_user(vidar).get("/hjem/").content.decode()
    keys = [each.key for each in registry.waiting_for(vidar, on=date(2026, 9, 1))]
    assert [key for key in keys if key.startswith("arshjul")] == []


def test_m2_the_front_page_tells_the_advisor_of_meetings(as_user, frida, vidar, modum) -> None:
    html = plain(as_user(frida).get("/hjem/").content.decode())

    assert "Målet om minst 3 er nådd." in html
    assert "Neste i årshjulet" in html

    others = as_user(vidar).get("/hjem/").content.decode()
    assert "Målet om minst 3" not in others
    assert "Neste i årshjulet" in others


def remind_on(day: date, hour: int = 9) -> list[tuple[str, str]]:
    with clock.frozen(at(day, hour)):
        varsler.remind()
    rows = Varsel.objects.filter(kind="arshjul").order_by("key", "pk")
    return [(row.key.removeprefix("paminnelse:arshjul:"), row.status) for row in rows]


def test_reminders_go_14_7_and_1_days_before_15_january_once_each(frida, vidar, helse) -> None:
    make("tilskuddssoknad", date(2027, 1, 15), title="Felles opplæringsplan er klar")

    assert remind_on(date(2026, 12, 31)) == []
    assert remind_on(date(2027, 1, 1), hour=7) == []
    key = "2027:tilskuddssoknad:2027-01-15"
    assert remind_on(date(2027, 1, 1), hour=8) == [(f"{key}:T-14:{frida.pk}", "pending")]
    remind_on(date(2027, 1, 1))
    remind_on(date(2027, 1, 8))
    assert remind_on(date(2027, 1, 14)) == [
        (f"{key}:T-{days}:{frida.pk}", "pending") for days in (1, 14, 7)
    ]
    varsel = Varsel.objects.filter(key__contains="T-7").get()
    assert varsel.subject == "Frist 15.\xa0januar 2027: Felles opplæringsplan er klar"
    assert "Hei, Frida!" in varsel.body
    assert "fredag 15.\xa0januar kl.\xa023.59" in varsel.body
    assert "http" not in varsel.body


def test_reminders_after_a_stop_say_which_were_too_late(frida, helse) -> None:
    make("tilskuddssoknad", date(2027, 1, 15))

    rows = remind_on(date(2027, 1, 14))

    assert [status for _key, status in rows] == ["pending", "skipped", "skipped"]


def test_no_reminder_of_what_is_done_or_asked_of_all_employees(frida, kari, liv, september) -> None:
    actions.tick(make("ferdig", date(2026, 9, 10)), by=frida)
    make("soknadsfrist", date(2026, 9, 10), roles=[Kode.ANSATT, Kode.LEDER])

    assert remind_on(date(2026, 9, 5)) == []


def test_a_moved_deadline_is_reminded_anew(frida, helse) -> None:
    make("svarbrev", date(2026, 11, 5))
    remind_on(date(2026, 10, 22))
    make("svarbrev", date(2026, 11, 12))

    assert len(remind_on(date(2026, 10, 29))) == 2


def test_the_wheel_asks_a_constant_number_of_queries(
    as_user, frida, kari, september, django_assert_num_queries
) -> None:
    make("a-0", date(2026, 11, 1))
    browser = as_user(kari)
    browser.get("/arshjul/2026/")
    with django_assert_num_queries(7 + TESTS_OWN):
        browser.get("/arshjul/2026/")
    for number in range(29):
        actions.tick(make(f"a-{number + 1}", date(2026, 11, 1)), by=frida)
        make_mote(date(2026, 3, 1))

    with django_assert_num_queries(7 + TESTS_OWN):
        browser.get("/arshjul/2026/")


def test_the_neighbours_wheel_is_not_there(as_user, frida, neighbour) -> None:
    foreign = neighbour(lambda advisor: make("nabo", date(2026, 11, 5), title=CANARY, by=advisor))
    browser = as_user(frida)

    assert CANARY not in browser.get("/arshjul/2026/").content.decode()
    assert CANARY not in pdf_text(browser.get("/arshjul/2026/pdf/"))
    for path in ("", "slett/"):
        assert browser.get(f"/arshjul/aktivitet/{foreign.pk}/{path}").status_code == 404
    for path in ("kvitter/", "angre/"):
        assert browser.post(f"/arshjul/aktivitet/{foreign.pk}/{path}").status_code == 404


def test_an_empty_wheel_tells_what_to_do(as_user, frida, kari) -> None:
    assert "Hent fra 2026" in as_user(frida).get("/arshjul/2027/").content.decode()
    assert (
        "Det er fagrådgiver som lager det." in as_user(kari).get("/arshjul/2027/").content.decode()
    )
