"""The advisor's rounds: opened, and copied to the next year."""

from tests.browser.person import Person


def open_round(advisor: Person, name: str) -> None:
    advisor.go("/runder/")
    advisor.click(name)
    advisor.press("Åpne runden")
    advisor.reads("Åpen for søknader")


def copy_round(advisor: Person, name: str, *, to: str) -> None:
    """Make next year's round like this one: dates a year later, all else with it."""
    advisor.go("/runder/")
    advisor.click(name)
    advisor.click("Kopier til neste år")
    advisor.reads("med datoene ett år seinere")
    advisor.press("Lag runden")
    advisor.reads(to)
    advisor.reads("Runden er laget. Den er ikke åpnet ennå.")
