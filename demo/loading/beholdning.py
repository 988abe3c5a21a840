"""What employees can do: drawn the same way each time, from the shares of the data file."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from demo.loading.register import Register
from kartlegging.actions import innlasting
from kartlegging.models import Beholdning
from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt, Kompetanse, Rolle, Stillingskategori
from kompetanse.organisasjon.queries import LEADING, ancestors

Row = Mapping[str, Any]
S = Beholdning.Status

DAYS_IN_MONTH = 30.4
# Of those with a course that expires, about one in eight has let it run out.
OVERDUE = 1.14
# Of a hundred rows, so many are declared and wait for the leader.
DECLARED = 3


def load(register: Register) -> None:
    """Store the stock of every employee as of the clock's day."""
    on = clock.today()
    fixed = {
        (row["ansatt"], row["kompetanse"]): row for row in register.file("beholdning")["faste"]
    }
    leaders = _Leaders()
    rows = [_fixed(register, row, leaders) for row in fixed.values()]
    for kompetanse, ansatt, level, draw in _drawn(register):
        if (int(ansatt.number), kompetanse.name) in fixed:
            continue
        row = Beholdning(ansatt=ansatt, kompetanse=kompetanse, level=level, updated_at=clock.now())
        row.valid_until = _valid_until(kompetanse, draw, on=on)
        is_declared = draw.randrange(100) < DECLARED
        rows.append(_confirmed(row, leaders) if not is_declared else row)
    innlasting.stock_from(rows, by=register.advisor)


def _drawn(register: Register) -> Iterator[tuple[Kompetanse, Ansatt, int, Random]]:
    groups = dict(Stillingskategori.objects.values_list("pk", "group"))
    for row in register.file("beholdning")["fordeling"]:
        kompetanse = register.competences[row["kompetanse"]]
        for number, ansatt in register.people.items():
            if groups.get(ansatt.kategori_id or 0) not in row["grupper"]:
                continue
            draw = Random(f"{register.slug} {number} {kompetanse.name}")  # noqa: S311 (no secret)
            if draw.randrange(100) < row["andel"]:
                yield kompetanse, ansatt, draw.choice(row["niva"]), draw


def _valid_until(kompetanse: Kompetanse, draw: Random, *, on: date) -> date | None:
    if not kompetanse.validity_months:
        return None
    valid = round(kompetanse.validity_months * DAYS_IN_MONTH)
    return on - timedelta(days=draw.randrange(round(valid * OVERDUE))) + timedelta(days=valid)


def _fixed(register: Register, row: Row, leaders: "_Leaders") -> Beholdning:
    beholdning = Beholdning(
        ansatt=register.person(row["ansatt"]),
        kompetanse=register.competences[row["kompetanse"]],
        level=row["level"],
        valid_until=row.get("valid_until"),
        updated_at=clock.now(),
    )
    return beholdning if row.get("meldt_selv") else _confirmed(beholdning, leaders)


def _confirmed(row: Beholdning, leaders: "_Leaders") -> Beholdning:
    row.status, row.confirmed_by_id = S.CONFIRMED, leaders.of(row.ansatt)
    return row


class _Leaders:
    """The nearest leader of anyone, who is not the person; one query for all."""

    def __init__(self) -> None:
        roles = Rolle.objects.filter(kode__in=LEADING).values_list("enhet_id", "ansatt_id")
        self._by_unit = dict(roles)

    def of(self, ansatt: Ansatt) -> int | None:
        above = (self._by_unit.get(enhet_id) for enhet_id in ancestors(ansatt.enhet))
        return next((pk for pk in above if pk not in {None, ansatt.pk}), None)
