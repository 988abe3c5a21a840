"""A role counts for its unit and all below, in its period, and not elsewhere."""

from datetime import timedelta

import pytest

from kompetanse import clock
from kompetanse.organisasjon import access, actions, queries, steps
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from tests.conftest import give, make_enhet
from tests.docs.test_workflows import TABLES


def again(ansatt):
    """The same person on the next request."""
    return Ansatt.objects.select_related("enhet").get(pk=ansatt.pk)


def test_every_act_has_someone_who_may_do_it():
    assert set(access.ALLOWED) == set(Act)
    assert all(access.ALLOWED.values())


def test_a_leader_may_in_the_unit_and_below_but_not_beside_or_above(
    vidar, hjemmetjenesten, nord, sykehjemmet, helse
):
    answers = {
        unit.name: access.may(vidar, Act.FILL_NEEDS, unit)
        for unit in (hjemmetjenesten, nord, sykehjemmet, helse)
    }

    assert answers == {
        "Hjemmetjenesten": True,
        "Nord": True,
        "Sykehjemmet": False,
        "Helse og sosial": False,
    }


def test_the_units_of_a_role_are_its_own_and_all_below(
    vidar, liv, frida, hjemmetjenesten, nord, sykehjemmet
):
    assert set(access.units(vidar, Act.FILL_NEEDS)) == {hjemmetjenesten, nord}
    assert set(access.units(liv, Act.FILL_NEEDS)) == {nord}


def test_who_has_no_such_role_reaches_no_unit_and_nobody(kari, frida, nord, sykehjemmet):
    reached = Ansatt.objects.filter(access.within(kari, Act.FILL_NEEDS, enhet="enhet"))

    assert not access.units(kari, Act.FILL_NEEDS).exists()
    assert not reached.exists()


def test_nobody_may_nothing():
    assert not access.may(None, Act.USE)


def test_an_employee_without_roles_has_only_everyones_acts(kari):
    may = {act for act in Act if access.may(kari, act)}

    assert may == {Act.USE, Act.APPLY, Act.SEE_PLAN, Act.FIND_PEOPLE}


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(0, 0, True), (-10, -1, False), (1, 10, False), (-10, None, True), (None, 0, True)],
)
def test_a_role_holds_from_its_first_to_its_last_day(october, kari, nord, starts, ends, holds):
    def day(n):
        return None if n is None else clock.today() + timedelta(days=n)

    Rolle.objects.create(
        ansatt=kari, kode=Rolle.Kode.LEDER, enhet=nord, starts=day(starts), ends=day(ends)
    )

    assert access.may(again(kari), Act.RECOMMEND) is holds


def test_a_role_taken_away_is_gone_at_the_next_request(october, kari, sigurd, nord, as_user):
    rolle = actions.give(Rolle.Kode.FAGRADGIVER, kari, enhet=nord, by=None)
    browser = as_user(kari)
    assert browser.get("/varsler/").status_code == 200

    actions.take(rolle, by=sigurd)

    assert browser.get("/varsler/").status_code == 403


def test_someone_who_has_left_is_nobody(october, kari, as_user):
    browser = as_user(kari)
    kari.left_on = clock.today()
    kari.save()

    assert browser.get("/hjem/").status_code == 302


def test_a_user_of_another_kommune_is_nobody_here(kari, nabovik, as_user):
    browser = as_user(kari)
    browser.prefix = "/nabovik"

    assert browser.get("/hjem/").status_code == 302


def test_the_leader_of_a_leader_is_the_next_level(kari, liv, vidar, nord):
    assert queries.leader_for(again(kari)) == liv
    assert queries.leader_for(again(liv)) == vidar
    assert queries.leader_for(again(vidar)) is None


def test_the_leader_of_a_virksomhet_has_the_head_of_the_sector_above(vidar, kristin):
    assert queries.leader_for(again(vidar)) == kristin
    assert queries.leader_for(again(kristin)) is None


def test_a_unit_that_moves_takes_all_below_with_it(kari, liv, nord, hjemmetjenesten, sykehjemmet):
    gruppe = make_enhet("Gruppe 1", parent=nord)
    new_place = Enhet.objects.get(pk=sykehjemmet.pk)

    actions.place(Enhet.objects.get(pk=nord.pk), parent=new_place)

    gruppe.refresh_from_db()
    assert gruppe.path == f"{new_place.path}{nord.pk}/{gruppe.pk}/"


def test_giving_a_role_twice_gives_it_once(kari, frida, nord):
    first = actions.give(Rolle.Kode.VERNEOMBUD, kari, enhet=nord, by=frida)

    assert actions.give(Rolle.Kode.VERNEOMBUD, kari, enhet=nord, by=frida) == first


def test_a_name_in_two_roles_sees_the_sum(kari, nord, sykehjemmet):
    give(kari, Rolle.Kode.LEDER, sykehjemmet)
    give(kari, Rolle.Kode.TILLITSVALGT, nord)
    actor = again(kari)

    assert access.may(actor, Act.RECOMMEND, sykehjemmet)
    assert not access.may(actor, Act.RECOMMEND, nord)
    assert access.may(actor, Act.SEE_PRIORITIES, nord)


def test_the_help_page_tells_the_whole_table(kari, as_user):
    page = as_user(kari).get("/hjelp/hvem-ser-hva/").content.decode()

    assert all(act.value in page for act in Act)
    assert all(str(kode.label) in page for kode in Rolle.Kode if kode != Rolle.Kode.ANSATT)


def test_the_help_page_marks_and_opens_the_readers_own_roles(liv, as_user):
    own = as_user(liv).get("/hjelp/hvem-ser-hva/").content.decode()
    strangers = as_user(None).get("/hjelp/hvem-ser-hva/").content.decode()

    assert 'id="leder" open' in own
    assert 'id="fagradgiver" open' not in own
    assert "Du har rollen for: Nord" in own
    assert " open>" not in strangers


def test_the_help_page_tells_when_from_the_tables_of_steps(liv, as_user):
    page = " ".join(as_user(liv).get("/hjelp/hvem-ser-hva/").content.decode().split())

    assert "Gi uttalelse: når søknad har status «" in page
    for act in (Act.RECOMMEND, Act.FILL_NEEDS):
        for step in steps.when(act):
            assert f"{step.label}: når {step.noun} har status «{', '.join(step.states)}»" in page


def test_every_step_of_every_table_names_its_act_and_has_someone_for_it():
    tables = steps.published()

    assert {model.__name__ for model in tables} == {noun for noun, _model, _steps in TABLES}
    for model, table in tables.items():
        unnamed = [name for name, step in table.items() if step.label and step.act is None]
        assert unnamed == [], model.__name__
        assert all(access.ALLOWED[step.act] for step in table.values() if step.act)
