"""Every page that someone can come to from the menu, on a wide screen and on a phone."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error

from tests.browser.person import Person

pytestmark = pytest.mark.browser

MOST_PAGES = 25
FILE = re.compile(r"(\.\w{2,4}|/pdf|/regneark|/kalender)/?$")
# What Django and its friends say when a text of ours is missing.
ENGLISH = re.compile(r"\b(Submit|Required|This field|Select|None)\b")
# Pages are alike when they have the same elements of the same classes: axe reads one of them.
SHAPE = """() => [...new Set([...document.querySelectorAll("*")].map(
    each => `${each.tagName}.${each.getAttribute("class")}.${each.getAttribute("role")}`))]
    .sort().join(" ")"""
LINKS = "links => links.filter(a => !a.hasAttribute('download')).map(a => a.href)"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def shapes():
    return set()


@pytest.mark.parametrize("slug", ["modum", "siljan"])
def test_m6_every_page_of_the_menu_is_accessible_and_fits(become, chromium, site, shapes, slug):
    found = []
    for name in offered(chromium, site.kommune(slug)):
        found += walk(become(name, slug), shapes)
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(
    "path",
    ["/", "/modum/", "/siljan/", "/modum/konto/logg-inn/", "/modum/hjelp/",
     "/modum/tilgjengelighet/", "/modum/personvern/"],
)  # fmt: skip
def test_m6_every_public_page_is_accessible_and_fits(visitor, shapes, path):
    assert look(visitor, path, shapes) == []


@pytest.fixture
def visitor(site, chromium):
    """Someone who has not logged in."""
    from tests.browser.conftest import AXE, DESK

    context = chromium.new_context(**DESK, locale="nb-NO")
    yield Person(context.new_page(), site.address, axe=AXE.read_text())
    context.close()


def offered(chromium, home):
    """Return the names of those whom the log-in page offers to be."""
    page = chromium.new_page()
    page.goto(f"{home}/konto/logg-inn/")
    names = page.locator("button.demo-role strong").all_inner_texts()
    page.close()
    assert names
    return names


def walk(person, shapes):
    """Look at the pages of the menu and the front page, and at those one step further."""
    queue, seen, found = ["/hjem/"], set(), []
    while queue and len(seen) < MOST_PAGES:
        path = queue.pop(0)
        seen.add(pattern(path))
        found += look(person, path, shapes)
        waiting = {pattern(each) for each in queue}
        for link in links(person):
            if pattern(link) not in seen | waiting:
                waiting.add(pattern(link))
                queue.append(link)
    return found


def links(person):
    """Return the paths within the municipality that the page leads to, without files."""
    paths = []
    for href in person.page.locator("a[href]").evaluate_all(LINKS):
        path = urlsplit(href)._replace(query="", fragment="").geturl()
        if path.startswith(f"{person.home}/") and not FILE.search(path):
            paths.append(path.removeprefix(person.home))
    return paths


def pattern(path):
    """Return the path without its numbers: one page of a kind is enough."""
    return re.sub(r"\d+", "N", path)


def look(person, path, shapes):
    """Open the page once, and return what is wrong with it in either width."""
    try:
        answer = person.page.goto(f"{person.home}{path}")
    except Error as error:
        if "Download is starting" in str(error):
            return []
        raise
    faults = [] if answer.status == 200 else [f"{answer.status}"]
    faults += ENGLISH.findall(person.page.locator("body").inner_text())
    faults += in_width(person, WIDE, shapes) + in_width(person, PHONE, shapes)
    person.page.set_viewport_size(WIDE)
    return [f"{path}: {fault}" for fault in faults]


def in_width(person, size, shapes):
    person.page.set_viewport_size(size)
    shape = (size["width"], person.page.evaluate(SHAPE))
    if shape in shapes:
        person.seen.add(place(person))
    else:
        person.seen.discard(place(person))
    shapes.add(shape)
    try:
        person.fits()
        person.check()
    except AssertionError as error:
        person.troubles.clear()
        return [f"{size['width']}: {error}"]
    return []


def place(person):
    return re.sub(r"\d+", "N", person.page.url)
