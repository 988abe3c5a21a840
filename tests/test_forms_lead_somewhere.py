"""Every form on every page is sent to an address that takes it from who sees it.

A form without `action` is sent to the page that shows it; where that page only reads, the press of
the button would end in «405». OPTIONS is answered by the view's own list of methods, and changes
nothing.
"""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from kompetanse import clock
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from tests import world
from tests.conftest import TenantClient, give
from tests.test_roles_and_pages import pages

FORM = re.compile(r"<form\b[^>]*>|</form>", re.IGNORECASE)
ACTION = re.compile(r'\baction="([^"]*)"')
# Whose own pages have forms that nobody sees for them, whatever their roles.
OWNERS = ("ansatt", "leder", "tillitsvalgt", "systemansvarlig")
CLOSED = {403, 404}
# What the pages have at least: it would all be well if nothing was found.
MANY, SOME = 150, 3


@pytest.fixture
def ours(fjordvik):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


@pytest.fixture
def everything(ours) -> Ansatt:
    """The advisor with every role at the top, who sees nearly every form there is."""
    advisor = ours.people["fagradgiver"]
    with as_kommune(ours.kommune.pk):
        top = Enhet.objects.get(parent=None)
        for kode in set(Rolle.Kode) - {Rolle.Kode.ANSATT}:
            give(advisor, kode, top)
    return advisor


def shown(browser: TenantClient, paths: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield each page that answers, with what it says."""
    for path in paths:
        answer = browser.get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            yield path, answer.content.decode()


def posted_to(html: str, path: str) -> set[str]:
    """Return where the page's forms are posted, without what stands after the question mark."""
    found = set()
    for form in FORM.findall(html):
        if 'method="post"' in form.lower():
            action = ACTION.search(form)
            found.add(unescape(action[1] if action else "").partition("?")[0] or path)
    return found


def refusing(browser: TenantClient, actions: set[str]) -> dict[str, object]:
    """Return the addresses that do not take what is sent to them, and what they answer."""
    refused: dict[str, object] = {}
    for action in sorted(actions):
        answer = browser.options(action)
        allowed = answer.headers.get("Allow", "POST")
        if answer.status_code in CLOSED or "POST" not in allowed:
            refused[action] = answer.status_code, allowed
    return refused


def is_nested(html: str) -> bool:
    """Return whether a form stands inside another, which HTML does not have."""
    depth = 0
    for tag in FORM.findall(html):
        depth += -1 if tag.startswith("</") else 1
        if depth > 1:
            return True
    return False


def test_every_form_is_sent_to_an_address_that_takes_it(ours, everything, as_user) -> None:
    browser = as_user(everything)
    found, nested = set(), []
    for path, html in shown(browser, (path for _name, path, _view in pages(ours))):
        found |= posted_to(html, path)
        if is_nested(html):
            nested.append(path)

    assert len(found) > MANY
    assert (nested, refusing(browser, found)) == ([], {})


@pytest.mark.parametrize("role", OWNERS)
def test_every_form_on_a_page_of_ones_own_is_sent_to_an_address_that_takes_it(
    ours, as_user, role
) -> None:
    browser = as_user(ours.people[role])
    own = (path for _name, path, view in pages(ours) if getattr(view, "is_own", False))
    found, nested = set(), []
    for path, html in shown(browser, own):
        found |= posted_to(html, path)
        if is_nested(html):
            nested.append(path)

    assert len(found) > SOME
    assert (nested, refusing(browser, found)) == ([], {})
