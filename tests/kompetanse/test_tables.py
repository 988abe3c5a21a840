"""Spreadsheets in and out through the one door."""

import datetime as dt
import io
import resource

import openpyxl
import pytest

from kompetanse import tables
from kompetanse.tables import Column, Kind, Row, Sheet, TableError

# A spreadsheet knows no time zone.
MOMENT = dt.datetime(2020, 1, 31, 8, 30)  # noqa: DTZ001


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


# --- reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_csv_is_read_in_the_encodings_and_separators_of_norwegian_systems(
    encoding: str, separator: str
) -> None:
    text = f"Ansattnr{separator}Navn\n1001{separator}Bjørg Åsen\n"

    table = tables.read(text.encode(encoding), filename="ansatte.CSV")

    assert table.columns == ("Ansattnr", "Navn")
    assert table.rows == (Row(2, ("1001", "Bjørg Åsen")),)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_recognised(encoding: str) -> None:
    table = tables.read("Ansattnr;Navn\n1;Åse\n".encode(encoding), filename="a.csv")

    assert table.rows == (Row(2, ("1", "Åse")),)


def test_the_euro_sign_of_windows_1252_is_kept() -> None:
    assert tables.read(b"a;b\n\x80;\xe5\n", filename="a.csv").rows == (Row(2, ("€", "å")),)


def test_the_separator_line_of_excel_is_followed() -> None:
    table = tables.read(b"sep=|\na|b;c\n1|2\n", filename="a.csv")

    assert table.columns == ("a", "b;c")


def test_quotes_hold_separators_and_lines_together() -> None:
    table = tables.read(b'a;b\n"1;2";"3\n4"\n5;"say ""x"""\n', filename="a.csv")

    assert [row.cells for row in table.rows] == [("1;2", "3\n4"), ("5", 'say "x"')]


def test_texts_that_look_like_missing_values_are_kept() -> None:
    table = tables.read(b"Navn;Kode\nNA;null\nNone;nan\n", filename="a.csv")

    assert [row.cells for row in table.rows] == [("NA", "null"), ("None", "nan")]


def test_leading_zeros_are_kept_in_csv() -> None:
    assert tables.read(b"nr;x\n007;1\n", filename="a.csv").rows[0].cells == ("007", "1")


def test_empty_rows_are_left_out_but_the_numbers_stay_those_of_the_spreadsheet() -> None:
    table = tables.read(b"\n\na;b\n\n1;2\n;\n3;\n", filename="a.csv")

    assert table.columns == ("a", "b")
    assert table.rows == (Row(5, ("1", "2")), Row(7, ("3",)))


def test_records_give_cells_by_heading_and_none_for_missing() -> None:
    table = tables.read(b"a;b\n1\n", filename="a.csv")

    assert list(table.records()) == [(2, {"a": "1", "b": None})]


def test_cells_of_a_workbook_keep_their_types() -> None:
    content = workbook(
        ["Ansattnr", "Kode", "Prosent", "Fra", "Tid", "Leder"],
        [1001, "007", 62.5, dt.date(2020, 1, 31), MOMENT, True],
        [1002.0, None, 100, None, None, False],
    )

    table = tables.read(content, filename="ansatte.xlsx")

    assert table.rows == (
        Row(2, (1001, "007", 62.5, dt.date(2020, 1, 31), MOMENT, True)),
        Row(3, (1002, None, 100, None, None, False)),
    )
    assert [type(cell) for cell in table.rows[1].cells[:3:2]] == [int, int]


def test_every_sheet_with_content_is_read() -> None:
    first = Sheet("Ansatte", [Column("a")], [["1"]])
    second = Sheet("Enheter", [Column("b")], [["2"]])
    content = tables.write_xlsx([first, second])

    book = tables.read_book(content, filename="hr.xlsx")

    assert [(table.name, table.columns) for table in book] == [
        ("Ansatte", ("a",)),
        ("Enheter", ("b",)),
    ]


def test_limits_of_the_caller_hold() -> None:
    content = b"a;b\n" + b"1;2\n" * 11

    assert len(tables.read(content, filename="a.csv", max_rows=11).rows) == 11
    with pytest.raises(TableError, match="flere enn 10 rader"):
        tables.read(content, filename="a.csv", max_rows=10)
    with pytest.raises(TableError, match="flere enn 1 felt"):
        tables.read(content, filename="a.csv", max_columns=1)
    with pytest.raises(TableError, match="flere enn 20 celler"):
        tables.read(content, filename="a.csv", max_cells=20)


def spent() -> float:
    """Return the CPU seconds of this process and of the children that read files for it."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def test_ten_thousand_rows_of_fifteen_columns_are_read_within_seconds() -> None:
    columns = [Column(f"Kolonne {number}") for number in range(15)]
    rows = [[f"Tekst {row} {column}" for column in range(15)] for row in range(10_000)]
    content = tables.write_csv(Sheet("", columns, rows))
    before = spent()

    table = tables.read(content, filename="ansatte.csv")

    assert len(table.rows) == 10_000
    assert spent() - before < 8


# --- writing

DANGEROUS = ["=1+1", "+47 22", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "\uff1d1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_workbook_begins_a_formula_from_text(text: str) -> None:
    content = tables.write_xlsx([Sheet("Liste", [Column(text)], [[text]], notes=[text])])

    sheet = opened(content).worksheets[0]
    for cell in (sheet["A1"], sheet["A3"], sheet["A4"]):
        assert cell.data_type in {"s", "inlineStr"}
        assert cell.quotePrefix
        assert cell.value.strip() == text.strip()


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_field_of_a_csv_file_begins_a_formula_from_text(text: str) -> None:
    content = tables.write_csv(Sheet("Liste", [Column(text)], [[text]])).decode("utf-8-sig")

    assert content.replace('"', "").startswith(f"'{text}")
    assert f"'{text}" in content.partition("\r\n")[2]


def test_error_names_are_texts() -> None:
    sheet = opened(tables.write_xlsx([Sheet("Liste", [Column("a")], [["#N/A"]])])).worksheets[0]

    assert (sheet["A2"].value, sheet["A2"].data_type) == ("#N/A", "s")


def test_characters_that_excel_refuses_are_replaced() -> None:
    content = tables.write_xlsx(
        [Sheet("Liste", [Column("a")], [["a\x00b\x0bc\ud800d" + "e" * 40_000]])]
    )

    value = opened(content).worksheets[0]["A2"].value
    assert value.startswith("a\ufffdb\ufffdc\ufffdde")
    assert len(value) == 32_767


def test_a_workbook_is_ready_to_read_and_print() -> None:
    columns = [Column("Tiltak"), Column("Beløp", Kind.KRONER), Column("Frist", Kind.DATE)]
    rows = [["Videreutdanning", 12_500, dt.date(2027, 3, 1)], ["Fagdag", 3_000, None]]
    sheet = Sheet("Tilskudd", columns, rows, notes=["Modum kommune"], sums=["Sum", 15_500, None])

    made = opened(tables.write_xlsx([sheet])).worksheets[0]

    assert [cell.value for cell in made["A"]] == [
        "Modum kommune",
        None,
        "Tiltak",
        "Videreutdanning",
        "Fagdag",
        "Sum",
    ]
    assert made["A3"].font.b
    assert made.freeze_panes == "A4"
    assert made["B4"].number_format == '#,##0 "kr"'
    assert made["C4"].number_format == "dd.mm.yyyy"
    assert (made["B6"].value, made["B6"].font.b) == (15_500, True)
    assert made.page_setup.orientation == "landscape"
    assert made.print_title_rows == "$3:$3"
    assert made.column_dimensions["A"].width > len("Videreutdanning")


def test_sheet_titles_are_ones_that_excel_takes() -> None:
    sheets = [Sheet("Vår/høst: " + "x" * 40, [Column("a")], []) for _ in range(2)]

    titles = opened(tables.write_xlsx([*sheets, Sheet("", [Column("a")], [])])).sheetnames

    assert titles[0].startswith("Vår høst")
    assert titles[2] == "Ark 3"
    assert len(set(titles)) == 3
    assert all(len(title) <= 31 for title in titles)


def test_what_is_written_is_read_back_alike() -> None:
    rows = [["Kari", 12_500, dt.date(2026, 10, 15)], ["Ola", 62.5, None]]
    columns = [Column("Navn"), Column("Tall", Kind.NUMBER), Column("Dato", Kind.DATE)]

    table = tables.read(tables.write_xlsx([Sheet("Liste", columns, rows)]), filename="a.xlsx")

    assert table.rows == (Row(2, ("Kari", 12_500, dt.date(2026, 10, 15))), Row(3, ("Ola", 62.5)))


def test_csv_is_written_as_norwegian_excel_opens_it() -> None:
    rows = [["Åse; «x»", 62.5, dt.date(2026, 10, 15), None]]
    sheet = Sheet("", [Column("Navn"), Column("Tall"), Column("Dato"), Column("Tomt")], rows)

    content = tables.write_csv(sheet)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1] == '"Åse; «x»";62,5;15.10.2026;'
