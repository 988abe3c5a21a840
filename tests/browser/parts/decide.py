"""The decisions and the letters: made, a sample read, sent, stopped, sent again, and replied to."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.papers import pdf_text
from tests.browser.parts.prioritise import open_desk
from tests.browser.person import Person

MAKING_MS = 120_000


def decide_all(decider: Person) -> int:
    """Decide together all that the person may decide; return how many."""
    open_desk(decider)
    decider.click("Til vedtak")
    button = decider.page.get_by_role("button", name=re.compile(r"^Vedta \d+ sak"))
    number = int(button.inner_text().split()[1])
    decider.follow(button)
    decider.reads(f"{number} saker er vedtatt" if number > 1 else "1 sak er vedtatt")
    return number


def make_letters(advisor: Person) -> None:
    open_desk(advisor)
    advisor.click("Til vedtak")
    advisor.click("Til svarbrevene")
    advisor.press(re.compile(r"^Lag \d+ brev"))
    expect(advisor.page.get_by_role("link", name="Gå videre")).to_be_visible(timeout=MAKING_MS)
    advisor.click("Gå videre")


def sample(advisor: Person, folder: Path, outcome: str) -> str:
    """Read the letter that is offered as a sample of the outcome."""
    row = advisor.main.get_by_role("row").filter(has_text=outcome)
    with advisor.page.expect_download() as waiting:
        row.get_by_role("link").first.click()
    path = folder / f"{outcome}.pdf"
    waiting.value.save_as(path)
    return pdf_text(path)


def send_letters(advisor: Person) -> None:
    """Order the sending, with the count repeated; they leave in fifteen minutes."""
    advisor.click(re.compile(r"^Send \d+ brev"))
    advisor.press(re.compile(r"^Ja, send \d+ brev"))
    advisor.reads("Brevene er på vei")


def stop_letters(advisor: Person) -> None:
    advisor.press("Stopp utsendingen")
    advisor.reads("Utsendingen er stoppet")


def reply(employee: Person, heading: str, answer: str, folder: Path) -> str:
    """Find the answer on the front page, read the letter, say yes or no; return the letter."""
    employee.go("/hjem/")
    employee.click(re.compile(heading))
    letter = pdf_text(employee.download("Les svarbrevet", folder))
    if answer == "Takk nei":
        employee.main.get_by_text("Vil du ikke ha støtten likevel?").click()
    employee.press(answer)
    employee.reads("Du har takket ja" if answer == "Takk ja" else "Du har takket nei")
    return letter


def next_on_waiting_list(advisor: Person) -> int:
    """Return the number of the case that the front page says is next."""
    advisor.go("/hjem/")
    duty = advisor.main.get_by_text(re.compile(r"^Sak \d+ står først på ventelista")).first
    return int(duty.inner_text().split()[1])


def give_place_to_next(advisor: Person, number: int) -> None:
    """Meet the waiting list's next on the front page, and grant the place that became free."""
    advisor.go("/hjem/")
    advisor.click(re.compile(f"^Sak {number} står først på ventelista"))
    advisor.reads("Det gamle vedtaket blir stående i arkivet")
    advisor.press("Erstatt vedtaket")
    advisor.reads(f"Vedtaket i sak {number} er erstattet")
