"""Whom an employee can ask about education and competence, nearest first."""

from dataclasses import dataclass

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Rolle

Kode = Rolle.Kode
ASKED = (Kode.KOMPETANSETILLITSVALGT, Kode.FAGRADGIVER, Kode.TILLITSVALGT, Kode.VERNEOMBUD)


@dataclass(frozen=True, slots=True)
class Helper:
    """Someone to ask: name, for whom or where, and how to reach the person."""

    name: str
    union: str
    enhet: str
    email: str
    is_near: bool


@dataclass(frozen=True, slots=True)
class Helpers:
    """Whom to ask what."""

    stewards: tuple[Helper, ...]
    advisors: tuple[Helper, ...]
    unions: tuple[Helper, ...]
    leader: Ansatt | None


def helpers(ansatt: Ansatt) -> Helpers:
    """Return whom the employee can ask; those for their own part of the Kommune come first.

    Three queries: the roles, and the leader.
    """
    roller = (
        organisasjon.roles_in_force()
        .filter(kode__in=ASKED, ansatt__in=organisasjon.current())
        .exclude(ansatt=ansatt)
        .order_by("ansatt__last_name", "ansatt__first_name")
    )
    rows = roller.values_list(
        "kode", "ansatt__first_name", "ansatt__last_name", "union", "enhet__name",
        "ansatt__email", "enhet__path",
    )  # fmt: skip
    found = [
        (kode, Helper(f"{first} {last}", union, unit, email, ansatt.enhet.is_within(path)))
        for kode, first, last, union, unit, email, path in rows
    ]
    found.sort(key=lambda each: not each[1].is_near)
    return Helpers(
        stewards=_of(found, Kode.KOMPETANSETILLITSVALGT),
        advisors=_of(found, Kode.FAGRADGIVER),
        unions=_of(found, Kode.TILLITSVALGT, Kode.VERNEOMBUD),
        leader=organisasjon.leader_for(ansatt),
    )


def _of(found: list[tuple[str, Helper]], *koder: Rolle.Kode) -> tuple[Helper, ...]:
    return tuple(person for kode, person in found if kode in koder)
