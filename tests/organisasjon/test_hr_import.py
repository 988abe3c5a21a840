"""The HR export becomes units, employees and positions, with a report row by row."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo import hr as demo_hr
from kompetanse import clock, tables
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.hr import actions
from kompetanse.organisasjon.hr.report import Report, lines
from kompetanse.organisasjon.models import (
    Ansatt,
    Enhet,
    Hrimport,
    Rolle,
    Stilling,
    Stillingskategori,
)
from kompetanse.tables import Row, Table

SEPTEMBER = dt.datetime(2026, 9, 1, 8, 0, tzinfo=clock.OSLO)
BASE = {
    "Ansattnr": 1001,
    "Fornavn": "Kari",
    "Etternavn": "Nilsen",
    "E-post": "kari.nilsen@fjordvik.example",
    "Fødselsår": 1985,
    "Enhetskode": "2100",
    "Enhet": "Nord",
    "Overordnet enhetskode": "2000",
    "Stillingskode": "7174",
    "Stilling": "Sykepleier",
    "Stillingsprosent": 75,
    "Ansettelsesform": "Fast",
    "Fra": dt.date(2015, 8, 1),
    "Til": None,
    "Leder": "N",
}
TOP = BASE | {
    "Ansattnr": 1,
    "Fornavn": "Vidar",
    "Etternavn": "Dahl",
    "E-post": "vidar.dahl@fjordvik.example",
    "Enhetskode": "2000",
    "Enhet": "Hjemmetjenesten",
    "Overordnet enhetskode": None,
    "Stilling": "Virksomhetsleder",
    "Stillingsprosent": 100,
    "Leder": "J",
}


@pytest.fixture(autouse=True)
def september() -> Iterator[None]:
    with clock.frozen(SEPTEMBER):
        yield


def row(**changes: Any) -> dict[str, Any]:
    """Return Kari's row with the cells named by keyword (é for column) changed."""
    names = {
        "nr": "Ansattnr",
        "enhetskode": "Enhetskode",
        "enhet": "Enhet",
        "prosent": "Stillingsprosent",
    }
    names |= {"over": "Overordnet enhetskode", "stilling": "Stilling", "form": "Ansettelsesform"}
    names |= {"fra": "Fra", "til": "Til", "leder": "Leder", "fornavn": "Fornavn", "epost": "E-post"}
    names |= {"etternavn": "Etternavn", "aar": "Fødselsår"}
    return BASE | {names[key]: value for key, value in changes.items()}


def sheet(*rows: dict[str, Any]) -> list[Table]:
    data = tuple(Row(number, tuple(cells.values())) for number, cells in enumerate(rows, start=2))
    return [Table("Ansatte", tuple(BASE), data)]


def load(*rows: dict[str, Any], **options: Any) -> Report:
    return actions.load(sheet(*rows), file_name="hr.xlsx", by=None, **options)


def figures(report: Report, *names: str) -> dict[str, int]:
    return {name: report.figures[name] for name in names}


# --- what is made


def test_a_first_import_makes_units_people_positions_and_leaders(active: Kommune) -> None:
    report = load(TOP, row())

    kari = Ansatt.objects.select_related("enhet__parent", "kategori").get(number="1001")
    assert (kari.full_name, kari.email) == ("Kari Nilsen", "kari.nilsen@fjordvik.example")
    assert (kari.birth_year, kari.employed_from) == (1985, dt.date(2015, 8, 1))
    assert (kari.enhet.code, kari.enhet.parent.code) == ("2100", "2000")
    assert kari.enhet.path == f"/{kari.enhet.parent.pk}/{kari.enhet.pk}/"
    stilling = Stilling.objects.get(ansatt=kari)
    assert (stilling.percentage, stilling.code, stilling.is_permanent) == (75, "7174", True)
    role = Rolle.objects.get()
    assert (role.ansatt.number, role.enhet.code) == ("1", "2000")
    assert figures(report, "new", "units_new", "posts_new", "leaders_new", "categories_new") == {
        "new": 2,
        "units_new": 2,
        "posts_new": 2,
        "leaders_new": 1,
        "categories_new": 2,
    }


def test_the_import_is_recorded_with_figures_and_without_names(active: Kommune) -> None:
    load(TOP, row())

    event = AuditEvent.objects.get(action="hrimport.write")
    assert event.details["figures"]["new"] == 2
    assert "Nilsen" not in str(event.details)
    assert Hrimport.objects.get().file_name == "hr.xlsx"


def test_the_unit_sheet_gives_kinds_and_leaders(active: Kommune) -> None:
    unit_sheet = Table(
        "Enheter",
        ("Enhetskode", "Enhet", "Slag", "Overordnet enhetskode", "Leder ansattnr"),
        (
            Row(2, (2100, "Nord", "avdeling", 2000, 1001)),
            Row(3, (2000, "Hjemmetjenesten", "Virksomhet", None, 1)),
        ),
    )

    actions.load([*sheet(TOP, row()), unit_sheet], file_name="hr.xlsx", by=None)

    assert dict(Enhet.objects.values_list("code", "kind")) == {
        "2000": Enhet.Kind.VIRKSOMHET,
        "2100": Enhet.Kind.AVDELING,
    }
    assert set(Rolle.objects.values_list("kode", "ansatt__number")) == {
        (Rolle.Kode.VIRKSOMHETSLEDER, "1"),
        (Rolle.Kode.LEDER, "1001"),
    }


def test_two_positions_make_one_employee_whose_main_is_the_larger(active: Kommune) -> None:
    load(TOP, row(prosent=40), row(enhetskode="2200", enhet="Sør", prosent="45,5"))

    kari = Ansatt.objects.get(number="1001")
    assert kari.enhet.code == "2200"
    assert sorted(kari.stillinger.values_list("percentage", flat=True)) == [
        Decimal("40.00"),
        Decimal("45.50"),
    ]


def test_a_position_that_has_ended_is_not_the_main_one(active: Kommune) -> None:
    load(
        TOP,
        row(prosent=40),
        row(enhetskode="2200", enhet="Sør", prosent=100, til="31.08.2026"),
    )

    assert Ansatt.objects.get(number="1001").enhet.code == "2100"


def test_all_positions_ended_means_left(active: Kommune) -> None:
    load(TOP, row(til=dt.date(2026, 6, 30)))

    kari = Ansatt.objects.get(number="1001")
    assert (kari.left_on, kari.stillinger.get().ends) == (dt.date(2026, 7, 1), dt.date(2026, 6, 30))


# --- what is wrong


def many(count: int) -> list[dict[str, Any]]:
    return [row(nr=2000 + n, fornavn=f"Fornavn{n}", epost=None) for n in range(count)]


def test_five_hundred_rows_with_four_bad_ones_are_reported_by_row_and_reason(
    active: Kommune,
) -> None:
    rows = [TOP, *many(499)]
    rows[10] |= {"Stillingsprosent": "åtti"}
    rows[20] |= {"Ansettelsesform": "Fats"}
    rows[30] |= {"Overordnet enhetskode": "200"}
    rows[40] |= {"Fra": "31.02.2020"}

    report = load(*rows)

    assert [(fault.row, fault.column, fault.suggestion) for fault in report.faults] == [
        (12, "Stillingsprosent", ""),
        (22, "Ansettelsesform", "fast"),
        (32, "Overordnet enhetskode", "2000"),
        (42, "Fra", ""),
    ]
    assert report.faults[0].reason == "«åtti» er ikke et tall."
    assert report.faults[2].reason == "Ingen enhet har koden «200»."
    assert (report.figures["new"], Ansatt.objects.count()) == (496, 496)


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"nr": None}, "Ansattnr", "Feltet er tomt."),
        ({"nr": "01018012345"}, "Ansattnr", "Dette ser ut som et fødselsnummer"),
        ({"aar": "010180 12345"}, "Fødselsår", "Dette ser ut som et fødselsnummer"),
        ({"aar": 85}, "Fødselsår", "«85» er ikke et fødselsår med fire siffer."),
        ({"aar": 2020}, "Fødselsår", "«2020» er ikke et fødselsår"),
        ({"fornavn": " "}, "Fornavn", "Feltet er tomt."),
        ({"etternavn": "x" * 81}, "Etternavn", "Teksten er lengre enn 80 tegn."),
        ({"epost": "kari@"}, "E-post", "«kari@» er ikke en e-postadresse."),
        ({"prosent": 120}, "Stillingsprosent", "«120» er ikke en prosent fra 0 til 100."),
        ({"prosent": -1}, "Stillingsprosent", "«-1» er ikke en prosent"),
        ({"prosent": "NaN"}, "Stillingsprosent", "«NaN» er ikke en prosent"),
        ({"prosent": 0.75}, "Stillingsprosent", "Oppgi prosenten som et tall fra 0 til 100."),
        ({"leder": "kanskje"}, "Leder", "«kanskje» er verken «J» eller «N»."),
        ({"til": dt.date(2014, 1, 1)}, "Til", "Til-datoen er før fra-datoen."),
        ({"fra": "i fjor"}, "Fra", "«i fjor» er ikke en dato som 31.12.2026."),
    ],
)
def test_each_kind_of_fault_is_named(
    active: Kommune, change: dict[str, Any], column: str, reason: str
) -> None:
    report = load(TOP, row(**change))

    (fault,) = report.faults
    assert (fault.row, fault.column) == (3, column)
    assert fault.reason.startswith(reason)
    assert Ansatt.objects.count() == 1


def test_a_number_with_two_names_is_a_fault_and_neither_is_stored(active: Kommune) -> None:
    report = load(TOP, row(), row(fornavn="Mari"))

    assert [(fault.row, fault.reason) for fault in report.faults] == [
        (4, "Ansattnummeret står med et annet navn i rad 3."),
    ]
    assert list(Ansatt.objects.values_list("number", flat=True)) == ["1"]


def test_one_faulty_row_leaves_all_rows_of_the_person_alone(active: Kommune) -> None:
    load(TOP, row())

    report = load(TOP, row(prosent=50), row(enhetskode="2200", enhet="Sør", prosent="x"))

    assert Stilling.objects.get(ansatt__number="1001").percentage == 75
    assert figures(report, "faults", "changed", "missing") == {
        "faults": 1,
        "changed": 0,
        "missing": 0,
    }


def test_a_missing_column_refuses_the_file_and_guesses_which_it_is(active: Kommune) -> None:
    (table,) = sheet(row())
    renamed = tuple("Ansatt-nummmer" if name == "Ansattnr" else name for name in table.columns)

    with pytest.raises(DomainError, match="Filen mangler kolonnene Ansattnr"):
        actions.load([Table("x", renamed, table.rows)], file_name="x", by=None)


def test_units_in_a_ring_refuse_the_file(active: Kommune) -> None:
    with pytest.raises(DomainError, match="2100, 2200 står under hverandre i ring"):
        load(row(over="2200"), row(nr=1002, enhetskode="2200", enhet="Sør", over="2100"))

    assert Ansatt.objects.count() == 0


def test_a_category_nearly_like_another_is_remarked_on(active: Kommune) -> None:
    load(TOP, row())

    report = load(TOP, row(), row(nr=1002, fornavn="Ola", stilling="Sykeplejer"))

    (remark,) = report.faults
    assert (remark.is_remark, remark.suggestion) == (True, "Sykepleier")
    assert Ansatt.objects.filter(kategori__name="Sykeplejer").count() == 1


# --- the second time


def test_the_same_file_again_changes_nothing(active: Kommune) -> None:
    rows = [TOP, *many(30), row(til=dt.date(2026, 12, 31)), row(enhetskode="2200", enhet="Sør")]
    load(*rows)
    before = list(Ansatt.objects.order_by("pk").values()), list(Stilling.objects.values())

    report = load(*rows)

    assert report.is_unchanged
    assert report.figures["unchanged"] == 32
    assert (list(Ansatt.objects.order_by("pk").values()), list(Stilling.objects.values())) == before
    assert Rolle.objects.count() == 1


def test_a_new_unit_moves_the_employee_and_ends_the_old_position(active: Kommune) -> None:
    load(TOP, row())

    report = load(TOP, row(enhetskode="2200", enhet="Sør", fra=dt.date(2026, 9, 1)))

    kari = Ansatt.objects.get(number="1001")
    assert kari.enhet.code == "2200"
    assert dict(kari.stillinger.values_list("enhet__code", "ends")) == {
        "2100": dt.date(2026, 8, 31),
        "2200": None,
    }
    assert figures(report, "moved", "posts_new", "posts_ended") == {
        "moved": 1,
        "posts_new": 1,
        "posts_ended": 1,
    }
    assert load(TOP, row(enhetskode="2200", enhet="Sør", fra=dt.date(2026, 9, 1))).is_unchanged


def test_a_changed_share_and_name_are_changed(active: Kommune) -> None:
    load(TOP, row())

    report = load(TOP, row(prosent=80, etternavn="Berg"))

    kari = Ansatt.objects.get(number="1001")
    assert (kari.last_name, kari.stillinger.get().percentage) == ("Berg", 80)
    assert figures(report, "changed", "moved", "posts_changed") == {
        "changed": 1,
        "moved": 0,
        "posts_changed": 1,
    }


def test_an_empty_cell_does_not_erase_what_we_know(active: Kommune) -> None:
    load(TOP, row())

    report = load(TOP, row(epost=None, aar=None))

    kari = Ansatt.objects.get(number="1001")
    assert (kari.email, kari.birth_year) == ("kari.nilsen@fjordvik.example", 1985)
    assert report.is_unchanged


def test_whoever_is_not_in_the_file_is_proposed_as_a_leaver_and_kept(active: Kommune) -> None:
    load(TOP, row())

    report = load(TOP)

    assert [ansatt.number for ansatt in report.missing] == ["1001"]
    kari = Ansatt.objects.get(number="1001")
    assert (kari.left_on, kari.stillinger.get().ends) == (None, None)


def test_whoever_comes_back_is_no_longer_left(active: Kommune) -> None:
    load(TOP, row(til=dt.date(2026, 6, 30)))

    load(TOP, row(fra=dt.date(2026, 8, 15)))

    assert Ansatt.objects.get(number="1001").left_on is None


def test_a_unit_that_moves_takes_what_is_below_it_along(active: Kommune) -> None:
    load(TOP, row())
    other = TOP | {"Ansattnr": 2, "Fornavn": "Siri", "Enhetskode": "3000", "Enhet": "Sykehjemmet"}

    report = load(TOP, other, row(over="3000", enhet="Avdeling nord"))

    nord = Enhet.objects.select_related("parent").get(code="2100")
    assert (nord.name, nord.parent.code) == ("Avdeling nord", "3000")
    assert nord.path == f"{nord.parent.path}{nord.pk}/"
    assert report.figures["units_changed"] == 1


def test_a_new_leader_leaves_the_old_one_for_people_to_decide(active: Kommune) -> None:
    load(TOP | {"Leder": "J"}, row())

    report = load(
        TOP | {"Leder": "N"},
        row(),
        row(
            nr=1002, fornavn="Ola", enhetskode="2000", enhet="Hjemmetjenesten", over=None, leder="J"
        ),
    )

    assert [(ansatt.number, enhet.code) for ansatt, enhet in report.doubtful] == [("1", "2000")]
    assert Rolle.objects.count() == 2


# --- all or nothing, and only here


def test_a_trial_stores_nothing(active: Kommune) -> None:
    report = load(TOP, row(), is_trial=True)

    assert report.figures["new"] == 2
    assert (Ansatt.objects.count(), Enhet.objects.count(), Hrimport.objects.count()) == (0, 0, 0)


def test_a_failure_halfway_stores_nothing(active: Kommune, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("strømbrudd")

    monkeypatch.setattr(actions.audit, "record", fail)

    with pytest.raises(RuntimeError):
        load(TOP | {"Leder": "N"}, row())

    assert (Ansatt.objects.count(), Enhet.objects.count()) == (0, 0)
    assert Stillingskategori.objects.count() == 0


def test_the_neighbour_with_the_same_numbers_and_codes_is_untouched(
    fjordvik: Kommune, nabovik: Kommune
) -> None:
    with as_kommune(nabovik.pk):
        load(TOP, row(fornavn="Kanarifugl"))
        before = list(Ansatt.objects.values()), list(Enhet.objects.values())

    with as_kommune(fjordvik.pk):
        report = load(TOP, row())
        assert report.figures["new"] == 2
        assert Ansatt.objects.count() == 2

    with as_kommune(nabovik.pk):
        assert (list(Ansatt.objects.values()), list(Enhet.objects.values())) == before


def test_queries_do_not_grow_with_the_rows(active: Kommune) -> None:
    def count(rows: list[dict[str, Any]]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            load(TOP, *rows)
        return len(queries)

    count(many(1))
    new = count(many(3)), count(many(60))
    changed = [entry | {"Stillingsprosent": 50, "Etternavn": "Ny"} for entry in many(60)]

    assert new[0] == new[1]
    assert count(changed[:2]) == count(changed)


# --- the command, and the demonstration's own files


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("import_hr", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_reads_modums_three_hundred_and_then_finds_nothing_new(
    fjordvik: Kommune,
) -> None:
    file = str(demo_hr.DATA / "modum" / "hr.xlsx")

    first, second = command("fjordvik", file), command("fjordvik", file)

    assert "Ansatte: 300 nye, 0 endret, 0 flyttet, 0 uendret" in first
    assert "Enheter: 28 nye" in first
    assert "Ansatte: 0 nye, 0 endret, 0 flyttet, 300 uendret" in second
    assert "Alt var likt fra før." in second
    with as_kommune(fjordvik.pk):
        virksomheter = Enhet.objects.filter(kind=Enhet.Kind.VIRKSOMHET)
        assert virksomheter.count() == 11
        assert Rolle.objects.filter(kode=Rolle.Kode.VIRKSOMHETSLEDER).count() == 11


def test_the_command_reads_siljans_older_csv(fjordvik: Kommune) -> None:
    assert "Ansatte: 72 nye" in command("fjordvik", str(demo_hr.DATA / "siljan" / "hr.csv"))

    with as_kommune(fjordvik.pk):
        school = Enhet.objects.get(name="Grunnskolen")
        assert (school.kind, school.parent.kind) == (Enhet.Kind.VIRKSOMHET, Enhet.Kind.SEKTOR)


def test_the_command_tries_without_storing(fjordvik: Kommune) -> None:
    told = command("fjordvik", str(demo_hr.DATA / "siljan" / "hr.csv"), "--dry-run")

    assert "Ingenting er lagret." in told
    with as_kommune(fjordvik.pk):
        assert Ansatt.objects.count() == 0


def test_the_command_says_what_is_wrong_with_the_file(fjordvik: Kommune, tmp_path: Path) -> None:
    not_a_table = tmp_path / "hr.xlsx"
    not_a_table.write_bytes(b"%PDF-1.7")

    with pytest.raises(CommandError, match="Filen er ikke en Excel-arbeidsbok"):
        command("fjordvik", str(not_a_table))
    with pytest.raises(CommandError, match="finnes ikke"):
        command("fjordvik", str(tmp_path / "borte.csv"))
    with pytest.raises(CommandError, match="Ingen kommune har adressen «borte»"):
        command("borte", str(not_a_table))


def test_the_report_reads_as_sentences(active: Kommune) -> None:
    load(TOP, row(nr=1002, fornavn="Ola"))

    told = list(lines(load(TOP, row(form="Fats")), is_trial=False))

    assert (
        "  Rad 3, Ansettelsesform: «fats» er verken «Fast» eller «Midlertidig». Mente du «fast»?"
        in told
    )
    assert "  1002 Ola Nilsen, Nord" in told


@pytest.mark.parametrize(("name", "count"), [("modum/hr.xlsx", 300), ("siljan/hr.csv", 72)])
def test_the_committed_files_are_those_that_the_generator_makes(name: str, count: int) -> None:
    register = demo_hr.modum() if count == 300 else demo_hr.siljan()

    table = tables.read(demo_hr.DATA / name, filename=name)

    numbers = [int(str(cells["Ansattnr"])) for _number, cells in table.records()]
    assert numbers == [post.person.number for post in register.posts]
    assert len(set(numbers)) == count
