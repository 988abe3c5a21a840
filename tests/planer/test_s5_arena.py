"""S5 and N6: learning arenas, editable, used in measures and counted; the five ways."""

import re
from typing import Any

import pytest

from kompetanse.kommuner import once
from planer.models import Laringsarena, Tiltak
from tests.planer.conftest import cells, make_tiltak, measure_answers, plain


def html_of(response) -> str:
    return plain(response.content.decode())


def arena_form(name: str, **answers: Any) -> dict[str, Any]:
    return {"engangsnokkel": once.new_token(), "name": name} | answers


@pytest.fixture
def hospitering(september, active) -> Laringsarena:
    return Laringsarena.objects.create(name="Hospitering", order=1)


def test_s5_an_arena_is_added_used_in_a_measure_and_counted(
    as_user, frida, kari, september
) -> None:
    advisor = as_user(frida)
    advisor.post("/laringsarenaer/ny/", arena_form("Kollegaveiledning"))
    arena = Laringsarena.objects.get()
    advisor.post("/opplaringsplan/2026/nytt/", measure_answers(arena=arena.pk, way="bruke"))
    make_tiltak("I fjor", year=2025, arena=arena)
    make_tiltak("Avlyst", year=2026, arena=arena, status=Tiltak.Status.CANCELLED)
    make_tiltak("Uten arena", year=2026)

    html = html_of(as_user(kari).get("/laringsarenaer/"))

    row = html.split(">Kollegaveiledning</th>")[1].split("</tr>")[0]
    assert re.findall(r'<td class="number"[^>]*>([^<]*)<', row) == ["1", "1"]
    assert "1 tiltak i år sier ikke hvor læringen skjer." in html
    assert "Ny læringsarena" not in html


def test_s5_an_arena_gets_another_name_and_its_measures_follow(as_user, frida, hospitering) -> None:
    tiltak = make_tiltak("Kurs", arena=hospitering)

    as_user(frida).post(
        f"/laringsarenaer/{hospitering.pk}/", arena_form("Hospitering hos naboen", order="3")
    )

    tiltak.refresh_from_db()
    assert tiltak.arena.name == "Hospitering hos naboen"


def test_s5_a_used_arena_is_not_deleted_and_an_unused_is(as_user, frida, hospitering) -> None:
    unused = Laringsarena.objects.create(name="Kveldskurs", order=2)
    make_tiltak("Kurs", arena=hospitering)
    advisor = as_user(frida)

    refused = advisor.post(f"/laringsarenaer/{hospitering.pk}/slett/")
    advisor.post(f"/laringsarenaer/{unused.pk}/slett/")

    assert refused.status_code == 409
    assert "Gi den heller et nytt navn." in html_of(refused)
    assert list(Laringsarena.objects.values_list("name", flat=True)) == ["Hospitering"]


def test_s5_two_arenas_do_not_share_a_name(as_user, frida, hospitering) -> None:
    response = as_user(frida).post("/laringsarenaer/ny/", arena_form("hospitering"))

    assert response.status_code == 422
    assert "Det er en læringsarena med det navnet fra før." in html_of(response)


def test_s5_only_the_advisor_edits_the_arenas(as_user, kari, hospitering) -> None:
    employee = as_user(kari)

    assert employee.get("/laringsarenaer/ny/").status_code == 403
    assert employee.post(f"/laringsarenaer/{hospitering.pk}/slett/").status_code == 403
    assert Laringsarena.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_s5_the_list_costs_the_same_queries_whatever_the_arenas(
    as_user, queries_of, kari, september, rows
) -> None:
    for number in range(rows):
        arena = Laringsarena.objects.create(name=f"Arena {number}")
        make_tiltak(f"Kurs {number}", year=2026, arena=arena)

    assert queries_of(as_user(kari), "/laringsarenaer/") == 6


def test_n6_each_of_the_five_ways_of_getting_competence_is_chosen_and_printed(
    as_user, frida, september
) -> None:
    advisor = as_user(frida)
    ways = {
        "bruke": "Bruke det vi har", "utvikle": "Utvikle ansatte",
        "samarbeide": "Samarbeide med andre", "laerling": "Ta inn lærling",
        "rekruttere": "Rekruttere",
    }  # fmt: skip
    for way in ways:
        advisor.post("/opplaringsplan/2027/nytt/", measure_answers(theme=f"Ved å {way}", way=way))

    assert dict(Tiltak.objects.values_list("theme", "way")) == {f"Ved å {way}": way for way in ways}
    printed = cells(advisor.get("/opplaringsplan/2027/regneark/"))
    for way, label in ways.items():
        assert [row for row in printed if f"Ved å {way}" in row and label in row], way
    wrong = advisor.post("/opplaringsplan/2027/nytt/", measure_answers(way="trylle"))
    assert wrong.status_code == 422
