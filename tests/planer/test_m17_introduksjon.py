"""M17: introduction of new employees and follow-up of newly qualified nurses, steps and dates."""

from datetime import date, datetime, timedelta

import pytest

from kompetanse import clock
from kompetanse.kommuner import maler, once
from kompetanse.kommuner.maler import Mal
from kompetanse.organisasjon.actions import permisjon
from kompetanse.organisasjon.models import Ansatt, Permisjon, Rolle, Stilling, Stillingskategori
from kompetanse.varsler import oppgaver, paminnelser
from kompetanse.varsler.models import Varsel
from planer.actions import introduksjon as actions
from planer.actions import introduksjonssteg as step_actions
from planer.actions import mal as start_set
from planer.models import Ansvar, Introduksjon, Introduksjonsmal, Introduksjonssteg, Malsteg
from planer.queries.introduksjon import finished_before
from tests.conftest import give, make_ansatt
from tests.planer.conftest import pdf_text

FIRST_DAY = date(2026, 9, 7)


@pytest.fixture
def ny(nord, september) -> Ansatt:
    """Nora, a nurse, whom HR says begins in Nord on 7 September."""
    return make_ansatt("Nora", "Holm", nord, employed_from=FIRST_DAY)


@pytest.fixture
def felles(active) -> Introduksjonsmal:
    """The template for all: a step for each of the four."""
    mal = Introduksjonsmal.objects.create(name="Introduksjon")
    for day, role, title in (
        (-7, Ansvar.LEADER, "Ønsk velkommen"),
        (0, Ansvar.HR, "Arbeidsavtale"),
        (7, Ansvar.SPONSOR, "Felles vakt"),
        (14, Ansvar.EMPLOYEE, "E-læring"),
    ):
        Malsteg.objects.create(mal=mal, day=day, role=role, title=title)
    return mal


@pytest.fixture
def nyutdannet(active) -> Introduksjonsmal:
    mal = Introduksjonsmal.objects.create(
        name="Nyutdannet sykepleier", group="sykepleier", is_proposed=False
    )
    Malsteg.objects.create(mal=mal, day=90, role=Ansvar.SPONSOR, title="Veiledning")
    return mal


@pytest.fixture
def plan(ny, felles, liv, kari) -> Introduksjon:
    """Nora's plan, begun by Liv, with Kari as sponsor."""
    return actions.start(ny, [felles], starts_on=FIRST_DAY, fadder=kari, by=liv)[0]


def days(introduksjon: Introduksjon) -> list[date | None]:
    return list(introduksjon.steg.order_by("day").values_list("due_on", flat=True))


def titles(actor: Ansatt, on: date) -> set[str]:
    return {each.title for each in oppgaver.waiting_for(actor, on=on)}


def test_m17_the_leader_is_told_of_who_is_new_and_begins_with_one_press(
    as_user, ny, felles, liv, vidar
) -> None:
    duty = "Sett i gang introduksjon for Nora Holm"
    assert duty in titles(liv, clock.today())
    assert duty not in titles(vidar, clock.today())
    browser = as_user(liv)
    assert "Nora Holm" in browser.get("/introduksjon/").content.decode()

    answer = browser.post(f"/introduksjon/ny/{ny.pk}/forslag/")

    begun = Introduksjon.objects.get(ansatt=ny)
    assert answer["Location"].endswith(f"/introduksjon/{begun.pk}/")
    assert days(begun) == [date(2026, 8, 31), FIRST_DAY, date(2026, 9, 14), date(2026, 9, 21)]
    assert duty not in titles(liv, clock.today())
    browser.post(f"/introduksjon/ny/{ny.pk}/forslag/")
    assert Introduksjon.objects.count() == 1


def test_m17_a_unit_without_a_leader_of_its_own_is_asked_of_the_one_above(
    ny, felles, vidar
) -> None:
    assert "Sett i gang introduksjon for Nora Holm" in titles(vidar, clock.today())


def test_m17_a_newly_qualified_nurse_gets_the_template_of_the_group_too(
    as_user, ny, felles, nyutdannet, liv, kari
) -> None:
    Stillingskategori.objects.filter(pk=ny.kategori_id).update(group="sykepleier")

    as_user(liv).post(
        f"/introduksjon/ny/{ny.pk}/",
        {
            "engangsnokkel": once.new_token(),
            "maler": [felles.pk, nyutdannet.pk],
            "starts_on": "07.09.2026",
            "fadder": kari.pk,
        },
    )

    begun = Introduksjon.objects.filter(ansatt=ny).order_by("name")
    assert [each.name for each in begun] == ["Introduksjon", "Nyutdannet sykepleier"]
    assert Varsel.objects.filter(recipient=kari, kind="introduksjon").count() == 1


def test_m17_a_template_of_another_group_is_not_offered(as_user, ny, felles, nyutdannet, liv):
    Stillingskategori.objects.filter(pk=ny.kategori_id).update(group="laerer")

    answer = as_user(liv).post(
        f"/introduksjon/ny/{ny.pk}/",
        {
            "engangsnokkel": once.new_token(),
            "maler": [nyutdannet.pk],
            "starts_on": "07.09.2026",
        },
    )

    assert answer.status_code == 422
    assert not Introduksjon.objects.exists()


def test_m17_each_does_ones_own_steps_and_the_last_completes_the_plan(
    as_user, plan, ny, liv, kari
) -> None:
    leader, hr, sponsor, employee = plan.steg.order_by("day")
    press = "/introduksjon/steg/{}/gjort/".format

    assert as_user(ny).post(press(sponsor.pk)).status_code == 403
    assert as_user(kari).post(press(employee.pk)).status_code == 403
    for who, steg in ((ny, employee), (kari, sponsor), (liv, leader), (liv, hr)):
        assert as_user(who).post(press(steg.pk)).status_code == 302

    plan.refresh_from_db()
    employee.refresh_from_db()
    assert (employee.done_on, employee.done_by) == (clock.today(), ny)
    assert (plan.status, plan.done_on) == (Introduksjon.Status.DONE, clock.today())
    as_user(liv).post(f"/introduksjon/steg/{hr.pk}/angre/")
    plan.refresh_from_db()
    assert (plan.status, plan.done_on) == (Introduksjon.Status.ONGOING, None)


def test_m17_the_days_move_with_the_first_day_and_what_is_done_stays(
    as_user, plan, liv, kari
) -> None:
    welcome = plan.steg.order_by("day").first()
    step_actions.tick(welcome, by=liv)

    as_user(liv).post(
        f"/introduksjon/{plan.pk}/endre/",
        {"versjon": plan.version, "starts_on": "14.09.2026", "fadder": kari.pk},
    )

    assert days(plan) == [
        date(2026, 8, 31),
        date(2026, 9, 14),
        date(2026, 9, 21),
        date(2026, 9, 28),
    ]


def test_m17_a_new_sponsor_is_told_and_the_same_one_is_not_told_again(
    as_user, plan, liv, kari, ny
) -> None:
    def change(fadder, version):
        answers = {"versjon": version, "starts_on": "07.09.2026", "fadder": fadder.pk}
        assert as_user(liv).post(f"/introduksjon/{plan.pk}/endre/", answers).status_code == 302
        return list(told.values_list("recipient", flat=True))

    told = Varsel.objects.filter(key__startswith=f"introduksjon:{plan.pk}:fadder:").order_by("pk")
    other = make_ansatt("Ole", "Berg", liv.enhet)

    assert change(kari, plan.version) == [kari.pk]
    assert change(other, plan.version + 1) == [kari.pk, other.pk]


def test_m17_a_leave_stops_the_days_and_an_open_one_takes_them_away(plan, ny, sigurd) -> None:
    full = {"kind": Permisjon.Kind.FORELDRE, "percentage": 100, "by": sigurd}

    away = permisjon.register(ny, starts=date(2026, 9, 10), ends=date(2026, 9, 19), **full)
    assert days(plan)[2:] == [date(2026, 9, 24), date(2026, 10, 1)]

    permisjon.change(
        away,
        version=away.version,
        kind=away.kind,
        percentage=100,
        starts=away.starts,
        ends=None,
        by=sigurd,
    )
    assert days(plan)[2:] == [None, None]
    assert "E-læring" not in titles(ny, date(2027, 1, 1))

    away.refresh_from_db()
    permisjon.delete(away, by=sigurd)
    assert days(plan)[2:] == [date(2026, 9, 14), date(2026, 9, 21)]


def test_m17_a_leave_of_half_the_work_stops_nothing(plan, ny, sigurd) -> None:
    permisjon.register(
        ny,
        kind=Permisjon.Kind.OMSORG,
        percentage=50,
        starts=date(2026, 9, 10),
        ends=date(2026, 9, 19),
        by=sigurd,
    )

    assert days(plan)[2] == date(2026, 9, 14)


def test_m17_steps_are_duties_of_those_who_do_them_a_week_before(
    plan, ny, liv, kari, kommunen
) -> None:
    hr = give(make_ansatt("Per", "Sjef", kommunen), Rolle.Kode.PERSONALSJEF, kommunen)

    assert "Ønsk velkommen" in titles(liv, clock.today())
    assert "Arbeidsavtale" in titles(hr, clock.today())
    assert "Arbeidsavtale" not in titles(liv, clock.today())
    assert "Felles vakt" not in titles(kari, clock.today())
    assert "Felles vakt" in titles(kari, date(2026, 9, 8))
    assert "E-læring" in titles(ny, date(2026, 9, 30))


def test_m17_a_reminder_goes_to_the_one_who_does_the_step_three_days_before(plan, kari) -> None:
    at = datetime(2026, 9, 11, 9, tzinfo=clock.OSLO)

    due = [each for each in paminnelser.due(at) if each.kind == "introduksjon"]

    assert [list(each.recipients) for each in due] == [[kari]]


def test_m17_strangers_and_other_leaders_do_not_see_the_plan(
    as_user, plan, ny, kari, liv, siri, ola
) -> None:
    path = f"/introduksjon/{plan.pk}/"

    assert {as_user(who).get(path).status_code for who in (ny, kari, liv)} == {200}
    assert {as_user(who).get(path).status_code for who in (siri, ola)} == {404}
    assert as_user(siri).get(f"/introduksjon/ny/{ny.pk}/").status_code == 403
    assert as_user(ola).get("/introduksjon/").status_code == 403


def test_m17_the_plan_is_printed_with_its_days_and_who_does_what(as_user, plan, liv) -> None:
    text = pdf_text(as_user(liv).get(f"/introduksjon/{plan.pk}/pdf/"))

    assert "Nora Holm" in text
    assert "14.09.2026 Felles vakt Fadder" in text


def test_m17_who_is_late_stands_first_and_the_share_completed_is_shown(
    as_user, plan, ny, liv, nord, felles
) -> None:
    other = make_ansatt("Anne", "Ås", nord, employed_from=FIRST_DAY)
    done = actions.start(other, [felles], starts_on=FIRST_DAY, by=liv)[0]
    for steg in done.steg.all():
        step_actions.tick(steg, by=liv)

    with clock.frozen(datetime(2026, 9, 15, 9, tzinfo=clock.OSLO)):
        page = as_user(liv).get("/introduksjon/").content.decode()

    assert "3 steg er forsinket" in page
    assert "50 % fullført (1 av 2)" in page.replace("\xa0", " ")


def test_m17_small_units_are_hidden_from_those_who_do_not_lead_them(as_user, plan, frida) -> None:
    page = as_user(frida).get("/introduksjon/").content.decode()

    assert "under 5" in page


def test_m17_nobody_is_asked_again_of_one_who_needs_none(as_user, ny, felles, liv) -> None:
    answer = as_user(liv).post(
        f"/introduksjon/ny/{ny.pk}/ingen/",
        {"engangsnokkel": once.new_token(), "reason": "Har arbeidet her før"},
    )

    assert answer.status_code == 302
    assert "Sett i gang introduksjon for Nora Holm" not in titles(liv, clock.today())


def test_m17_the_advisor_makes_a_template_and_its_steps(as_user, frida, liv) -> None:
    browser = as_user(frida)
    browser.post(
        "/introduksjon/maler/ny/",
        {"engangsnokkel": once.new_token(), "name": "Lærling", "is_proposed": "on"},
    )
    mal = Introduksjonsmal.objects.get(name="Lærling")
    answers = {"engangsnokkel": once.new_token(), "title": "Møt opp", "role": "fadder", "day": "-7"}

    browser.post(f"/introduksjon/maler/{mal.pk}/steg/", answers)

    steg = mal.steg.get()
    assert (steg.title, steg.day, steg.role) == ("Møt opp", -7, Ansvar.SPONSOR)
    assert as_user(liv).get(f"/introduksjon/maler/{mal.pk}/steg/").status_code == 403
    browser.post(f"/introduksjon/maler/steg/{steg.pk}/slett/")
    assert not mal.steg.exists()


def test_m17_a_changed_template_leaves_begun_plans_as_they_are(plan, felles) -> None:
    felles.steg.all().delete()

    assert plan.steg.count() == 4


def test_m17_a_new_municipality_has_the_two_templates(active) -> None:
    assert "Introduksjon av nye ansatte" in maler.parts()

    made = start_set.load_introductions(Mal.MODUM)

    assert made == Introduksjonsmal.objects.count() == 2
    assert Introduksjonsmal.objects.get(group="sykepleier").steg.count() > 5


@pytest.mark.parametrize("rows", [1, 30])
def test_m17_the_list_costs_the_same_queries_whatever_the_people(
    as_user, queries_of, felles, liv, nord, september, rows
) -> None:
    for number in range(rows):
        ansatt = make_ansatt("Nina", f"Ny{number}", nord, employed_from=FIRST_DAY)
        actions.start(ansatt, [felles], starts_on=FIRST_DAY, by=liv)
        make_ansatt("Nils", f"Ny{number}", nord, employed_from=FIRST_DAY)

    assert queries_of(as_user(liv), "/introduksjon/") == 7


def test_m17_a_plan_costs_few_queries(as_user, queries_of, plan, liv) -> None:
    assert Introduksjonssteg.objects.count() == 4
    assert queries_of(as_user(liv), f"/introduksjon/{plan.pk}/") <= 8


@pytest.fixture
def moved(kari, nord, sykehjemmet, felles) -> Stilling:
    """Kari was employed in 2019 at the nursing home, and begins in a new position in Nord."""
    Ansatt.objects.filter(pk=kari.pk).update(employed_from=date(2019, 8, 1))
    kari.refresh_from_db()
    common = {"ansatt": kari, "kategori": kari.kategori, "percentage": 80}
    Stilling.objects.filter(ansatt=kari).delete()
    Stilling.objects.create(
        enhet=sykehjemmet, starts=date(2019, 8, 1), ends=date(2026, 8, 31), **common
    )
    return Stilling.objects.create(enhet=nord, starts=FIRST_DAY, **common)


def test_m17_a_new_position_of_one_who_is_employed_is_proposed_an_introduction(
    as_user, september, kari, liv, felles, moved
) -> None:
    Introduksjon.objects.create(
        ansatt=kari, mal=felles, name="Den første", starts_on=date(2019, 8, 1),
        status=Introduksjon.Status.DONE, done_on=date(2019, 12, 1), started_at=clock.now(),
    )  # fmt: skip
    browser = as_user(liv)

    assert "Ny stilling fra" in browser.get("/introduksjon/").content.decode()
    assert f"Sett i gang introduksjon for {kari.full_name}" in titles(liv, clock.today())
    browser.post(f"/introduksjon/ny/{kari.pk}/forslag/")
    browser.post(f"/introduksjon/ny/{kari.pk}/forslag/")

    begun = Introduksjon.objects.get(ansatt=kari, status=Introduksjon.Status.ONGOING)
    assert (begun.name, begun.starts_on) == ("Introduksjon", FIRST_DAY)
    assert f"Sett i gang introduksjon for {kari.full_name}" not in titles(liv, clock.today())


def test_m17_more_of_the_same_position_is_not_a_new_one(september, kari, liv, nord, moved) -> None:
    Stilling.objects.filter(ansatt=kari).exclude(pk=moved.pk).update(enhet=nord)

    assert f"Sett i gang introduksjon for {kari.full_name}" not in titles(liv, clock.today())


def test_m17_a_new_position_that_needs_none_is_not_asked_of_again(
    september, kari, liv, moved
) -> None:
    actions.decline(kari, reason="Kjenner avdelingen fra før.", by=liv)

    assert f"Sett i gang introduksjon for {kari.full_name}" not in titles(liv, clock.today())


def test_m17_a_stopped_introduction_is_kept_from_the_day_it_was_stopped(plan, liv) -> None:
    stopped = datetime(2027, 3, 1, 12, tzinfo=clock.OSLO)
    with clock.frozen(stopped):
        actions.stop(plan, reason="Har fått annet arbeid.", by=liv)

    assert plan not in finished_before(stopped)
    assert plan in finished_before(stopped + timedelta(days=1))


def test_m17_a_declined_introduction_is_kept_from_the_day_it_was_declined(ny, liv) -> None:
    declined = actions.decline(ny, reason="Kjenner avdelingen.", by=liv)

    assert declined not in finished_before(clock.now())
    assert declined in finished_before(clock.now() + timedelta(days=1))
