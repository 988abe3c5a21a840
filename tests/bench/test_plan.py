"""A plan of 400 measures beside bare Django, its PDF beside bare WeasyPrint, and 10 000 rows out.

PDF and workbook are measured by processor time, ours and the bare way in turns: they are made by a
worker, and on a busy machine the clock on the wall says little. LibreOffice prints the same table
where it is on the machine; it is told, never judged.

`pytest -m bench -s tests/bench/test_plan.py`
"""

import io
import shutil
import statistics
import subprocess
import time
import tracemalloc
from collections.abc import Callable, Mapping

import pytest
from django.test import Client, override_settings

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
def test_its_pdf_beside_weasyprint_and_libreoffice(october, nord, tmp_path):
    import weasyprint  # noqa: PLC0415

    fill(nord, ROWS)
    plan = opplaring.training_plan(2027, filters=Filters())
    layout = kolonne.layouts(())[kolonne.SEVEN]
    document = PlanDocument(title="Plan", plan=plan, groups=plan.halves, layout=layout)
    head = Letterhead(kommune="Fjordvik kommune", on=october.date(), lang="nb")
    html = as_html("planer/training_document.html", document, head=head)

    ways = {
        "ours": lambda: files.document_pdf(document, head=head),
        "bare": lambda: weasyprint.HTML(string=html).write_pdf(),
    }
    spent = processor_time(ways, runs=PRINTS)
    soffice = shutil.which("soffice")
    more = {"libreoffice_ms": _printed_by(soffice, plan, layout, tmp_path)} if soffice else {}
    ratio = told("plan pdf", spent, rows=ROWS, **more)

    assert ratio <= PDF_TARGET


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
    """Return the median milliseconds of processor time of each; the first turn does not count."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _turn in range(runs + 1):
        for name, way in ways.items():
            started = time.process_time()
            way()
            spent[name].append((time.process_time() - started) * 1e3)
    return {name: statistics.median(each[1:]) for name, each in spent.items()}


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


def _printed_by(soffice: str, plan, layout, folder) -> float:
    """Return the milliseconds that LibreOffice takes to print the same table."""
    path = folder / "plan.xlsx"
    path.write_bytes(files.training_xlsx(plan, layout, title="Plan"))
    started = time.perf_counter()
    subprocess.run(
        [soffice, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return round((time.perf_counter() - started) * 1e3)
