"""The leader's part: a question and its answer, a statement, and stepping aside for the next."""

import re

from tests.browser.person import Person


def find(leader: Person, applicant: str) -> None:
    """Open the applicant's case from the list of those that wait."""
    leader.go("/leder/soknader/")
    leader.click(re.compile(applicant))


def ask(leader: Person, question: str) -> None:
    leader.page.get_by_text("Jeg må vite mer først").click()
    leader.fill("Hva trenger du å vite?", question)
    leader.press("Send spørsmålet")
    leader.reads("Spørsmålet er sendt til")


def answer(employee: Person, question: str, text: str) -> None:
    """Meet the question on the front page, and answer it."""
    employee.go("/hjem/")
    employee.click(re.compile("spørsmål"))
    employee.reads(question)
    employee.fill("Svaret ditt", text)
    employee.press("Send svaret")
    employee.reads("Svaret er sendt til lederen")


def support(leader: Person, *, why: str, condition: str = "") -> None:
    """State that one supports it, or does so on a condition."""
    choice = "Jeg støtter søknaden hvis" if condition else "Jeg støtter søknaden"
    name = re.compile(f"^{choice}{'' if condition else '$'}")
    leader.page.get_by_role("radio", name=name).check()
    leader.fill("Hvorfor?", why)
    if condition:
        leader.fill("Hva må være på plass?", condition)
    leader.fill("Hva betyr det for bemanningen?", "Samlingene kan dekkes av vikar.")
    leader.press("Lagre og neste")
    leader.reads("Uttalelsen er lagret")


def step_aside(leader: Person, ground: str) -> None:
    leader.page.get_by_text("Jeg er inhabil i saken").click()
    leader.page.get_by_role("radio", name=re.compile(ground)).check()
    leader.press("Meld meg inhabil")
    leader.reads("Du er meldt inhabil")
