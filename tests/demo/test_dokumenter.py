"""Every document of the registry with the demonstration's data: page, PDF and workbook agree.

And each PDF is one that a screen reader can use, as far as the file can tell.
"""

import html
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import openpyxl
import psycopg
import pytest
from django.db import connection
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from demo import files
from demo.loading import year
from kompetanse import clock, jobs
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.personvern import tasks
from kompetanse.personvern.models import Uttrekk
from rapporter.queries import dokumenter
from rapporter.queries.dokumentslag import Listed
from tests.conftest import TenantClient, empty, owner_url
from tests.demo.test_loading import FOUND

SLUGS = ("modum", "siljan")
AMOUNT = re.compile(r"(?<!\d)(?<!\d )(\d{1,3}(?: \d{3})*) kr\b")
# What a Sum may be called in a heading's row of a workbook.
SUM, LEAST = "Sum", 1_000
# Source: ISO 14289-1:2014, 5 (version and conformance level identification)
UA = 'pdfuaid:part="1"'
REDIRECT = 302
HEADING = re.compile(r"/H[1-6]$")


@pytest.fixture(scope="module")
def founded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Both Kommuner, loaded and committed once for all tests here; removed by the owner."""
    database = str(connection.settings_dict["NAME"])
    with psycopg.connect(owner_url(database)) as owner:
        for slug in SLUGS:
            owner.execute(FOUND, files.read(slug, "plan")["kommune"])
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "enqueue", lambda *_names, **_ids: None)
        patch.setattr("django.conf.settings.FILES_ROOT", tmp_path_factory.getbasetemp() / "kept")
        for slug in SLUGS:
            with as_kommune(Kommune.objects.get(slug=slug).pk):
                year.load(slug)
        connection.close()
    yield
    empty(database)


@pytest.fixture(params=SLUGS)
def reader(
    request: pytest.FixtureRequest, founded: None, db: None, settings: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[TenantClient, Ansatt]]:  # fmt: skip
    """The advisor of one Kommune, at the demonstration's first moment."""
    settings.FILES_ROOT = tmp_path_factory.getbasetemp() / "kept"
    with clock.frozen(year.START):
        kommune = Kommune.objects.get(slug=request.param)
        browser = TenantClient()
        browser.prefix = f"/{kommune.slug}"
        with as_kommune(kommune.pk):
            roles = Rolle.objects.filter(kode=Rolle.Kode.FAGRADGIVER)
            advisor = roles.select_related("ansatt__bruker").earliest("pk").ansatt
            browser.force_login(advisor.bruker)
        yield browser, advisor


def listed(advisor: Ansatt) -> list[Listed]:
    with as_kommune(advisor.kommune_id):
        return [each for rows in dokumenter.visible_to(advisor).values() for each in rows]


def words(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def page_text(answer: Any) -> str:
    """Return what the page says in its main part, with its tables, without its drawings."""
    main = answer.content.decode().partition("<main")[2]
    return words(html.unescape(re.sub(r"(?s)<svg.*?</svg>|<[^>]+>", " ", main)))


def pdf_text(reader: PdfReader) -> str:
    return words(" ".join(page.extract_text() for page in reader.pages))


def sums_of(content: bytes) -> Iterator[str]:
    """Yield the sums of a workbook as people write them; shares and small numbers left out."""
    for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
        last = [cell.value for cell in sheet[sheet.max_row]]
        if last and last[0] == SUM:
            for value in last:
                if isinstance(value, int | float) and value >= LEAST:
                    yield f"{round(value):,}".replace(",", " ")


def test_page_pdf_and_workbook_of_every_document_have_the_same_amounts_and_sums(reader) -> None:
    browser, advisor = reader
    wrong: dict[str, object] = {}
    compared = sums = 0

    for each in listed(advisor):
        page = page_text(browser.get(each.page))
        paper = pdf_text(read(browser, each.pdf)) if each.pdf else page
        if extra := set(AMOUNT.findall(paper)) - set(AMOUNT.findall(page)):
            wrong[f"{each.name}: only in the PDF"] = extra
        compared += len(set(AMOUNT.findall(paper)))
        for text in sums_of(fetched(browser, each.xlsx).content) if each.xlsx else ():
            sums += 1
            if text not in page or text not in paper:
                wrong[f"{each.name}: sum of the workbook"] = text

    assert wrong == {}
    # It would all agree if nothing was found.
    assert (compared > 20, sums > 8) == (True, True)


def test_every_row_of_a_workbook_is_on_paper(reader) -> None:
    """The first text of each row stands in the PDF too, for what is given as both."""
    browser, advisor = reader
    wrong, rows = {}, 0

    for each in listed(advisor):
        if not each.pdf or not each.xlsx:
            continue
        paper = pdf_text(read(browser, each.pdf)).replace(" ", "")
        for text in first_texts(fetched(browser, each.xlsx).content):
            rows += 1
            if text.replace(" ", "") not in paper:
                wrong[each.name] = text

    assert wrong == {}
    assert rows > 20


def first_texts(content: bytes) -> Iterator[str]:
    """Yield what each row of the first sheet is called, by the column «Tiltak» or «Aktivitet»."""
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    names = {"Tiltak", "Tiltak og målgruppe", "Tema", "Tiltak eller utdanning", "Studium"}
    top = next((at for at, row in enumerate(rows) if names & set(row)), None)
    if top is None:
        return
    column = next(at for at, name in enumerate(rows[top]) if name in names)
    for row in rows[top + 1 :]:
        if isinstance(row[column], str) and row[column] and row[0] != SUM:
            yield words(row[column].splitlines()[0]).partition(", ")[0]


def fetched(browser: TenantClient, url: str) -> Any:
    """Return the file; what is long is first made, as the worker does."""
    answer = browser.get(url)
    if answer.status_code != REDIRECT:
        return answer
    kommune_id = Kommune.objects.get(slug=browser.prefix.strip("/")).pk
    with as_kommune(kommune_id):
        waiting = list(Uttrekk.objects.filter(fil__isnull=True, kind=Uttrekk.Kind.DOCUMENT))
    for each in waiting:
        tasks.make_document.run(
            kommune_id=kommune_id, uttrekk_id=each.pk, kjoring_id=each.kjoring_id
        )
    return browser.get(url)


def read(browser: TenantClient, url: str) -> PdfReader:
    answer = fetched(browser, url)
    assert answer.status_code == 200, url
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def test_every_pdf_is_tagged_named_and_can_be_read_aloud(reader) -> None:
    browser, advisor = reader
    lang = Kommune.objects.get(pk=advisor.kommune_id).maalform
    papers = [each for each in listed(advisor) if each.pdf]
    found = {each.name: list(faults(read(browser, each.pdf), lang=lang)) for each in papers}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(found) > 20


def faults(pdf: PdfReader, *, lang: str) -> Iterator[str]:
    """Yield what PDF/UA-1 asks for and the file lacks; beside it, that long papers are numbered.

    Source: ISO 14289-1:2014, 7.1 (tags, title, language), 7.3 (figures), 7.4 (headings),
    7.5 (tables), 7.21 (fonts)
    """
    root = pdf.root_object
    metadata = root["/Metadata"].get_object().get_data().decode()
    if UA not in metadata:
        yield "no PDF/UA identifier"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked"
    if root.get("/Lang") != lang:
        yield f"language {root.get('/Lang')}"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not shown"
    if not (pdf.metadata and pdf.metadata.title):
        yield "no title"
    yield from _tag_faults(list(_tags(root["/StructTreeRoot"].get_object())))
    yield from _font_faults(pdf)
    if len(pdf.pages) > 1:
        last = words(pdf.pages[-1].extract_text())
        if f"Side {len(pdf.pages)} av {len(pdf.pages)}" not in last:
            yield "no page numbers"


def _tags(tag: DictionaryObject) -> Iterator[DictionaryObject]:
    below = tag.get("/K", [])
    for each in below if isinstance(below, list) else [below]:
        child = each.get_object()
        if isinstance(child, DictionaryObject) and "/S" in child:
            yield child
            yield from _tags(child)


def _tag_faults(tags: list[DictionaryObject]) -> Iterator[str]:
    kinds = {str(tag["/S"]) for tag in tags}
    levels = [int(kind[2:]) for kind in (str(tag["/S"]) for tag in tags) if HEADING.match(kind)]
    if levels[:1] != [1]:
        yield "no main heading"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"a level of headings is left out: {levels}"
    if "/Table" in kinds and "/TH" not in kinds:
        yield "a table without headings"
    if any(tag["/S"] == "/TH" and not _scope(tag) for tag in tags):
        yield "a heading of a table without scope"
    if any(tag["/S"] == "/Figure" and not tag.get("/Alt") for tag in tags):
        yield "a figure without words"


def _scope(tag: DictionaryObject) -> object:
    attributes = tag.get("/A", {})
    attributes = attributes.get_object()
    found = attributes if isinstance(attributes, list) else [attributes]
    return next((each.get_object().get("/Scope") for each in found if each), None)


def _font_faults(pdf: PdfReader) -> Iterator[str]:
    for page in pdf.pages:
        fonts = page["/Resources"].get_object().get("/Font", {}).get_object()
        for font in fonts.values():
            inner = font.get_object()
            inner = (
                inner["/DescendantFonts"][0].get_object() if "/DescendantFonts" in inner else inner
            )
            described = inner["/FontDescriptor"].get_object()
            if not any(f"/FontFile{kind}" in described for kind in ("", "2", "3")):
                yield f"{inner['/BaseFont']} is not embedded"
                return
