"""Who can be tried in the demonstration, and which days of the year are worth a visit."""

from dataclasses import dataclass
from datetime import date

from demo import files
from kompetanse.organisasjon.queries import current
from soknader.models import Soknadsrunde
from soknader.queries import runde as runder

JUNE = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A person to log in as with one click, and what they come to do."""

    pk: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Played:
    """The employee numbers of those who apply, and who state, only when the visitor does."""

    applicants: frozenset[str]
    leaders: frozenset[str]


@dataclass(frozen=True, slots=True)
class Milestone:
    day: date
    text: str


def parts(slug: str) -> list[Part]:
    """Return those whom the log-in page offers, in the data file's order."""
    rows = files.read(slug, "roller").get("innlogging", [])
    offered = {str(row["ansatt"]): row["tekst"] for row in rows}
    found = {ansatt.number: ansatt for ansatt in current().filter(number__in=offered)}
    return [
        Part(found[number].pk, found[number].full_name, text)
        for number, text in offered.items()
        if number in found
    ]


def played(slug: str) -> Played:
    rows = files.read(slug, "roller")["innlogging"]
    return Played(
        applicants=frozenset(str(row["ansatt"]) for row in rows if row.get("soker_selv")),
        leaders=frozenset(str(row["ansatt"]) for row in rows if row.get("uttaler_seg_selv")),
    )


def open_round() -> Soknadsrunde | None:
    """Return the round that colleagues can apply in, of the active Kommune."""
    return runder.open_rounds().order_by("deadline").first()


def milestones(today: date) -> list[Milestone]:
    """Return the days of Modum's year that lie ahead, in order."""
    first_autumn = today.year - (today.month < JUNE)
    year = [
        Milestone(date(first_autumn, 9, 20), "Frist for behovsskjemaene"),
        Milestone(date(first_autumn, 10, 1), "Første påminnelse om søknadsfristen"),
        Milestone(date(first_autumn, 10, 14), "Dagen før søknadsfristen"),
        Milestone(date(first_autumn, 10, 16), "Dagen etter søknadsfristen"),
        Milestone(date(first_autumn, 10, 28), "Prioriteringsmøtet"),
        Milestone(date(first_autumn, 11, 4), "Dagen før svarene skal være ute"),
        Milestone(date(first_autumn + 1, 1, 8), "Uka før felles opplæringsplan skal være klar"),
        Milestone(date(first_autumn + 1, 1, 15), "Felles opplæringsplan og tilskuddssøknad"),
        Milestone(date(first_autumn + 1, 3, 1), "Rapport på tilskuddet"),
        Milestone(date(first_autumn + 1, 5, 15), "Evaluering og vårens søknader"),
    ]
    return [milestone for milestone in year if milestone.day > today]
