"""One template is the page and the PDF; the letterhead, the language and the sheet are right."""

import io
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from pypdf import PdfReader

from kompetanse.kommuner.models import Kommune
from kompetanse.skall import charts
from kompetanse.skall.documents import Letterhead, as_html, as_pdf

MILLIMETRE = 72 / 25.4


@pytest.fixture(autouse=True)
def examples(settings):
    folder = str(Path(__file__).parent / "templates")
    settings.TEMPLATES = [
        settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], folder]}
    ]


def head(**changes) -> Letterhead:
    return Letterhead(
        **{
            "kommune": "Modum kommune",
            "unit": "Helse- og sosialetaten",
            "on": date(2026, 11, 5),
            "reference": "2026/00143",
            "case_worker": "Ida Berg",
            "recipient": ("Kari Nordmann", "Storgata 14 B", "3370 Vikersund"),
            "signature": ("Ida Berg", "fagrådgiver"),
        }
        | changes
    )


def read(template: str, document: object, **changes) -> PdfReader:
    return PdfReader(io.BytesIO(as_pdf(template, document, head=head(**changes))))


LETTER = SimpleNamespace(study="geriatri", amount=27_100)


def places(reader: PdfReader, wanted: str, *, page_number: int = 0) -> tuple[float, float]:
    """Where a text stands on the page: millimetres from the left and from the top."""
    found = []

    def look(text, page, place, _font, _size):
        if wanted in text:
            x = place[4] * page[0] + page[4]
            y = place[5] * page[3] + page[5]
            found.append((x / MILLIMETRE, 297 - y / MILLIMETRE))

    reader.pages[page_number].extract_text(visitor_text=look)
    return found[0]


def test_a_letter_says_who_to_whom_when_and_what():
    text = read("eksempel/brev.html", LETTER).pages[0].extract_text()

    for words in (
        "Modum kommune", "Helse- og sosialetaten", "Kari Nordmann", "3370 Vikersund",
        "5.\u00a0november 2026", "2026/00143", "Du får støtte til geriatri",
        "27\u00a0100\u00a0kr", "Med hilsen", "fagrådgiver", "Side 1 av 1",
    ):  # fmt: skip
        assert words.replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_the_heading_is_the_title_of_the_file():
    assert read("eksempel/brev.html", LETTER).metadata.title == "Du får støtte til geriatri"


def test_the_recipient_stands_in_the_window_of_the_envelope():
    left, top = places(read("eksempel/brev.html", LETTER), "Kari Nordmann")

    assert 20 <= left <= 30
    assert 45 <= top <= 60


def test_text_from_people_is_escaped_in_a_document():
    html = as_html("eksempel/brev.html", SimpleNamespace(study="<b>x</b>", amount=1), head=head())

    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "<b>x</b>" not in html


def test_a_letter_is_in_the_kommunes_language_whatever_the_reader_chose():
    with translation.override("nb"):
        made = read("eksempel/brev.html", LETTER, lang="nn")

    assert made.trailer["/Root"]["/Lang"] == "nn"


def test_the_same_document_gives_the_same_bytes():
    first, second = (as_pdf("eksempel/brev.html", LETTER, head=head()) for _ in range(2))

    assert first == second


def chart():
    return charts.bars([charts.Bar(label="NAV", value=4)], title="Tiltak i enhetene")


def plan(rows=60):
    return SimpleNamespace(rows=[(f"Behov {n}", f"Tiltak {n}") for n in range(rows)], chart=chart())


def test_a_plan_lies_on_its_side_and_repeats_what_it_is_about():
    reader = read("eksempel/plan.html", plan())
    box = reader.pages[0].mediabox
    second = reader.pages[1].extract_text()

    assert box.width > box.height
    assert "Felles opplæringsplan 2027" in second
    assert "Behov" in second
    assert "Modum kommune · Helse- og sosialetaten" in second


def test_a_tables_sums_stand_once_where_it_ends():
    told = [page.extract_text() for page in read("eksempel/plan.html", plan()).pages]

    assert "Behov 59" not in told[0]
    assert [text.count("Sum av alt") for text in told if "Behov 59" in text] == [1]
    assert "".join(told).count("Sum av alt") == 1


def test_a_picture_in_a_document_has_its_table_and_its_alternative_text():
    reader = read("eksempel/plan.html", plan(rows=1))
    text = reader.pages[0].extract_text()
    alternatives = [
        element.get("/Alt")
        for element in (reader.get_object(n) for n in range(1, reader.trailer["/Size"]))
        if hasattr(element, "get") and element.get("/S") == "/Figure"
    ]

    assert "Høyest: NAV med 4." in text
    assert "Merknad" in text
    assert "Vis som tabell" not in text
    assert "Tiltak i enhetene" in alternatives


@pytest.mark.parametrize(("size", "width"), [("", 210), ("document--a3", 297)])
def test_a_poster_is_printed_on_a4_or_a3(size, width):
    page = read("eksempel/oppslag.html", SimpleNamespace(size=size)).pages[0]

    assert round(float(page.mediabox.width) / MILLIMETRE) == width


def test_the_posters_heading_stands_below_its_letterhead():
    reader = read("eksempel/oppslag.html", SimpleNamespace(size=""))

    assert places(reader, "Kurs våren")[1] > places(reader, "Helse- og")[1] + 10


@pytest.mark.parametrize("size", ["", "document--a3"])
def test_a_posters_second_page_tells_what_it_is_of_inside_the_margin(size):
    reader = read("eksempel/oppslag.html", SimpleNamespace(size=size, lines=range(60)))

    assert places(reader, "Kurs våren", page_number=1)[0] > 9


@pytest.mark.parametrize("template", ["brev", "plan", "oppslag"])
def test_the_same_template_is_the_page_on_screen(template):
    document = SimpleNamespace(study="geriatri", amount=1, rows=[], chart=chart(), size="")
    context = {
        "document": document,
        "head": head(),
        "kommune": Kommune(name="Modum", slug="modum"),
        "pdf_url": "/modum/brev.pdf",
        "today": date(2026, 11, 5),
    }
    html = render_to_string(f"eksempel/{template}.html", context)

    assert html.count("<h1") == 1
    assert 'href="/modum/brev.pdf"' in html
    assert "pdf/screen.css" in html
    assert " style=" not in html
