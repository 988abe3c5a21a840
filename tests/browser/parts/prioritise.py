"""The group's desk: points, the order with its reasons, what-if, and drafts of the decisions."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.person import Person

ROUND = "Høstrunden 2026"


def open_desk(person: Person, name: str = ROUND) -> None:
    person.go("/prioritering/")
    person.click(name)


def open_case(person: Person, study: str) -> None:
    """Open the case with that study from the list."""
    open_desk(person)
    person.follow(row_of(person, study).get_by_role("link", name=re.compile("^Sak ")))


def row_of(person: Person, study: str) -> Locator:
    return person.main.locator(".rangering tbody tr").filter(has_text=study)


def order(person: Person) -> list[str]:
    """Return the cases of the list in their order: «Sak 3», «Sak 1» …"""
    return person.main.locator(".rangering th[scope=row]").all_inner_texts()


def applicant(person: Person, number: int) -> str:
    """Return the name of the one who applied, as the group's list shows it."""
    open_desk(person)
    row = person.main.locator(".rangering tbody tr").filter(
        has=person.page.get_by_role("link", name=f"Sak {number}", exact=True)
    )
    return row.locator("[data-label='Søker']").inner_text().strip()


def give_points(person: Person, *, each: int) -> None:
    """Give so many points for every criterion of the open case."""
    form = person.main.locator("form[action$='/poeng/']")
    for radio in form.locator(f"input[type=radio][value='{each}']").all():
        radio.check()
    person.follow(form.get_by_role("button", name="Lagre poengene"))


def place(person: Person, study: str, *, at: int) -> None:
    """Move the case by its number field, as the group agreed."""
    row = row_of(person, study)
    row.get_by_role("spinbutton").or_(row.get_by_role("textbox")).first.fill(f"{at}")
    person.follow(row.locator("button[name=flytt]"))
    person.reads(f"til plass {at}")


def say_why(person: Person, reason: str) -> None:
    """Answer the list's question when a case was put before those with more points."""
    person.fill("står foran noen med flere poeng. Hvorfor?", reason)
    person.press("Lagre grunnen")
    expect(person.page.get_by_label("Hvorfor?")).to_have_count(0)


def try_frame(person: Person, amount: str) -> None:
    """Try another frame without saving anything."""
    person.click("Hva hvis …")
    person.fill("Ramme", amount)
    person.press("Vis")
    person.reads("Slik blir det")


def draft(person: Person, outcome: str, *, reason: str = "") -> None:
    """Draft the decision in the open case."""
    form = person.main.locator("form[action$='/utkast/']")
    form.get_by_role("radio", name=outcome, exact=True).check()
    form.get_by_label("Begrunnelse").fill(reason)
    person.follow(form.get_by_role("button", name="Lagre utkastet"))
