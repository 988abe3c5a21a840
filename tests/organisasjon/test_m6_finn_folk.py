"""M6: «Finn folk» – people found by role and unit, with what everyone at work may read."""

import pytest

from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon.models import Enhet, Rolle, Stillingskategori
from tests.conftest import give, make_ansatt, make_enhet
from tests.organisasjon.conftest import in_kommune

Kode = Rolle.Kode
PAGE = "/folk/"
CANARY = "Kanarifugl"


def plain(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def names(response):
    """Return the full names on the lines of the page, in order."""
    assert response.status_code == 200
    return [person.name for person in response.context["people"]]


@pytest.fixture
def staff(october, kari, ola, liv, vidar, siri, frida, sigurd):
    """Leaders of two services and a department, an advisor, an administrator, and two more."""


@pytest.fixture
def stewards(turid, helse, kari):
    """Kari is a steward of competence for her union; Turid is the ordinary representative."""
    return give(kari, Kode.KOMPETANSETILLITSVALGT, helse)


def test_m6_a_role_finds_all_who_hold_it_wherever_they_work(staff, as_user, ola):
    page = as_user(ola).get(f"{PAGE}?rolle=virksomhetsleder")

    assert names(page) == ["Vidar Dahl", "Siri Lund"]
    assert "Virksomhetsleder, Hjemmetjenesten" in plain(page)
    assert "2 personer" in plain(page)
    assert names(as_user(ola).get(f"{PAGE}?rolle=personalsjef")) == []
    assert "Ingen treff." in plain(as_user(ola).get(f"{PAGE}?rolle=personalsjef"))


def test_m6_a_unit_finds_its_people_and_those_below_and_no_others(
    staff, as_user, ola, hjemmetjenesten, nord
):
    browser = as_user(ola)

    assert names(browser.get(f"{PAGE}?enhet={hjemmetjenesten.pk}")) == [
        "Liv Berg", "Vidar Dahl", "Kari Nilsen",
    ]  # fmt: skip
    assert names(browser.get(f"{PAGE}?enhet={nord.pk}")) == ["Liv Berg", "Kari Nilsen"]


def test_m6_a_role_and_a_unit_find_who_has_the_role_for_the_unit(staff, as_user, ola, nord):
    browser = as_user(ola)

    # The advisor works above the department and has the role for all of it.
    assert names(browser.get(f"{PAGE}?rolle=fagradgiver&enhet={nord.pk}")) == ["Frida Moen"]
    # The leader of another service is not the department's.
    found = names(browser.get(f"{PAGE}?rolle=virksomhetsleder&enhet={nord.pk}"))
    assert found == ["Vidar Dahl"]


def test_m6_names_and_positions_narrow_together(staff, as_user, ola, liv, nord):
    make_ansatt("Karoline", "Berg", nord, kategori="Vernepleier")
    position = Stillingskategori.objects.get(name="Vernepleier")
    browser = as_user(ola)

    assert names(browser.get(f"{PAGE}?navn=berg")) == ["Karoline Berg", "Liv Berg"]
    assert names(browser.get(f"{PAGE}?navn=berg+liv")) == ["Liv Berg"]
    assert names(browser.get(f"{PAGE}?navn=berg&kategori={position.pk}")) == ["Karoline Berg"]


def test_m6_an_employee_sees_how_to_reach_people_and_nothing_to_do_with_them(
    staff, as_user, ola, kari
):
    page = plain(as_user(ola).get(f"{PAGE}?navn=kari"))

    assert "kari.nilsen@fjordvik.example" in page
    assert "Sykepleier, Nord" in page
    assert "Gi Kari Nilsen en rolle" not in page
    assert "Vis hva Kari Nilsen ser" not in page
    assert f'href="/fjordvik/ansatt/{kari.pk}/"' not in page


def test_m6_a_leader_sees_the_same_and_only_the_administrator_gives_roles(
    staff, as_user, ola, liv, sigurd
):
    of_employee, of_leader = (as_user(who).get(f"{PAGE}?navn=kari") for who in (ola, liv))
    of_administrator = plain(as_user(sigurd).get(f"{PAGE}?navn=kari"))

    assert of_leader.context["people"] == of_employee.context["people"]
    assert "Gi Kari Nilsen en rolle" not in plain(of_leader)
    assert "Gi Kari Nilsen en rolle" in of_administrator
    assert "Stedfortreder for Kari Nilsen" in of_administrator


def test_m6_number_birth_year_and_competence_are_never_on_the_page(october, as_user, ola, nord):
    make_ansatt("Una", "Lie", nord, number="734512", birth_year=1961)

    page = plain(as_user(ola).get(f"{PAGE}?navn=una"))

    assert "Una Lie" in page
    assert "734512" not in page
    assert "1961" not in page


def test_m6_the_stewards_of_competence_are_one_press_away(staff, as_user, ola, stewards):
    browser = as_user(ola)

    assert f"{PAGE}?rolle=kompetansetillitsvalgt" in plain(browser.get(PAGE))
    page = browser.get(f"{PAGE}?rolle=kompetansetillitsvalgt")
    assert names(page) == ["Kari Nilsen"]
    assert "Kompetansetillitsvalgt, Helse og sosial" in plain(page)
    assert "kari.nilsen@fjordvik.example" in plain(page)


def test_m6_a_role_that_has_ended_and_a_person_who_has_left_are_not_found(
    staff, as_user, ola, siri, vidar
):
    Rolle.objects.filter(ansatt=siri).update(ends="2026-09-30")
    type(vidar).objects.filter(pk=vidar.pk).update(left_on="2026-09-30")

    assert names(as_user(ola).get(f"{PAGE}?rolle=virksomhetsleder")) == []
    assert names(as_user(ola).get(f"{PAGE}?navn=dahl")) == []
    assert names(as_user(ola).get(f"{PAGE}?navn=lund")) == ["Siri Lund"]


def test_m6_another_municipalitys_people_are_never_found(staff, as_user, ola, nabovik):
    foreign = _neighbours(nabovik)
    browser = as_user(ola)

    for query in (
        "", "?navn=kanari", "?rolle=kompetansetillitsvalgt", f"?enhet={foreign.pk}",
        f"?rolle=kompetansetillitsvalgt&enhet={foreign.pk}",
    ):  # fmt: skip
        response = browser.get(f"{PAGE}{query}")
        assert CANARY not in response.content.decode().replace("?navn=kanari", ""), query
    # They are there, for their own.
    with in_kommune(nabovik):
        own = as_user(foreign.ansatte.select_related("bruker", "kommune").get(first_name="Nils"))
        found = own.get(f"/nabovik{PAGE}?navn=kanari")
    assert f"Nils {CANARY}" in plain(found)


def _neighbours(nabovik: Kommune) -> Enhet:
    with in_kommune(nabovik):
        enhet = make_enhet(CANARY, Enhet.Kind.KOMMUNE)
        give(make_ansatt("Nils", CANARY, enhet), Kode.KOMPETANSETILLITSVALGT, enhet)
        return enhet


@pytest.mark.parametrize("who", ["ola", "sigurd"])
def test_m6_thirty_lines_cost_as_many_queries_as_one_and_ten_at_most(
    october, as_user, queries_of, request, ola, sigurd, nord, who
):
    give(make_ansatt("Treff", "Nummer0", nord), Kode.KOMPETANSETILLITSVALGT, nord)
    browser = as_user(request.getfixturevalue(who))
    at_one = queries_of(browser, f"{PAGE}?navn=treff")
    for number in range(1, 30):
        give(make_ansatt("Treff", f"Nummer{number}", nord), Kode.KOMPETANSETILLITSVALGT, nord)

    assert len(names(browser.get(f"{PAGE}?navn=treff"))) == 30
    assert queries_of(browser, f"{PAGE}?navn=treff") == at_one <= 10
