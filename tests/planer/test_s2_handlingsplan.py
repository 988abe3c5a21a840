"""S2: needs → meeting with the unions → costed proposal → leader group → budget export."""

import csv
import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kartlegging.models import Behov, Behovsskjema
from kompetanse import clock
from kompetanse.kommuner import once
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from kompetanse.varsler.models import Varsel
from planer.actions import handlingsplan as actions
from planer.models import (
    Fokusomrade,
    Handlingsplan,
    Handlingspunkt,
    Kontodel,
    Kontokode,
    Mote,
    Okonomiplan,
    Tiltak,
)
from planer.queries import budsjett
from planer.queries import handlingsplan as queries
from planer.queries.handlingsplan import Punkt
from tests.conftest import give, make_ansatt
from tests.planer.conftest import cells, make_mote, make_tiltak, pdf_text, plain

YEAR = 2027
PAGE = f"/handlingsplan/{YEAR}/"


@pytest.fixture
def hr(kommunen: Enhet) -> Ansatt:
    """Per, the HR manager, who leads the work."""
    return give(make_ansatt("Per", "Sjef", kommunen), Rolle.Kode.PERSONALSJEF, kommunen)


@pytest.fixture
def direktor(kommunen: Enhet) -> Ansatt:
    """Dag, the chief executive, who decides for the leader group."""
    return give(make_ansatt("Dag", "Rø", kommunen), Rolle.Kode.KOMMUNEDIREKTOR, kommunen)


@pytest.fixture
def partsmote(september) -> Mote:
    return make_mote(date(2026, 8, 31), "Partsmøte")


@pytest.fixture
def tiltak(sykehjemmet, nord, plan) -> list[Tiltak]:
    return [
        make_tiltak("Palliasjon", enhet=sykehjemmet, belop={"fee": 12_000, "substitute": 16_000}),
        make_tiltak("Lesing", enhet=nord, belop={"fee": 10_000, "travel": 5_000, "own": 15_000}),
        make_tiltak("Faddere", belop={"other_cost": 6_000}),
        make_tiltak("Ernæring", enhet=nord, belop={"fee": 4_000}),
    ]


@pytest.fixture
def forslag(tiltak, partsmote, hr) -> Handlingsplan:
    """All four, laid before the leader group by Per."""
    plan = actions.begin(YEAR, by=hr)
    plan = actions.change(
        plan, mote=partsmote, comment="", tiltak=tiltak, version=plan.version, by=hr
    )
    return actions.propose(plan, by=hr)


def point(theme: str) -> Handlingspunkt:
    return Handlingspunkt.objects.get(tiltak__theme=theme)


def weigh(browser, theme: str, verdict: str, **more):
    answers = {"engangsnokkel": once.new_token(), "verdict": verdict} | more
    return browser.post(f"/handlingsplan/punkt/{point(theme).pk}/", answers)


def decide_all(direktor, forslag) -> Handlingsplan:
    for theme, verdict, amount, reason in (
        ("Lesing", "endret", 10_001, "Færre reiser"),
        ("Faddere", "utsatt", 0, "Venter på HR"),
        ("Ernæring", "avslatt", 0, "Løses i enheten"),
    ):
        actions.weigh(point(theme), verdict=verdict, amount=amount, reason=reason, by=direktor)
    actions.approve_rest(forslag, by=direktor)
    plan = queries.of_year(YEAR)
    return actions.decide(plan, case_number="26/118", version=plan.version, by=direktor)


def test_s2_the_whole_path_through_the_pages(
    as_user, tiltak, partsmote, hr, direktor, turid, frida, sykehjemmet, nord
) -> None:
    skjema = Behovsskjema.objects.create(
        enhet=sykehjemmet, year=YEAR, status="submitted", submitted_at=clock.now(), submitted_by=hr
    )
    Behov.objects.create(skjema=skjema, what="Palliasjon", kind="learn", number=4, urgency=1)
    Behov.objects.create(
        skjema=skjema, what="Kjøkkenlære", kind="learn", number=1, urgency=2, is_lifted=False
    )
    manager, chief, union = as_user(hr), as_user(direktor), as_user(turid)
    path = plain(union.get(f"/lop/{YEAR}/").content.decode())
    assert "Palliasjon" in path
    assert "Kjøkkenlære" not in path
    assert "Lag tiltak" not in path
    assert "theme=Palliasjon" in as_user(frida).get(f"/lop/{YEAR}/").content.decode()

    manager.post(f"{PAGE}lag/")
    assert manager.post(f"{PAGE}steg/propose/").status_code == 409
    plan = queries.of_year(YEAR)
    manager.post(
        f"{PAGE}endre/",
        {
            "versjon": plan.version,
            "mote": partsmote.pk,
            "comment": "Etter partsmøtet",
            "tiltak": [each.pk for each in tiltak],
        },
    )
    manager.post(f"{PAGE}steg/propose/")
    assert chief.get(PAGE).status_code == union.get(PAGE).status_code == 200
    assert weigh(chief, "Lesing", "endret", amount="10 001").status_code == 422
    weigh(chief, "Lesing", "endret", amount="10 001", reason="Færre reiser")
    weigh(chief, "Faddere", "utsatt", reason="Venter på HR")
    chief.post(f"{PAGE}resten/")
    plan = queries.of_year(YEAR)
    chief.post(f"{PAGE}vedta/", {"versjon": plan.version, "case_number": "26/118"})

    plan = queries.of_year(YEAR)
    assert (plan.status, plan.decided_by, plan.capacity) == ("vedtatt", direktor, "kommunedirektor")
    assert Tiltak.objects.get(theme="Faddere").status == Tiltak.Status.POSTPONED
    assert queries.action_plan(plan).approved == 28_000 + 10_001 + 4_000
    assert Varsel.objects.filter(recipient=hr, kind="handlingsplan").count() == 1
    done = plain(manager.get(f"/lop/{YEAR}/").content.decode())
    assert done.count('class="is-done"') == 5 - ("is-now" in done)


def test_s2_the_budgets_sums_are_the_plans_on_page_csv_xlsx_and_paper(
    as_user, forslag, direktor, hr, nord, sykehjemmet
) -> None:
    art = Kontodel.objects.create(order=1, name="Art", source="kostnad", default="1129")
    Kontokode.objects.create(part=art, key="fee", code="1150")
    ansvar = Kontodel.objects.create(order=2, name="Ansvar", source="enhet")
    Kontokode.objects.create(part=ansvar, key=nord.code, code="3110")
    Kontodel.objects.create(order=3, name="Prosjekt", source="fast", default="K27")
    decide_all(direktor, forslag)
    browser = as_user(hr)

    told = browser.get(f"{PAGE}budsjett/csv/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told), delimiter=";"))
    sheet = cells(browser.get(f"{PAGE}budsjett/xlsx/"))

    assert rows[0] == [
        "Art", "Ansvar", "Prosjekt", "Tiltak", "Enhet", "Slag kostnad", "Beløp",
    ]  # fmt: skip
    by_line = {(row[3], row[5]): row for row in rows[1:]}
    fee = by_line["Lesing", "Kursavgift eller studieavgift"]
    assert fee[:3] == ["1150", "3110", "K27"]
    assert by_line["Palliasjon", "Vikar"][:2] == ["1129", sykehjemmet.code]
    assert sum(int(row[6]) for row in rows[1:]) == sheet[-1][-1] == 38_001
    page = plain(browser.get(f"{PAGE}budsjett/").content.decode()).replace("\xa0", " ")
    assert "38 001 kr" in page
    assert "Godkjent 38 001 kr" in pdf_text(browser.get(f"{PAGE}pdf/")).replace("\xa0", " ")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["fee", "substitute", "travel", "literature", "other_cost"]),
        st.integers(1, 10**7),
        min_size=1,
    ),
    st.integers(0, 10**8),
)
def test_s2_what_is_approved_is_divided_to_the_krone(costs, approved) -> None:
    punkt = Punkt(
        id=1, tiltak_id=1, theme="", enhet="", enhet_code="", fokus="", costs=costs,
        proposed=sum(costs.values()), verdict="endret", approved=approved, reason="",
    )  # fmt: skip

    split = punkt.split

    assert sum(amount for _kind, amount in split) == approved
    assert all(amount >= 0 for _kind, amount in split)


def test_s2_money_for_a_measure_without_a_price_is_another_cost(forslag) -> None:
    punkt = Punkt(
        id=1, tiltak_id=1, theme="", enhet="", enhet_code="", fokus="", costs={}, proposed=0,
        verdict="endret", approved=500, reason="",
    )  # fmt: skip

    assert punkt.split == [("other_cost", 500)]


def test_s2_nothing_goes_to_the_budget_before_it_is_decided(as_user, forslag, hr) -> None:
    assert as_user(hr).get(f"{PAGE}budsjett/csv/").status_code == 404


def test_s2_a_decided_plan_stands_whatever_happens_to_its_measures(
    as_user, forslag, direktor, hr, tiltak
) -> None:
    plan = decide_all(direktor, forslag)
    tiltak[0].belop.update(amount=1)
    Tiltak.objects.filter(pk=tiltak[0].pk).update(theme="Noe annet")

    shown = queries.action_plan(plan)

    assert shown.proposed == 28_000 + 15_000 + 6_000 + 4_000
    assert shown.lines[0].theme != "Noe annet"
    assert weigh(as_user(direktor), "Lesing", "godkjent").status_code == 409
    assert as_user(hr).post(f"{PAGE}steg/recall/").status_code == 409


def test_s2_nobody_decides_on_an_own_proposal_and_leaders_not_at_all(
    as_user, tiltak, partsmote, direktor, kommunen, liv, turid
) -> None:
    give(direktor, Rolle.Kode.PERSONALSJEF, kommunen)
    direktor.__dict__.pop("_held", None)
    plan = actions.begin(YEAR, by=direktor)
    actions.change(
        plan, mote=partsmote, comment="", tiltak=tiltak, version=plan.version, by=direktor
    )
    actions.propose(plan, by=direktor)

    assert weigh(as_user(direktor), "Lesing", "godkjent").status_code == 403
    assert weigh(as_user(liv), "Lesing", "godkjent").status_code == 403
    assert weigh(as_user(turid), "Lesing", "godkjent").status_code == 403


def test_s2_all_must_be_weighed_before_it_is_decided(as_user, forslag, direktor) -> None:
    plan = queries.of_year(YEAR)

    answer = as_user(direktor).post(f"{PAGE}vedta/", {"versjon": plan.version})

    assert answer.status_code == 409
    assert queries.of_year(YEAR).status == "forslag"


def test_s2_taken_back_the_verdicts_are_forgotten_and_the_proposal_can_change(
    as_user, forslag, direktor, hr
) -> None:
    weigh(as_user(direktor), "Lesing", "avslatt", reason="Nei")

    as_user(hr).post(f"{PAGE}steg/recall/")

    assert queries.of_year(YEAR).status == "utkast"
    assert set(Handlingspunkt.objects.values_list("verdict", flat=True)) == {""}


def test_s2_granted_education_is_not_proposed_anew(tiltak, hr) -> None:
    make_tiltak("Master", origin="soknad:17", belop={"fee": 1_000})

    plan = actions.begin(YEAR, by=hr)

    themes = {punkt.tiltak.theme for punkt in plan.punkter.select_related("tiltak")}
    assert themes == {"Palliasjon", "Lesing", "Faddere", "Ernæring"}


def test_s2_the_tenant_maps_its_own_account_string(as_user, hr, liv, nord) -> None:
    browser = as_user(hr)
    browser.post(
        "/handlingsplan/konto/ny/",
        {"engangsnokkel": once.new_token(), "name": "Ansvar", "source": "enhet", "default": ""},
    )
    part = Kontodel.objects.get()
    keys = [key for key, _name in budsjett.part_keys(part.source)]

    browser.post(
        f"/handlingsplan/konto/{part.pk}/",
        {"default": "3000", f"kode-{keys.index(nord.code)}": "3110"},
    )

    part.refresh_from_db()
    assert (part.default, budsjett.codes_of(part)) == ("3000", {nord.code: "3110"})
    assert as_user(liv).get("/handlingsplan/konto/").status_code == 403


def test_s2_a_part_of_the_account_follows_the_focus_areas_of_the_plan_in_force(plan, draft) -> None:
    Fokusomrade.objects.create(plan=draft, order=1, name="Bare i utkastet")

    keys = budsjett.part_keys(Kontodel.Source.FOCUS)

    assert keys == [(name, name) for name in ("Bredere kompetanse", "Geriatri")]


def test_s1_the_path_shows_whose_plans_follow_the_economic_plan(
    as_user, hr, frida, plan, september
) -> None:
    as_user(hr).post(
        "/handlingsplan/okonomiplan/",
        {
            "engangsnokkel": once.new_token(),
            "name": "Økonomiplan",
            "first_year": "2025",
            "last_year": "2028",
        },
    )
    assert Okonomiplan.objects.count() == 1
    assert "Følger økonomiplanen" in as_user(hr).get(f"/lop/{YEAR}/").content.decode()

    plan.last_year = 2030
    plan.save()

    page = as_user(hr).get(f"/lop/{YEAR}/").content.decode()
    assert "En annen periode" in page
    assert f"Opplæringsplan {YEAR}" in page


def test_s1_the_path_shows_the_economic_plan_also_when_no_strategy_is_in_force(
    as_user, hr, september
) -> None:
    Okonomiplan.objects.create(name="Økonomiplanen", first_year=2025, last_year=2028)
    Okonomiplan.objects.create(name="Den gamle", first_year=2021, last_year=2024)

    page = as_user(hr).get(f"/lop/{YEAR}/").content.decode()

    assert "Økonomiplanen: 2025–2028" in page
    assert "ikke ført inn ennå" not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_s2_path_and_plan_cost_the_same_queries_whatever_the_measures(
    as_user, queries_of, hr, partsmote, nord, rows
) -> None:
    tiltak = [make_tiltak(f"Tiltak {n}", enhet=nord, belop={"fee": 100}) for n in range(rows)]
    plan = actions.begin(YEAR, by=hr)
    actions.change(plan, mote=partsmote, comment="", tiltak=tiltak, version=plan.version, by=hr)
    actions.propose(plan, by=hr)

    assert queries_of(as_user(hr), PAGE) == 6
    assert queries_of(as_user(hr), f"/lop/{YEAR}/") == 10


def test_s2_what_another_weighed_meanwhile_is_not_approved_with_the_rest(forslag, direktor) -> None:
    seen = Handlingsplan.objects.get(pk=forslag.pk)
    actions.weigh(point("Lesing"), verdict="utsatt", amount=0, reason="Venter", by=direktor)

    assert actions.approve_rest(seen, by=direktor) == 3
    assert point("Lesing").verdict == "utsatt"


def test_s2_only_who_decides_approves_the_rest(forslag, hr, liv) -> None:
    for person in (hr, liv):
        with pytest.raises(PermissionDenied):
            actions.approve_rest(forslag, by=person)


def test_s2_the_proposal_stands_in_the_order_it_is_given(forslag, tiltak, hr) -> None:
    plan = actions.recall(forslag, by=hr)
    order = [tiltak[2], tiltak[0], tiltak[3]]
    actions.change(plan, mote=plan.mote, comment="", tiltak=order, version=plan.version, by=hr)

    assert [row.tiltak for row in plan.punkter.order_by("order")] == order
