"""Full-time culture: how large positions are, per unit and over time, against the goal.

Counted per employee: the positions held in the unit and below on the day, together, at most 100
per cent. Whoever is away on full leave that day is not counted, since another fills the place; a
leave of a part changes nothing. The units of a day are those of that day's tree.

Source: KS counts average position size as full-time equivalents for each employee.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kompetanse.kommuner.persondata import FEWEST
from kompetanse.organisasjon import access, history
from kompetanse.organisasjon.access import LEADERS, Act
from kompetanse.organisasjon.models import Ansatt, Enhet

YEARS = 4

# What holds of a position on a day; `d.day` is the day, `s` the position, `a` the employee.
_HELD = """
    s.percentage > 0 AND (s.is_permanent OR NOT %(permanent)s)
    AND (s.starts IS NULL OR s.starts <= d.day) AND (s.ends IS NULL OR s.ends >= d.day)
    AND (a.left_on IS NULL OR a.left_on > d.day)
    AND NOT EXISTS (
        SELECT 1 FROM organisasjon_permisjon p
        WHERE p.ansatt_id = a.id AND p.percentage = 100
          AND p.starts <= d.day AND (p.ends IS NULL OR p.ends >= d.day))
"""
# Read once for all days, in whole hundredths of a per cent: nine days of 40 000 positions are
# summed twice as fast so.
_SERIES = """
WITH RECURSIVE d AS (
    SELECT unnest(%(days)s::date[]) AS day
), under AS (
    SELECT day, %(enhet)s::bigint AS enhet_id FROM d
    UNION ALL
    SELECT u.day, v.enhet_id
    FROM under u
    JOIN organisasjon_enhetsversjon v ON v.parent_id = u.enhet_id
     AND v.starts <= u.day AND (v.ends IS NULL OR v.ends >= u.day)
), s AS MATERIALIZED (
    SELECT s.ansatt_id, s.enhet_id, (100 * s.percentage)::int AS share,
           coalesce(s.starts, '-infinity') AS starts,
           least(coalesce(s.ends, 'infinity'), a.left_on - 1) AS ends
    FROM organisasjon_stilling s
    JOIN organisasjon_ansatt a ON a.kommune_id = s.kommune_id AND a.id = s.ansatt_id
    WHERE s.percentage > 0 AND (s.is_permanent OR NOT %(permanent)s)
), away AS MATERIALIZED (
    SELECT DISTINCT d.day, p.ansatt_id
    FROM d JOIN organisasjon_permisjon p ON p.percentage = 100
     AND p.starts <= d.day AND (p.ends IS NULL OR p.ends >= d.day)
), person AS (
    SELECT u.day, s.ansatt_id, sum(s.share) AS share
    FROM under u
    JOIN s ON s.enhet_id = u.enhet_id AND u.day BETWEEN s.starts AND s.ends
    GROUP BY u.day, s.ansatt_id
)
SELECT day, count(*)::int, avg(least(share, 10000)) / 100,
       count(*) FILTER (WHERE share >= 10000)::int
FROM person WHERE (day, ansatt_id) NOT IN (SELECT day, ansatt_id FROM away) GROUP BY day
"""

_UNITS = """{tree}, d AS (
    SELECT %(on)s::date AS day
), person AS (
    SELECT opp.id::bigint AS enhet_id, s.ansatt_id, sum(s.percentage) AS share
    FROM d CROSS JOIN organisasjon_stilling s
    JOIN organisasjon_ansatt a ON a.kommune_id = s.kommune_id AND a.id = s.ansatt_id
    JOIN tre t ON t.enhet_id = s.enhet_id
    CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM t.path), '/')) AS opp(id)
    WHERE {held}
    GROUP BY 1, 2
), tall AS (
    SELECT enhet_id, count(*)::int AS people, avg(least(share, 100)) AS average,
           count(*) FILTER (WHERE share >= 100)::int AS full_time
    FROM person GROUP BY enhet_id
)
SELECT t.enhet_id, t.name, t.kind, t.path,
       coalesce(n.people, 0), n.average, coalesce(n.full_time, 0)
FROM tre t LEFT JOIN tall n ON n.enhet_id = t.enhet_id
WHERE t.is_open
ORDER BY t.names COLLATE "nb-x-icu"
""".replace("{tree}", history.TREE).replace("{held}", _HELD)


@dataclass(frozen=True, slots=True)
class Tall:
    """How large positions are: employees, their average share 0–100, and how many have a full one.

    `is_hidden`: so few that the figure would tell of a person.
    """

    employees: int
    average: float
    full_time: int
    is_hidden: bool = False

    @property
    def full_time_share(self) -> float:
        """Share of the employees with a full position, 0–100."""
        return 100 * self.full_time / self.employees if self.employees else 0.0


NONE = Tall(0, 0.0, 0)
HIDDEN = Tall(0, 0.0, 0, is_hidden=True)


@dataclass(frozen=True, slots=True)
class Enhetstall:
    """A unit's figures; `indent` is its level below the topmost that the reader sees."""

    pk: int
    name: str
    kind: str
    path: str
    tall: Tall
    indent: int = 0


def days(on: date) -> list[date]:
    """Return the days that the development is measured: each half-year for four years, and now."""
    halves = [
        date(year, month, 1) for year in range(on.year - YEARS, on.year + 1) for month in (1, 7)
    ]
    return [day for day in halves if on.replace(year=on.year - YEARS) <= day < on] + [on]


def series(enhet_id: int, *, on: Sequence[date], permanent: bool) -> dict[date, Tall]:
    """Return the figures of the unit, with all below it, on each day that has any. One query."""
    parameters: dict[str, Any] = {"enhet": enhet_id, "days": list(on), "permanent": permanent}
    with connection.cursor() as cursor:
        cursor.execute(_SERIES, parameters)
        return {day: _tall(*figures) for day, *figures in cursor.fetchall()}


def units(actor: Ansatt, *, on: date, permanent: bool) -> list[Enhetstall]:
    """Return the figures of every unit of the day that the actor follows. One query.

    Figures on fewer than five, and those that would give them away, are hidden to those who do
    not lead the people in line.
    """
    paths = tuple(access.scopes(actor, Act.SEE_FULLTIME))
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, {"on": on, "permanent": permanent})
        rows = cursor.fetchall()
    found = [
        Enhetstall(pk, name, kind, path, _tall(*figures), path.count("/"))
        for pk, name, kind, path, *figures in rows
        if path.startswith(paths)
    ]
    top = min((row.indent for row in found), default=0)
    hidden = _hidden(found, led=led(actor))
    return [
        Enhetstall(
            row.pk, row.name, row.kind, row.path,
            HIDDEN if row.pk in hidden else row.tall, row.indent - top,
        )
        for row in found
    ]  # fmt: skip


def led(actor: Ansatt) -> tuple[str, ...]:
    """Return the paths of the units whose people the actor leads in line."""
    return tuple(role.path for role in access.held(actor) if role.kode in LEADERS)


def shown(figures: Tall, *, is_led: bool) -> Tall:
    """Return the figures as the reader may see them."""
    return HIDDEN if not is_led and 0 < figures.employees < FEWEST else figures


def _hidden(rows: Iterable[Enhetstall], *, led: tuple[str, ...]) -> set[int]:
    """Return the ids of units whose figures must not be shown.

    Beside the small ones: where what is hidden under a unit together is fewer than five, the
    smallest sibling that is shown is hidden too, so that the sum gives nobody away. Those who
    stand in the unit itself, beside its units, have no line and are hidden too. A unit that is
    hidden is not given away by the units below it either.
    """
    every = {row.path: row for row in rows}
    below: dict[str, list[Enhetstall]] = defaultdict(list)
    for row in every.values():
        below[_above(row.path)].append(row)
    hidden: set[int] = set()
    for path in sorted(below, key=lambda path: path.count("/")):
        above, parts = every.get(f"{path}/"), below[path]
        rest = above.tall.employees - sum(row.tall.employees for row in parts) if above else 0
        is_told = above is None or above.pk not in hidden
        theirs = [row for row in parts if not (led and row.path.startswith(led))]
        hidden |= _hidden_among(theirs, rest=max(rest, 0), is_told=is_told)
    return hidden


def _hidden_among(group: Sequence[Enhetstall], *, rest: int, is_told: bool) -> set[int]:
    """Return the ids of those to hide under one unit, whose own figure `is_told` or hidden."""
    some = sorted((row for row in group if row.tall.employees), key=lambda row: row.tall.employees)
    hidden: list[Enhetstall] = []
    for row in some:
        unknown = rest + sum(each.tall.employees for each in hidden)
        is_given_away = 0 < unknown < FEWEST if is_told else not unknown
        if row.tall.employees < FEWEST or is_given_away:
            hidden.append(row)
    return {row.pk for row in hidden}


def _above(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0]


def _tall(count: int, average: Any, full_time: int) -> Tall:
    return Tall(count, float(average or 0), full_time)


def chosen(rows: Sequence[Enhetstall], enhet_id: int | None) -> Enhetstall | None:
    """Return the unit that is asked for among those the actor follows; else the topmost."""
    if enhet_id is None:
        return min(rows, key=lambda row: row.indent, default=None)
    return next((row for row in rows if row.pk == enhet_id), None)


def kind_label(kind: str) -> str:
    return str(Enhet.Kind(kind).label)
