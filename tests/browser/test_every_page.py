"""Every page that someone can come to from the menu, on a wide screen and on a phone."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from tests.browser.conftest import AXE, DESK, PHONE
from tests.browser.person import Person

pytestmark = pytest.mark.browser

MOST_PAGES = 18
FILE = re.compile(r"(\.\w{2,4}|/pdf|/regneark)/?$")
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#?]+)')
TAG = re.compile(r"<[^>]+>")
# What only the browser and other programs read.
UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1>", re.DOTALL)
# What Django and its friends say when a text of ours is missing.
ENGLISH = re.compile(r"\b(Submit|Required|This field|Select|None)\b")
PUBLIC = ["", "konto/logg-inn/", "hjelp/", "tilgjengelighet/", "personvern/"]


@pytest.fixture(scope="module")
def known():
    """What the pages opened so far are made of, and which they are."""
    return set()


@pytest.mark.parametrize("slug", ["modum", "siljan"])
def test_m6_every_page_of_the_menu_is_accessible_and_fits(become, visitor, site, known, slug):
    found = []
    for name in offered(visitor, slug):
        found += walk(become(name, slug), known)
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("path", ["/", *(f"/modum/{path}" for path in PUBLIC)])
def test_m6_every_public_page_is_accessible_and_fits(visitor, known, path):
    assert look(visitor, path, known)[0] == []


@pytest.fixture
def visitor(site, chromium):
    """Someone who has not logged in."""
    context = chromium.new_context(**DESK, locale="nb-NO")
    yield Person(context.new_page(), site.address, axe=AXE.read_text())
    context.close()


def offered(visitor, slug):
    """Return the names of those whom the log-in page offers to be."""
    visitor.go(f"/{slug}/konto/logg-inn/")
    names = visitor.page.locator("button.demo-role strong").all_inner_texts()
    assert names
    return names


def walk(person, known):
    """Look at the front page, at those of the menu, and at those one step further."""
    queue, seen, found = ["/hjem/"], {"/hjem/"}, []
    for _ in range(MOST_PAGES):
        if not queue:
            break
        faults, links = look(person, queue.pop(0), known)
        found += faults
        for path in links:
            if pattern(path) not in seen:
                seen.add(pattern(path))
                queue.append(path)
    return found


def look(person, path, known):
    """Return what is wrong with the page, and the pages it leads to.

    Everyone's page is read; it is opened in the browser when nothing like it has been before.
    """
    answer = person.page.request.get(f"{person.home}{path}")
    html = answer.text()
    faults = [] if answer.status == 200 else [str(answer.status)]
    if "text/html" not in answer.headers["content-type"]:
        return faults, []
    faults += ENGLISH.findall(TAG.sub(" ", UNSEEN.sub("", html)))
    made_of = {f"{urlsplit(person.home).path} {pattern(path)}", *re.findall(r'class="[^"]*"', html)}
    if not made_of <= known:
        known |= made_of
        faults += opened(person, path, is_new_kind=pattern(path) not in known)
        known.add(pattern(path))
    return [f"{person.home}{path}: {fault}" for fault in faults], links(person, answer.url, html)


def opened(person, path, *, is_new_kind):
    """Open the page; hold it against both widths, and against axe in both if its kind is new."""
    faults = []
    person.page.goto(f"{person.home}{path}")
    for shape in (DESK, PHONE):
        person.page.set_viewport_size(shape["viewport"])
        if is_new_kind or shape is DESK:
            person.seen.clear()
        try:
            person.fits()
            person.check()
        except AssertionError as error:
            person.troubles.clear()
            faults.append(str(error))
    return faults


def links(person, address, html):
    """Return the paths within the municipality that the page leads to, without files."""
    targets = [urljoin(address, unescape(href)) for href in LINK.findall(html)]
    return [
        target.removeprefix(person.home)
        for target in targets
        if target.startswith(f"{person.home}/") and not FILE.search(target)
    ]


def pattern(path):
    """Return the path without its numbers: one page of a kind is enough."""
    return re.sub(r"\d+", "N", path)
