"""Every link on every page leads to a page that its reader may open.

A link that ends in «403» or «404» costs a newcomer more trust than a page that lacks it. The walk
is done by each role alone, and one link of each kind on each kind of page is followed.
"""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt, Rolle
from tests import world
from tests.conftest import TenantClient
from tests.test_roles_and_pages import pages, person

LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
NUMBER = re.compile(r"\d+")
# Papers and workbooks hold no links; each is followed where a page links to it.
FILE = re.compile(r"\b(pdf|xlsx|csv|ics)\b")
# The provider of log-in in the test is nowhere, and the page says so (424).
ANSWERS = {200, 302, 424}
# What the pages have at least: it would all be well if nothing was found.
SOME = 40


Kode = Rolle.Kode
# The others see what one of these sees.
ROLES = (
    Kode.ANSATT, Kode.LEDER, Kode.FAGRADGIVER, Kode.TILLITSVALGT, Kode.STABSLEDER,
    Kode.KOMMUNALSJEF, Kode.PERSONALSJEF, Kode.SYSTEMANSVARLIG,
)  # fmt: skip


@pytest.fixture
def ours(fjordvik):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


class Walk:
    """One reader's walk: each page there is, and where its links lead."""

    def __init__(self, browser: TenantClient):
        self.browser = browser
        self.answers: dict[str, int] = {}

    def read(self, path: str) -> str:
        """Return the page as HTML, empty where it is something else or refused."""
        answer = self.browser.get(path)
        self.answers[path] = answer.status_code
        is_page = answer["Content-Type"].startswith("text/html")
        return answer.content.decode() if answer.status_code == 200 and is_page else ""

    def links(self, html: str) -> Iterator[str]:
        """Yield the addresses within the municipality that the page links to."""
        prefix = f"{self.browser.prefix}/"
        for address in LINK.findall(html):
            if unescape(address).startswith(prefix):
                yield unescape(address).removeprefix(self.browser.prefix)

    def dead_ends(self, paths: Iterator[str]) -> dict[str, tuple[str, int]]:
        """Return the links that are refused: address -> (the page it stands on, the answer)."""
        led: dict[str, str] = {}
        kinds: set[tuple[str, str]] = set()
        for path in (path for path in paths if not FILE.search(path)):
            for link in self.links(self.read(path)):
                kind = (NUMBER.sub("1", path), NUMBER.sub("1", link).partition("?")[0])
                if kind not in kinds:
                    kinds.add(kind)
                    led.setdefault(link, path)
        assert len(led) > SOME
        for link in led.keys() - self.answers.keys():
            self.read(link)
        return {
            link: (page, self.answers[link])
            for link, page in led.items()
            if self.answers[link] not in ANSWERS
        }


@pytest.mark.parametrize("role", ROLES)
def test_every_link_a_role_sees_leads_to_a_page_it_may_open(ours, as_user, role) -> None:
    walk = Walk(as_user(person(ours, role)))

    assert walk.dead_ends(path for _name, path, _view in pages(ours)) == {}


@pytest.mark.parametrize("who", ["ansatt", "leder", "tillitsvalgt"])
def test_every_link_on_a_page_of_ones_own_leads_somewhere(ours, as_user, who) -> None:
    reader: Ansatt = ours.people[who]

    assert Walk(as_user(reader)).dead_ends(path for _name, path, _view in pages(ours)) == {}
