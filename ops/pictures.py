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

from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TO = ROOT / "docs" / "pictures"
PORT = int(os.environ.get("PORT") or 8000)
ADDRESS = f"http://127.0.0.1:{PORT}"
PHONE = (390, 844)
DESK = (1280, 900)
TALL = (1280, 1600)
COLOURS = 128
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
    # Parts of the addresses of links to follow from there, for pages whose address holds a number.
    follow: tuple[str, ...] = ()
    # What to picture of a long page: the heading of a section, put at the top.
    heading: str = ""


PICTURES = (
    Picture("forside", "modum", "Fagrådgiver", "hjem/"),
    Picture("soknad-mobil", "siljan", "Helsefagarbeider", "mine/", PHONE, ("/mine/",)),
    Picture("prioritering", "siljan", "HR-rådgiver", "prioritering/", TALL, ("/prioritering/",)),
    Picture("mote", "siljan", "HR-rådgiver", "prioritering/", DESK, ("/prioritering/", "/mote/")),
    Picture("arshjul", "modum", "Fagrådgiver", "arshjul/", heading="Året som hjul"),
    Picture("gap", "modum", "Fagrådgiver", "gap/", heading="Varmekart"),
    Picture("strategiplan", "modum", "Fagrådgiver", "plan/strategi/", DESK, ("/plan/strategi/",)),
)


def log_in(page: Page, picture: Picture) -> None:
    page.goto(f"{ADDRESS}/{picture.kommune}/konto/logg-inn/")
    page.get_by_role("button").filter(has_text=picture.part).first.click()
    page.wait_for_url("**/hjem/")


def open_page(page: Page, picture: Picture) -> None:
    page.goto(f"{ADDRESS}/{picture.kommune}/{picture.path}")
    for part in picture.follow:
        link = page.locator(f'main a[href*="{part}"]:not([href*="/ny/"])').first
        page.goto(link.evaluate("link => link.href", timeout=5000))
    if picture.heading:
        heading = page.get_by_role("heading", name=picture.heading)
        heading.evaluate("heading => heading.scrollIntoView()", timeout=5000)


def take(browser: Browser, picture: Picture) -> None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=1.5, locale="nb-NO"
    )
    page = context.new_page()
    log_in(page, picture)
    open_page(page, picture)
    to = TO / f"{picture.name}.png"
    page.screenshot(path=to)
    context.close()
    with Image.open(to) as image:
        image.convert("RGB").quantize(COLOURS).save(to, optimize=True)


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
