"""Employees: what they can count on, the four steps, and an application begun by someone else."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.browser.papers import attachment
from tests.browser.person import Person

NUMBER = re.compile(r"20\d\d-\d{4}")


@dataclass(frozen=True)
class Study:
    """What an employee applies for; texts as people type them."""

    name: str
    announced: str
    starts: str
    ends: str
    tuition: str
    reason: str = "Jeg vil kunne mer om de eldste. Mange er alvorlig syke."
    use: str = "Jeg kan veilede kolleger."


def calculate(person: Person, study: Study) -> None:
    """Ask the calculator what the study would give."""
    person.go("/soknad/")
    person.click("Hva kan jeg regne med?")
    person.fill("Hva vil du studere?", study.name)
    person.fill("Når starter studiet?", study.starts)
    person.fill("Når er det ferdig?", study.ends)
    person.fill("Hvor mange eksamener?", "1")
    person.fill("Studieavgift og eksamensavgift", study.tuition)
    person.press("Regn ut")
    person.reads(f"Dette kan du regne med til {study.name}")


def begin(person: Person) -> None:
    person.go("/soknad/")
    person.tick("Jeg bekrefter at jeg vil svare så riktig som jeg kan")
    person.press("Start søknad")


def write(person: Person, study: Study) -> None:
    """Answer the four steps; the person is then asked for attachments."""
    person.page.get_by_role("radio", name=re.compile(study.announced)).first.check()
    person.fill("Hva vil du studere?", study.name)
    person.fill("Hvor skal du studere?", "Høgskolen i Innlandet")
    person.fill("Hvor mange studiepoeng gir det?", "30")
    person.press("Neste")
    person.fill("Når starter studiet?", study.starts)
    person.fill("Når er studiet ferdig?", study.ends)
    person.fill("Hvor mange eksamener har studiet?", "1")
    person.fill("Hvor mange samlingsdager faller på arbeidsdagene dine?", "3")
    person.press("Neste")
    person.fill("Studieavgift og eksamensavgift", study.tuition)
    person.fill("Bøker", "1.500")
    person.press("Neste")
    person.fill("Hvorfor søker du?", study.reason)
    person.fill("Hvordan kan arbeidsplassen bruke det du lærer?", study.use)
    person.press("Neste")


def attach(person: Person, folder: Path, name: str) -> None:
    person.page.locator("input[type=file]").first.set_input_files(attachment(folder, name))
    person.press(re.compile("Legg ved|Last opp"))
    person.reads(name)


def send(person: Person) -> str:
    """Read it over and send it; return the number on the receipt."""
    person.click("Gå til oppsummeringen")
    person.reads("Søknaden er ikke sendt ennå")
    person.press("Send inn søknaden")
    person.reads("Søknaden er sendt")
    found = NUMBER.search(person.main.inner_text())
    assert found
    return found.group()


def register_for(leader: Person, number: str) -> None:
    """Begin an application for an employee who cannot do it alone."""
    leader.go("/soknad/pa-vegne/")
    leader.fill("Ansattnummeret til den du registrerer for", number)
    leader.press("Begynn registreringen")
    leader.reads("Du registrerer nå på vegne av")


def take_over(employee: Person, study: Study) -> None:
    """Find the draft that someone else began, and be alone about it from now on."""
    employee.go("/mine/")
    employee.click(study.name)
    employee.reads("på vegne av")
    employee.click("Overta søknaden")
    employee.press("Ja, overta søknaden")
    employee.reads("Du har overtatt søknaden")
