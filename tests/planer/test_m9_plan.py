"""M9, N7, A3: the plan in groups and own columns, followed up in its place, and who is late."""

from datetime import date, datetime

import pytest

from kompetanse import clock
from kompetanse.skall.norsk import kroner
from planer.actions import kolonne
from planer.models import Belopslinje, Malgruppe, Plankolonne, Tiltak
from planer.queries import gruppe, opplaring
from planer.queries.kolonne import PlanColumn
from planer.queries.opplaring import Filters
from tests.planer.conftest import cells, make_tiltak, pdf_text, plain

MAY = datetime(2027, 5, 20, 9, 0, tzinfo=clock.OSLO)
HTMX = {"HTTP_HX_REQUEST": "true"}


def html_of(response) -> str:
    return plain(response.content.decode())


def row_answers(**answers):
    return {"versjon": 1, "status": "pagar", "deadline": "", "responsible": ""} | answers


def themes_by_group(key: str) -> dict[str, list[str]]:
    plan = opplaring.training_plan(2027, filters=Filters())
    groups = gruppe.grouped(plan.lines, key)
    assert sum(group.cost for group in groups) == plan.cost
    return {group.label: [line.theme for line in group.lines] for group in groups}


def test_m9_the_same_rows_by_half_year_focus_responsible_status_and_unit(active, nord) -> None:
    make_tiltak("A", enhet=nord, responsible="Leder", belop={"fee": 100})
    make_tiltak("B", half="host", status="pagar", responsible="Leder", belop={"fee": 20})
    make_tiltak("C", half="host", belop={"fee": 3})

    assert themes_by_group("halvar") == {"Vår 2027": ["A"], "Høst 2027": ["B", "C"]}
    assert themes_by_group("ansvarlig") == {"Leder": ["A", "B"], "Uten ansvarlig": ["C"]}
    assert themes_by_group("status") == {"Planlagt": ["A", "C"], "Pågår": ["B"]}
    assert themes_by_group("enhet") == {"Felles": ["B", "C"], "Nord": ["A"]}
    assert themes_by_group("fokus") == {"Uten fokusområde": ["A", "B", "C"]}


def test_m9_each_line_tells_its_own_target_groups(nord, sykehjemmet) -> None:
    for theme, enhet in (("Sårstell", nord), ("Palliasjon", sykehjemmet)):
        Malgruppe.objects.create(tiltak=make_tiltak(theme), enhet=enhet)

    lines = opplaring.training_plan(2027, filters=Filters()).lines

    told = {line.theme: list(line.groups) for line in lines}
    assert told == {"Sårstell": ["Nord"], "Palliasjon": ["Sykehjemmet"]}


def test_a3_measures_are_sorted_in_mobilise_learn_and_acquire(as_user, kari) -> None:
    ways = {"bruke": "Bruke", "utvikle": "Utvikle", "samarbeide": "Sammen", "laerling": "Lærling",
            "rekruttere": "Ansette"}  # fmt: skip
    for way, theme in ways.items():
        make_tiltak(theme, way=way)

    assert themes_by_group("mate") == {
        "Mobilisere": ["Bruke"],
        "Lære": ["Utvikle", "Sammen"],
        "Anskaffe": ["Lærling", "Ansette"],
    }
    html = html_of(as_user(kari).get("/opplaringsplan/2027/?mate=acquire&grupper=mate"))
    assert "Ansette" in html
    assert "Utvikle<" not in html


def test_m9_who_is_late_is_told_and_can_be_listed(as_user, kari, frida) -> None:
    make_tiltak("Frist ute", deadline=date(2027, 5, 1), responsible="Lederen på Nord")
    make_tiltak("Frist ute, men ferdig", deadline=date(2027, 5, 1), status="gjennomfort")
    make_tiltak("I rute", deadline=date(2027, 6, 1))
    make_tiltak("Høstens", half="host")
    with clock.frozen(MAY):
        html = html_of(as_user(kari).get("/opplaringsplan/2027/?vis=sju"))
        late = html_of(as_user(kari).get("/opplaringsplan/2027/?vis=sju&sene=1"))

    assert "1 tiltak er forsinket." in html
    assert "Lederen på Nord</a> (1)" in html
    assert html.count("Forsinket") == 1
    assert "Frist ute" in late
    for theme in ("men ferdig", "I rute", "Høstens"):
        assert theme not in late


def test_m9_without_a_deadline_the_half_year_is_the_deadline(active) -> None:
    make_tiltak("Vårens")
    plan = opplaring.training_plan(2027, filters=Filters())

    assert plan.late(date(2027, 6, 30)) == ()
    assert [line.theme for line in plan.late(date(2027, 7, 1))] == ["Vårens"]
    on = date(2027, 7, 1)
    assert opplaring.training_plan(2027, filters=Filters(late_on=on)).lines == plan.late(on)


# --- N7: the tenant's own columns -----------------------------------------------------------------


def columns_form(**places: tuple[str, str]) -> dict[str, str]:
    return {
        key: value
        for name, (place, heading) in places.items()
        for key, value in ((f"plass_{name}", place), (f"overskrift_{name}", heading))
    }


def test_n7_no_two_fields_to_choose_among_have_the_same_name(as_user, frida) -> None:
    form = as_user(frida).get("/opplaringsplan/kolonner/").context["form"]

    names = [name for name, _place, _heading in form.rows()]
    assert sorted(set(names)) == sorted(names)
    assert "Målgruppe og antall" in names


def test_n7_own_columns_and_headings_are_those_of_page_pdf_and_spreadsheet(
    as_user, frida, kari
) -> None:
    make_tiltak("Sårstell", responsible="Leder", belop={"fee": 12_000, "own": 7_000})
    make_tiltak("Avlyst", status="avlyst", belop={"fee": 999})
    answers = columns_form(
        theme=("2", "Hva Statsforvalteren spør om"), cost_financing=("3", "Penger"),
        responsible=("1", "Hvem"), status=("", "Status"),
    )  # fmt: skip

    as_user(frida).post("/opplaringsplan/kolonner/", answers)

    reader = as_user(kari)
    html = html_of(reader.get("/opplaringsplan/2027/"))
    text = pdf_text(reader.get("/opplaringsplan/2027/pdf/?vis=egne"))
    rows = cells(reader.get("/opplaringsplan/2027/regneark/?vis=egne"))
    headings = ["Hvem", "Hva Statsforvalteren spør om", "Penger"]
    for words in headings:
        assert f">{words}</th>" in html
        assert words in text
    assert ">Status</th>" not in html
    heading = next(row for row in rows if "Hvem" in row)
    assert heading == ["Hvem", "Hva Statsforvalteren spør om", "Sum kostnad", "Sum finansiering"]
    sums = next(row for row in rows if row[0] == "Sum")
    assert sums[2:] == [12_000, 7_000]
    told = plain(f"Kostnad {kroner(12_000)}, finansiering {kroner(7_000)}")
    assert told in html
    assert told in text


def test_n7_the_usual_columns_come_back(as_user, frida) -> None:
    kolonne.choose([PlanColumn("theme", "Mitt")], by=frida)
    browser = as_user(frida)
    assert ">Mitt</th>" not in html_of(browser.get("/opplaringsplan/2027/"))
    make_tiltak()
    assert ">Mitt</th>" in html_of(browser.get("/opplaringsplan/2027/"))

    browser.post("/opplaringsplan/kolonner/", {"standard": "1"})

    assert not Plankolonne.objects.exists()
    assert ">Behov og fokusområde</th>" in html_of(browser.get("/opplaringsplan/2027/"))


def test_n7_columns_without_a_place_are_refused_and_only_the_advisor_chooses(
    as_user, frida, liv
) -> None:
    none = as_user(frida).post("/opplaringsplan/kolonner/", columns_form(theme=("", "Tema")))
    wrong = as_user(frida).post("/opplaringsplan/kolonner/", columns_form(theme=("x", "Tema")))

    assert none.status_code == 422
    assert "Gi minst én kolonne en plass." in html_of(none)
    assert wrong.status_code == 422
    assert as_user(liv).get("/opplaringsplan/kolonner/").status_code == 403
    assert not Plankolonne.objects.exists()


# --- edited in place ------------------------------------------------------------------------------


def test_m9_status_deadline_responsible_and_amount_are_changed_in_the_row(
    as_user, liv, nord
) -> None:
    tiltak = make_tiltak(enhet=nord, belop={"fee": 1_000, "own": 400})
    url, search = f"/opplaringsplan/tiltak/{tiltak.pk}/rad/", "vis=sju&status=planlagt"
    browser = as_user(liv)

    form = browser.get(f"{url}?{search}", **HTMX)
    saved = browser.post(
        url,
        row_answers(deadline="01.04.2027", responsible="Avdelingsleder", fee="2 500", own="",
                    sok=search),
        **HTMX,
    )  # fmt: skip

    assert '<form method="post"' in html_of(form)
    assert 'value="1 000"' in plain(form.content.decode())
    tiltak.refresh_from_db()
    assert (tiltak.status, tiltak.deadline) == (Tiltak.Status.ONGOING, date(2027, 4, 1))
    assert (tiltak.responsible, tiltak.version) == ("Avdelingsleder", 2)
    assert dict(tiltak.belop.values_list("kind", "amount")) == {Belopslinje.Kind.FEE: 2_500}
    html = html_of(saved)
    assert html.startswith("<tr")
    assert "Pågår" in html
    assert plain(kroner(2_500)) in html


def test_m9_the_row_is_edited_without_javascript_too(as_user, liv, nord) -> None:
    tiltak = make_tiltak(enhet=nord)
    browser = as_user(liv)

    asked = browser.get(f"/opplaringsplan/tiltak/{tiltak.pk}/rad/?vis=sju")
    page = html_of(browser.get(f"/opplaringsplan/2027/?vis=sju&rad={tiltak.pk}"))
    saved = browser.post(
        f"/opplaringsplan/tiltak/{tiltak.pk}/rad/", row_answers(fee="500", own="", sok="vis=sju")
    )

    assert asked.url.endswith(f"/opplaringsplan/2027/?vis=sju&rad={tiltak.pk}#tiltak-{tiltak.pk}")
    assert 'name="responsible"' in page
    assert saved.url.endswith(f"/opplaringsplan/2027/?vis=sju#tiltak-{tiltak.pk}")
    tiltak.refresh_from_db()
    assert tiltak.status == Tiltak.Status.ONGOING


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_m9_a_stale_row_gets_409_with_what_differs_and_changes_nothing(
    as_user, frida, headers
) -> None:
    tiltak = make_tiltak(belop={"fee": 1_000})
    url, browser = f"/opplaringsplan/tiltak/{tiltak.pk}/rad/", as_user(frida)
    browser.post(url, row_answers(fee="2000"))

    stale = browser.post(url, row_answers(status="avlyst", fee="1000"), **headers)

    tiltak.refresh_from_db()
    assert stale.status_code == 409
    assert (tiltak.status, tiltak.version) == (Tiltak.Status.ONGOING, 2)
    assert "status og beløp" in html_of(stale)
    again = browser.post(url, row_answers(status="avlyst", fee="1000", versjon=2), **headers)
    assert again.status_code in {200, 302}


def test_m9_a_mistake_in_the_row_is_told_there(as_user, frida) -> None:
    tiltak = make_tiltak()

    answer = as_user(frida).post(
        f"/opplaringsplan/tiltak/{tiltak.pk}/rad/", row_answers(deadline="snart"), **HTMX
    )

    tiltak.refresh_from_db()
    assert answer.status_code == 422
    assert tiltak.status == Tiltak.Status.PLANNED


def test_n8_number_activity_and_time_of_what_all_do_together(as_user, kari, kommunen, nord) -> None:
    make_tiltak("Godt samspill", enhet=kommunen, half="host", timing="November")
    make_tiltak("Forum", timing="August", deadline=date(2027, 8, 31), half="host")
    make_tiltak("Bare Nord", enhet=nord)
    make_tiltak("Avlyst", status="avlyst")
    reader, path = as_user(kari), "/opplaringsplan/2027/handlingsplan/"

    html = html_of(reader.get(path))
    text = pdf_text(reader.get(f"{path}pdf/"))
    rows = cells(reader.get(f"{path}regneark/"))

    table = rows[rows.index(["Nr.", "Aktivitet", "Tid"]) + 1 :]
    assert table == [[1, "Forum", "August"], [2, "Godt samspill", "November"]]
    for words in ("Forum", "August", "Godt samspill", "November", "Nr."):
        assert words in html
        assert words in text
    for words in ("Bare Nord", "Avlyst"):
        assert words not in html
        assert words not in text
