"""Someone at a browser: goes to pages, reads them, and holds each against the rules for all."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Locator, Page, expect
from playwright.sync_api import TimeoutError as Late

# Everyone's in the demonstration. Source: demo/loading/people.py.
PASSWORD = "bare-til-demonstrasjon"
# What axe must not find: WCAG 2.1 A and AA.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@dataclass
class Person:
    """A logged-in person. Every page they open is checked for accessibility and width."""

    page: Page
    home: str
    axe: str = ""
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("pageerror", self._broken)
        self.page.on("console", self._told)
        self.troubles: list[str] = []

    def log_in(self, name: str) -> None:
        """Choose the person on the log-in page, as a visitor does."""
        self.page.goto(f"{self.home}/konto/logg-inn/")
        self.page.get_by_role("button", name=re.compile(rf"^{name}\b")).first.click()
        expect(self.page).to_have_url(f"{self.home}/hjem/")
        self.check()

    def log_in_with(self, email: str) -> None:
        """Log in with e-mail address and the demonstration's password."""
        self.page.goto(f"{self.home}/konto/logg-inn/")
        self.page.get_by_label("E-post").fill(email)
        self.page.get_by_label("Passord").fill(PASSWORD)
        self.press(re.compile("^Logg inn$"))
        expect(self.page).to_have_url(f"{self.home}/hjem/")

    def go(self, path: str) -> None:
        answer = self.page.goto(f"{self.home}{path}")
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        self.check()

    def click(self, name: str | re.Pattern[str]) -> None:
        """Follow the first link of that name to the next page."""
        self.follow(self.page.get_by_role("link", name=name).first)

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the first button of that name, and wait for the page that answers."""
        self.follow(self.page.get_by_role("button", name=name).first)

    def is_refused(self, name: str, sentence: str) -> None:
        """Press the button, and read why it cannot be done now; that answer is a 409."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.get_by_role("button", name=name).first.click()
        self.reads(sentence)
        self.troubles[:] = [each for each in self.troubles if "status of 409" not in each]
        self.check()

    def follow(self, target: Locator) -> None:
        """Click, and wait for the page that answers.

        Raises:
            AssertionError: no page came within half a minute; it says what stood there instead.
        """
        try:
            with self.page.expect_navigation(wait_until="load"):
                target.click()
        except Late as late:
            raise AssertionError(f"{self.page.url}: {self.main.inner_text()}") from late
        self.check()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(value)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=False).first.select_option(label=option)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=False).first.check()

    def reads(self, text: str) -> None:
        """Hold that the page shows the text."""
        expect(self.main).to_contain_text(text)

    def does_not_read(self, text: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def download(self, name: str, folder: Path) -> Path:
        """Click the link that gives a file, and return where it was saved."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name).first.click()
        return self._saved(waiting.value, folder)

    def check(self) -> None:
        """Hold the page against WCAG 2.1 AA (axe) and its own width, once for each address."""
        assert self.troubles == [], self.troubles
        place = re.sub(r"\d+", "N", self.page.url)
        if place in self.seen or not self.axe:
            return
        self.seen.add(place)
        self.fits()
        self.can_send()
        self.page.evaluate(self.axe)
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
        )
        faults = [
            (each["id"], [node["html"][:160] for node in each["nodes"][:3]])
            for each in found["violations"]
        ]
        assert faults == [], f"{self.page.url}: {faults}"

    def fits(self) -> None:
        """Hold that nothing makes the page wider than the window."""
        width = self.page.evaluate("document.documentElement.scrollWidth")
        window = self.page.evaluate("window.innerWidth")
        assert width <= window, f"{self.page.url} is {width} wide in a window of {window}"

    def can_send(self) -> None:
        """Hold that every form has a button to send it with."""
        dumb = self.page.evaluate(
            "[...document.forms].filter(form => ![...form.elements].some("
            "each => each.type === 'submit')).map(form => form.outerHTML.slice(0, 160))"
        )
        assert dumb == [], f"{self.page.url}: {dumb}"

    def _saved(self, download: Download, folder: Path) -> Path:
        target = folder / download.suggested_filename
        download.save_as(target)
        return target

    def _broken(self, error: Any) -> None:
        self.troubles.append(str(error))

    def _told(self, message: Any) -> None:
        # 422 is how a form with a mistake is answered.
        if message.type == "error" and "status of 422" not in message.text:
            self.troubles.append(message.text)
