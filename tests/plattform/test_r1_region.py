"""R1: five municipalities in one region, a coordinator, a contact in each; data stay their own."""

from collections.abc import Iterator
from typing import Any

import pytest

from kompetanse.kommuner.maler import Mal
from kompetanse.kommuner.tenancy import as_kommune, as_operator
from kompetanse.organisasjon import actions as organisasjon
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.plattform import regionstoff
from kompetanse.plattform.actions import kommune as kommuner
from kompetanse.plattform.actions.kommune import Administrator
from kompetanse.plattform.models import Regionkontakt, Regionoppslag
from planer.models import Fokusomrade, Strategiplan
from tests.conftest import TenantClient, make_ansatt

FIVE = ("Aasvik", "Bergvik", "Dalvik", "Elvik", "Hagavik")
WORKING = 7


@pytest.fixture
def five(db: None) -> Iterator[dict[str, Ansatt]]:
    """Five Kommuner of one region, each with an administrator, a plan in force, seven at work."""
    with as_operator(1):
        yield {name: _member(name, number) for number, name in enumerate(FIVE, start=9911)}


def _member(name: str, number: int, *, region: str = "Vikregionen") -> Ansatt:
    kommune, _key = kommuner.found(
        slug=name.lower(),
        name=name,
        number=str(number),
        mal=Mal.REKS,
        region=region,
        administrator=Administrator("1", "Ada", name.title(), f"ada@{name.lower()}.example", "1"),
        by=None,
    )
    with as_kommune(kommune.pk):
        ada = Ansatt.objects.select_related("enhet", "bruker", "kommune").get()
        for count in range(WORKING):
            make_ansatt(f"Hemmelig{name}{count}", "Person", ada.enhet)
        plan = Strategiplan.objects.create(
            name=f"Plan for {name}",
            first_year=2025,
            last_year=2028,
            status=Strategiplan.Status.IN_FORCE,
        )
        Fokusomrade.objects.create(plan=plan, order=1, name=f"Demens i {name}", text="hemmelig")
        Strategiplan.objects.create(name=f"Utkast i {name}", first_year=2025, last_year=2028)
    return ada


def browser_of(ansatt: Ansatt) -> TenantClient:
    browser = TenantClient()
    browser.prefix = f"/{ansatt.kommune.slug}"
    with as_kommune(ansatt.kommune_id):
        browser.force_login(ansatt.bruker)
    return browser


def speak(ansatt: Ansatt) -> None:
    told = {"function": f"Rådgiver i {ansatt.kommune.name}", "email": "", "phone": "61 00 00 00"}
    browser = browser_of(ansatt)
    assert browser.post("/region/kontakt/", told).status_code == 302
    assert browser.post("/region/publiser/").status_code == 302


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_r1_each_sees_members_contacts_and_what_is_published_and_nobody(
    five: dict[str, Ansatt],
) -> None:
    for ansatt in five.values():
        speak(ansatt)

    page = text(browser_of(five["Aasvik"]).get("/region/"))

    assert "Vikregionen" in page
    for name in FIVE:
        assert f"Rådgiver i {name}" in page
        assert f"Plan for {name}" in page
        assert f"Demens i {name}" in page
        assert f"Hemmelig{name}" not in page
        assert f"Utkast i {name}" not in page
    # The one without a known occupation is not shown alone.
    assert page.count(f"<dt>Andre</dt><dd>{WORKING + 1}</dd>") == len(FIVE)


def test_r1_the_coordinator_says_how_they_are_reached_and_nobody_else_can(
    five: dict[str, Ansatt],
) -> None:
    ada, path = five["Aasvik"], "/region/kontakt/?for=koordinator"
    told = {"function": "Koordinator i 100 %", "email": "", "phone": ""}
    assert browser_of(ada).post(path, told).status_code == 403
    with as_kommune(ada.kommune_id):
        organisasjon.give(Rolle.Kode.REGIONKOORDINATOR, ada, enhet=ada.enhet, by=None)

    assert browser_of(ada).post(path, told).status_code == 302
    assert "Koordinator i 100 %" in text(browser_of(five["Elvik"]).get("/region/"))


def test_r1_each_municipalitys_rows_stay_its_own(five: dict[str, Ansatt]) -> None:
    for ansatt in five.values():
        speak(ansatt)
    first, second = five["Aasvik"], five["Bergvik"]

    with as_kommune(first.kommune_id):
        assert Ansatt.objects.count() == WORKING + 1
        assert Strategiplan.objects.count() == 2
        assert Regionkontakt.shared.count() == 5
        changed = Regionoppslag.shared.filter(kommune=second.kommune_id).update(title="Kapret")
        removed, _rows = Regionkontakt.shared.filter(kommune=second.kommune_id).delete()

    assert (changed, removed) == (0, 0)


def test_r1_a_municipality_outside_sees_nothing(five: dict[str, Ansatt]) -> None:
    speak(five["Aasvik"])
    stranger = _member("Utvik", 9920, region="")

    with as_kommune(stranger.kommune_id):
        assert Regionoppslag.shared.count() == 0
        assert Regionkontakt.shared.count() == 0
    assert "/region/" in text(browser_of(five["Elvik"]).get("/hjem/"))
    assert "/region/" not in text(browser_of(stranger).get("/hjem/"))
    page = browser_of(stranger).get("/region/")
    assert "ikke med i noen region" in text(page)
    assert "Plan for Aasvik" not in text(page)
    assert browser_of(stranger).post("/region/publiser/").status_code == 409


def test_r1_what_is_no_longer_in_force_is_taken_down(five: dict[str, Ansatt]) -> None:
    ada = five["Aasvik"]
    speak(ada)
    with as_kommune(ada.kommune_id):
        Strategiplan.objects.update(status=Strategiplan.Status.SUPERSEDED)

    browser_of(ada).post("/region/publiser/")

    assert "Plan for Aasvik" not in text(browser_of(five["Elvik"]).get("/region/"))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"A": 20, "B": 7}, {"A": 20, "B": 7}),
        ({"A": 20, "B": 3, "C": 2}, {"A": 20, "Andre": 5}),
        # One alone would be known from the total, so the smallest of the rest goes with it.
        ({"A": 20, "B": 7, "C": 1}, {"A": 20, "Andre": 8}),
        ({"A": 4}, {}),
        ({"A": 1, "B": 2}, {}),
        ({}, {}),
    ],
)
def test_no_group_of_fewer_than_five_is_shown_or_can_be_reckoned(
    counts: dict[str, int], shown: dict[str, int]
) -> None:
    assert regionstoff.together(counts) == shown


def test_an_employee_without_role_has_no_region_page(five: dict[str, Ansatt]) -> None:
    with as_kommune(five["Aasvik"].kommune_id):
        worker = Ansatt.objects.select_related("bruker", "kommune").filter(last_name="Person")[0]

    assert browser_of(worker).get("/region/").status_code == 403
