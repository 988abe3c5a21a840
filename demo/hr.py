"""Invented employees as an HR system exports them: Modum's health and social sector, and Siljan.

Run `python -m demo.hr` after a change; the files under demo/data/ are committed. Names are drawn
from the most common in Norway, and any likeness to a real person is chance.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kompetanse import tables
from kompetanse.tables import Column, Kind, Sheet

DATA = Path(__file__).parent / "data"
YEAR = 2026
RETIREMENT_AGE = 67
# Who works more than this has no room for a second position.
ROOM_FOR_MORE = 75

# People of the public plans that the demonstration builds on bear these names; nobody here does.
NAMES_NOT_USED = {
    ("Marit", "Ødegård"),
    ("Marianne", "Simonsen"),
    ("Sissel", "Amundsen"),
    ("Sissel", "Henriksen"),
    ("Anne", "Henriksen"),
    ("Maria", "Aasen"),
    ("Arne", "Andersen"),
    ("Mari", "Aasen"),
}

# Shares of a full position as care services hand them out, in per cent.
PART_TIME = (100, 100, 75, 75, 70, 60, 60, 50, 50, 50, 50, 40, 40, 35, 35, 25, 20)
OFFICE_TIME = (100, 100, 100, 100, 100, 80, 80, 60)


@dataclass(frozen=True, slots=True)
class Job:
    """A position category: its name in HR, its code, and the shares it is held in."""

    name: str
    code: str
    shares: tuple[int, ...] = PART_TIME


JOBS = {
    key: Job(name, code, shares)
    for key, name, code, shares in (
        ("syk", "Sykepleier", "7174", PART_TIME),
        ("spes", "Spesialsykepleier", "7523", PART_TIME),
        ("hfa", "Helsefagarbeider", "7076", PART_TIME),
        ("vpl", "Vernepleier", "6455", PART_TIME),
        ("ass", "Assistent", "6572", PART_TIME),
        ("fys", "Fysioterapeut", "7066", OFFICE_TIME),
        ("erg", "Ergoterapeut", "6517", OFFICE_TIME),
        ("hsp", "Helsesykepleier", "6185", OFFICE_TIME),
        ("jor", "Jordmor", "7531", OFFICE_TIME),
        ("sos", "Sosionom", "6675", OFFICE_TIME),
        ("bvp", "Barnevernspedagog", "6508", OFFICE_TIME),
        ("mil", "Miljøterapeut", "6675", PART_TIME),
        ("kok", "Kokk", "7517", PART_TIME),
        ("kja", "Kjøkkenassistent", "6572", PART_TIME),
        ("sak", "Saksbehandler", "7516", OFFICE_TIME),
        ("vei", "Veileder", "6559", OFFICE_TIME),
        ("avd", "Avdelingsleder", "7451", (100,)),
        ("fag", "Fagleder", "7453", (100, 100, 80)),
        ("vir", "Virksomhetsleder", "9451", (100,)),
        ("rad", "Fagrådgiver", "8530", (100,)),
        ("stab", "Stabsleder", "9451", (100,)),
        ("ksj", "Kommunalsjef", "9430", (100,)),
        ("kdi", "Kommunedirektør", "9430", (100,)),
        ("per", "Personalsjef", "9451", (100,)),
        ("hrk", "HR-rådgiver", "8530", (100,)),
        ("ikt", "IKT-rådgiver", "8530", (100,)),
        ("lær", "Lærer", "7962", OFFICE_TIME),
        ("rek", "Rektor", "9951", (100,)),
        ("bhl", "Barnehagelærer", "6709", OFFICE_TIME),
        ("bau", "Barne- og ungdomsarbeider", "7076", PART_TIME),
        ("sty", "Styrer", "9451", (100,)),
        ("fgb", "Fagarbeider", "7517", OFFICE_TIME),
        ("ing", "Ingeniør", "8085", (100,)),
        ("vak", "Vaktmester", "7517", OFFICE_TIME),
        ("ren", "Renholder", "6014", PART_TIME),
        ("brk", "Brannkonstabel", "7238", (100,)),
        ("spp", "Spesialpedagog", "7522", OFFICE_TIME),
    )
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, the category of its leader, and how many of each category work there."""

    code: str
    name: str
    kind: str
    parent: str
    leader: str
    staff: tuple[tuple[str, int], ...] = ()


MODUM = (
    Unit("1000", "Modum kommune", "kommune", "", "kdi", (("per", 1), ("ikt", 1))),
    Unit("2000", "Helse og sosial", "sektor", "1000", "ksj", (("stab", 1), ("rad", 2))),
    Unit("2100", "Institusjonsbaserte tjenester", "virksomhet", "2000", "vir", (("fag", 1),)),
    Unit(
        "2110",
        "Langtidsavdeling 1",
        "avdeling",
        "2100",
        "avd",
        (("syk", 5), ("hfa", 11), ("ass", 5)),
    ),
    Unit(
        "2120",
        "Langtidsavdeling 2",
        "avdeling",
        "2100",
        "avd",
        (("syk", 5), ("hfa", 11), ("ass", 5)),
    ),
    Unit(
        "2130",
        "Skjermet avdeling",
        "avdeling",
        "2100",
        "avd",
        (("syk", 3), ("vpl", 2), ("hfa", 9), ("ass", 3)),
    ),
    Unit(
        "2140",
        "Korttid og rehabilitering",
        "avdeling",
        "2100",
        "avd",
        (("syk", 8), ("spes", 2), ("hfa", 9), ("ass", 3)),
    ),
    Unit("2200", "Hjemmebaserte tjenester", "virksomhet", "2000", "vir", (("fag", 1),)),
    Unit(
        "2210",
        "Hjemmesykepleien nord",
        "avdeling",
        "2200",
        "avd",
        (("syk", 8), ("hfa", 12), ("ass", 4)),
    ),
    Unit(
        "2220",
        "Hjemmesykepleien sør",
        "avdeling",
        "2200",
        "avd",
        (("syk", 7), ("spes", 1), ("hfa", 11), ("ass", 4)),
    ),
    Unit(
        "2230",
        "Psykisk helse og rus",
        "avdeling",
        "2200",
        "avd",
        (("spes", 3), ("vpl", 2), ("sos", 3), ("hfa", 4)),
    ),
    Unit("2300", "Tun Funksjonshemmede", "virksomhet", "2000", "vir"),
    Unit(
        "2310",
        "Bofellesskap Elvebakken",
        "avdeling",
        "2300",
        "avd",
        (("vpl", 4), ("mil", 2), ("hfa", 7), ("ass", 6)),
    ),
    Unit(
        "2320",
        "Avlastning og dagtilbud",
        "avdeling",
        "2300",
        "avd",
        (("vpl", 2), ("mil", 2), ("hfa", 4), ("ass", 5)),
    ),
    Unit("2400", "Tun Vikersund", "virksomhet", "2000", "vir"),
    Unit(
        "2410",
        "Bofellesskap Skogtunet",
        "avdeling",
        "2400",
        "avd",
        (("vpl", 3), ("mil", 1), ("hfa", 6), ("ass", 5)),
    ),
    Unit(
        "2420",
        "Bofellesskap Fjordgløtt",
        "avdeling",
        "2400",
        "avd",
        (("syk", 1), ("vpl", 2), ("hfa", 5), ("ass", 4)),
    ),
    Unit("2500", "Forebyggende tjenester", "virksomhet", "2000", "vir"),
    Unit(
        "2510",
        "Helsestasjon og skolehelsetjeneste",
        "avdeling",
        "2500",
        "avd",
        (("hsp", 8), ("jor", 2)),
    ),
    Unit("2520", "Fysio- og ergoterapi", "avdeling", "2500", "avd", (("fys", 5), ("erg", 4))),
    Unit("2600", "Barnevern", "virksomhet", "2000", "vir", (("fag", 1),)),
    Unit("2610", "Mottak og undersøkelse", "avdeling", "2600", "avd", (("bvp", 4), ("sos", 2))),
    Unit("2620", "Tiltak i hjemmet", "avdeling", "2600", "avd", (("bvp", 3), ("sos", 2))),
    Unit("2700", "Flyktningetjenesten", "virksomhet", "2000", "vir", (("vei", 5), ("sos", 1))),
    Unit("2800", "Sentralkjøkken", "virksomhet", "2000", "vir", (("kok", 5), ("kja", 4))),
    Unit(
        "2900",
        "Saksbehandlerenheten",
        "virksomhet",
        "2000",
        "vir",
        (("sak", 4), ("syk", 2), ("erg", 1)),
    ),
    Unit("3000", "Frisklivssentralen", "virksomhet", "2000", "vir", (("fys", 2), ("syk", 1))),
    Unit("3100", "NAV", "virksomhet", "2000", "vir", (("vei", 7), ("sos", 3))),
)

SILJAN = (
    Unit("4000", "Siljan kommune", "kommune", "", "kdi", (("per", 1), ("hrk", 1), ("ikt", 1))),
    Unit("4100", "Avdeling for helse", "sektor", "4000", "ksj"),
    Unit("4110", "Sykehjemmet", "virksomhet", "4100", "avd", (("syk", 4), ("hfa", 6), ("ass", 2))),
    Unit(
        "4120", "Hjemmetjenesten", "virksomhet", "4100", "avd", (("syk", 3), ("hfa", 5), ("ass", 2))
    ),
    Unit(
        "4130",
        "Bo- og miljøtjenesten",
        "virksomhet",
        "4100",
        "avd",
        (("vpl", 2), ("mil", 1), ("hfa", 3), ("ass", 1)),
    ),
    Unit("4140", "Helsestasjonen", "virksomhet", "4100", "avd", (("hsp", 2), ("jor", 1))),
    Unit("4200", "Avdeling for oppvekst", "sektor", "4000", "ksj"),
    Unit("4210", "Grunnskolen", "virksomhet", "4200", "rek", (("lær", 11), ("bau", 3))),
    Unit("4220", "Barnehagen", "virksomhet", "4200", "sty", (("bhl", 4), ("bau", 4))),
    Unit("4300", "Avdeling for samfunn", "sektor", "4000", "ksj"),
    Unit("4310", "Teknisk drift", "virksomhet", "4300", "avd", (("fgb", 3), ("ing", 1))),
)


@dataclass(frozen=True, slots=True)
class Person:
    number: int
    first_name: str
    last_name: str
    email: str
    birth_year: int


@dataclass(frozen=True, slots=True)
class Post:
    """One row of the export: one position of one person."""

    person: Person
    unit: Unit
    job: Job
    percentage: int
    is_permanent: bool
    starts: dt.date
    ends: dt.date | None
    is_leader: bool


class Register:
    """Draws people and their positions, the same for the same seed."""

    def __init__(self, units: Sequence[Unit], *, domain: str, first_number: int, seed: int) -> None:
        self._draw = Random(seed)  # noqa: S311
        self._units = units
        self._domain = domain
        self._number = first_number
        self._names = self._shuffled_names()
        self.leaders: dict[str, int] = {}
        self.posts: list[Post] = []

    def fill(self, *, second_posts: int) -> "Register":
        for unit in self._units:
            self._hire(unit, JOBS[unit.leader], is_leader=True)
            for key, count in unit.staff:
                for _ in range(count):
                    self._hire(unit, JOBS[key], is_leader=False)
        self._add_second_posts(second_posts)
        self.posts.sort(key=lambda post: (post.person.number, -post.percentage))
        return self

    def _shuffled_names(self) -> Iterator[tuple[str, str]]:
        names = [(first, last) for first in _words("fornavn") for last in _words("etternavn")]
        self._draw.shuffle(names)
        return (name for name in names if name not in NAMES_NOT_USED)

    def _hire(self, unit: Unit, job: Job, *, is_leader: bool) -> None:
        is_senior = is_leader or len(job.shares) == 1
        person = self._person(youngest=34 if is_senior else 20)
        is_permanent = is_leader or self._draw.random() < self._permanence(job)
        starts = self._start(person, is_permanent=is_permanent)
        self.posts.append(
            Post(
                person=person,
                unit=unit,
                job=job,
                percentage=self._draw.choice(job.shares),
                is_permanent=is_permanent,
                starts=starts,
                ends=self._end(person, is_permanent=is_permanent),
                is_leader=is_leader,
            )
        )
        if is_leader:
            self.leaders[unit.code] = person.number

    def _person(self, *, youngest: int) -> Person:
        first, last = next(self._names)
        age = round(self._draw.triangular(youngest, RETIREMENT_AGE, 47))
        person = Person(
            number=self._number,
            first_name=first,
            last_name=last,
            email=f"{_ascii(first)}.{_ascii(last)}@{self._domain}",
            birth_year=YEAR - age,
        )
        self._number += self._draw.choice((1, 1, 1, 2, 3))
        return person

    def _permanence(self, job: Job) -> float:
        """Return the share of permanent positions, 0-1; assistants are temps more often."""
        if len(job.shares) == 1:
            return 1
        return 0.6 if job.name.endswith("ssistent") else 0.92

    def _start(self, person: Person, *, is_permanent: bool) -> dt.date:
        if not is_permanent:
            return dt.date(YEAR, self._draw.choice((1, 6, 8)), 1)
        first = max(person.birth_year + 20, 1988)
        year = self._draw.randint(first, YEAR - 1) if first < YEAR else YEAR - 1
        return dt.date(year, self._draw.choice((1, 3, 5, 8, 8, 9, 10)), 1)

    def _end(self, person: Person, *, is_permanent: bool) -> dt.date | None:
        if not is_permanent:
            return dt.date(YEAR + 1, self._draw.choice((1, 6)), 30)
        if YEAR - person.birth_year >= RETIREMENT_AGE:
            return dt.date(YEAR + 1, 3, 31)
        return None

    def _add_second_posts(self, count: int) -> None:
        """Let some who work little hold a second, small position in another department."""
        part_time = [
            post for post in self.posts if post.percentage <= ROOM_FOR_MORE and post.is_permanent
        ]
        for post in self._draw.sample(part_time, count):
            units = [
                unit
                for unit in self._units
                if unit.code != post.unit.code and _hires(unit, post.job)
            ]
            if units:
                self.posts.append(
                    Post(
                        person=post.person,
                        unit=self._draw.choice(units),
                        job=post.job,
                        percentage=min(100 - post.percentage, self._draw.choice((15, 20, 25))),
                        is_permanent=False,
                        starts=dt.date(YEAR, 1, 1),
                        ends=dt.date(YEAR, 12, 31),
                        is_leader=False,
                    )
                )


def _hires(unit: Unit, job: Job) -> bool:
    return any(JOBS[key] is job for key, _count in unit.staff)


def _words(name: str) -> list[str]:
    return (DATA / f"{name}.txt").read_text(encoding="utf-8").split()


def _ascii(name: str) -> str:
    return name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")


HEADINGS = (
    "Ansattnr",
    "Fornavn",
    "Etternavn",
    "E-post",
    "Fødselsår",
    "Enhetskode",
    "Enhet",
    "Overordnet enhetskode",
    "Stillingskode",
    "Stilling",
    "Stillingsprosent",
    "Ansettelsesform",
    "Fra",
    "Til",
    "Leder",
)
_KINDS = {"Ansattnr": Kind.NUMBER, "Fødselsår": Kind.NUMBER, "Stillingsprosent": Kind.NUMBER}
_KINDS |= {"Fra": Kind.DATE, "Til": Kind.DATE}


def post_row(post: Post) -> list[tables.Cell]:
    return [
        post.person.number,
        post.person.first_name,
        post.person.last_name,
        post.person.email,
        post.person.birth_year,
        post.unit.code,
        post.unit.name,
        post.unit.parent or None,
        post.job.code,
        post.job.name,
        post.percentage,
        "Fast" if post.is_permanent else "Midlertidig",
        post.starts,
        post.ends,
        "J" if post.is_leader else "N",
    ]


def modum() -> Register:
    """Return the 300 of Modum; the numbers that demo/data/modum/roller.toml names stay fixed."""
    register = Register(MODUM, domain="modum.example", first_number=10012, seed=3316)
    return register.fill(second_posts=19)


def siljan() -> Register:
    register = Register(SILJAN, domain="siljan.example", first_number=501, seed=4010)
    return register.fill(second_posts=4)


def modum_workbook() -> bytes:
    return as_workbook(modum(), MODUM)


def as_workbook(register: Register, units_of: Sequence[Unit]) -> bytes:
    """Return a sheet of positions, and one of units with kind and leader."""
    people = Sheet(
        "Ansatte",
        [Column(heading, _KINDS.get(heading, Kind.TEXT)) for heading in HEADINGS],
        [post_row(post) for post in register.posts],
    )
    units = Sheet(
        "Enheter",
        [
            Column("Enhetskode"),
            Column("Enhet"),
            Column("Slag"),
            Column("Overordnet enhetskode"),
            Column("Leder ansattnr", Kind.NUMBER),
        ],
        [
            [unit.code, unit.name, unit.kind, unit.parent or None, register.leaders[unit.code]]
            for unit in units_of
        ],
    )
    return tables.write_xlsx([people, units])


def siljan_csv() -> bytes:
    """Return semicolons and Windows-1252, as older payroll systems write."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(HEADINGS)
    for post in siljan().posts:
        writer.writerow([_norwegian(cell) for cell in post_row(post)])
    return file.getvalue().encode("cp1252")


def _norwegian(cell: tables.Cell) -> str:
    if isinstance(cell, dt.date):
        return f"{cell:%d.%m.%Y}"
    return "" if cell is None else str(cell)


def write() -> None:
    (DATA / "modum" / "hr.xlsx").write_bytes(modum_workbook())
    (DATA / "siljan" / "hr.csv").write_bytes(siljan_csv())


if __name__ == "__main__":
    write()
