"""Makes the pictures of README from a demonstration that runs; PORT as for `make demo`.

Every picture is a page as an invented person sees it, reached by the links that person has.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TO = ROOT / "docs" / "pictures"
PORT = int(os.environ.get("PORT") or 8000)
ADDRESS = f"http://localhost:{PORT}"
PHONE = (390, 844)
DESK = (1280, 900)
CHROMIUM = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page to picture: whose part (the start of its text on the log-in page), and where."""

    name: str
    kommune: str
    part: str
    path: str
    size: tuple[int, int] = DESK
    # Part of the address of a link to follow from there, for pages whose address holds a number.
    follow: str = ""


PICTURES = (
    Picture("forside", "modum", "Fagrådgiver", "hjem/"),
    Picture("arshjul", "modum", "Fagrådgiver", "arshjul/"),
    Picture("strategiplan", "modum", "Fagrådgiver", "plan/strategi/", follow="/plan/strategi/"),
    Picture("behovsskjema", "modum", "Virksomhetsleder", "behov/", follow="/behov/2"),
    Picture("gap", "modum", "Virksomhetsleder", "gap/"),
    Picture("soknad-mobil", "modum", "Helsefagarbeider", "soknad/", PHONE),
    Picture("forside-mobil", "siljan", "Helsefagarbeider", "hjem/", PHONE),
    Picture("prioritering", "siljan", "HR-rådgiver", "prioritering/"),
    Picture("mote", "siljan", "HR-rådgiver", "prioritering/", follow="/mote/"),
)


def log_in(page: Page, picture: Picture) -> None:
    page.goto(f"{ADDRESS}/{picture.kommune}/konto/logg-inn/")
    page.get_by_role("button").filter(has_text=picture.part).first.click()


def open_page(page: Page, picture: Picture) -> None:
    page.goto(f"{ADDRESS}/{picture.kommune}/{picture.path}")
    if picture.follow:
        page.locator(f'main a[href*="{picture.follow}"]').first.click(timeout=5000)


def take(browser: Browser, picture: Picture) -> None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=2, locale="nb-NO"
    )
    page = context.new_page()
    log_in(page, picture)
    open_page(page, picture)
    page.screenshot(path=TO / f"{picture.name}.png")
    context.close()


def told(browser: Browser, picture: Picture) -> bool:
    """Take the picture and say so; one that cannot be taken does not stop the others."""
    try:
        take(browser, picture)
    except Error as error:
        print(f"{picture.name}: {error.message.splitlines()[0]}")
        return False
    print(f"docs/pictures/{picture.name}.png")
    return True


def main() -> int:
    try:
        socket.create_connection(("127.0.0.1", PORT), timeout=5).close()
    except OSError:
        print(f"Stoppet: ingen demonstrasjon svarer på {ADDRESS}; start den med «make demo» først.")
        return 1
    TO.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM + sandbox
        )
        results = [told(browser, picture) for picture in PICTURES]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
