"""No document is forgotten: each page that gives a file is in the registry, or said why not."""

import inspect
import re

import pytest

from rapporter.queries.register import ELSEWHERE, REPORTS
from tests.test_isolation import urls

FILE = re.compile(r"pdf|xlsx|_workbook|:print_|:export_")
VIEWS = {name: view for name, _address, view in urls()}
LISTED = {name for each in REPORTS for name in (each.pdf, each.xlsx) if name}


def gives_file(name: str, view) -> bool:
    return bool(FILE.search(name)) or calls_late_file(inspect.unwrap(view))


def calls_late_file(function, depth: int = 2) -> bool:
    """Return whether the function, or one that it calls, answers with a LateFile."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    if "LateFile" in code.co_names:
        return True
    called = (function.__globals__.get(name) for name in code.co_names)
    return depth > 0 and any(calls_late_file(each, depth - 1) for each in called)


def test_every_page_that_gives_a_file_is_in_the_registry_or_said_why_not() -> None:
    found = {name for name, view in VIEWS.items() if gives_file(name, view)}
    ours = {name for name in found if not name.startswith("demo:")}

    assert ours - LISTED - set(ELSEWHERE) == set()
    assert LISTED - ours == set()
    assert set(ELSEWHERE) - ours == set()
    assert LISTED & set(ELSEWHERE) == set()


@pytest.mark.parametrize("report", REPORTS, ids=lambda each: each.page + each.query)
def test_page_pdf_and_workbook_ask_for_the_act_that_the_registry_says(report) -> None:
    names = filter(None, (report.page, report.pdf, report.xlsx))

    assert {getattr(VIEWS[name], "act", None) for name in names} == {report.act}


def test_the_documents_of_the_year_are_all_there() -> None:
    """Short plan, notice board, long plan, joint plan, wheel, application, distribution, report,
    priority list, GAP, editions, the joint action plan, minutes, and the public pages."""
    assert {
        "planer:print_training", "planer:print_poster", "planer:print_long", "planer:print_joint",
        "planer:print_wheel", "rapporter:pdf", "rapporter:distribution_pdf",
        "rapporter:report_pdf", "soknader:print_priorities", "kartlegging:gap_workbook",
        "planer:print_edition", "planer:print_activities", "planer:print_minutes",
        "planer:print_published",
    } <= LISTED  # fmt: skip
