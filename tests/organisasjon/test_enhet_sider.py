"""The pages of the organisation: the table, a unit, and the forms, as each role meets them."""

from datetime import date, datetime

import pytest

from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon import actions as organisasjon
from kompetanse.organisasjon.actions import enhet as actions
from kompetanse.organisasjon.models import Enhet
from kompetanse.skall import norsk
from tests.conftest import make_ansatt, make_enhet

PAGE = "/organisasjon/"
NEW_YEAR = date(2027, 1, 1)


def names(answer):
    return [row.plass.name for row in answer.context["rows"]]


@pytest.fixture
def sor(hjemmetjenesten):
    return make_enhet("Sør", parent=hjemmetjenesten)


# --- the table


def test_the_tree_stands_indented_with_leaders_and_number_of_employees(
    october, as_user, frida, liv, kari, sykehjemmet, ola
):
    answer = as_user(frida).get(PAGE)

    rows = {row.plass.name: row for row in answer.context["rows"]}
    assert list(rows) == ["Helse og sosial", "Hjemmetjenesten", "Nord", "Sykehjemmet"]
    assert [row.indent for row in rows.values()] == [0, 1, 2, 1]
    assert [row.employees for row in rows.values()] == [4, 2, 2, 1]
    assert rows["Nord"].leaders == ("Liv Berg",)
    assert 'class="indent indent-2"' in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=nord", ["Nord"]),
        ("q=berg", ["Nord"]),
        ("q=SYKEHJEMMET", ["Sykehjemmet"]),
        ("slag=virksomhet", ["Hjemmetjenesten", "Sykehjemmet"]),
        ("q=finnes+ikke", []),
    ],
)
def test_the_table_is_searched_by_name_code_and_leader(
    october, as_user, frida, liv, sykehjemmet, query, expected
):
    assert names(as_user(frida).get(f"{PAGE}?{query}")) == expected


def test_the_tree_is_shown_as_it_was_on_a_day(october, as_user, frida, sor, sigurd):
    actions.close(sor, last_day=date(2026, 6, 30), version=1, by=sigurd)
    browser = as_user(frida)

    assert "Sør" not in names(browser.get(PAGE))
    then = browser.get(f"{PAGE}?dato=30.06.2026")
    assert "Sør" in names(then)
    assert norsk.langdato(date(2026, 6, 30)) in then.content.decode()


def test_a_day_that_cannot_be_read_is_asked_again(october, as_user, frida):
    answer = as_user(frida).get(f"{PAGE}?dato=i+fjor")

    assert answer.status_code == 422
    assert 'value="i fjor"' in answer.content.decode()


def test_a_leader_sees_own_units_and_an_employee_none(october, as_user, liv, kari, sykehjemmet):
    assert names(as_user(liv).get(PAGE)) == ["Nord"]
    assert as_user(liv).get(f"{PAGE}{sykehjemmet.pk}/").status_code == 404
    assert as_user(kari).get(PAGE).status_code == 403


def test_the_pages_cost_the_same_with_one_and_thirty_rows(
    october, as_user, queries_of, frida, hjemmetjenesten, nord, kari
):
    browser = as_user(frida)
    few = queries_of(browser, PAGE), queries_of(browser, f"{PAGE}{nord.pk}/")
    for number in range(30):
        make_ansatt(f"N{number}", "Lie", make_enhet(f"Lag {number}", parent=nord))
        make_ansatt(f"M{number}", "Lie", nord)

    many = queries_of(browser, PAGE), queries_of(browser, f"{PAGE}{nord.pk}/")

    assert many == few == (8, 9)


# --- one unit


def test_a_unit_shows_people_and_history_to_its_leader_and_no_names_to_executives(
    october, as_user, liv, kari, kristin, nord
):
    page = as_user(liv).get(f"{PAGE}{nord.pk}/").content.decode()
    assert "Kari Nilsen" in page
    assert "Fra før systemet ble tatt i bruk" in page

    assert "Kari Nilsen" not in as_user(kristin).get(f"{PAGE}{nord.pk}/").content.decode()


def test_the_crumbs_lead_to_the_unit_above_only_when_it_has_a_page_for_the_reader(
    october, as_user, liv, frida, nord, hjemmetjenesten
):
    above = f'href="/fjordvik{PAGE}{hjemmetjenesten.pk}/"'

    assert above in as_user(frida).get(f"{PAGE}{nord.pk}/").content.decode()
    assert above not in as_user(liv).get(f"{PAGE}{nord.pk}/").content.decode()
    assert as_user(liv).get(f"{PAGE}{hjemmetjenesten.pk}/").status_code == 404


# --- the forms


def test_the_administrator_makes_a_unit_and_a_second_click_makes_no_other(
    october, as_user, sigurd, helse
):
    browser = as_user(sigurd)
    token = browser.get(f"{PAGE}ny/").context["form"]["engangsnokkel"].value()
    answers = {
        "engangsnokkel": token, "name": "Velferdsteknologi", "code": "2950",
        "kind": "avdeling", "parent": helse.pk, "starts": "1. januar 2027",
    }  # fmt: skip

    first, second = (browser.post(f"{PAGE}ny/", answers) for _ in range(2))

    enhet = Enhet.objects.get(code="2950")
    assert first["Location"] == second["Location"] == f"/fjordvik{PAGE}{enhet.pk}/"
    assert not enhet.is_open
    event = AuditEvent.objects.get(action="enhet.create")
    assert (event.by_id, event.details["starts"]) == (sigurd.pk, "2027-01-01")


def test_a_code_that_is_taken_is_asked_again_with_what_was_typed(october, as_user, sigurd, nord):
    browser = as_user(sigurd)
    token = browser.get(f"{PAGE}ny/").context["form"]["engangsnokkel"].value()

    answer = browser.post(
        f"{PAGE}ny/",
        {
            "engangsnokkel": token, "name": "Nytt lag", "code": nord.code,
            "kind": "avdeling", "parent": nord.pk, "starts": "01.01.2027",
        },
    )  # fmt: skip

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Koden NORD er brukt av en annen enhet." in page
    assert 'value="Nytt lag"' in page
    assert answer.context["form"]["engangsnokkel"].value() != token


def test_a_unit_is_moved_from_a_day_by_its_form(october, as_user, sigurd, sor, sykehjemmet):
    answer = as_user(sigurd).post(
        f"{PAGE}{sor.pk}/flytt/", {"versjon": 1, "parent": sykehjemmet.pk, "on": "01.01.2027"}
    )

    assert answer.status_code == 302
    page = as_user(sigurd).get(f"{PAGE}{sor.pk}/").content.decode()
    assert "Planlagt" in page
    organisasjon.take_effect(on=NEW_YEAR)
    assert Enhet.objects.get(pk=sor.pk).parent_id == sykehjemmet.pk


def test_a_unit_with_people_says_why_it_stays_open(october, as_user, sigurd, nord, kari, sor):
    browser, path = as_user(sigurd), f"{PAGE}{nord.pk}/avslutt/"
    sentence = "for eksempel Sør, og les inn filen."

    assert sentence in browser.get(path).content.decode()
    answer = browser.post(path, {"versjon": 1, "last_day": "31.12.2026"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Enhet.objects.get(pk=nord.pk).is_open


def test_a_unit_is_closed_and_taken_into_use_again(october, as_user, sigurd, sor):
    browser = as_user(sigurd)
    browser.post(f"{PAGE}{sor.pk}/avslutt/", {"versjon": 1, "last_day": "30.09.2026"})
    closed = Enhet.objects.get(pk=sor.pk)
    assert not closed.is_open
    assert "Gjenåpne" in browser.get(f"{PAGE}{sor.pk}/").content.decode()

    browser.post(f"{PAGE}{sor.pk}/gjenapne/", {"versjon": closed.version, "on": "01.10.2026"})

    assert Enhet.objects.get(pk=sor.pk).is_open


def test_the_second_of_two_changes_is_told_and_keeps_what_was_typed(october, as_user, sigurd, sor):
    actions.rename(sor, name="A", kind=sor.kind, on=clock.today(), version=1, by=sigurd)

    answer = as_user(sigurd).post(
        f"{PAGE}{sor.pk}/navn/",
        {"versjon": 1, "name": "Mitt navn", "kind": "avdeling", "on": "01.10.2026"},
    )

    assert answer.status_code == 409
    assert 'value="Mitt navn"' in answer.content.decode()
    assert Enhet.objects.get(pk=sor.pk).name == "A"


def test_leaders_and_advisor_are_refused_the_forms(october, as_user, liv, frida, nord):
    for actor in (liv, frida):
        for form in ("navn", "flytt", "avslutt", "gjenapne"):
            assert as_user(actor).get(f"{PAGE}{nord.pk}/{form}/").status_code == 403
        assert as_user(actor).get(f"{PAGE}ny/").status_code == 403


def test_what_is_planned_is_told_per_date(october, as_user, sigurd, sor):
    actions.rename(sor, name="Sør og øst", kind=sor.kind, on=NEW_YEAR, version=1, by=sigurd)

    assert "Sør og øst" in names(as_user(sigurd).get(f"{PAGE}?dato=01.01.2027"))
    assert "Sør" in names(as_user(sigurd).get(PAGE))
    with clock.frozen(datetime(2027, 1, 1, 9, tzinfo=clock.OSLO)):
        organisasjon.take_effect(on=clock.today())
        assert "Sør og øst" in names(as_user(sigurd).get(PAGE))
