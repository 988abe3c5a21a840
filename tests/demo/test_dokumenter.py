"""Every document of the registry with the demonstration's data: page, PDF and workbook agree."""

import html
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import psycopg
import pytest
from django.db import connection
from pypdf import PdfReader

from demo import files
from demo.loading import year
from kompetanse import clock, jobs
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.personvern import tasks
from kompetanse.personvern.models import Uttrekk
from rapporter.queries import dokumenter
from rapporter.queries.register import Listed
from tests.conftest import TenantClient, empty, owner_url
from tests.demo.test_loading import FOUND

SLUGS = ("modum", "siljan")
AMOUNT = re.compile(r"(?<!\d)(?<!\d )(\d{1,3}(?: \d{3})*) kr\b")
# What a Sum may be called in a heading's row of a workbook.
SUM, LEAST = "Sum", 1_000
REDIRECT = 302


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
