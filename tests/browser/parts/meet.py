"""The meeting: agenda and invitation, the wall, the unions' own screen, and the minutes."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.papers import pdf_text
from tests.browser.person import Person

MEETING = "Prioriteringsmøte, høstens søknader"
NEXT = re.compile("Neste")


def open_meeting(person: Person) -> None:
    person.go("/mote/")
    person.click(MEETING)


def call(advisor: Person) -> None:
    """Make the agenda of what waits, and send the invitation."""
    open_meeting(advisor)
    advisor.click("Saksliste")
    advisor.press("Lag saksliste")
    advisor.reads("Prioritering av søknader, høstrunden 2026")
    advisor.click(MEETING)
    advisor.press("Send innkalling")
    advisor.reads("Innkallingen er sendt, med kalenderfil")


def begin(advisor: Person) -> None:
    open_meeting(advisor)
    advisor.press("Start møtet")
    advisor.click("Vis på veggen")
    advisor.reads("Sakslisten har")


def show_first_case(advisor: Person) -> None:
    """Go on to the list of the round, and from it to the case that stands first."""
    advisor.press(NEXT)
    advisor.press(NEXT)
    advisor.reads("Prioritering av søknader")
    advisor.page.get_by_text("Gå til", exact=True).click()
    advisor.press(re.compile("^Sak "))
    advisor.reads("Plass 1")


def follow(union: Person) -> None:
    """Open the meeting on a screen of one's own."""
    open_meeting(union)
    union.click("Følg møtet på egen skjerm")


def sees_the_wall(union: Person, text: str) -> None:
    """Hold that the own screen comes to the same place by itself."""
    expect(union.main).to_contain_text(text)


def dissent(union: Person, text: str) -> None:
    """Have it entered that one does not agree about the case on the wall."""
    union.click(re.compile("^Skriv innspill til sak"))
    union.fill("Kommentar", text)
    union.tick("Uenighet som skal føres i referatet")
    union.press("Lagre kommentaren")
    union.reads("Innspillet er lagret")


def rise(advisor: Person) -> None:
    """Write who came, and end the meeting."""
    open_meeting(advisor)
    advisor.click("Før oppmøte")
    advisor.press("Lagre oppmøtet")
    advisor.press("Hev møtet")
    advisor.reads("Møtet er hevet")


def send_minutes(advisor: Person, *, conclusion: str, by: str) -> None:
    """Draft the minutes of what happened, write what the meeting came to, and send them round."""
    open_meeting(advisor)
    advisor.press("Lag utkast til referat")
    advisor.page.locator("textarea").nth(2).fill(conclusion)
    advisor.press("Lagre referatet")
    advisor.reads(conclusion)
    advisor.click("Send til merknader")
    advisor.fill("Frist for merknader", by)
    advisor.press("Send til merknader")
    advisor.reads("Referatet er sendt til deltakerne")


def agree(union: Person) -> None:
    open_meeting(union)
    union.click("Referat, utgave 1")
    union.page.get_by_role("radio").first.check()
    union.press("Send svaret")
    union.reads("Svaret ditt er lagret")


def approve(advisor: Person, folder: Path) -> str:
    """Approve the minutes; return the text of the frozen PDF."""
    open_meeting(advisor)
    advisor.click("Referat, utgave 1")
    advisor.press("Godkjenn referatet")
    advisor.reads("Referatet er godkjent")
    return pdf_text(advisor.download("Last ned PDF", folder))
