"""A plan of 400 measures beside bare Django, its PDF beside bare WeasyPrint, and 10 000 rows out.

PDF and workbook are measured by processor time, ours and the bare way in turns: they are made by a
worker, and on a busy machine the clock on the wall says little. LibreOffice prints the same HTML
where it is on the machine (`apt-get install libreoffice-writer-nogui`); it is told, never judged.

`pytest -m bench -s tests/bench/test_plan.py`
"""

import io
import resource
import shutil
import statistics
import subprocess
import time
import tracemalloc
from collections.abc import Callable, Mapping

import pytest
from django.test import Client, override_settings
from pypdf import PdfReader

from kompetanse import tables
from kompetanse.skall.documents import Letterhead, as_html
from kompetanse.tables import Sheet
from planer.documents import plan as files
from planer.documents.plan import PlanDocument
from planer.models import Belopslinje, Tiltak
from planer.queries import kolonne, opplaring
from planer.queries.opplaring import Filters
from tests.bench import bare
from tests.bench.turns import in_turns, told

ROWS, MANY, RUNS = 400, 10_000, 15
TARGET, MOST_QUERIES = 1.3, 10
PRINTS, PDF_TARGET = 3, 1.15
WORKBOOKS, MOST_MEGABYTES = 5, 40
SOFFICE = shutil.which("soffice")


def fill(enhet, rows: int) -> None:
    made = Tiltak.objects.bulk_create(
        Tiltak(
            year=2027, half="var" if number % 2 else "host", theme=f"Tiltak nummer {number}",
            need="Tilsyn viste at noe mangler", target_group="Alle på vakt", participants=12,
            responsible="Avdelingsleder", timing="uke 10", enhet=enhet,
        )
        for number in range(rows)
    )  # fmt: skip
    Belopslinje.objects.bulk_create(
        Belopslinje(tiltak=tiltak, kind=kind, amount=1_000)
        for tiltak in made
        for kind in ("fee", "substitute", "own")
    )


@pytest.mark.bench
def test_a_plan_of_400_measures_on_one_page(october, nord, frida, as_user, queries_of):
    fill(nord, ROWS)
    browser, plain = as_user(frida), Client()
    with override_settings(**bare.SETTINGS):
        plain.force_login(frida.bruker)
    path, sizes = "/opplaringsplan/2027/?vis=sju", {}

    def ours():
        page = browser.get(path)
        assert page.content.count(b'role="rowheader"') >= ROWS
        sizes["ours_kb"] = len(page.content) // 1024

    def other():
        with override_settings(**bare.SETTINGS):
            page = plain.get("/plan/2027/")
        assert page.content.count(b'scope="row"') == ROWS
        sizes["bare_kb"] = len(page.content) // 1024

    queries = queries_of(browser, path)
    medians = in_turns({"ours": ours, "bare": other}, runs=RUNS)
    ratio = told("plan", medians, rows=ROWS, queries=queries, **sizes)

    assert queries <= MOST_QUERIES
    assert ratio <= TARGET


@pytest.mark.bench
def test_its_pdf_beside_weasyprint(october, nord):
    import weasyprint  # noqa: PLC0415

    document, head, html = _document(nord, october)
    ways = {
        "ours": lambda: files.document_pdf(document, head=head),
        "bare": lambda: weasyprint.HTML(string=html).write_pdf(),
    }
    ratio = told("plan pdf", processor_time(ways, runs=PRINTS), rows=ROWS)

    assert ratio <= PDF_TARGET


@pytest.mark.bench
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_its_pdf_beside_libreoffice(october, nord, tmp_path):
    document, head, html = _document(nord, october)
    page, printed = tmp_path / "plan.html", tmp_path / "plan.pdf"
    page.write_text(html)

    ways = {
        "ours": lambda: files.document_pdf(document, head=head),
        "bare": lambda: _printed_by_libreoffice(page, tmp_path),
    }
    spent = processor_time(ways, runs=1)
    ours = PdfReader(io.BytesIO(files.document_pdf(document, head=head)))
    theirs = PdfReader(printed)
    pages = {"ours_pages": len(ours.pages), "bare_pages": len(theirs.pages)}
    told("plan pdf, bare is LibreOffice", spent, rows=ROWS, **pages)

    words = "".join(page.extract_text() for page in theirs.pages)
    # A line that a page breaks in two is not found.
    assert "".join(words.split()).count("Tiltaknummer") > 0.95 * ROWS


@pytest.mark.bench
def test_ten_thousand_rows_as_a_workbook(october, nord, frida):
    fill(nord, MANY)
    layout = kolonne.layouts(())[kolonne.ALL]
    plan = opplaring.training_plan(2027, filters=Filters())
    sheet = files.sheet(plan.lines, layout, title="Plan", notes=files.notes(plan))
    assert len(sheet.rows) == MANY

    tracemalloc.start()
    book = tables.write_xlsx([sheet])
    megabytes = tracemalloc.get_traced_memory()[1] // 1024**2
    tracemalloc.stop()
    ways = {"ours": lambda: tables.write_xlsx([sheet]), "bare": lambda: _bare_workbook(sheet)}
    spent = processor_time(ways, runs=WORKBOOKS)
    facts = {"columns": len(sheet.columns), "kb": len(book) // 1024, "megabytes": megabytes}
    ratio = told("plan xlsx", spent, rows=MANY, **facts)

    assert ratio <= TARGET
    assert megabytes <= MOST_MEGABYTES


def processor_time(ways: Mapping[str, Callable[[], object]], *, runs: int) -> dict[str, float]:
    """Return the median milliseconds of processor time of each; the first turn does not count.

    What a way has others do for it is counted too.
    """
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _turn in range(runs + 1):
        for name, way in ways.items():
            started = _used()
            way()
            spent[name].append((_used() - started) * 1e3)
    return {name: statistics.median(each[1:]) for name, each in spent.items()}


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _document(nord, october):
    """Return the plan as its PDF has it, the letterhead, and the HTML that is printed."""
    fill(nord, ROWS)
    plan = opplaring.training_plan(2027, filters=Filters())
    layout = kolonne.layouts(())[kolonne.SEVEN]
    document = PlanDocument(title="Plan", plan=plan, groups=plan.halves, layout=layout)
    head = Letterhead(kommune="Fjordvik kommune", on=october.date(), lang="nb")
    return document, head, as_html("planer/training_document.html", document, head=head)


def _bare_workbook(sheet: Sheet) -> bytes:
    """Write the same cells as XlsxWriter's own guide does where memory is to be spared."""
    import xlsxwriter  # noqa: PLC0415

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "dd.mm.yyyy"})
    worksheet = book.add_worksheet()
    for at, row in enumerate(sheet.rows):
        worksheet.write_row(at, 0, row)
    book.close()
    return file.getvalue()


def _printed_by_libreoffice(page, folder) -> None:
    subprocess.run(
        [
            SOFFICE, f"-env:UserInstallation=file://{folder}/profil", "--headless",
            "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_web_pdf_Export",
            "--outdir", folder, page,
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
