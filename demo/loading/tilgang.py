"""Who stands in for whom, and who has declared not to be impartial, said by the verbs.

Nobody the visitor logs in as is away or declares anything: the year's path stays as it is told.
"""

from datetime import date
from typing import NamedTuple

from demo.loading.register import Register
from kompetanse.organisasjon import actions
from kompetanse.organisasjon.actions import habilitet
from kompetanse.organisasjon.models import Habilitetserklaring, Stedfortreder

Grunn, Ground = Stedfortreder.Grunn, Habilitetserklaring.Ground


class Absence(NamedTuple):
    """An absence that the one who is away has found a deputy for; people by their numbers."""

    away: int
    deputy: int
    starts: date
    ends: date
    reason: Stedfortreder.Grunn


class Declared(NamedTuple):
    """One who takes no part in cases about the other; people by their numbers."""

    by: int
    other: int
    ground: Habilitetserklaring.Ground


ABSENCES = {
    "modum": (
        Absence(10054, 10022, date(2026, 8, 31), date(2026, 9, 18), Grunn.FERIE),
        Absence(10020, 10021, date(2026, 10, 5), date(2026, 10, 9), Grunn.KURS),
    ),
    "siljan": (
        Absence(576, 619, date(2026, 9, 1), date(2026, 9, 11), Grunn.FERIE),
        Absence(619, 576, date(2026, 10, 5), date(2026, 10, 16), Grunn.PERMISJON),
    ),
}
DECLARED = {
    "modum": (Declared(10020, 10205, Ground.FAMILY),),
    "siljan": (Declared(502, 613, Ground.CLOSE),),
}


def load(register: Register) -> None:
    """Register the absences and what is declared, as of the clock's day."""
    for each in ABSENCES[register.slug]:
        away = register.person(each.away)
        actions.stand_in(
            away,
            register.person(each.deputy),
            starts=each.starts,
            ends=each.ends,
            reason=each.reason,
            by=away,
        )
    for pair in DECLARED[register.slug]:
        habilitet.declare(
            register.person(pair.other), ground=pair.ground, by=register.person(pair.by)
        )
