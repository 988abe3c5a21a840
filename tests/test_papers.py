"""A paper is in the municipality's written Norwegian, whatever the one who prints it reads in."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from kompetanse import clock
from kompetanse.kommuner.responses import PDF
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Bruker
from tests import world
from tests.test_isolation import path_of, urls

# What each of these may print; together they reach every paper of the small municipality.
READERS = ("ansatt", "fagradgiver")
FEWEST = 15
# It lists what one has done, and so it tells of the time it was printed before.
TELLS_OF_ITSELF = "personvern:mine_pdf"
# What the address of a PDF is told by.
IS_PAPER = re.compile(r"pdf|vedtatt/$")


@pytest.fixture
def ours(fjordvik):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


def test_every_paper_reads_the_same_for_a_reader_of_nynorsk(ours, as_user):
    seen, differing = set(), []

    for role in READERS:
        papers = printed(ours, as_user, role, "nb")
        seen |= papers.keys()
        for name, text in printed(ours, as_user, role, "nn").items():
            if papers.get(name) != text:
                differing.append((role, name, first_difference(papers.get(name, []), text)))

    assert differing == []
    assert len(seen) > FEWEST, sorted(seen)


def printed(ours, as_user, role, lang):
    """Return the text of every PDF that the person gets, by the name of its URL."""
    ansatt = ours.people[role]
    with as_kommune(ours.kommune.pk):
        Bruker.objects.filter(pk=ansatt.bruker_id).update(language=lang)
    browser = as_user(ansatt)
    ids = world.keys(ours) | {"ansatt": ansatt.pk}
    paths = {
        name: path_of(name, entry, ids) for name, entry, _view in urls() if name != TELLS_OF_ITSELF
    }
    answers = {name: browser.get(path) for name, path in paths.items() if IS_PAPER.search(path)}
    return {
        name: words(answer.content)
        for name, answer in answers.items()
        if answer.headers.get("Content-Type") == PDF
    }


def words(content):
    """Return what can be read on the paper; a kept file of the test's own is no real PDF."""
    try:
        pages = PdfReader(BytesIO(content)).pages
    except PyPdfError:
        return [content]
    return " ".join(page.extract_text() for page in pages).split()


def first_difference(ours, theirs):
    return next((pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]), None)
