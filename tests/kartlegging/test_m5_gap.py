"""M5: a GAP analysis, renewed at least yearly, that ends in prioritised focus areas."""

import io
import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest

from kartlegging.models import Behovsskjema, Gapanalyse, Gapprioritet, UnderUtdanning
from kartlegging.queries import gap
from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Kompetanse
from planer.models import Tiltak
from tests.conftest import make_ansatt
from tests.kartlegging.conftest import CANARY

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 1)


def one(paths, *, year=2027):
    (row,) = gap.gap(paths, year=year, on=TODAY)
    return row


def test_m5_requirement_stock_and_lack_are_shown_with_the_largest_lack_first(
    september, as_user, frida, kari, ola, nord, sykehjemmet, sarstell, medisin, require, has
):
    require(nord, sarstell, level=3, count=2)
    require(sykehjemmet, medisin, level=1, count=5, is_statutory=True)
    has(kari, sarstell, 3)
    has(ola, medisin, 2)

    page = as_user(frida).get("/gap/")

    told = page.content.decode()
    rows = [
        (row.enhet, row.kompetanse, row.need, row.have, row.lack) for row in page.context["rows"]
    ]
    assert rows == [
        ("Sykehjemmet", "Medisinhåndtering", 5, 1, 4),
        ("Nord", "Sårstell", 2, 1, 1),
    ]
    assert told.index("Sykehjemmet</th>") < told.index("Nord</th>")
    assert told.count("Bare én har dette") == 2
    assert "Krav i lov" in told
    assert "<svg" in told
    assert "4 av 5" in told
    links = re.findall(r'href="([^"]*/opplaringsplan/2027/nytt/[^"]*)"', told)
    asked = parse_qs(urlsplit(unescape(links[0])).query)
    assert asked == {
        "theme": ["Medisinhåndtering"],
        "need": ["4 av 5 i Sykehjemmet mangler kompetansen"],
        "participants": ["4"],
        "enhet": [str(sykehjemmet.pk)],
        "kompetanse": [str(medisin.pk)],
        "niva": ["1"],
    }


def test_m5_a_measure_from_a_lack_needs_no_typing(
    as_user, frida, october, sykehjemmet, medisin, require
):
    require(sykehjemmet, medisin, level=1, count=5)
    browser = as_user(frida)
    link = re.search(
        r'href="([^"]*/opplaringsplan/2027/nytt/[^"]*)"', browser.get("/gap/").content.decode()
    )
    address = unescape(link[1]).removeprefix("/fjordvik")
    form = browser.get(address).context["form"]
    shown = {bound.html_name: bound.value() for bound in form}

    answers = {name: value for name, value in shown.items() if value not in (None, "", [])}
    answer = browser.post(address, answers | {"half": "var"})

    assert answer.status_code == 302
    tiltak = Tiltak.objects.get()
    assert (tiltak.theme, tiltak.need, tiltak.participants, tiltak.enhet_id) == (
        "Medisinhåndtering", "5 av 5 i Sykehjemmet mangler kompetansen", 5, sykehjemmet.pk,
    )  # fmt: skip


def test_m5_a_requirement_counts_the_unit_and_all_below_it(
    october, kari, liv, ola, hjemmetjenesten, helse, nord, sarstell, require, has
):
    for ansatt in (kari, liv, ola):
        has(ansatt, sarstell, 2)
    require(helse, sarstell, level=2, count=10)
    assert one([helse.path]).have == 3

    require(nord, sarstell, level=2, count=2)
    require(hjemmetjenesten, sarstell, level=2, count=2)
    counted = {row.enhet: row.have for row in gap.gap([helse.path], year=2027, on=TODAY)}
    assert counted == {"Helse og sosial": 3, "Hjemmetjenesten": 2, "Nord": 2}


@pytest.mark.parametrize(("level", "have"), [(1, 0), (2, 1), (3, 1), (0, 0)])
def test_m5_a_lower_level_does_not_count(october, kari, nord, sarstell, require, has, level, have):
    require(nord, sarstell, level=2, count=1)
    has(kari, sarstell, level)

    assert one([nord.path]).have == have


@pytest.mark.parametrize(
    ("valid_until", "have"),
    [(None, 1), (TODAY, 1), (TODAY - timedelta(days=1), 0), (TODAY + timedelta(days=1), 1)],
)
def test_m5_what_has_expired_does_not_count(
    october, kari, nord, sarstell, require, has, valid_until, have
):
    require(nord, sarstell)
    has(kari, sarstell, 2, valid_until=valid_until)

    assert one([nord.path]).have == have


@pytest.mark.parametrize(
    ("left_on", "have"), [(None, 1), (TODAY, 0), (TODAY + timedelta(days=1), 1)]
)
def test_m5_those_who_have_left_do_not_count(
    october, kari, nord, sarstell, require, has, left_on, have
):
    require(nord, sarstell)
    has(kari, sarstell, 2)
    kari.left_on = left_on
    kari.save()

    assert one([nord.path]).have == have


def test_m5_the_lack_is_never_below_zero(october, kari, nord, sarstell, require, has):
    require(nord, sarstell, count=1)
    has(kari, sarstell, 2)
    has(make_ansatt("Per", "Moe", nord), sarstell, 4)

    row = one([nord.path])
    assert (row.need, row.have, row.lack, row.is_single) == (1, 2, 0, False)


def test_m5_those_under_education_count_from_the_latest_sent_form(
    october, kari, liv, ola, nord, hjemmetjenesten, vidar, sarstell, require, has
):
    require(nord, sarstell, level=2)
    has(liv, sarstell, 3)
    old = sent_form(hjemmetjenesten, 2026, vidar)
    new = sent_form(hjemmetjenesten, 2027, vidar)
    draft = Behovsskjema.objects.create(enhet=nord, year=2027)
    later = sent_form(hjemmetjenesten, 2028, vidar)

    studies(new, kari, sarstell, date(2027, 12, 31))
    studies(new, liv, sarstell, date(2027, 6, 1))
    studies(new, ola, sarstell, date(2027, 6, 1))
    assert one([nord.path]).studying == 1  # Kari; Liv has it already, Ola works elsewhere

    for name, skjema in (("Per", old), ("Pål", draft), ("Espen", later)):
        studies(skjema, make_ansatt(name, "Lie", nord), sarstell, date(2027, 6, 1))
    assert one([nord.path]).studying == 1


@pytest.mark.parametrize(
    ("expected_on", "studying"),
    [(date(2026, 8, 31), 0), (TODAY, 1), (date(2027, 12, 31), 1), (date(2028, 1, 1), 0)],
)
def test_m5_education_counts_when_it_ends_within_the_year(
    october, kari, nord, vidar, sarstell, require, expected_on, studying
):
    require(nord, sarstell)
    studies(sent_form(nord, 2027, vidar), kari, sarstell, expected_on)

    assert one([nord.path]).studying == studying


def sent_form(enhet, year, by):
    return Behovsskjema.objects.create(
        enhet=enhet, year=year, status="submitted", submitted_at=clock.now(), submitted_by=by
    )


def studies(skjema, ansatt, kompetanse, expected_on):
    UnderUtdanning.objects.create(
        skjema=skjema, ansatt=ansatt, study="Kurs", kompetanse=kompetanse, expected_on=expected_on
    )


def test_m5_a_leader_sees_own_units_only(
    september, as_user, vidar, nord, sykehjemmet, sarstell, require
):
    require(nord, sarstell)
    require(sykehjemmet, sarstell)

    page = as_user(vidar).get("/gap/2027/")
    assert [row.enhet for row in page.context["rows"]] == ["Nord"]

    chosen = as_user(vidar).get("/gap/2027/", {"enhet": nord.pk})
    assert chosen.url == f"/fjordvik/gap/2027/{nord.pk}/"
    assert as_user(vidar).get(f"/gap/2027/{nord.pk}/").status_code == 200
    assert as_user(vidar).get(f"/gap/2027/{sykehjemmet.pk}/").status_code == 403
    assert as_user(vidar).get(f"/gap/2027/{sykehjemmet.pk}/regneark/").status_code == 403


def test_m5_the_workbook_holds_the_same_rows_and_no_formula(
    september, as_user, frida, nord, kari, medisin, require, has
):
    medisin.name = "=1+1"
    medisin.save()
    require(nord, medisin, level=1, count=4)
    has(kari, medisin, 2)

    answer = as_user(frida).get("/gap/2027/regneark/")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[-1][:8] == ["Nord", "=1+1", 1, None, 4, 1, 3, 0]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "1. september 2026" in str(rows[1][0]).replace("\xa0", " ")


# --- settled once a year ------------------------------------------------------------------------


def settle(client, areas, **fields):
    page = client.get("/gap/2027/las/")
    assert page.status_code == 200
    form = page.context["form"]
    data = {
        "seen": form["seen"].value() or "",
        "engangsnokkel": form["engangsnokkel"].value(),
        "comment": "Det mangler mest i hjemmetjenesten.",
    }
    data |= {f"area_{n}": area.pk for n, area in enumerate(areas, start=1)}
    return client.post("/gap/2027/las/", data | fields)


def test_m5_the_advisor_settles_the_analysis_and_the_figures_stay(
    september, as_user, frida, kari, nord, sarstell, fokus, require, has
):
    krav = require(nord, sarstell, count=3)
    client = as_user(frida)

    done = settle(client, [fokus[1], fokus[0]], reason_1="Størst mangel")
    krav.delete()
    has(kari, sarstell, 4)
    sarstell.name = "Noe annet"
    sarstell.save()

    told = client.get(done.url).content.decode()
    assert "Det mangler mest i hjemmetjenesten." in told
    assert told.index("Fornyelse") < told.index("Bredere kompetanse")
    assert "Størst mangel" in told
    assert "Sårstell" in told
    analyse = Gapanalyse.objects.get()
    (row,) = gap.frozen_rows(analyse)
    assert (row.enhet, row.kompetanse, row.need, row.have, row.lack) == (
        "Nord",
        "Sårstell",
        3,
        0,
        3,
    )
    assert gap.prioritised(2027) == [fokus[1].pk, fokus[0].pk]
    event = AuditEvent.objects.get(action="gapanalyse.settle")
    assert event.details["lack"] == 3
    workbook = client.get(f"/gap/analyse/{analyse.pk}/regneark/")
    assert workbook.status_code == 200


def test_m5_a_new_analysis_supersedes_the_old_one(
    september, as_user, frida, nord, sarstell, fokus, require
):
    require(nord, sarstell)
    client = as_user(frida)
    settle(client, [fokus[0]])
    old = Gapanalyse.objects.get()

    settle(client, [fokus[1]])

    new = Gapanalyse.objects.exclude(pk=old.pk).get()
    assert (new.supersedes, gap.current(2027)) == (old, new)
    assert gap.prioritised(2027) == [fokus[1].pk]
    assert "Erstattet av" in client.get(f"/gap/analyse/{old.pk}/").content.decode()
    assert list(old.prioriteter.values_list("fokusomrade", flat=True)) == [fokus[0].pk]


def test_m5_a_double_click_settles_once(september, as_user, frida, nord, fokus):
    client = as_user(frida)
    form = client.get("/gap/2027/las/").context["form"]
    data = {
        "seen": "", "engangsnokkel": form["engangsnokkel"].value(), "comment": "x",
        "area_1": fokus[0].pk,
    }  # fmt: skip

    first, second = client.post("/gap/2027/las/", data), client.post("/gap/2027/las/", data)

    assert first.url == second.url
    assert Gapanalyse.objects.count() == 1


def test_m5_one_who_saw_an_older_analysis_is_told(september, as_user, frida, fokus, nord):
    client = as_user(frida)
    settle(client, [fokus[0]])

    stale = settle(client, [fokus[1]], seen="")

    assert stale.status_code == 409
    assert Gapanalyse.objects.count() == 1


def test_m5_the_same_focus_area_is_not_chosen_twice(september, as_user, frida, fokus, nord):
    page = settle(as_user(frida), [fokus[0], fokus[0]])

    assert page.status_code == 422
    assert "bare én gang" in page.content.decode()
    assert list(Gapprioritet.objects.all()) == []


@pytest.mark.parametrize(
    ("who", "sees", "settles"),
    [("frida", 200, 200), ("vidar", 200, 403), ("kristin", 200, 403), ("liv", 200, 403),
     ("kari", 403, 403), ("turid", 403, 403)],
)  # fmt: skip
def test_m5_who_may_see_and_settle(september, as_user, request, nord, fokus, who, sees, settles):
    client = as_user(request.getfixturevalue(who))

    assert client.get("/gap/2027/").status_code == sees
    assert client.get("/gap/2027/las/").status_code == settles
    assert client.post("/gap/2027/las/", {}).status_code in {422, settles}


def test_m5_another_municipalitys_figures_are_nowhere(
    september, as_user, frida, nord, sarstell, require, canaries
):
    require(nord, sarstell)
    client = as_user(frida)

    assert CANARY not in client.get("/gap/2027/").content.decode()
    assert [row.enhet for row in gap.gap(["/"], year=2027, on=TODAY)] == ["Nord"]
    for path in (
        f"/gap/2027/{canaries['enhet']}/",
        f"/gap/2027/{canaries['enhet']}/regneark/",
        f"/gap/analyse/{canaries['analyse']}/",
        f"/gap/analyse/{canaries['analyse']}/regneark/",
    ):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_m5_the_page_costs_the_same_with_1_and_30_rows(
    september, as_user, frida, kari, nord, require, has, rows, own_queries
):
    for n in range(rows):
        kompetanse = Kompetanse.objects.create(name=f"Kompetanse {n}")
        require(nord, kompetanse)
        has(kari, kompetanse)

    assert own_queries(as_user(frida), "/gap/2027/") == 3


def test_m5_the_figures_are_one_statement(october, nord, sarstell, require, queries):
    require(nord, sarstell)

    assert queries(lambda: gap.gap([nord.path], year=2027, on=TODAY)) == 1
