"""Files made to hurt whoever opens them end in a Norwegian sentence, soon and in little memory."""

import contextlib
import io
import re
import resource
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from kompetanse import bounded, tables
from kompetanse.tables import TableError, reading

SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 500


@pytest.fixture(autouse=True)
def within_the_limits() -> Iterator[None]:
    """Every test here, whatever the file, stays within the promised processor time and memory."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    used = _child_seconds()
    yield
    assert _child_seconds() - used < reading.CPU_SECONDS + 1
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    assert after <= max(before, MOST_MEGABYTES)


def _child_seconds() -> float:
    """Return the processor time of all ended children: the same on an idle and a busy machine."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["B2"] = "Ansattnr", 2
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(change: Callable[[str], str], *, entry: str = SHEET) -> bytes:
    """Return a workbook where one entry has been through `change`."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name == entry else text)
    return file.getvalue()


def with_entry(name: str, content: bytes) -> bytes:
    file = io.BytesIO(workbook())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def first_cell(xml: str) -> Callable[[str], str]:
    return lambda text: re.sub(r'<c r="A1".*?</c>', xml, text)


def refused(source: bytes | Path, filename: str = "ansatte.xlsx") -> str:
    with pytest.raises(TableError) as caught:
        tables.read(source, filename=filename)
    return str(caught.value)


# --- workbooks


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1", "ZZZZZZZ1", "A999999999"])
def test_a_far_cell_is_named(cell: str) -> None:
    sentence = refused(changed(lambda text: text.replace('r="B2"', f'r="{cell}"')))

    assert cell in sentence
    assert "Kopier tabellen til et nytt, tomt regneark" in sentence


def test_a_far_row_without_cell_references_is_refused() -> None:
    row = '<row r="1048576"><c><v>1</v></c></row></sheetData>'

    sentence = refused(changed(lambda text: text.replace("</sheetData>", row)))

    assert "A1048576" in sentence


def test_a_far_cell_with_style_but_no_content_is_let_pass() -> None:
    row = '<row r="1048576"><c r="XFD1048576"/></row></sheetData>'

    table = tables.read(
        changed(lambda text: text.replace("</sheetData>", row)), filename="ansatte.xlsx"
    )

    assert table.columns == ("Ansattnr",)
    assert [row.cells for row in table.rows] == [(None, 2)]


def test_a_far_cell_in_an_entry_with_a_misleading_name_is_refused() -> None:
    sheet = b'<worksheet><sheetData><row><c r="XFD1048576"><v>1</v></c></row></sheetData>'

    assert "XFD1048576" in refused(with_entry("xl/media/image1.png", sheet))


def test_billion_laughs_are_refused() -> None:
    entities = '<!ENTITY a "haha">' + "".join(
        f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
    )
    cell = first_cell('<c r="A1" t="inlineStr"><is><t>&j;</t></is></c>')

    sentence = refused(changed(lambda text: f"<!DOCTYPE w [{entities}]>{cell(text)}"))

    assert sentence.startswith("Filen inneholder XML-erklæringer som Excel ikke lager")


@pytest.mark.parametrize("entry", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_an_external_entity_is_refused_and_not_read(entry: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("kanarifugl")
    doctype = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]>'

    sentence = refused(changed(lambda text: doctype + text, entry=entry))

    assert "kanarifugl" not in sentence
    assert sentence.startswith("Filen inneholder XML-erklæringer")


def test_a_zip_bomb_is_refused() -> None:
    bomb = with_entry("xl/media/image1.bin", bytes(200 * MEGABYTE))

    assert len(bomb) < MEGABYTE
    assert "pakkes ut" in refused(bomb)


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    size = 200 * MEGABYTE
    bomb = with_entry("xl/media/image1.bin", bytes(size))

    sentence = refused(bomb.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))

    assert sentence.startswith("Filen er skadet")


def test_an_archive_of_very_many_entries_is_refused() -> None:
    file = io.BytesIO(workbook())
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/{number}", b"")

    assert "pakkes ut" in refused(file.getvalue())


def test_padding_of_empty_elements_is_refused() -> None:
    padding = "<c/>" * 5_000_000

    sentence = refused(changed(lambda text: text.replace("</sheetData>", padding)))

    assert "celler med innhold" in sentence


def test_deep_nesting_is_refused() -> None:
    nesting = "<row>" * 500_000

    assert refused(changed(lambda text: text.replace("<row", nesting + "<row", 1)))


def test_a_long_shared_string_used_by_very_many_cells_is_refused() -> None:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>"
    sheet = changed(lambda text: text.replace("</sheetData>", row * 3000 + "</sheetData>"))
    strings = f"<sst><si><t>{'A' * 32_000}</t></si></sst>"
    file = io.BytesIO(sheet)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", strings)

    assert "for stor" in refused(file.getvalue())


def test_an_endless_cell_is_refused_with_its_row() -> None:
    sentence = refused(
        changed(first_cell(f'<c r="A1" t="inlineStr"><is><t>{"A" * 40_000}</t></is></c>'))
    )

    assert sentence.startswith("Rad 1 har en celle med mer enn 32767 tegn")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook_is_refused(share: float) -> None:
    whole = workbook()

    assert refused(whole[: int(len(whole) * share)]).startswith("Filen er skadet")


def test_a_workbook_with_flipped_bytes_is_refused_or_read_but_never_more() -> None:
    whole = bytearray(workbook())
    for position in range(0, len(whole), len(whole) // 12):
        harmed = bytes(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
        with contextlib.suppress(TableError):
            assert len(tables.read(harmed, filename="ansatte.xlsx").rows) <= 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen er tom."),
        (b"   \n", "Filen er tom."),
        (b"<html><table><tr><td>1</td></tr></table></html>", "Filen er en nettside"),
        (b"\xef\xbb\xbf<!DOCTYPE html><table>", "Filen er en nettside"),
        (b"%PDF-1.7\n", "Filen er ikke en Excel-arbeidsbok"),
        (b"Ansattnr;Navn\n1;Kari\n", "Filen er ikke en Excel-arbeidsbok"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "Filen er i et eldre Excel-format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "Filen er beskyttet med passord.",
        ),
    ],
)
def test_another_format_renamed_to_xlsx_is_named(content: bytes, sentence: str) -> None:
    assert refused(content).startswith(sentence)


def test_a_macro_workbook_is_refused_whatever_it_is_called() -> None:
    macro = with_entry("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")

    assert refused(macro).startswith("Filen inneholder makroer")
    assert refused(workbook(), "ansatte.xlsm").startswith("Filen inneholder makroer")


def test_another_office_document_renamed_to_xlsx_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")

    assert refused(file.getvalue()).startswith("Filen er ikke en Excel-arbeidsbok")


@pytest.mark.parametrize("filename", ["ansatte.pdf", "ansatte", "ansatte.xlsx.exe", "ansatte.ods"])
def test_other_extensions_are_refused(filename: str) -> None:
    assert refused(workbook(), filename).endswith("Bruk .xlsx eller .csv.")


def test_a_formula_without_a_stored_result_is_named() -> None:
    sentence = refused(changed(first_cell('<c r="A1"><f>1+1</f></c>')))

    assert sentence.startswith("Celle A1 har en formel uten lagret resultat.")


def test_a_formula_in_the_last_cell_is_named_too() -> None:
    row = '<row r="3"><c r="C3"><f>SUM(B2:B2)</f></c></row></sheetData>'

    sentence = refused(changed(lambda text: text.replace("</sheetData>", row)))

    assert sentence.startswith("Celle C3 har en formel")


def test_a_formula_with_its_result_is_read_as_the_result() -> None:
    content = changed(first_cell('<c r="A1" t="str"><f>"An"&amp;"sattnr"</f><v>Ansattnr</v></c>'))

    assert tables.read(content, filename="a.xlsx").columns == ("Ansattnr",)


@pytest.mark.parametrize("filename", ["ansatte.xlsx", "ansatte.csv"])
def test_a_program_under_another_name_is_refused(filename: str) -> None:
    program = b"MZ\x90\0\3\0\0\0" + bytes(range(256)) * 40

    assert refused(program, filename).startswith("Filen ")


# --- csv


def test_a_gigabyte_is_refused_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def started(*arguments: object) -> None:
        raise AssertionError("a child was started")

    monkeypatch.setattr(bounded, "_run", started)
    path = tmp_path / "ansatte.csv"
    with path.open("wb") as file:
        file.truncate(1024 * MEGABYTE)

    sentence = refused(path, "ansatte.csv")

    assert sentence.startswith("Filen er større enn 20 MB.")


def test_one_endless_line_is_refused() -> None:
    assert refused(b"A" * (19 * MEGABYTE), "ansatte.csv").startswith("Rad 1 har en celle")


def test_one_endless_line_of_separators_is_refused() -> None:
    assert refused(b"a;b\n" + b"1;" * (9 * MEGABYTE), "a.csv").startswith("Rad 2 har flere enn 100")


def test_very_many_lines_are_refused() -> None:
    assert "flere enn 20000 rader" in refused(b"1\n" * 5_000_000, "ansatte.csv")


def test_an_unclosed_quote_is_named_with_its_row() -> None:
    sentence = refused(b'a;b\n1;2\n"3;4\n5;6\n', "ansatte.csv")

    assert sentence.startswith("Anførselstegnet som begynner på rad 3")


def test_ten_million_rows_are_refused_by_size_or_by_rows() -> None:
    assert "større enn 20 MB" in refused(b"1;2\n" * 10_000_000, "ansatte.csv")
    assert "flere enn 20000 rader" in refused(b"1\n" * 10_000_000, "ansatte.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_usual_encodings_and_separators_are_read(encoding: str, separator: str) -> None:
    lines = [("Ansattnr", "Navn"), ("1", "Bjørnær Ådland"), ("2", '"a b"')]
    content = "\r\n".join(separator.join(cells) for cells in lines).encode(encoding)

    table = tables.read(content, filename="a.csv")

    assert table.columns == ("Ansattnr", "Navn")
    assert [row.cells for row in table.rows] == [("1", "Bjørnær Ådland"), ("2", "a b")]


def test_rows_keep_their_numbers_when_lines_break_inside_quotes() -> None:
    table = tables.read(b'a;b\n"1\n1";2\n\n3;4\n', filename="a.csv")

    assert [(row.number, row.cells) for row in table.rows] == [(2, ("1\n1", "2")), (4, ("3", "4"))]


def test_nul_bytes_are_refused() -> None:
    assert refused(b"Ansattnr;Navn\n1;Ka\0ri\n", "a.csv").startswith("Filen inneholder tegn")


def test_a_workbook_named_csv_is_told_its_right_name() -> None:
    assert "Gi den endelsen .xlsx" in refused(workbook(), "ansatte.csv")


def test_random_bytes_named_csv_never_get_further_than_a_table_or_a_sentence() -> None:
    noise = bytes((number * 7919 + number // 251) % 256 for number in range(50_000))

    assert refused(noise, "ansatte.csv")


# --- the child itself


def test_a_child_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hanging = tmp_path / "child.py"
    hanging.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(reading, "_CHILD", hanging)
    monkeypatch.setattr(bounded, "WALL_SECONDS", 0.3)

    assert refused(workbook()).startswith("Det tok for lang tid")


def test_a_child_that_dies_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dying = tmp_path / "child.py"
    dying.write_text("import os\nos.abort()\n")
    monkeypatch.setattr(reading, "_CHILD", dying)

    assert "for stor" in refused(workbook())


def test_the_child_has_none_of_the_applications_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    telling = tmp_path / "child.py"
    telling.write_text(
        "import json, os\nprint(json.dumps({'sheets': [['', [sorted(os.environ)]]]}))\n"
    )
    monkeypatch.setattr(reading, "_CHILD", telling)
    monkeypatch.setenv("SECRET_KEY", "kanarifugl")

    assert "SECRET_KEY" not in tables.read(workbook(), filename="a.xlsx").columns
