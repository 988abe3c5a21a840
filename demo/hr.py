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

from demo.tjenester import JOBS, MODUM, SILJAN, Job, Unit
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
