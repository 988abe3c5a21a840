"""M7: average position size per unit over time against the goal: page, chart and workbook."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kompetanse import clock
from kompetanse.organisasjon import queries
from kompetanse.organisasjon.actions import enhet as units
from kompetanse.organisasjon.models import Permisjon, Stilling, Stillingskategori
from kompetanse.organisasjon.queries import heltid
from kompetanse.organisasjon.views import heltid as views
from tests.conftest import make_ansatt

PAGE = "/heltidskultur/"
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def staff(october, sykehjemmet, helse):
    """Five in Sykehjemmet: 100, 80, 60, 50 + 30 and 50 per cent, all from 2023; average 74."""
    people = []
    for name, share in (("Aud", 100), ("Bo", 80), ("Cato", 60), ("Dina", 50), ("Eli", 50)):
        ansatt = make_ansatt(name, "Lie", sykehjemmet)
        Stilling.objects.filter(ansatt=ansatt).update(percentage=share, starts=date(2023, 1, 1))
        people.append(ansatt)
    add(people[3], 30, sykehjemmet, starts=date(2023, 1, 1))
    return people


def add(ansatt, share, enhet, **fields):
    kategori = Stillingskategori.objects.first()
    return Stilling.objects.create(
        ansatt=ansatt, enhet=enhet, kategori=kategori, percentage=share, **fields
    )


def of(page, name):
    """Return the unit's line of the table as plain text."""
    return next(row for row in page.context["rows"] if row.name == name)


def test_m7_the_page_shows_average_share_on_full_time_and_the_goal(staff, as_user, siri, sigurd):
    Stilling.objects.filter(ansatt=siri).delete()

    page = as_user(siri).get(PAGE)
    text = page.content.decode()

    line = of(page, "Sykehjemmet")
    assert (line.employees, line.average, line.full_time) == (
        "5", f"74{NBSP}%", f"20{NBSP}%",
    )  # fmt: skip
    assert f"75{NBSP}%" in text
    assert "1 prosentpoeng under målet" in text
    assert "<svg" in text
    assert "Vis som tabell" in text

    as_user(sigurd).post("/innstillinger/", {"version": 0, "fulltime_goal": "70"})

    text = as_user(siri).get(PAGE).content.decode()
    assert f"70{NBSP}%" in text
    assert "Målet er nådd" in text


def test_m7_the_development_follows_the_positions_from_and_to(staff, as_user, siri, sykehjemmet):
    Stilling.objects.filter(ansatt=siri).delete()
    aud = staff[0]
    first = Stilling.objects.get(ansatt=aud)
    first.ends = date(2025, 12, 31)
    first.save()
    add(aud, 50, sykehjemmet, starts=date(2026, 1, 1))

    told = heltid.series(sykehjemmet.pk, on=heltid.days(clock.today()), permanent=True)

    assert told[date(2025, 7, 1)].average == 74
    assert told[date(2026, 1, 1)].average == 64
    assert told[clock.today()].average == 64
    assert date(2022, 7, 1) not in told
    chart = as_user(siri).get(PAGE).context["chart"]
    assert chart.table_rows[-1] == ("okt. 26", f"64{NBSP}%")
    assert ("juli. 25".replace("juli", "jul"), f"74{NBSP}%") in chart.table_rows


def test_m7_full_leave_is_left_out_and_a_leave_of_a_part_is_not(staff, as_user, siri):
    Stilling.objects.filter(ansatt=siri).delete()
    Permisjon.objects.create(
        ansatt=staff[4], kind="foreldre", percentage=100, starts=date(2026, 9, 1)
    )
    Permisjon.objects.create(ansatt=staff[3], kind="omsorg", percentage=50, starts=date(2026, 9, 1))

    page = as_user(siri).get(PAGE)

    line = of(page, "Sykehjemmet")
    assert (line.employees, line.average) == ("4", f"80{NBSP}%")
    assert page.context["chart"].table_rows[-2:] == (
        ("jul. 26", f"74{NBSP}%"), ("okt. 26", f"80{NBSP}%"),
    )  # fmt: skip


def test_m7_temporary_positions_are_counted_only_when_asked_for(staff, as_user, siri, sykehjemmet):
    Stilling.objects.filter(ansatt=siri).delete()
    add(staff[4], 50, sykehjemmet, is_permanent=False)

    browser = as_user(siri)

    assert of(browser.get(PAGE), "Sykehjemmet").average == f"74{NBSP}%"
    assert of(browser.get(f"{PAGE}?utvalg=alle"), "Sykehjemmet").average == f"84{NBSP}%"


def test_m7_units_above_count_each_person_once(staff, kommunen, nord, sykehjemmet):
    add(staff[4], 50, nord, starts=date(2023, 1, 1))

    told = heltid.series(kommunen.pk, on=[clock.today()], permanent=True)[clock.today()]
    below = heltid.series(sykehjemmet.pk, on=[clock.today()], permanent=True)[clock.today()]

    assert (told.employees, told.average) == (5, 84)
    assert (below.employees, below.average) == (5, 74)


def test_m7_a_unit_that_moved_counts_where_it_stood_on_each_day(
    staff, nord, hjemmetjenesten, sykehjemmet, sigurd
):
    Stilling.objects.filter(ansatt=sigurd).delete()
    units.move(sykehjemmet, parent=hjemmetjenesten, on=date(2026, 7, 1), version=1, by=sigurd)

    told = heltid.series(
        hjemmetjenesten.pk, on=[date(2026, 6, 30), date(2026, 7, 1)], permanent=True
    )

    assert list(told) == [date(2026, 7, 1)]
    assert told[date(2026, 7, 1)].employees == 5


# --- cells of fewer than five


def test_m7_fewer_than_five_are_hidden_to_who_does_not_lead_them(
    staff, as_user, nord, kari, liv, frida, turid
):
    line = of(as_user(frida).get(PAGE), "Nord")
    assert (line.employees, line.average, line.full_time) == ("færre enn 5", "–", "–")
    assert as_user(frida).get(f"{PAGE}?enhet={nord.pk}").context["tiles"] == []
    assert of(as_user(turid).get(PAGE), "Nord").average == "–"

    assert of(as_user(liv).get(PAGE), "Nord").average == f"100{NBSP}%"


def test_m7_a_hidden_figure_cannot_be_reckoned_from_its_neighbour(
    staff, frida, helse, hjemmetjenesten, kari
):
    """Nord has one. Without its neighbour's figure hidden too, the sum above gives Nord away."""
    Stilling.objects.filter(enhet=helse).delete()
    for name in ("Fred", "Geir", "Hanne", "Ida", "Jon"):
        make_ansatt(name, "Dahl", hjemmetjenesten)

    rows = {row.name: row.tall for row in heltid.units(frida, on=clock.today(), permanent=True)}

    assert rows["Nord"].is_hidden
    assert not rows["Sykehjemmet"].is_hidden
    assert rows["Hjemmetjenesten"].employees == 6


def test_m7_two_units_where_one_is_small_are_both_hidden():
    def unit(pk, employees):
        return heltid.Enhetstall(
            pk, str(pk), "avdeling", f"/1/{pk}/", heltid.Tall(employees, 50, 0)
        )

    assert heltid._hidden([unit(2, 3), unit(3, 20), unit(4, 9)], led=()) == {2, 4}
    assert heltid._hidden([unit(2, 3), unit(3, 4), unit(4, 9)], led=()) == {2, 3}
    assert heltid._hidden([unit(2, 6), unit(3, 7)], led=()) == set()
    assert heltid._hidden([unit(2, 3), unit(3, 9)], led=("/1/",)) == set()


def figures_of(*units):
    """Return what is to be shown of units told of as (path, employees)."""
    return [
        heltid.Enhetstall(pk, path, "avdeling", path, heltid.Tall(employees, 50, 0))
        for pk, (path, employees) in enumerate(units)
    ]


def hidden_of(*units):
    return {units[pk][0] for pk in heltid._hidden(figures_of(*units), led=())}


def test_m7_those_who_stand_above_the_units_are_not_what_is_left_of_the_sum():
    """Two leaders have their positions in the unit itself: 30 less 12 and 16 tells of them."""
    assert hidden_of(("/1/", 30), ("/1/2/", 12), ("/1/3/", 16)) == {"/1/2/"}
    assert hidden_of(("/1/", 33), ("/1/2/", 12), ("/1/3/", 16)) == set()
    assert hidden_of(("/1/", 28), ("/1/2/", 12), ("/1/3/", 16)) == set()


def test_m7_a_unit_hidden_for_its_sibling_is_not_told_by_the_units_below_it():
    shown = [("/1/", 20), ("/1/2/", 3), ("/1/3/", 17), ("/1/3/4/", 8), ("/1/3/5/", 9)]

    assert hidden_of(*shown) == {"/1/2/", "/1/3/", "/1/3/4/"}


# --- who, and how


def test_m7_the_workbook_holds_the_figures_of_the_page(staff, as_user, siri):
    Stilling.objects.filter(ansatt=siri).delete()

    answer = as_user(siri).get(f"{PAGE}regneark/")

    book = load_workbook(BytesIO(answer.content))
    rows = list(book["Enheter"].iter_rows(values_only=True))
    assert ("Sykehjemmet", "Virksomhet", 5, 74, 20) in [row[:5] for row in rows]
    days = list(book["Utvikling"].iter_rows(values_only=True))
    assert [row[1:4] for row in days][-1] == (5, 74, 20)


def test_m7_only_own_units_are_shown_and_a_foreign_one_is_not_found(
    staff, as_user, liv, kari, sykehjemmet
):
    browser = as_user(liv)

    assert [row.name for row in browser.get(PAGE).context["rows"]] == ["Nord"]
    assert browser.get(f"{PAGE}?enhet={sykehjemmet.pk}").status_code == 404
    assert as_user(kari).get(PAGE).status_code == 403


def test_m7_the_page_costs_the_same_with_one_and_thirty_people(
    october, as_user, queries_of, kristin, sykehjemmet, nord
):
    browser = as_user(kristin)
    for number in range(5):  # fewer are hidden, and cost less
        make_ansatt(f"M{number}", "Lie", sykehjemmet)
    few = queries_of(browser, PAGE)
    for number in range(30):
        make_ansatt(f"N{number}", "Lie", (sykehjemmet, nord)[number % 2])

    assert queries_of(browser, PAGE) == few == 7


def test_m7_the_goal_is_75_until_it_is_set(active):
    assert queries.oppsett().fulltime_goal == 75


def test_a_tree_too_large_for_a_page_is_read_level_by_level(
    staff, as_user, kristin, kari, hjemmetjenesten, monkeypatch
):
    whole = as_user(kristin).get(PAGE).context["rows"]
    monkeypatch.setattr(views, "MOST_ROWS", 2)

    page = as_user(kristin).get(PAGE)
    names = [row.name for row in page.context["rows"]]

    assert names == ["Helse og sosial", "Hjemmetjenesten", "Sykehjemmet"]
    assert page.context["left_out"] == len(whole) - 3 > 0
    assert "lenger ned er ikke vist" in page.content.decode()
    below = as_user(kristin).get(PAGE, {"enhet": hjemmetjenesten.pk})
    assert [row.name for row in below.context["rows"]] == ["Hjemmetjenesten", "Nord"]
