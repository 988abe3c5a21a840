"""After the yes: contract, receipts, progress, and the competence that a completed study gives."""

import re
from pathlib import Path

from tests.browser.papers import attachment
from tests.browser.person import Person


def open_own(employee: Person, study: str) -> None:
    employee.go("/mine/")
    employee.click(study)


def open_contract(employee: Person, study: str) -> None:
    open_own(employee, study)
    employee.click("Avtale om bindingstid")


def open_payments(employee: Person, study: str) -> None:
    open_own(employee, study)
    employee.click("Send kvitteringer og se hva som er igjen")


def sign_own(employee: Person, study: str, *, name: str) -> None:
    """Read the contract and sign it by writing one's name."""
    open_contract(employee, study)
    employee.click("Les og signer")
    sign(employee, name=name)
    employee.reads("Du har signert")


def sign_for_the_municipality(leader: Person, applicant: str, *, name: str) -> None:
    """Meet the duty on the front page, and sign for the municipality."""
    leader.go("/hjem/")
    leader.click(f"Signer avtalen til {applicant} for kommunen")
    sign(leader, name=name)
    leader.reads("Avtalen er signert av begge")


def sign(person: Person, *, name: str) -> None:
    person.tick("Jeg har lest avtalen og godtar den")
    person.fill("Skriv navnet ditt", name)
    person.press("Signer avtalen")


def send_receipt(employee: Person, study: str, *, amount: str, on: str, folder: Path) -> None:
    """Send a receipt for the fee against the grant."""
    open_payments(employee, study)
    employee.page.get_by_role("radio", name=re.compile("Studieavgift")).check()
    employee.fill("Beløp på kvitteringen", amount)
    employee.fill("Dato på kvitteringen", on)
    employee.fill("Hva har du betalt for?", "Semesteravgift")
    receipt = attachment(folder, "kvittering.pdf")
    employee.page.locator("input[type=file]").set_input_files(receipt)
    employee.press("Send kvitteringen")
    employee.reads("Kvitteringen er sendt")


def approve_receipt(leader: Person, applicant: str) -> None:
    leader.go("/utbetalinger/?status=sent")
    row = leader.main.get_by_role("row").filter(has_text=applicant)
    leader.follow(row.get_by_role("link").first)
    leader.page.get_by_role("radio", name=re.compile("^Ja")).check()
    leader.press("Lagre svaret")
    leader.reads("Kvitteringen er godkjent")


def hand_over_to_payroll(advisor: Person) -> None:
    advisor.go("/utbetalinger/")
    advisor.press(re.compile("overført"))
    advisor.reads("merket som overført til lønn")


def report(employee: Person, study: str) -> None:
    """Tell after the term that the study goes as planned."""
    _ask_how_it_goes(employee, study)
    employee.page.get_by_role("radio", name="Jeg er i rute").check()
    employee.press("Send meldingen")
    employee.reads("Takk, vi har fått meldingen")


def complete(employee: Person, study: str, *, on: str, folder: Path) -> None:
    """Tell that it is completed, with the diploma; the competence is proposed by the round."""
    _ask_how_it_goes(employee, study)
    employee.page.get_by_role("radio", name="Jeg har fullført").check()
    employee.fill("Hvilken dag fullførte eller avbrøt du?", on)
    employee.page.locator("input[type=file]").set_input_files(attachment(folder, "vitnemal.pdf"))
    employee.press("Send meldingen")
    employee.reads("Gratulerer! Lederen din bekrefter")


def confirm(leader: Person, applicant: str) -> None:
    """Confirm the completed study, with the competence that was proposed."""
    leader.go("/studier/")
    leader.click(re.compile(applicant))
    leader.page.get_by_role("radio", name=re.compile("^Ja")).check()
    leader.press("Lagre svaret")
    leader.reads("Studiet er bekreftet, og kompetansen er ført")


def under_education(leader: Person) -> list[str]:
    """Begin the unit's needs form; return the studies that it knows of by itself."""
    leader.go("/behov/")
    leader.click(re.compile("Hjemmebaserte tjenester"))
    leader.press("Start skjemaet")
    leader.click("Ansatte under utdanning")
    fields = leader.main.locator("input[name$='-study']").all()
    return [field.input_value() for field in fields]


def holders(leader: Person, competence: str) -> list[str]:
    """Search the stock of the whole municipality; return the names of those who have it."""
    leader.go("/kompetanse/sok/")
    leader.choose("Kompetanse", competence)
    leader.press(re.compile("Søk"))
    leader.reads("treff")
    return sorted(leader.main.get_by_role("rowheader").all_inner_texts())


def _ask_how_it_goes(employee: Person, study: str) -> None:
    open_own(employee, study)
    employee.click("Meld hvordan det går med studiet")
