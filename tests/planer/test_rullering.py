"""The plan rolls on from year to year: what is carried on, done, dropped and new."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import once
from planer.actions import langplan, opplaring, opplaringsplan
from planer.enums import Outcome
from planer.models import Langplan, Opplaringsplan, Resultatmal, Tiltak
from planer.queries import langplan as langplan_queries
from planer.queries import langrullering
from planer.queries import rullering as queries
from tests.planer.conftest import cells, discussed, make_tiltak, pdf_text, plain
from tests.planer.test_m8_langplan import answers as goal_answers

DONE, CANCELLED = Tiltak.Status.DONE, Tiltak.Status.CANCELLED
PAGE = "/opplaringsplan/2027/rullering/"
# Session, tenant, clock, person and roles, as on every page; the rest is the page's own.
MOST_QUERIES = 10


def html_of(response) -> str:
    return plain(response.content.decode())


def row(tiltak: Tiltak, outcome: str, **values: Any) -> dict[str, Any]:
    answers = {"outcome": outcome, "half": tiltak.half, "deadline": "", "reason": ""} | values
    return {f"t{tiltak.pk}-{name}": value for name, value in answers.items()}


def form(*rows: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {"engangsnokkel": once.new_token()}
    for each in rows:
        sent |= each
    return sent


def adopt(plan: Opplaringsplan, by, on: date = date(2026, 9, 1)) -> Opplaringsplan:
    return opplaringsplan.adopt(plan, body="Ledergruppen", on=on, case_number="26/1", by=by)


@pytest.fixture
def last_year(september, frida, nord) -> dict[str, Tiltak]:
    """2026: one measure of each fate, in an adopted joint plan."""
    rows = {
        "again": make_tiltak(
            "Fagdag", year=2026, deadline=date(2026, 6, 15), enhet=nord, belop={"fee": 12_000}
        ),
        "done": make_tiltak("Sårstell", year=2026),
        "out": make_tiltak("Gammelt system", year=2026),
        "later": make_tiltak("Ikke bestemt", year=2026),
    }
    discussed(Opplaringsplan(year=2026))
    discussed(Opplaringsplan(year=2027))
    plan = opplaringsplan.begin(year=2026, enhet=None, by=frida)
    adopt(plan, frida, on=date(2026, 1, 14))
    return rows


def test_each_measure_is_carried_on_done_or_dropped_with_a_reason(
    as_user, frida, last_year
) -> None:
    advisor, rows = as_user(frida), last_year
    proposed = html_of(advisor.get(f"{PAGE}avgjor/"))
    assert 'value="15.06.2027"' in proposed  # the deadline a year later

    sent = form(
        row(rows["again"], "videre", half="host", deadline="15.10.2027"),
        row(rows["done"], "gjennomfort"),
        row(rows["out"], "ut", reason="Systemet er byttet ut."),
        row(rows["later"], "vent"),
    )
    advisor.post(f"{PAGE}avgjor/", sent)
    make_tiltak("Helt nytt", need="Nytt lovkrav")

    carried = Tiltak.objects.get(earlier=rows["again"])
    assert (carried.half, carried.deadline) == ("host", date(2027, 10, 15))
    assert Tiltak.objects.get(pk=rows["done"].pk).status == DONE
    assert not Tiltak.objects.filter(year=2027, theme="Gammelt system").exists()
    found = {line.theme: line for line in queries.rolling(2027, enhet=None).lines}
    assert {theme: line.outcome for theme, line in found.items()} == {
        "Fagdag": "videre", "Sårstell": "gjennomfort", "Gammelt system": "ut",
        "Ikke bestemt": "vent", "Helt nytt": "ny",
    }  # fmt: skip
    assert found["Gammelt system"].why == "Systemet er byttet ut."
    assert found["Fagdag"].after == "15.10.2027"


def test_page_pdf_and_workbook_tell_the_same(as_user, frida, last_year) -> None:
    advisor, rows = as_user(frida), last_year
    sent = form(
        row(rows["again"], "videre"), row(rows["out"], "ut", reason="Systemet er byttet ut.")
    )
    advisor.post(f"{PAGE}avgjor/", sent)
    Tiltak.objects.get(earlier=rows["again"]).belop.update(amount=15_000)

    html, text = html_of(advisor.get(PAGE)), pdf_text(advisor.get(f"{PAGE}pdf/"))
    told = " ".join(
        str(cell) for line in cells(advisor.get(f"{PAGE}regneark/")) for cell in line if cell
    )

    for words in (
        "Rullert fra Felles opplæringsplan 2026", "14. januar 2026", "Systemet er byttet ut.",
        "2 ikke avgjort, 1 videreført og 1 ikke med videre.",
    ):  # fmt: skip
        for told_there in (html, text):
            assert words in told_there
    for words in ("Systemet er byttet ut.", "Kostnad 12 000 kr, nå 15 000 kr", "Ikke avgjort"):
        assert words in plain(told)
        assert words in html


def test_dropped_without_a_reason_and_a_deadline_of_another_year_are_told(
    as_user, frida, last_year
) -> None:
    refused = as_user(frida).post(
        f"{PAGE}avgjor/",
        form(
            row(last_year["out"], "ut"),
            row(last_year["again"], "videre", deadline="15.10.2026"),
        ),
    )

    assert refused.status_code == 422
    html = html_of(refused)
    assert "Skriv hvorfor «Gammelt system» ikke er med videre." in html
    assert "Fristen for «Fagdag» må være i 2027." in html
    assert not Tiltak.objects.filter(year=2027).exists()


def test_what_was_dropped_can_be_taken_back(as_user, frida, last_year) -> None:
    advisor, out = as_user(frida), last_year["out"]
    advisor.post(f"{PAGE}avgjor/", form(row(out, "ut", reason="Systemet er byttet ut.")))

    advisor.post(f"/opplaringsplan/tiltak/{out.pk}/angre-ut/")

    assert "Gammelt system" in html_of(advisor.get(f"{PAGE}avgjor/"))


def test_the_adopted_plan_keeps_the_comparison_and_the_link(as_user, frida, last_year) -> None:
    opplaring.carry([last_year["again"]], year=2027, by=frida)
    plan = adopt(opplaringsplan.begin(year=2027, enhet=None, by=frida), frida)
    page, advisor = f"/opplaringsplan/utgaver/{plan.pk}/", as_user(frida)
    before = html_of(advisor.get(page))

    Tiltak.objects.filter(pk=last_year["again"].pk).update(theme="Et annet navn", status=CANCELLED)

    assert plan.year_before is not None
    assert plan.year_before.year == 2026
    assert "Fra 2026 til 2027" in before
    assert "3 ikke avgjort og 1 videreført." in before
    after = html_of(advisor.get(page))
    assert "Et annet navn" not in after
    assert "3 ikke avgjort og 1 videreført." in after
    assert "3 ikke avgjort og 1 videreført." in pdf_text(advisor.get(f"{page}pdf/"))
    book = load_workbook(io.BytesIO(advisor.get(f"{page}regneark/").content))
    assert book.sheetnames[1] == "Fra 2026 til 2027"


def test_what_is_put_off_into_the_new_year_is_carried_on(september, frida, last_year) -> None:
    Tiltak.objects.filter(pk=last_year["later"].pk).update(half="host")
    opplaring.put_off(last_year["later"], by=frida)

    found = {line.theme: line for line in queries.rolling(2027, enhet=None).lines}

    assert found["Ikke bestemt"].outcome == "videre"
    assert found["Ikke bestemt"].after == "Vår 2027"


def test_granted_education_goes_on_by_itself(september, frida) -> None:
    make_tiltak("Studium", year=2026, origin="soknad:1")

    (line,) = queries.rolling(2027, enhet=None).lines

    assert (line.outcome, line.why) == ("videre", "Studiet fortsetter.")


def test_what_was_carried_and_then_made_common_is_carried_on(september, frida, nord) -> None:
    before = make_tiltak("Forflytning", year=2026, enhet=nord)
    common = make_tiltak("Forflytning for alle")
    make_tiltak("Forflytning", enhet=nord, earlier=before, merged_into=common)

    (line,) = queries.rolling(2027, enhet=None).lines

    assert (line.outcome, line.theme) == ("videre", "Forflytning for alle")


def test_a_leader_rolls_the_own_units_and_an_employee_none(
    as_user, liv, kari, last_year, sykehjemmet
) -> None:
    theirs = make_tiltak("Deres", year=2026, enhet=sykehjemmet)
    own, leader = last_year["again"], as_user(liv)

    assert "Deres" not in html_of(leader.get(f"{PAGE}avgjor/"))
    leader.post(f"{PAGE}avgjor/", form(row(own, "videre"), row(theirs, "videre")))
    refused = leader.post(f"/opplaringsplan/tiltak/{theirs.pk}/angre-ut/")

    assert [each.earlier for each in Tiltak.objects.filter(year=2027)] == [own]
    assert refused.status_code == 403
    assert "Deres" in html_of(as_user(kari).get(PAGE))
    assert as_user(kari).get(f"{PAGE}avgjor/").status_code == 403


def test_the_page_asks_as_much_of_1_measure_as_of_30(queries_of, as_user, frida, last_year) -> None:
    browser = as_user(frida)
    few = queries_of(browser, PAGE), queries_of(browser, f"{PAGE}avgjor/")
    for number in range(30):
        make_tiltak(f"Tiltak {number}", year=2026)

    assert (queries_of(browser, PAGE), queries_of(browser, f"{PAGE}avgjor/")) == few
    assert max(few) <= MOST_QUERIES


@pytest.fixture
def long(september, plan, frida):
    """An adopted long plan with a goal that is reached and two that are not."""
    made = langplan.make(
        plan, name="Langsiktig opplæringsplan", first_year=2026, last_year=2029, by=frida
    )
    discussed(made)
    area = plan.fokusomrader.get(parent__isnull=True)
    for version, name in enumerate(("Nådd", "Videre", "Ut"), start=1):
        langplan.add(made, version=version, by=frida, **goal_answers(area, goal=name))
    reached = Resultatmal.objects.get(goal="Nådd")
    langplan.measure(reached, on=date(2026, 8, 15), value=Decimal(100), by=frida)
    return langplan.adopt(
        made, body="Kommunestyret", on=date(2026, 1, 20), case_number="26/2", by=frida
    )


def goal_row(mal: Resultatmal, outcome: str, **values: Any) -> dict[str, Any]:
    answers = {"outcome": outcome, "target": "100", "deadline": "31.12.2028", "reason": ""}
    return {f"m{mal.pk}-{name}": value for name, value in (answers | values).items()}


def test_m8_the_next_long_plan_says_of_each_goal_what_becomes_of_it(as_user, frida, long) -> None:
    advisor = as_user(frida)
    goals = {mal.goal: mal for mal in long.resultatmal.all()}
    page = f"/langplan/{long.pk}/ny-utgave/"
    assert "Det er nådd" in html_of(advisor.get(page))

    refused = advisor.post(page, form(*(goal_row(mal, "ut") for mal in goals.values())))
    made = advisor.post(
        page,
        form(
            goal_row(goals["Nådd"], "gjennomfort"),
            goal_row(goals["Videre"], "videre", target="90", deadline="31.12.2029"),
            goal_row(goals["Ut"], "ut", reason="Ansvaret er flyttet."),
        ),
    )

    assert refused.status_code == 422
    told = html_of(advisor.get(made["Location"].removeprefix("/fjordvik")))
    for words in (
        "Siden forrige utgave", "100 % 15. august 2026", "Ansvaret er flyttet.",
        "Måltall: 100, nå 90; frist: 31.12.2028, nå 31.12.2029",
    ):  # fmt: skip
        assert words in told
    edition = Resultatmal.objects.get(plan__earlier=long).plan
    assert (edition.first_year, edition.last_year) == (2027, 2030)
    assert "Ansvaret er flyttet." in pdf_text(advisor.get(f"/langplan/{edition.pk}/pdf/"))
    book = load_workbook(io.BytesIO(advisor.get(f"/langplan/{edition.pk}/regneark/").content))
    assert [cell.value for cell in book["Siden forrige utgave"]["B"]][-3:] == [
        "Videreført", "Nådd", "Ikke med videre",
    ]  # fmt: skip


def test_m8_a_goal_short_of_its_target_is_not_called_reached_on_the_page(
    as_user, frida, long
) -> None:
    advisor, goals = as_user(frida), {mal.goal: mal for mal in long.resultatmal.all()}
    langplan.measure(goals["Ut"], on=date(2026, 8, 15), value=Decimal("99.9"), by=frida)
    page = f"/langplan/{long.pk}/ny-utgave/"
    others = goal_row(goals["Nådd"], "gjennomfort"), goal_row(goals["Videre"], "videre")

    refused = advisor.post(page, form(*others, goal_row(goals["Ut"], "gjennomfort")))
    assert refused.status_code == 422
    assert not Langplan.objects.filter(earlier=long).exists()
    assert html_of(refused).count("Det er nådd") == 1

    # The same answers are taken when the figure has reached the target.
    langplan.measure(goals["Ut"], on=date(2026, 8, 16), value=Decimal(100), by=frida)
    made = advisor.post(page, form(*others, goal_row(goals["Ut"], "gjennomfort")))
    assert made.status_code == 302
    assert [mal.goal for mal in Resultatmal.objects.filter(plan__earlier=long)] == ["Videre"]


@pytest.mark.parametrize("value", [None, "40", "99.9"])
def test_m8_a_goal_that_is_not_reached_is_not_rolled_as_done(frida, long, value) -> None:
    mal = long.resultatmal.get(goal="Ut")
    if value:
        langplan.measure(mal, on=date(2026, 8, 15), value=Decimal(value), by=frida)

    with pytest.raises(DomainError, match="«Ut» er ikke nådd ennå"):
        langplan.roll(
            long, decisions={mal.pk: langplan.GoalDecision(outcome=Outcome.DONE)}, by=frida
        )

    assert not Langplan.objects.filter(earlier=long).exists()


def test_m8_a_goal_that_fell_back_after_it_was_reached_is_not_reached(frida, long) -> None:
    mal = long.resultatmal.get(goal="Nådd")
    langplan.measure(mal, on=date(2026, 8, 20), value=Decimal(90), by=frida)

    assert not langrullering.is_reached(mal)
    with pytest.raises(DomainError):
        langplan.roll(
            long, decisions={mal.pk: langplan.GoalDecision(outcome=Outcome.DONE)}, by=frida
        )


@pytest.mark.parametrize(
    ("value", "reached"), [("12", False), ("10.1", False), ("10", True), ("9", True)]
)
def test_m8_a_goal_to_come_down_is_reached_at_its_target_or_below(
    frida, long, value, reached
) -> None:
    """Sick leave from 14 to 10 per cent: plan page, rolling and comparison say the same."""
    mal = long.resultatmal.get(goal="Ut")
    Resultatmal.objects.filter(pk=mal.pk).update(baseline=14, target=10)
    mal.refresh_from_db()
    langplan.measure(mal, on=date(2026, 8, 15), value=Decimal(value), by=frida)

    assert langrullering.is_reached(mal) == reached
    assert langplan_queries.goal(mal).is_reached == reached


def test_m8_a_goal_carried_on_is_not_deleted_without_a_reason(as_user, frida, long) -> None:
    edition, advisor = langplan.roll(long, by=frida), as_user(frida)
    mal = edition.resultatmal.get(goal="Ut")
    page = f"/langplan/mal/{mal.pk}/slett/"

    without = advisor.post(page, {"reason": ""})
    advisor.post(page, {"reason": "Ansvaret er flyttet."})

    assert without.status_code == 422
    assert not edition.resultatmal.filter(goal="Ut").exists()
    assert long.resultatmal.get(goal="Ut").dropped_because == "Ansvaret er flyttet."


def test_the_clock_of_the_year_does_not_matter(last_year, frida) -> None:
    """The comparison is between the years' plans, whenever it is read."""
    with clock.frozen(clock.start_of(date(2027, 12, 31), hour=9)):
        assert queries.rolling(2027, enhet=None).last_year == 2026
