"""Real Chromium against the running product."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser import site as sites
from tests.browser.person import Person
from tests.browser.site import Site
from tests.conftest import ROOT

# Playwright keeps an event loop in this thread; tests that follow in the same process use the
# database all the same, from this one thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A product of the module's own, on 1 September 2026."""
    folder: Path = tmp_path_factory.mktemp("nettsted")
    with sites.running(folder) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    playwright: Playwright
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def become(site: Site, chromium: Browser) -> Iterator[Callable[..., Person]]:
    """Return a person at a browser of their own: `become("Heidi", "modum", phone=True)`."""
    opened: list[BrowserContext] = []

    def person(name: str, slug: str, *, phone: bool = False, script: bool = True) -> Person:
        shape: dict[str, Any] = PHONE if phone else DESK
        context = chromium.new_context(
            **shape, locale="nb-NO", java_script_enabled=script, accept_downloads=True
        )
        opened.append(context)
        page: Page = context.new_page()
        someone = Person(page, site.kommune(slug), axe=AXE.read_text() if script else "")
        someone.log_in(name)
        return someone

    yield person
    for context in opened:
        context.close()
