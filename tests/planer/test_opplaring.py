"""M9 and M10: the training plan in spring and autumn, the notice board, and the joint plan."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from kompetanse.errors import StaleError
from kompetanse.organisasjon.models import Kompetanse
from kompetanse.skall.norsk import kroner
from planer.actions import linje
from planer.actions import opplaring as actions
from planer.actions.opplaring import Measure
from planer.models import Belopslinje, Fokusomrade, Laringsarena, Tiltak
from planer.queries import opplaring as queries
from planer.queries.opplaring import Filters
from tests.planer.conftest import (
    CANARY,
    TESTS_OWN,
    cells,
    make_tiltak,
    measure_answers,
    pdf_text,
    plain,
)

Kind = Belopslinje.Kind
# The sheet's width in points.
A4_ON_ITS_SIDE = 842


def amounts_of(tiltak: Tiltak) -> dict[str, int]:
    return dict(tiltak.belop.values_list("kind", "amount"))


def told_costs(rows) -> int:
    """Return the costs that the data file gives these measures, NOK."""
    return sum(row["belop"].get(kind, 0) for row in rows for kind in Belopslinje.COSTS)


def told_financing(rows) -> int:
    return sum(row["belop"].get(kind, 0) for row in rows for kind in Belopslinje.FINANCING)


def html_of(response) -> str:
    return plain(response.content.decode())


def education(**values) -> Measure:
    answers = {
        "year": 2027, "half": Tiltak.Halvar.SPRING, "theme": "Videreutdanning i geriatri",
        "kind": Tiltak.Kind.EDUCATION, "participants": 2,
        "amounts": {Kind.FEE: 30000, Kind.GRANT: 20000},
    }  # fmt: skip
    return Measure(**(answers | values))


# --- M9: the short plan -------------------------------------------------------------------------


def test_m9_spring_and_autumn_with_theme_time_target_group_and_responsible(
    as_user, kari, modum, modum_data
) -> None:
    html = html_of(as_user(kari).get("/opplaringsplan/2027/"))

    for heading in ("Tema", "Tidspunkt", "Målgruppe", "Ansvarlig"):
        assert f">{heading}</th>" in html
    rows = [row for row in modum_data["tiltak"] if row["year"] == 2027]
    assert rows
    for row in rows:
        for name in ("theme", "timing", "target_group", "responsible"):
            assert plain(row[name]) in html
    assert html.index("Vår 2027") < html.index("Demensomsorgens ABC") < html.index("Høst 2027")
    assert "Trygghetsteknologi" not in html


def test_m9_seven_columns_by_the_address_with_sums(as_user, kari, modum, modum_data) -> None:
    html = html_of(as_user(kari).get("/opplaringsplan/2027/?vis=sju"))

    for heading in (
        "Behov og fokusområde", "Tiltak og målgruppe", "Ansvarlig", "Frist",
        "Kostnad og finansiering", "Status", "Evaluering",
    ):  # fmt: skip
        assert f">{heading}</th>" in html
    assert "Tilsyn viste at ikke alle har gyldig opplæring" in html
    for half in ("var", "host"):
        rows = [row for row in modum_data["tiltak"] if (row["year"], row["half"]) == (2027, half)]
        told = f"Kostnad {kroner(told_costs(rows))}, finansiering {kroner(told_financing(rows))}"
        assert plain(told) in html


def test_m9_the_advisor_adds_a_measure_with_cost_and_financing(
    as_user, frida, plan, hjemmetjenesten
) -> None:
    area, skill = (
        Fokusomrade.objects.get(name="Geriatri"),
        Kompetanse.objects.create(name="Geriatri"),
    )
    answers = measure_answers(
        fokusomrade=area.pk, kompetanse1=skill.pk, niva1="3",
        enhet=hjemmetjenesten.pk, timing="uke 10",
        participants="12", fee="12 500", substitute="kr 8.000", own="10 000,-", grant="10500",
    )  # fmt: skip
    browser = as_user(frida)

    first = browser.post("/opplaringsplan/2027/nytt/", answers)
    second = browser.post("/opplaringsplan/2027/nytt/", answers)

    tiltak = Tiltak.objects.get()
    assert first.url == second.url
    assert first.url.endswith(f"/opplaringsplan/2027/#tiltak-{tiltak.pk}")
    assert amounts_of(tiltak) == {"fee": 12500, "substitute": 8000, "own": 10000, "grant": 10500}
    assert (tiltak.fokusomrade, tiltak.participants) == (area, 12)
    assert list(tiltak.kompetanser.values_list("kompetanse", "level")) == [(skill.pk, 3)]
    html = html_of(browser.get("/opplaringsplan/2027/?vis=sju"))
    assert "20 500 kr" in html
    assert "Eget budsjett 10 000 kr" in html


def test_m9_a_gap_or_a_need_fills_in_the_form_by_the_address(as_user, frida, plan, nord) -> None:
    area, skill = (
        Fokusomrade.objects.get(name="Geriatri"),
        Kompetanse.objects.create(name="Sårstell"),
    )
    query = (
        f"theme=Sårstell&fokusomrade={area.pk}&kompetanse={skill.pk}&enhet={nord.pk}&need=Mangler+3"
    )

    html = html_of(as_user(frida).get(f"/opplaringsplan/2027/nytt/?{query}"))

    assert 'value="Sårstell"' in html
    assert 'value="Mangler 3"' in html
    for row in (area, skill, nord):
        assert f'<option value="{row.pk}" selected>' in html


@pytest.mark.parametrize(
    "query",
    [
        "enhet=x&fokus=y&status=z",
        "enhet=999999&fokus=²",
        f"enhet={10**30}&fokus={10**30}",
        "vis=ni",
    ],
)
def test_unknown_filters_keep_everything_or_find_nothing(as_user, kari, modum, query) -> None:
    assert as_user(kari).get(f"/opplaringsplan/2027/?{query}").status_code == 200


def test_filters_by_unit_focus_and_status(plan, hjemmetjenesten, nord, sykehjemmet) -> None:
    top, sub = Fokusomrade.objects.order_by("pk")
    make_tiltak("A", enhet=nord, fokusomrade=sub)
    make_tiltak("B", enhet=sykehjemmet, fokusomrade=top, status=Tiltak.Status.DONE)
    make_tiltak("C")

    def themes(**filters):
        return [
            line.theme for line in queries.training_plan(2027, filters=Filters(**filters)).lines
        ]

    assert themes() == ["A", "B", "C"]
    assert themes(enhet=hjemmetjenesten) == ["A"]
    assert themes(fokusomrade_id=top.pk) == ["A", "B"]
    assert themes(fokusomrade_id=sub.pk) == ["A"]
    assert themes(status=Tiltak.Status.DONE) == ["B"]


def test_files_are_narrowed_as_the_page_is(as_user, kari, plan, nord, sykehjemmet) -> None:
    make_tiltak("Her", enhet=nord, belop={"fee": 1000})
    make_tiltak("Der", enhet=sykehjemmet, belop={"fee": 2000})
    query = f"?enhet={nord.pk}"

    page, pdf, sheet = (
        as_user(kari).get(f"/opplaringsplan/2027/{path}{query}")
        for path in ("", "pdf/", "regneark/")
    )

    assert "Her" in html_of(page)
    assert "Der" not in html_of(page)
    assert "Der" not in pdf_text(pdf)
    themes = [row[1] for row in cells(sheet)]
    assert "Her" in themes
    assert "Der" not in themes


def test_all_fields_stay_on_the_sheet_each_measure_a_block(as_user, kari, plan, nord) -> None:
    make_tiltak("Sårstell", enhet=nord, belop={"fee": 1000}, responsible="Fagleder")

    response = as_user(kari).get("/opplaringsplan/2027/pdf/?vis=alle")

    # Where each word begins, in the points that the sheet is measured in.
    starts = []
    for sheet in PdfReader(io.BytesIO(response.getvalue())).pages:
        sheet.extract_text(
            visitor_text=lambda text, cm, tm, *_font: starts.append((cm[0] * tm[4] + cm[4], text))
        )
    assert max(left for left, text in starts if text.strip()) < A4_ON_ITS_SIDE
    told = plain(pdf_text(response))
    for shown in ("Ansvarlig Fagleder", "Sum kostnad 1 000 kr", "Sum Vår 2027"):
        assert shown in told
    assert "Vikar" not in told


def test_a_cancelled_measure_says_so_on_paper_as_on_the_page(as_user, kari, plan, nord) -> None:
    make_tiltak("Sårstell", enhet=nord, status=Tiltak.Status.CANCELLED)

    page, pdf = (
        as_user(kari).get(f"/opplaringsplan/2027/{path}?vis=fire") for path in ("", "pdf/")
    )

    assert "Sårstell (avlyst)" in html_of(page)
    assert "Sårstell (avlyst)" in plain(pdf_text(pdf))


def test_what_the_page_is_narrowed_to_is_said_in_words(as_user, kari, plan, nord) -> None:
    """On a phone the filters are folded away, and some come from links and have no field."""
    make_tiltak("Her", enhet=nord, responsible="Fagleder")
    query = f"enhet={nord.pk}&status=planlagt&ansvarlig=Fagleder&fokus=x"

    narrowed = html_of(as_user(kari).get(f"/opplaringsplan/2027/?{query}&vis=fire"))

    assert f"Viser bare: {nord.name} · Planlagt · Fagleder." in narrowed
    assert 'href="?vis=fire">Vis alle tiltakene' in narrowed
    assert "Viser bare" not in html_of(as_user(kari).get("/opplaringsplan/2027/?status=x"))


def test_no_hits_offers_to_clear_the_filter(as_user, kari, plan) -> None:
    assert "Nullstill filter" in html_of(as_user(kari).get("/opplaringsplan/2027/?status=pagar"))
    assert "Nullstill filter" not in html_of(as_user(kari).get("/opplaringsplan/2027/"))


def test_a_stale_edit_gets_409_with_what_differs_and_keeps_the_text(as_user, frida) -> None:
    tiltak = make_tiltak("Sårstell", belop={"fee": 1000})
    url, browser = f"/opplaringsplan/tiltak/{tiltak.pk}/", as_user(frida)
    browser.post(url, measure_answers(versjon=1, theme="Sårstell nivå 2", fee="2000"))

    stale = browser.post(url, measure_answers(versjon=1, theme="Mitt tema", fee="3000"))

    tiltak.refresh_from_db()
    html = html_of(stale)
    assert stale.status_code == 409
    assert (tiltak.theme, amounts_of(tiltak)) == ("Sårstell nivå 2", {"fee": 2000})
    assert "skiller seg fra de lagrede i: tema og beløp" in html
    assert 'value="Mitt tema"' in html
    again = browser.post(url, measure_answers(versjon=2, theme="Mitt tema", fee=""))
    tiltak.refresh_from_db()
    assert again.status_code == 302
    assert (tiltak.theme, tiltak.version, amounts_of(tiltak)) == ("Mitt tema", 3, {})


def test_change_with_an_old_version_is_refused(frida) -> None:
    tiltak = make_tiltak()
    actions.move(tiltak, status=Tiltak.Status.ONGOING, by=frida)

    with pytest.raises(StaleError):
        actions.change(tiltak, education(), version=1, by=frida)


def test_a_leader_plans_for_the_own_unit_only(as_user, liv, nord, sykehjemmet, plan) -> None:
    own, foreign, common = (
        make_tiltak("A", enhet=nord),
        make_tiltak("B", enhet=sykehjemmet),
        make_tiltak("C"),
    )
    browser = as_user(liv)

    answers = {
        tiltak.theme: browser.get(f"/opplaringsplan/tiltak/{tiltak.pk}/").status_code
        for tiltak in (own, foreign, common)
    }

    assert answers == {"A": 200, "B": 403, "C": 403}
    offered = browser.post("/opplaringsplan/2027/nytt/", measure_answers(enhet=sykehjemmet.pk))
    assert offered.status_code == 422
    without = browser.post("/opplaringsplan/2027/nytt/", measure_answers())
    assert "Velg ett svar i «Enhet»." in html_of(without)
    made = browser.post("/opplaringsplan/2027/nytt/", measure_answers(enhet=nord.pk))
    assert made.status_code == 302


def test_add_for_a_foreign_unit_is_denied_in_the_verb_too(liv, sykehjemmet) -> None:
    with pytest.raises(PermissionDenied):
        actions.add(education(enhet=sykehjemmet), by=liv)


def test_a_leader_cannot_move_a_measure_out_of_the_own_unit(liv, nord, sykehjemmet) -> None:
    tiltak = make_tiltak(enhet=nord)

    with pytest.raises(PermissionDenied):
        actions.change(tiltak, education(enhet=sykehjemmet), version=1, by=liv)


def test_employees_unions_and_executives_read_only(as_user, kari, turid, kristin) -> None:
    tiltak = make_tiltak()

    for person in (kari, turid, kristin):
        browser = as_user(person)
        html = html_of(browser.get("/opplaringsplan/2027/?vis=sju"))
        assert "Nytt tiltak" not in html
        assert "Følg opp" not in html
        assert browser.get("/opplaringsplan/2027/nytt/").status_code == 403
        assert browser.get(f"/opplaringsplan/tiltak/{tiltak.pk}/").status_code == 403
        row = browser.post(f"/opplaringsplan/tiltak/{tiltak.pk}/rad/", {"status": "pagar"})
        assert row.status_code == 403


def test_mistakes_are_told_beside_the_field(as_user, frida) -> None:
    answers = measure_answers(theme="", fee="mye", participants="noen")

    response = as_user(frida).post("/opplaringsplan/2027/nytt/", answers)

    assert response.status_code == 422
    html = html_of(response)
    assert "Fyll ut «Hva skal læres eller gjøres?»." in html
    assert "Skriv beløpet med tall, for eksempel 12 500." in html
    assert not Tiltak.objects.exists()


def test_m9_the_notice_board_shows_what_concerns_the_unit(
    as_user, kari, nord, hjemmetjenesten, sykehjemmet, helse
) -> None:
    for theme, enhet in (("Egen", nord), ("Over", helse), ("Annen", sykehjemmet), ("Felles", None)):
        make_tiltak(theme, enhet=enhet, target_group="Alle", responsible="Leder", timing="uke 9")
    make_tiltak("Høstens", enhet=nord, half=Tiltak.Halvar.AUTUMN)
    make_tiltak("Avlyst", enhet=nord, status=Tiltak.Status.CANCELLED)
    # What one employee is granted is nothing to join, and could show who it is.
    make_tiltak("Masterstudium", enhet=nord, origin="soknad:1")
    query = f"?halvar=var&enhet={nord.pk}"

    html = html_of(as_user(kari).get(f"/opplaringsplan/2027/oppslag/{query}"))
    pdf = as_user(kari).get(f"/opplaringsplan/2027/oppslag/pdf/{query}")

    text = pdf_text(pdf)
    for words in ("Opplæring våren 2027", "Nord", "Egen", "Over", "Felles", "uke 9"):
        assert words in html
        assert words in text
    for words in ("Annen", "Høstens", "Avlyst", "Masterstudium"):
        assert f">{words}<" not in html
        assert words not in text


def test_a_unit_that_the_responsible_names_is_not_told_twice(as_user, kari, nord) -> None:
    make_tiltak("Kurs", enhet=nord, responsible=f"Fagleder, {nord.name}")
    make_tiltak("Fagdag", enhet=nord, responsible="Fagleder")

    html = html_of(as_user(kari).get("/opplaringsplan/2027/felles/"))

    assert f">Fagleder, {nord.name}</td>" in html
    assert f">Fagleder<br>{nord.name}</td>" in html


@pytest.mark.parametrize(("lines", "is_large"), [(5, True), (6, False)])
def test_few_lines_on_the_notice_board_have_larger_letters(as_user, kari, lines, is_large) -> None:
    for number in range(lines):
        make_tiltak(f"Kurs {number}")

    html = html_of(as_user(kari).get("/opplaringsplan/2027/oppslag/?halvar=var"))

    assert ("table--few" in html) is is_large


@pytest.mark.parametrize(("sheet", "width"), [("", 297), ("&ark=a3", 420)])
def test_m9_the_notice_board_is_printed_in_a4_or_a3(as_user, kari, sheet, width) -> None:
    make_tiltak()
    pdf = as_user(kari).get(f"/opplaringsplan/2027/oppslag/pdf/?halvar=var{sheet}")

    box = PdfReader(io.BytesIO(pdf.content)).pages[0].mediabox
    longest = max(box.width, box.height)
    assert round(float(longest) / 72 * 25.4) == width


def test_the_notice_board_without_measures_says_so(as_user, kari) -> None:
    html = html_of(as_user(kari).get("/opplaringsplan/2027/oppslag/?halvar=host"))

    assert "Det er ingen tiltak i dette halvåret ennå." in html


# --- M10: the joint plan ------------------------------------------------------------------------


def test_m10_page_pdf_and_spreadsheet_have_the_same_lines_and_sums(
    as_user, kari, modum, modum_data
) -> None:
    told = [row for row in modum_data["tiltak"] if row["year"] == 2027]
    cost, financing = told_costs(told) + 30_000, told_financing(told) + 20_000
    actions.plan_education("soknad:1", education(), by=None)
    make_tiltak("Avlyst kurs", status=Tiltak.Status.CANCELLED, belop={"fee": 999_999})
    browser = as_user(kari)

    html = html_of(browser.get("/opplaringsplan/2027/felles/"))
    text = pdf_text(browser.get("/opplaringsplan/2027/felles/pdf/"))
    rows = cells(browser.get("/opplaringsplan/2027/felles/regneark/"))

    plan = queries.joint_plan(2027)
    assert len(plan.lines) == len(told) + 1
    assert (plan.cost, plan.financing) == (cost, financing)
    for line in plan.lines:
        assert line.theme in html
        assert line.theme in text
    for words in (plain(kroner(cost)), plain(kroner(financing)), "Videreutdanning i geriatri"):
        assert words in html
        assert words in text
    heading = next(row for row in rows if "Sum kostnad" in row)
    sums = next(row for row in rows if row[0] == "Sum")
    assert sums[heading.index("Sum kostnad")] == cost
    assert sums[heading.index("Sum finansiering")] == financing
    for each in plan.sums:
        assert sums[heading.index(each.label)] == each.amount
    for words in ("Avlyst kurs", "999"):
        assert words not in html
        assert words not in text


def test_m10_the_plan_says_when_it_must_be_ready(as_user, kari, modum) -> None:
    html = html_of(as_user(kari).get("/opplaringsplan/2027/felles/"))

    assert queries.joint_plan_ready_by(2027) == date(2027, 1, 15)
    assert "Planen skal være klar innen 15. januar 2027" in html


def test_m10_the_sums_add_up_to_what_the_lines_say(modum) -> None:
    plan = queries.joint_plan(2027)

    assert sum(half.cost for half in plan.halves) == plan.cost
    assert sum(each.amount for each in plan.sums if each.is_cost) == plan.cost
    assert sum(each.amount for each in plan.sums if not each.is_cost) == plan.financing
    assert plan.surplus - plan.uncovered == plan.financing - plan.cost


def test_the_amounts_of_a_measure_are_written_together(
    frida, active, django_assert_num_queries
) -> None:
    tiltak = actions.plan_education("soknad:7", education(), by=frida)

    with django_assert_num_queries(2):  # What is gone, and all that stays.
        linje.set_amounts(tiltak, {"fee": 5, "literature": 0, "travel": 7, "own": 12})

    assert amounts_of(tiltak) == {"fee": 5, "travel": 7, "own": 12}


def test_plan_education_is_idempotent_by_origin_and_updates(frida) -> None:
    first = actions.plan_education("soknad:7", education(), by=frida)

    again = actions.plan_education("soknad:7", education(amounts={Kind.FEE: 25000}), by=frida)

    assert again.pk == first.pk
    assert Tiltak.objects.count() == 1
    assert amounts_of(again) == {"fee": 25000}


def test_plan_education_again_keeps_how_it_is_followed_up(frida) -> None:
    tiltak = actions.plan_education("soknad:7", education(), by=frida)
    actions.move(tiltak, status=Tiltak.Status.ONGOING, by=frida)

    again = actions.plan_education("soknad:7", education(theme="Annet studium"), by=frida)

    assert (again.status, again.theme) == (Tiltak.Status.ONGOING, "Annet studium")


def test_education_granted_after_all_is_planned_again(frida) -> None:
    actions.plan_education("soknad:7", education(), by=frida)
    actions.withdraw_education("soknad:7", by=frida)

    again = actions.plan_education("soknad:7", education(), by=frida)

    assert again.status == Tiltak.Status.PLANNED


def test_withdrawn_education_leaves_the_sums(frida) -> None:
    actions.plan_education("soknad:7", education(), by=frida)

    actions.withdraw_education("soknad:7", by=frida)
    actions.withdraw_education("soknad:8", by=frida)

    assert Tiltak.objects.get().status == Tiltak.Status.CANCELLED
    assert queries.joint_plan(2027).lines == ()


def test_a_cancelled_measure_is_listed_in_the_plan_and_not_counted(as_user, kari) -> None:
    make_tiltak("Avlyst", status=Tiltak.Status.CANCELLED, belop={"fee": 5000})
    make_tiltak("Med", belop={"fee": 1000})

    rows = cells(as_user(kari).get("/opplaringsplan/2027/regneark/"))

    plan = queries.training_plan(2027, filters=Filters())
    assert [line.theme for line in plan.lines] == ["Avlyst", "Med"]
    assert plan.cost == 1000
    heading = next(row for row in rows if "Sum kostnad" in row)
    column = heading.index("Sum kostnad")
    assert [row[column] for row in rows if row[1] in {"Avlyst", "Med"}] == [0, 1000]


def test_a_text_that_begins_a_formula_stays_a_text(as_user, kari) -> None:
    make_tiltak("=HYPERLINK(1)")

    rows = cells(as_user(kari).get("/opplaringsplan/2027/felles/regneark/"))

    assert any("=HYPERLINK(1)" in row for row in rows)


@pytest.mark.parametrize("path", ["opplaringsplan", "arshjul"])
@pytest.mark.parametrize("year", ["0", "1999", "2101", "999999", "99999999999"])
def test_a_year_that_no_plan_is_for_is_not_found(as_user, kari, path, year) -> None:
    assert as_user(kari).get(f"/{path}/{year}/").status_code == 404


# --- what holds for all ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("?vis=sju", 8),
        ("felles/", 7),
        ("oppslag/?halvar=var", 6),
    ],
)
def test_pages_ask_a_constant_number_of_queries(
    as_user, frida, plan, nord, path, count, django_assert_num_queries
) -> None:
    area = Fokusomrade.objects.first()
    arena = Laringsarena.objects.create(name="Internkurs")
    make_tiltak("T 0", enhet=nord, fokusomrade=area, arena=arena, belop={"fee": 1, "own": 1})
    browser = as_user(frida)
    browser.get(f"/opplaringsplan/2027/{path}")
    with django_assert_num_queries(count + TESTS_OWN):
        browser.get(f"/opplaringsplan/2027/{path}")
    for number in range(29):
        make_tiltak(
            f"T {number + 1}", enhet=nord, fokusomrade=area, arena=arena, belop={"fee": 1, "own": 1}
        )

    with django_assert_num_queries(count + TESTS_OWN):
        browser.get(f"/opplaringsplan/2027/{path}")


def test_the_neighbours_measures_are_not_there(as_user, frida, neighbour) -> None:
    def make(advisor):
        arena = Laringsarena.objects.create(name=f"{CANARY} arena")
        return make_tiltak(CANARY, enhet=advisor.enhet, arena=arena, belop={"fee": 4711})

    foreign = neighbour(make)
    browser = as_user(frida)

    for path in (
        "",
        "?vis=sju",
        f"?enhet={foreign.enhet_id}",
        "nytt/",
        "felles/",
        "oppslag/?halvar=var",
    ):
        html = html_of(browser.get(f"/opplaringsplan/2027/{path}"))
        assert CANARY not in html
        assert "4 711" not in html
    assert CANARY not in pdf_text(browser.get("/opplaringsplan/2027/felles/pdf/"))
    assert browser.get(f"/opplaringsplan/tiltak/{foreign.pk}/").status_code == 404
    row = browser.post(f"/opplaringsplan/tiltak/{foreign.pk}/rad/", {"status": "pagar"})
    assert row.status_code == 404


@pytest.mark.parametrize("name", ["enhet", "arena", "fokusomrade"])
def test_another_kommunes_rows_cannot_be_chosen(as_user, frida, plan, neighbour, name) -> None:
    def make(advisor):
        arena = Laringsarena.objects.create(name="Fremmed")
        return {"enhet": advisor.enhet.pk, "arena": arena.pk, "fokusomrade": arena.pk + 9000}[name]

    foreign = neighbour(make)

    response = as_user(frida).post("/opplaringsplan/2027/nytt/", measure_answers(**{name: foreign}))

    assert response.status_code == 422
    assert not Tiltak.objects.exists()


@pytest.mark.parametrize(
    "path", ["/opplaringsplan/2027/", "/arshjul/2026/", "/plan/strategi/", "/mote/"]
)
def test_nobody_reads_without_logging_in(as_user, fjordvik, path) -> None:
    response = as_user(None).get(path)

    assert response.status_code == 302
    assert "/konto/" in response.url


def test_a_leaders_new_measure_is_proposed_for_the_own_unit(as_user, liv, nord, september) -> None:
    form = plain(as_user(liv).get("/opplaringsplan/2027/nytt/").content.decode())

    assert f'<option value="{nord.pk}" selected>' in form
