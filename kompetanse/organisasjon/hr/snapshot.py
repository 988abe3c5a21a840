"""What we have before an import, read in seven queries whatever the size, as plain rows."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import starmap
from typing import NamedTuple

from django.db import connection

from kompetanse.organisasjon import queries
from kompetanse.organisasjon.models import (
    Ansatt,
    Enhet,
    Kjennetegn,
    Rolle,
    Stilling,
    Stillingskategori,
)


class Person(NamedTuple):
    """An employee as the import compares: with the code of the unit and the category's name."""

    pk: int
    number: str
    first_name: str
    last_name: str
    email: str
    birth_year: int | None
    employed_from: dt.date | None
    left_on: dt.date | None
    unit_code: str
    unit_name: str
    job_name: str | None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def is_employed(self, on: dt.date) -> bool:
        return self.left_on is None or self.left_on > on


class Post(NamedTuple):
    """A position as the import compares. `percentage` is 0-100."""

    pk: int
    ansatt_id: int
    unit_code: str
    unit_name: str
    job_name: str
    code: str
    percentage: Decimal
    is_permanent: bool
    starts: dt.date | None
    ends: dt.date | None


@dataclass(frozen=True)
class Snapshot:
    """Units by code, categories by their key, people by number, positions by person.

    `marks` are the marks of Entra ID by the person's number and the kind of mark.
    """

    enheter: dict[str, Enhet]
    kategorier: dict[str, str]
    ansatte: dict[str, Person]
    stillinger: dict[int, list[Post]]
    leaders: frozenset[tuple[int, int]]
    marks: dict[str, dict[str, str]]

    @cached_property
    def codes(self) -> dict[int, str]:
        """The code of each unit by its id."""
        return {enhet.pk: code for code, enhet in self.enheter.items()}

    def parent_code(self, enhet: Enhet) -> str:
        """Return the code of the unit above, or "" at the top."""
        return self.codes[enhet.parent_id] if enhet.parent_id else ""

    def employed(self, on: dt.date) -> int:
        """Return how many are employed on the date."""
        return sum(person.is_employed(on) for person in self.ansatte.values())


@lru_cache(maxsize=10_000)
def category_key(name: str) -> str:
    """Categories that differ in case only are the same."""
    return name.casefold()


def take() -> Snapshot:
    """Read the active Kommune's units, categories, employees, positions and leaders."""
    leading = queries.roles_in_force().filter(kode__in=queries.LEADING)
    people = Ansatt.objects.order_by("pk").values_list(*_PERSON)
    return Snapshot(
        enheter={enhet.code: enhet for enhet in queries.tree()},
        kategorier={
            category_key(name): name
            for name in Stillingskategori.objects.values_list("name", flat=True)
        },
        ansatte={person.number: person for person in starmap(Person, people)},
        stillinger=_posts(),
        leaders=frozenset(leading.values_list("ansatt_id", "enhet_id")),
        marks=_marks(),
    )


_PERSON = (
    "pk", "number", "first_name", "last_name", "email", "birth_year", "employed_from", "left_on",
    "enhet__code", "enhet__name", "kategori__name",
)  # fmt: skip
_POST = (
    "pk", "ansatt_id", "enhet__code", "enhet__name", "kategori__name", "code", "percentage",
    "is_permanent", "starts", "ends",
)  # fmt: skip


def _marks() -> dict[str, dict[str, str]]:
    by_person: dict[str, dict[str, str]] = defaultdict(dict)
    kinds = Kjennetegn.Kind.OID, Kjennetegn.Kind.UPN
    marks = Kjennetegn.objects.filter(kind__in=kinds)
    for number, kind, value in marks.values_list("ansatt__number", "kind", "value"):
        by_person[number][kind] = value
    return dict(by_person)


def _posts() -> dict[int, list[Post]]:
    by_person: dict[int, list[Post]] = defaultdict(list)
    for post in starmap(Post, Stilling.objects.order_by("pk").values_list(*_POST)):
        by_person[post.ansatt_id].append(post)
    return dict(by_person)


# What a check looks at, in order-free sums: any change of it changes the sum.
_STATE = """
SELECT concat_ws('.', {on}::text,
  (SELECT count(*) || ':' || COALESCE(sum(hashtextextended(
     ROW(id, number, first_name, last_name, email, birth_year, employed_from, left_on, enhet_id,
         kategori_id)::text, 0)), 0) FROM organisasjon_ansatt),
  (SELECT count(*) || ':' || COALESCE(sum(hashtextextended(
     ROW(id, ansatt_id, enhet_id, kategori_id, code, percentage, is_permanent, starts, ends)::text,
     0)), 0) FROM organisasjon_stilling),
  (SELECT COALESCE(sum(hashtextextended(
     ROW(id, code, name, kind, parent_id, path, is_open)::text, 0)), 0) FROM organisasjon_enhet),
  (SELECT COALESCE(sum(hashtextextended(ROW(id, name)::text, 0)), 0)
     FROM organisasjon_stillingskategori),
  (SELECT COALESCE(sum(hashtextextended(ROW(id, ansatt_id, enhet_id, starts, ends)::text, 0)), 0)
     FROM organisasjon_rolle WHERE kode IN ('leder', 'virksomhetsleder')),
  (SELECT COALESCE(sum(hashtextextended(ROW(id, ansatt_id, kind, value)::text, 0)), 0)
     FROM organisasjon_kjennetegn))
"""


def state(on: dt.date) -> str:
    """Return the fingerprint of all that a check reads, on the day it is made for."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(({_STATE.format(on='%s')}))", [on.isoformat()])
        (fingerprint,) = cursor.fetchone()
    return str(fingerprint)


def leading_role(kind: str) -> Rolle.Kode:
    """Return the role of whoever leads a unit of this kind."""
    is_virksomhet = kind == Enhet.Kind.VIRKSOMHET
    return Rolle.Kode.VIRKSOMHETSLEDER if is_virksomhet else Rolle.Kode.LEDER
