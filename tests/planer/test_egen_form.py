"""The plans of Modum, Nittedal and Siljan as the demonstration holds them, in their own shapes."""

import io
import tomllib
from typing import Any

import pytest
from pypdf import PdfReader

from kompetanse.organisasjon.models import Enhet
from planer.actions.innlasting import plan_from
from planer.models import Fokusomrade, Resultatmal, Tiltak
from tests.conftest import make_enhet
from tests.planer.conftest import DATA, pdf_text, plain


@pytest.fixture
def told(request: pytest.FixtureRequest, september, helse, frida) -> dict[str, Any]:
    """The municipality's plan as the demonstration loads it, here in Fjordvik."""
    data = tomllib.loads((DATA / request.param / "plan.toml").read_text())
    for code in {row["enhet"] for row in data["tiltak"] if "enhet" in row}:
        kind = Enhet.Kind.KOMMUNE if code.endswith("000") else Enhet.Kind.VIRKSOMHET
        Enhet.objects.filter(pk=make_enhet(f"Enhet {code}", kind, helse).pk).update(code=code)
    plan_from(data, by=frida)
    return data


modum = pytest.mark.parametrize("told", ["modum"], indirect=True)
nittedal = pytest.mark.parametrize("told", ["nittedal"], indirect=True)
siljan = pytest.mark.parametrize("told", ["siljan"], indirect=True)


def headings(response) -> list[str]:
    html = plain(response.content.decode())
    row = html.partition("<thead")[2].partition("</thead>")[0]
    return [part.partition("<")[0].strip() for part in row.split('role="columnheader">')[1:]]


def pages(response) -> int:
    return len(PdfReader(io.BytesIO(response.content)).pages)


@modum
def test_m9_modums_plan_is_four_columns_in_spring_and_autumn_on_one_page(
    told, as_user, frida, kari
) -> None:
    shown = headings(as_user(kari).get("/opplaringsplan/2027/?vis=fire"))

    answer = as_user(frida).get("/opplaringsplan/2027/pdf/?vis=fire")

    assert shown == ["Tema", "Tidspunkt", "Målgruppe", "Ansvarlig"]
    text = pdf_text(answer)
    assert "Tema Tidspunkt Målgruppe Ansvarlig" in text
    assert text.index("Vår 2027") < text.index("Høst 2027")
    assert "Kursavgift" not in text
    assert pages(answer) == 1


@modum
def test_m8_modums_long_plan_has_measurable_goals_under_each_focus_area(
    told, as_user, frida
) -> None:
    goals = list(Resultatmal.objects.select_related("plan", "fokusomrade__parent"))
    areas = {mal.fokusomrade.parent or mal.fokusomrade for mal in goals}

    text = pdf_text(as_user(frida).get(f"/langplan/{goals[0].plan_id}/pdf/"))

    assert areas == set(Fokusomrade.objects.filter(parent__isnull=True))
    for mal in goals:
        assert plain(mal.goal) in text
        assert mal.target != mal.baseline


@nittedal
def test_n7_nittedals_plan_is_seven_columns_with_its_own_headings_on_two_pages(
    told, as_user, frida
) -> None:
    own = [row["overskrift"] for row in told["kolonne"]]
    advisor = as_user(frida)

    answer = advisor.get("/opplaringsplan/2027/pdf/")

    assert headings(advisor.get("/opplaringsplan/2027/"))[:7] == own
    assert own == [
        "Behov for kompetanse", "Tiltak og målgruppe", "Ansvarlig", "Frist for gjennomføring",
        "Kostnad og finansiering", "Status", "Evaluering",
    ]  # fmt: skip
    assert pages(answer) <= 2
    text = pdf_text(answer)
    for heading in own:
        assert heading in text


@nittedal
def test_n8_nittedals_joint_action_plan_is_number_activity_and_time(told, as_user, frida) -> None:
    text = pdf_text(as_user(frida).get("/opplaringsplan/2027/handlingsplan/pdf/"))

    places = [text.index(month) for month in ("August", "September", "Oktober", "November")]
    assert "Nr. Aktivitet Tid" in text
    assert sorted(places) == places
    assert "1. Arbeidsplassen som læringsarena" in text


@siljan
def test_s5_siljans_fifteen_arenas_are_counted_where_measures_use_them(
    told, as_user, frida
) -> None:
    html = plain(as_user(frida).get("/laringsarenaer/").content.decode())

    names = told["laringsarenaer"]["navn"]
    used = {row["arena"] for row in told["tiltak"] if row.get("arena")}
    assert len(names) == 15
    for name in names:
        assert name in html
    assert used <= set(names)
    assert Tiltak.objects.filter(arena__name__in=used).count() == len(
        [row for row in told["tiltak"] if row.get("arena")]
    )


@siljan
def test_s2_siljans_plan_has_the_headings_of_its_own_scheme(told, as_user, frida) -> None:
    own = [row["overskrift"] for row in told["kolonne"]]

    text = pdf_text(as_user(frida).get("/opplaringsplan/2027/pdf/"))

    assert "Opplæring eller videreutvikling" in own
    for heading in own:
        assert heading in text
