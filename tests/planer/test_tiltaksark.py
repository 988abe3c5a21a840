"""Many measures from a workbook: all of it looked over, all of it or nothing taken in."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from kompetanse.organisasjon.models import Kompetanse
from planer.models import Laringsarena, Tiltak, Tiltaksimport
from tests.planer.conftest import make_tiltak, plain


def html_of(response) -> str:
    return plain(response.content.decode())


def sheet(*rows, headings=None) -> SimpleUploadedFile:
    book = Workbook()
    for row in ((headings or HEADINGS), *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("tiltak.xlsx", file.getvalue())


HEADINGS = (
    "Tiltak", "Halvår", "Enhet", "Ansvarlig", "Målgruppe", "Stillinger i målgruppen",
    "Antall deltakere", "Frist", "Kompetanse", "Nivå", "Måte", "Læringsarena",
    "Kursavgift eller studieavgift", "Eget budsjett",
)  # fmt: skip
GOOD = (
    "Sårstell", "Vår", "nord", "Avdelingsleder", "Alle", "Sykepleier", 12, "15.03.2027",
    "Sårstell", 3, "Bruke det vi har", "Hospitering", 12500, "10 000",
)  # fmt: skip


@pytest.fixture
def lists(nord, kari):
    Kompetanse.objects.create(name="Sårstell")
    Laringsarena.objects.create(name="Hospitering")


def upload(browser, file):
    return browser.post("/opplaringsplan/2027/ark/", {"file": file}, follow=True)


def test_a_workbook_is_prepared_filled_in_looked_over_and_taken_in_whole(
    as_user, frida, lists, nord
) -> None:
    browser = as_user(frida)
    prepared = load_workbook(io.BytesIO(browser.get("/opplaringsplan/2027/ark/hent/").content))
    headings = [cell.value for cell in prepared.worksheets[0][1]]
    assert set(HEADINGS) <= set(headings)
    assert prepared.sheetnames == ["Tiltak 2027", "Lister"]

    looked_over = upload(browser, sheet(GOOD, ("Bare det som må", "høst")))
    assert not Tiltak.objects.exists()
    kept = Tiltaksimport.objects.get()
    browser.post(f"/opplaringsplan/ark/{kept.pk}/")

    assert "2 rader er klare." in html_of(looked_over)
    tiltak = Tiltak.objects.get(theme="Sårstell")
    assert (tiltak.enhet, tiltak.half, tiltak.way, tiltak.participants) == (
        nord,
        "var",
        "bruke",
        12,
    )
    assert (str(tiltak.deadline), tiltak.arena.name) == ("2027-03-15", "Hospitering")
    assert list(tiltak.kompetanser.values_list("kompetanse__name", "level")) == [("Sårstell", 3)]
    assert tiltak.malgrupper.get().kategori.name == "Sykepleier"
    assert dict(tiltak.belop.values_list("kind", "amount")) == {"fee": 12_500, "own": 10_000}
    assert Tiltak.objects.get(theme="Bare det som må").enhet is None
    assert not Tiltaksimport.objects.exists()


def test_mistakes_are_told_by_row_and_column_with_what_was_meant_and_nothing_is_taken_in(
    as_user, frida, lists
) -> None:
    wrong = list(GOOD)
    wrong[2], wrong[5], wrong[12] = "Nordd", "Sykepl.", "mye"
    browser = as_user(frida)

    html = html_of(upload(browser, sheet(GOOD, wrong, ("", "Vår"))))
    refused = browser.post(f"/opplaringsplan/ark/{Tiltaksimport.objects.get().pk}/")

    assert "1 rad er klar. 2 rader har feil." in html
    assert "Rad 3" in html
    assert "Kolonne Enhet: «Nordd» finnes ikke. Mente du «Nord»?" in html
    assert "«Sykepl.» finnes ikke. Mente du «Sykepleier»?" in html
    assert "Kolonne Kursavgift eller studieavgift: Skriv beløpet med tall" in html
    assert "Rad 4" in html
    assert refused.status_code == 422
    assert not Tiltak.objects.exists()


def test_a_leader_takes_in_for_the_own_unit_only(as_user, liv, lists, nord, sykehjemmet) -> None:
    browser = as_user(liv)
    foreign = list(GOOD)
    foreign[2] = "Sykehjemmet"

    html = html_of(upload(browser, sheet(foreign, ("Uten enhet", "Vår"))))

    assert "«Sykehjemmet» finnes ikke." in html
    assert "Velg ett svar i «Enhet»." in html


def test_another_persons_workbook_is_not_there_and_it_can_be_thrown_away(
    as_user, frida, liv, lists
) -> None:
    upload(as_user(frida), sheet(GOOD))
    path = f"/opplaringsplan/ark/{Tiltaksimport.objects.get().pk}/"

    assert as_user(liv).get(path).status_code == 404
    as_user(frida).post(path, {"forkast": "1"})
    assert not Tiltaksimport.objects.exists()
    assert not Tiltak.objects.exists()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("tiltak.xlsx", b"PK\x03\x04tull"), "skadet"),
        (SimpleUploadedFile("tiltak.xls", b"x"), "eldre Excel-format"),
        (SimpleUploadedFile("tiltak.xlsm", b"x"), "makroer"),
        (SimpleUploadedFile("tiltak.csv", b"<html>"), "nettside"),
        (sheet(headings=("Navn", "Tall")), "mangler kolonnen «Tiltak»"),
        (sheet(), "Arket har ingen tiltak"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    as_user, frida, file, sentence
) -> None:
    answer = as_user(frida).post("/opplaringsplan/2027/ark/", {"file": file})

    assert answer.status_code == 422
    assert sentence in html_of(answer)
    assert not Tiltaksimport.objects.exists()


def test_what_begins_a_formula_is_a_text(as_user, frida, lists) -> None:
    make_tiltak("Fra før")
    file = SimpleUploadedFile("tiltak.csv", "Tiltak;Halvår\n=1+1;Vår\n".encode())
    browser = as_user(frida)

    upload(browser, file)
    browser.post(f"/opplaringsplan/ark/{Tiltaksimport.objects.get().pk}/")

    assert Tiltak.objects.filter(theme="=1+1").exists()
