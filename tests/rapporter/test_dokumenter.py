"""The registry of documents: what there is, in which form, and for whom."""

from datetime import date

import pytest

from planer.actions import evaluering
from planer.models import Tiltak
from rapporter.queries import dokumenter
from tests.planer.conftest import make_tiltak, plain
from tests.soknader.saker import make_runde


def names(actor) -> list[str]:
    return [each.name for rows in dokumenter.visible_to(actor).values() for each in rows]


@pytest.fixture
def documents(frida, active) -> None:
    make_tiltak("Kurs", year=2027)
    make_runde()
    evaluering.begin(
        year=2026, kind="arlig", held_on=date(2026, 5, 18), enhet=None, mote=None, by=frida
    )


def test_every_kind_is_listed_for_those_who_may_see_it(documents, frida, kari, turid) -> None:
    assert "Opplæringsplan 2027" in names(kari)
    assert "Oppslag til tavla, vår 2027" in names(kari)
    assert "Evaluering 2026, alle enheter" in names(frida)
    assert "Evaluering 2026, alle enheter" not in names(kari)
    assert not any("Prioriteringsliste" in name for name in names(kari))
    assert any("Prioriteringsliste" in name for name in names(turid))


def test_every_address_of_the_registry_opens(documents, as_user, frida) -> None:
    browser = as_user(frida)

    for rows in dokumenter.visible_to(frida).values():
        for each in rows:
            for url in filter(None, (each.page, each.pdf, each.xlsx)):
                assert browser.get(url).status_code == 200, url


def test_the_page_links_page_pdf_and_workbook(documents, as_user, kari) -> None:
    html = plain(as_user(kari).get("/dokumenter/").content.decode())

    assert "Planer og årshjul" in html
    for path in ("/opplaringsplan/2027/", "/opplaringsplan/2027/pdf/"):
        assert f'{path}"' in html
    assert "/opplaringsplan/2027/regneark/" in html


def test_who_has_nothing_to_see_is_told_so(as_user, kari) -> None:
    assert "Det er ingen dokumenter her ennå." in as_user(kari).get("/dokumenter/").content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_one_query_whatever_the_documents(as_user, queries_of, frida, rows) -> None:
    for number in range(rows):
        make_tiltak(f"Kurs {number}", year=2027 + number % 3)
        evaluering.begin(
            year=2026, kind="underveis", held_on=date(2026, 5, 18), enhet=None, mote=None, by=frida
        )

    assert queries_of(as_user(frida), "/dokumenter/") <= 7


def test_a_plan_is_listed_once_whatever_its_measures(active, kari) -> None:
    for half in Tiltak.Halvar:
        make_tiltak(f"Kurs {half}", year=2027, half=half)

    assert names(kari).count("Opplæringsplan 2027") == 1
