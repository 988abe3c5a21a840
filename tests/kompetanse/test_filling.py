"""Someone else's workbook is filled, and every byte that is not ours stays as it was."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill

from kompetanse import tables
from kompetanse.tables import FormCell, TableError

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def workbook():
    """A form with formulas, styles, a drawing, a hidden sheet and a macro that nobody runs."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Måloppnåelse"
    sheet.append(["Rapport"])
    sheet.append([])
    sheet.append(["Tiltak", "Planlagt", "Fullført", "Differanse"])
    for row, name in ((4, "Geriatri"), (5, "Palliasjon & lindring")):
        sheet.cell(row, 1, name).font = Font(bold=True)
        sheet.cell(row, 3).fill = PatternFill("solid", fgColor="FFFF00")
        sheet.cell(row, 4, f"=B{row}-C{row}")
    sheet["B5"] = 7
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=3, max_row=5), titles_from_data=True)
    sheet.add_chart(chart, "F2")
    hidden = book.create_sheet("Koder")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "hemmelig"
    file = BytesIO()
    book.save(file)
    return with_entry(file.getvalue(), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 makro")


def with_entry(archive, name, content):
    file = BytesIO(archive)
    with zipfile.ZipFile(file, "a") as opened:
        opened.writestr(name, content)
    return file.getvalue()


def stored(archive):
    """Return by name the bytes of every entry as they lie in the file, header and all."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        entries = sorted(opened.infolist(), key=lambda entry: entry.header_offset)
        ends = [*(entry.header_offset for entry in entries[1:]), opened.start_dir]
    return {
        entry.filename: archive[entry.header_offset : end]
        for entry, end in zip(entries, ends, strict=True)
    }


CELLS = (
    FormCell("Måloppnåelse", 4, 2, 12),
    FormCell("Måloppnåelse", 4, 3, "Ti & to <nådd>"),
    FormCell("Måloppnåelse", 9, 1, "=1+1"),
    FormCell("Måloppnåelse", 4, 4, 99),
    FormCell("Måloppnåelse", 5, 2, 8),
)


def test_m14_every_other_part_of_the_workbook_is_the_same_byte_by_byte(workbook):
    before = stored(workbook)

    filled = tables.fill(workbook, CELLS)

    after = stored(filled.content)
    assert list(after) == list(before)
    assert {name for name in before if after[name] != before[name]} == {SHEET}


def test_m14_the_cells_are_filled_and_formulas_and_values_are_let_be(workbook):
    filled = tables.fill(workbook, CELLS)

    sheet = load_workbook(BytesIO(filled.content))["Måloppnåelse"]
    assert (sheet["B4"].value, sheet["C4"].value) == (12, "Ti & to <nådd>")
    assert (sheet["A9"].value, sheet["A9"].data_type) == ("=1+1", "s")
    assert (sheet["D4"].value, sheet["B5"].value) == ("=B4-C4", 7)
    assert sheet["C4"].fill.fgColor.rgb == "00FFFF00"
    assert filled.skipped == (CELLS[3], CELLS[4])


def test_m14_only_the_cut_places_of_the_sheet_differ(workbook):
    """Taking our cells out again gives the county's own XML back."""
    with zipfile.ZipFile(BytesIO(workbook)) as opened:
        before = opened.read(SHEET)
    with zipfile.ZipFile(BytesIO(tables.fill(workbook, CELLS[:1]).content)) as opened:
        after = opened.read(SHEET)

    cut = b'<c r="B4"><v>12</v></c>'
    assert after.replace(cut, b"") == before


def test_a_workbook_of_prefixed_names_is_filled():
    book = Workbook()
    book.active.append(["a", "b"])
    file = BytesIO()
    book.save(file)
    xml = (
        b'<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="http://schemas.openxml'
        b'formats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1" /><x:row r="3"><x:c r="B3"'
        b' s="0"/></x:row></x:sheetData></x:worksheet>'
    )
    content = replaced_sheet(file.getvalue(), xml)

    filled = tables.fill(
        content,
        [FormCell("Sheet", 1, 2, 5), FormCell("Sheet", 2, 1, "to"), FormCell("Sheet", 3, 2, 7)],
    )

    sheet = load_workbook(BytesIO(filled.content)).active
    assert (sheet["B1"].value, sheet["A2"].value, sheet["B3"].value) == (5, "to", 7)


def replaced_sheet(archive, xml):
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, xml if entry.filename == SHEET else source.read(entry))
    return out.getvalue()


def test_a_form_may_have_macros_and_uncalculated_formulas_but_a_table_may_not(workbook):
    sheets = tables.read_form(workbook, filename="skjema.xlsm")

    assert sheets["Måloppnåelse"][1].cells == ("Tiltak", "Planlagt", "Fullført", "Differanse")
    assert "Koder" in sheets
    with pytest.raises(TableError):
        tables.read(workbook, filename="skjema.xlsx")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ikke en arbeidsbok",
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        b"PK\x03\x04" + b"\0" * 100,
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(content):
    with pytest.raises(TableError):
        tables.read_form(content, filename="skjema.xlsx")


def test_a_bomb_and_a_declared_entity_are_refused(workbook):
    doctype = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    for hostile in (
        with_entry(workbook, "xl/worksheets/sheet9.xml", doctype),
        bomb(workbook),
    ):
        with pytest.raises(TableError):
            tables.read_form(hostile, filename="skjema.xlsx")


def bomb(workbook):
    file = BytesIO(workbook)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/media/image1.bin", b"\0" * (70 * 1024 * 1024))
    return file.getvalue()


def test_an_archive_with_one_name_twice_is_not_filled(workbook):
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = with_entry(workbook, SHEET, b"<worksheet/>")
    with pytest.raises(TableError):
        tables.fill(twice, CELLS)
