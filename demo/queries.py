"""Who can be tried in the demonstration, and which days of the year are worth a visit."""

from dataclasses import dataclass
from datetime import date

from demo import files
from kompetanse import clock
from kompetanse.organisasjon.models import Rolle
from kompetanse.organisasjon.queries import current, roles_in_force
from soknader.models import Soknadsrunde
from soknader.queries import runde as runder

JUNE = 6
Kode = Rolle.Kode


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
class Opening:
    """A round that nobody can apply in before its adviser opens it."""

    runde: Soknadsrunde
    adviser: str


@dataclass(frozen=True, slots=True)
class Milestone:
    day: date
    text: str


# What each role comes to do, after the unit's name; in the order of the log-in page.
COMES_TO = {
    Kode.LEDER: "melder behov og uttaler seg om søknader",
    Kode.VIRKSOMHETSLEDER: "fyller ut behovsskjema og prioriterer",
    Kode.FAGRADGIVER: "driver runder, brev, årshjul og tilskudd",
    Kode.TILLITSVALGT: "ser prioriteringen uten private grunner",
    Kode.VERNEOMBUD: "ser planer og prioritering",
    Kode.KOMPETANSETILLITSVALGT: "hjelper kolleger med å søke",
    Kode.STABSLEDER: "fordeler tilskuddet",
    Kode.KOMMUNALSJEF: "vedtar i sektoren",
    Kode.PERSONALSJEF: "samler behovene og lager handlingsplanen",
    Kode.KOMMUNEDIREKTOR: "eier planen og ser nøkkeltallene",
    Kode.REGIONKOORDINATOR: "samler kommunene i regionen",
    Kode.SYSTEMANSVARLIG: "enheter, ansatte, roller og innsyn fra driften",
}


def parts(slug: str) -> list[Part]:
    """Return whom the log-in page offers: those of the data file, and one of each role left."""
    rows = files.read(slug, "roller").get("innlogging", [])
    offered = {str(row["ansatt"]): row["tekst"] for row in rows}
    found = {ansatt.number: ansatt for ansatt in current().filter(number__in=offered)}
    named = [
        Part(found[number].pk, found[number].full_name, text)
        for number, text in offered.items()
        if number in found
    ]
    return named + _others({part.pk for part in named})


def _others(named: set[int]) -> list[Part]:
    """Return the first holder of each role that none of the named holds, and an employee."""
    rows = roles_in_force().select_related("ansatt", "enhet").order_by("ansatt__number", "pk")
    # The one nearest the work: the head of the municipality leads a unit too.
    roles = sorted(
        (rolle for rolle in rows if rolle.ansatt.bruker_id), key=lambda rolle: -rolle.enhet.depth
    )
    seen = {rolle.kode for rolle in roles if rolle.ansatt_id in named}
    first: dict[str, Rolle] = {}
    for rolle in roles:
        first.setdefault(rolle.kode, rolle)
    made = [
        Part(
            first[kode].ansatt_id,
            first[kode].ansatt.full_name,
            f"{kode.label}, {first[kode].enhet.name} – {comes_to}",
        )
        for kode, comes_to in COMES_TO.items()
        if kode in first and kode not in seen
    ]
    return made if named else [*_employee({rolle.ansatt_id for rolle in roles}), *made]


def _employee(with_roles: set[int]) -> list[Part]:
    """Return someone who cares for people and holds no role."""
    rows = current().filter(bruker__isnull=False, kategori__name="Helsefagarbeider")
    ansatt = rows.exclude(pk__in=with_roles).select_related("enhet").order_by("number").first()
    if ansatt is None:
        return []
    text = f"Helsefagarbeider, {ansatt.enhet.name} – søker om støtte til utdanning"
    return [Part(ansatt.pk, ansatt.full_name, text)]


def played(slug: str) -> Played:
    rows = files.read(slug, "roller").get("innlogging", [])
    return Played(
        applicants=frozenset(str(row["ansatt"]) for row in rows if row.get("soker_selv")),
        leaders=frozenset(str(row["ansatt"]) for row in rows if row.get("uttaler_seg_selv")),
    )


def open_round() -> Soknadsrunde | None:
    """Return the round that colleagues can apply in, of the active Kommune."""
    return runder.open_rounds().order_by("deadline").first()


def opening() -> Opening | None:
    """Return the next round of the active Kommune, when employees only wait for it to be opened."""
    runde = runder.upcoming(clock.today())
    if runde is None or open_round() is not None:
        return None
    advisers = roles_in_force().filter(kode=Kode.FAGRADGIVER, ansatt__bruker__isnull=False)
    adviser = advisers.select_related("ansatt").order_by("ansatt__number").first()
    return Opening(runde, adviser.ansatt.full_name) if adviser else None


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
