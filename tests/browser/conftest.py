"""Real Chromium against the running product."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import site as sites
from tests.browser.person import Person
from tests.browser.site import Site
from tests.conftest import PATIENCE_MS, ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A product of the module's own, on 1 September 2026."""
    folder: Path = tmp_path_factory.mktemp("nettsted")
    with sites.running(folder) as running:
        yield running


PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}


@dataclass
class Company:
    """People at browsers of their own, each with their session; all are logged out at the end."""

    site: Site
    chromium: Browser
    seen: set[str] | None = None
    opened: list[BrowserContext] = field(default_factory=list)
    known: dict[str, Person] = field(default_factory=dict)
    broken_at: str = ""

    def become(self, name: str, slug: str, *, phone: bool = False, script: bool = True) -> Person:
        """Log in as the one whose name begins so, or who has that e-mail address."""
        shape: dict[str, Any] = PHONE if phone else DESK
        context = self.chromium.new_context(
            **shape, locale="nb-NO", java_script_enabled=script, accept_downloads=True
        )
        context.set_default_timeout(PATIENCE_MS)
        self.opened.append(context)
        page: Page = context.new_page()
        someone = Person(page, self.site.kommune(slug), axe=AXE.read_text() if script else "")
        if self.seen is not None:
            someone.seen = self.seen
        if "@" in name:
            someone.log_in_with(name)
        else:
            someone.log_in(name)
        return someone

    def __call__(self, name: str, *, phone: bool = False) -> Person:
        """Return the same person of Modum each time, logged in once."""
        if name not in self.known:
            self.known[name] = self.become(name, "modum", phone=phone)
        return self.known[name]

    def leave(self) -> None:
        for context in self.opened:
            context.close()


@pytest.fixture
def become(site: Site, chromium: Browser) -> Iterator[Callable[..., Person]]:
    """Return a person at a browser of their own: `become("Heidi", "modum", phone=True)`."""
    company = Company(site, chromium)
    yield company.become
    company.leave()


@pytest.fixture(scope="module")
def company(site: Site, chromium: Browser) -> Iterator[Company]:
    """The people of a story that goes on from test to test; a page is held against axe once."""
    people = Company(site, chromium, seen=set())
    yield people
    people.leave()


@pytest.fixture
def next_part(company: Company, request: pytest.FixtureRequest) -> Iterator[None]:
    """Skip what follows after the part of a story that failed."""
    if company.broken_at:
        pytest.skip(f"the story stopped at {company.broken_at}")
    before = request.session.testsfailed
    yield
    if request.session.testsfailed > before:
        company.broken_at = request.node.name
