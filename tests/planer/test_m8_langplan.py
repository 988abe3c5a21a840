"""M8: the long training plan: measurable goals for each focus area, and the measures under them."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from kompetanse import clock
from kompetanse.errors import StaleError, TransitionError
from kompetanse.kommuner import once
from kompetanse.kommuner.models import AuditEvent, Kommune
from planer.actions import langplan as actions
from planer.models import Fokusomrade, Langplan, Maling, Resultatmal, Tiltak
from planer.queries import langplan as queries
from planer.queries import langplaninnhold
from tests.planer.conftest import CANARY, discussed, hearing_answers, make_tiltak, pdf_text, plain

TODAY = date(2026, 9, 1)
Status = Langplan.Status


@pytest.fixture
def area(plan) -> Fokusomrade:
    return Fokusomrade.objects.get(plan=plan, parent__isnull=True)


@pytest.fixture
def long(september, plan, frida) -> Langplan:
    return actions.make(
        plan, name="Langsiktig opplæringsplan", first_year=2027, last_year=2030, by=frida
    )


def answers(area: Fokusomrade, **values: Any) -> dict[str, Any]:
    return {
        "fokusomrade": area,
        "goal": "Geriatrisk kompetanse i hver avdeling",
        "indicator": "Andel avdelinger",
        "unit": "%",
        "baseline": Decimal(40),
        "baseline_on": date(2026, 5, 15),
        "target": Decimal(100),
        "deadline": date(2028, 12, 31),
    } | values


def set_goal(long: Langplan, area: Fokusomrade, frida, **values: Any) -> Resultatmal:
    long.refresh_from_db()
    return actions.add(long, version=long.version, by=frida, **answers(area, **values))


def in_form(area: Fokusomrade, version: int, **values: Any) -> dict[str, Any]:
    return {
        "versjon": version,
        "fokusomrade": area.pk,
        "goal": "Geriatrisk kompetanse i hver avdeling",
        "indicator": "Andel avdelinger",
        "unit": "%",
        "baseline": "40",
        "baseline_on": "15.05.2026",
        "target": "100",
        "deadline": "31.12.2028",
    } | values


def html_of(response) -> str:
    return plain(response.content.decode())


# --- from the page to the database ----------------------------------------------------------------


def test_m8_the_advisor_makes_the_plan_sets_a_goal_measures_it_and_everyone_reads_how_it_goes(
    as_user, frida, kari, plan, area, september
) -> None:
    make_tiltak("Kurs i geriatri", year=2028, fokusomrade=area, responsible="Fagrådgiver")
    make_tiltak("Kurs etter perioden", year=2031, fokusomrade=area)
    advisor = as_user(frida)
    made = advisor.post(
        "/langplan/ny/",
        {
            "engangsnokkel": once.new_token(), "strategiplan": plan.pk, "name": "Langtidsplanen",
            "first_year": "2027", "last_year": "2030",
        },
    )  # fmt: skip
    long = Langplan.objects.get(name="Langtidsplanen")
    assert made.url.endswith(f"/langplan/{long.pk}/")
    advisor.post(f"/langplan/{long.pk}/mal/nytt/", in_form(area, long.version))
    mal = Resultatmal.objects.get(plan=long)
    measure = {
        "engangsnokkel": once.new_token(),
        "value": "70",
        "on": "01.09.2026",
        "note": "To til",
    }
    advisor.post(f"/langplan/mal/{mal.pk}/", measure)
    advisor.post(f"/langplan/{long.pk}/horing/", hearing_answers("15.09.2026"))

    html = html_of(as_user(kari).get(f"/langplan/{long.pk}/"))
    goal = html_of(as_user(kari).get(f"/langplan/mal/{mal.pk}/"))

    assert "Bredere kompetanse" in html
    assert "Geriatrisk kompetanse i hver avdeling" in html
    assert "På vei" in html
    assert "Kurs i geriatri" in html
    assert "Kurs etter perioden" not in html
    assert "50 % av veien" in goal
    assert "To til" in goal
    assert "<svg" in goal
    assert "<td>70 %</td>" in goal


def test_m8_pdf_and_workbook_tell_the_same_as_the_page(
    as_user, frida, long, area, september
) -> None:
    mal = set_goal(long, area, frida)
    actions.measure(mal, on=TODAY, value=Decimal("72.5"), by=frida)
    make_tiltak("Kurs i geriatri", year=2028, fokusomrade=area)
    advisor = as_user(frida)

    text = pdf_text(advisor.get(f"/langplan/{long.pk}/pdf/"))
    book = load_workbook(io.BytesIO(advisor.get(f"/langplan/{long.pk}/regneark/").content))

    for said in ("Langsiktig opplæringsplan", mal.goal, "72,5 %", "100 %", "Kurs i geriatri"):
        assert said in text
    goals = list(book.worksheets[0].iter_rows(values_only=True))[-1]
    measures = list(book.worksheets[1].iter_rows(values_only=True))[-1]
    assert goals[:2] == (area.name, mal.goal)
    assert goals[4:7] == (40, 72.5, 100)
    assert measures[2] == "Kurs i geriatri"


def test_m8_a_goal_with_mistakes_says_what_to_do_and_keeps_what_was_typed(
    as_user, frida, long, area
) -> None:
    wrong = in_form(area, long.version, deadline="01.01.2026", target="40")

    response = as_user(frida).post(f"/langplan/{long.pk}/mal/nytt/", wrong)

    html = html_of(response)
    assert response.status_code == 422
    assert "Fristen må være etter dagen utgangspunktet ble målt." in html
    assert "Målet må være et annet tall enn der dere er nå." in html
    assert 'value="01.01.2026"' in html
    assert not Resultatmal.objects.exists()


@pytest.mark.parametrize(("first", "last"), [("2027", "2031"), ("2028", "2027")])
def test_m8_the_plan_covers_one_to_four_years(as_user, frida, plan, first, last) -> None:
    response = as_user(frida).post(
        "/langplan/ny/",
        {
            "engangsnokkel": once.new_token(), "strategiplan": plan.pk, "name": "For lang",
            "first_year": first, "last_year": last,
        },
    )  # fmt: skip

    assert response.status_code == 422
    assert "ett til fire år" in html_of(response)
    with pytest.raises(IntegrityError), transaction.atomic():
        Langplan.objects.create(
            strategiplan=plan, name="For lang", first_year=int(first), last_year=int(last)
        )


def test_m8_a_measurement_ahead_of_time_is_refused(as_user, frida, long, area) -> None:
    mal = set_goal(long, area, frida)
    measure = {"engangsnokkel": once.new_token(), "value": "70", "on": "02.09.2026"}

    response = as_user(frida).post(f"/langplan/mal/{mal.pk}/", measure)

    assert response.status_code == 422
    assert "Målingen kan ikke være fram i tid." in html_of(response)
    assert not Maling.objects.exists()


# --- how it goes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share", "state"),
    [
        (40, 100, 70, 50, "På vei"),
        (40, 100, 100, 100, "Nådd"),
        (40, 100, 120, 100, "Nådd"),
        (40, 100, 30, 0, "Ikke kommet i gang"),
        (12, 4, 8, 50, "På vei"),
        (12, 4, 3, 100, "Nådd"),
    ],
)
def test_m8_upwards_and_downwards_count_alike(
    long, area, frida, baseline, target, value, share, state
) -> None:
    mal = set_goal(long, area, frida, baseline=Decimal(baseline), target=Decimal(target))
    actions.measure(mal, on=TODAY, value=Decimal(value), by=frida)

    goal = queries.goal(mal)

    assert goal.share == share
    assert goal.state(TODAY)[0] == state


def test_m8_a_goal_past_its_deadline_is_not_reached(long, area, frida) -> None:
    mal = set_goal(long, area, frida)
    actions.measure(mal, on=TODAY, value=Decimal(70), by=frida)

    goal = queries.goal(mal)

    assert goal.state(date(2028, 12, 31))[0] == "På vei"
    assert goal.state(date(2029, 1, 1))[0] == "Ikke nådd"


def test_m8_the_last_measurement_of_a_day_counts(long, area, frida) -> None:
    mal = set_goal(long, area, frida)

    actions.measure(mal, on=TODAY, value=Decimal(70), by=frida)
    actions.measure(mal, on=TODAY, value=Decimal(75), by=frida)

    assert [each.value for each in queries.goal(mal).measurements] == [75]


def test_m8_a_measure_of_a_sub_area_stands_under_its_area(long, area) -> None:
    make_tiltak("Kurs i geriatri", fokusomrade=Fokusomrade.objects.get(parent=area))

    found = queries.document(long, on=TODAY)

    assert [(a.name, [m.theme for m in a.measures]) for a in found.areas] == [
        (area.name, ["Kurs i geriatri"])
    ]


def test_m8_a_cancelled_measure_leads_nowhere(long, area) -> None:
    make_tiltak("Avlyst kurs", fokusomrade=area, status=Tiltak.Status.CANCELLED)

    assert queries.document(long, on=TODAY).areas[0].measures == ()


# --- drafted, heard, adopted, frozen, rolled ------------------------------------------------------


def adopt(long: Langplan, frida, on: date = TODAY) -> Langplan:
    discussed(long)
    return actions.adopt(long, body="Kommunestyret", on=on, case_number="45/2026", by=frida)


def test_m8_what_is_adopted_is_frozen_while_measurements_go_on(as_user, frida, long, area) -> None:
    mal = set_goal(long, area, frida)
    adopt(long, frida)
    make_tiltak("Kommet til siden", year=2028, fokusomrade=area)
    actions.measure(mal, on=TODAY, value=Decimal(70), by=frida)
    advisor = as_user(frida)

    frozen = pdf_text(advisor.get(f"/langplan/{long.pk}/vedtatt/"))
    now = pdf_text(advisor.get(f"/langplan/{long.pk}/pdf/"))

    assert "Kommunestyret, sak 45/2026" in frozen
    assert mal.goal in frozen
    assert "Kommet til siden" not in frozen
    assert "70 %" not in frozen
    assert "Kommet til siden" in now
    assert "70 %" in now
    with pytest.raises(TransitionError):
        set_goal(long, area, frida)
    assert advisor.get(f"/langplan/mal/{mal.pk}/endre/").status_code == 409


def test_m8_what_was_frozen_comes_back_the_same(long, area, frida) -> None:
    mal = set_goal(long, area, frida)
    actions.measure(mal, on=TODAY, value=Decimal("70.50"), note="To til", by=frida)
    make_tiltak("Kurs i geriatri", year=2028, fokusomrade=area)
    adopted = adopt(long, frida)
    adopted.refresh_from_db()

    assert langplaninnhold.thaw(adopted.frozen) == queries.document(adopted, on=TODAY)


def test_m8_the_next_edition_carries_the_goals_on_and_tells_what_changed(long, area, frida) -> None:
    kept = set_goal(long, area, frida, goal="Som før")
    set_goal(long, area, frida, goal="Høyere")
    set_goal(long, area, frida, goal="Slutt")
    actions.measure(kept, on=TODAY, value=Decimal(70), by=frida)
    edition = actions.roll(adopt(long, frida), by=frida)
    carried = {mal.goal: mal for mal in edition.resultatmal.all()}
    actions.amend(carried["Høyere"], version=1, target=Decimal(90), by=frida)
    actions.remove(carried["Slutt"], version=2, reason="Ansvaret er flyttet.", by=frida)
    set_goal(edition, area, frida, goal="Helt nytt")

    found = queries.document(edition, on=TODAY)

    assert {goal.goal: goal.change for goal in found.goals} == {
        "Som før": "", "Høyere": "Endret", "Helt nytt": "Nytt",
    }  # fmt: skip
    assert [(each.goal, each.label, each.why) for each in found.rolled] == [
        ("Som før", "Videreført", "Som før"),
        ("Høyere", "Videreført", "Måltall: 100, nå 90"),
        ("Helt nytt", "Nytt", ""),
        ("Slutt", "Ikke med videre", "Ansvaret er flyttet."),
    ]
    assert [each.value for each in queries.goal(carried["Som før"]).measurements] == [70]
    assert (edition.first_year, edition.last_year) == (2028, 2031)
    adopt(edition, frida)
    long.refresh_from_db()
    assert long.status == Status.SUPERSEDED


def test_m8_two_at_once_do_not_overwrite_each_other(as_user, frida, long, area) -> None:
    seen = long.version
    set_goal(long, area, frida)

    response = as_user(frida).post(
        f"/langplan/{long.pk}/mal/nytt/", in_form(area, seen, goal="Det andre")
    )

    assert response.status_code == 409
    assert "Noen andre endret planen" in html_of(response)
    assert "Det andre" in html_of(response)
    with pytest.raises(StaleError):
        actions.add(long, version=seen, by=frida, **answers(area))


# --- who ------------------------------------------------------------------------------------------


def test_m8_a_draft_is_the_advisors_and_a_leader_changes_nothing(
    as_user, frida, liv, long, area
) -> None:
    mal = set_goal(long, area, frida)
    assert as_user(liv).get(f"/langplan/{long.pk}/").status_code == 404
    assert as_user(liv).get(f"/langplan/mal/{mal.pk}/").status_code == 404

    actions.hear(long, by=frida)
    leader = as_user(liv)

    assert leader.get(f"/langplan/{long.pk}/").status_code == 200
    assert leader.get(f"/langplan/{long.pk}/mal/nytt/").status_code == 403
    page = html_of(leader.get(f"/langplan/mal/{mal.pk}/"))
    assert "Registrer måling" not in page
    measure = {"engangsnokkel": once.new_token(), "value": "70", "on": "01.09.2026"}
    assert leader.post(f"/langplan/mal/{mal.pk}/", measure).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.measure(mal, on=TODAY, value=Decimal(70), by=liv)
    assert not Maling.objects.exists()


def test_m8_another_municipality_sees_nothing(as_user, frida, neighbour, active) -> None:
    def theirs(advisor) -> int:
        from planer.actions import strategi  # noqa: PLC0415

        plan = strategi.make(name=CANARY, first_year=2027, last_year=2030, by=advisor)
        Fokusomrade.objects.create(plan=plan, order=1, name=CANARY)
        return actions.make(plan, name=CANARY, first_year=2027, last_year=2030, by=advisor).pk

    foreign = neighbour(theirs)
    advisor = as_user(frida)

    assert CANARY not in html_of(advisor.get("/langplan/"))
    assert CANARY not in html_of(advisor.get("/langplan/ny/"))
    assert advisor.get(f"/langplan/{foreign}/").status_code == 404


def test_m8_every_change_leaves_one_trace(long, area, frida) -> None:
    mal = set_goal(long, area, frida)
    actions.measure(mal, on=TODAY, value=Decimal(70), by=frida)
    adopt(long, frida)

    trail = AuditEvent.objects.exclude(action="rolle.give").order_by("pk")
    assert list(trail.values_list("action", flat=True)) == [
        "langplan.make", "resultatmal.add", "maling.measure", "langplan.adopt",
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 30])
def test_m8_the_plan_costs_the_same_queries_whatever_its_length(
    as_user, queries_of, frida, long, area, rows
) -> None:
    for number in range(rows):
        mal = set_goal(long, area, frida, goal=f"Mål {number}")
        actions.measure(mal, on=TODAY, value=Decimal(70), by=frida)
        make_tiltak(f"Tiltak {number}", year=2028, fokusomrade=area)

    with clock.frozen(clock.now()):
        assert queries_of(as_user(frida), f"/langplan/{long.pk}/") <= 10


def test_m8_a_document_says_the_status_in_the_maalform_whatever_the_reader_has_chosen(
    as_user, frida, long, area, monkeypatch
) -> None:
    monkeypatch.setattr(Kommune, "maalform", property(lambda _: "nn", lambda _, value: None))
    set_goal(long, area, frida)
    make_tiltak("Kurs i geriatri", year=2028, half=Tiltak.Halvar.AUTUMN, fokusomrade=area)
    advisor = as_user(frida)
    advisor.post("/profil/", {"language": "nb"})

    assert "Høst 2028" in html_of(advisor.get(f"/langplan/{long.pk}/"))
    assert "Haust 2028" in pdf_text(advisor.get(f"/langplan/{long.pk}/pdf/"))
