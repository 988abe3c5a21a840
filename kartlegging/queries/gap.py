"""GAP: what is required against what there is, per unit and competence, in one SQL statement.

A unit's requirement counts the unit and all below it. What counts as had: a level at least as
high as required, not expired, whoever said so (declared or confirmed), of someone who works
here today. Under education: the units' latest submitted needs forms, expected within the year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from kartlegging.models import Gapanalyse, Gapprioritet
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt

# Stock is first counted per unit, competence and level; only those few rows are rolled up to the
# units above (`teller`: each requirement beside every unit it counts). So the cost is one reading
# of the Kommune's stock (index beholdning_gap), whatever the depth of the tree. The FULL JOIN is
# there because it cannot be done row by row: the planner guesses a few rows behind row level
# security, and a loop over them took twenty times as long. docs/adr/0010-gap-in-one-statement.md.
_GAP = """
WITH omfang AS MATERIALIZED (
    SELECT id, name, path FROM organisasjon_enhet WHERE is_open AND path LIKE ANY (%(scopes)s)
), krav AS MATERIALIZED (
    SELECT k.id, k.enhet_id, o.name AS enhet, k.kompetanse_id, k.level, k.is_statutory, k.count
    FROM kartlegging_kompetansekrav k JOIN omfang o ON o.id = k.enhet_id
), teller AS MATERIALIZED (
    SELECT krav.*, o.id AS counted_id
    FROM omfang o
    CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM o.path), '/')) AS opp(id)
    JOIN krav ON krav.enhet_id = opp.id::bigint
), beholdning AS MATERIALIZED (
    SELECT a.enhet_id, b.kompetanse_id, b.level, count(*) AS n
    FROM kartlegging_beholdning b
    JOIN organisasjon_ansatt a ON a.kommune_id = b.kommune_id AND a.id = b.ansatt_id
    JOIN omfang o ON o.id = a.enhet_id
    WHERE (b.valid_until IS NULL OR b.valid_until >= %(on)s)
      AND (a.left_on IS NULL OR a.left_on > %(on)s)
    GROUP BY a.enhet_id, b.kompetanse_id, b.level
), telt AS (
    SELECT t.id, t.enhet_id, t.enhet, t.kompetanse_id, t.level, t.is_statutory, t.count,
           coalesce(sum(b.n) FILTER (WHERE b.level >= t.level), 0) AS have
    FROM teller t
    FULL JOIN beholdning b ON b.enhet_id = t.counted_id AND b.kompetanse_id = t.kompetanse_id
    GROUP BY t.id, t.enhet_id, t.enhet, t.kompetanse_id, t.level, t.is_statutory, t.count
    HAVING count(t.id) > 0
), skjema AS (
    SELECT DISTINCT ON (enhet_id) id FROM kartlegging_behovsskjema
    WHERE status = 'submitted' AND year <= %(year)s
    ORDER BY enhet_id, year DESC
), utdanning AS (
    SELECT DISTINCT u.ansatt_id, a.enhet_id, u.kompetanse_id
    FROM kartlegging_underutdanning u
    JOIN skjema s ON s.id = u.skjema_id
    JOIN organisasjon_ansatt a ON a.kommune_id = u.kommune_id AND a.id = u.ansatt_id
    WHERE u.expected_on BETWEEN %(on)s AND %(horizon)s
      AND (a.left_on IS NULL OR a.left_on > %(on)s)
), paa_vei AS (
    SELECT t.id, count(DISTINCT u.ansatt_id) AS n
    FROM utdanning u
    JOIN teller t ON t.counted_id = u.enhet_id AND t.kompetanse_id = u.kompetanse_id
    WHERE NOT EXISTS (
        SELECT 1 FROM kartlegging_beholdning b
        WHERE b.ansatt_id = u.ansatt_id AND b.kompetanse_id = u.kompetanse_id
          AND b.level >= t.level AND (b.valid_until IS NULL OR b.valid_until >= %(on)s))
    GROUP BY t.id
)
SELECT telt.enhet_id, telt.enhet, telt.kompetanse_id, c.name, telt.level, telt.is_statutory,
       telt.count::int, telt.have::int, greatest(telt.count - telt.have, 0)::int AS lack,
       coalesce(paa_vei.n, 0)::int
FROM telt
JOIN organisasjon_kompetanse c ON c.id = telt.kompetanse_id
LEFT JOIN paa_vei ON paa_vei.id = telt.id
ORDER BY lack DESC, telt.is_statutory DESC, telt.enhet, c.name, telt.level
"""

# The names of a frozen analysis' figures, in the order of GapRow.
FIGURES = (
    "enhet_id", "enhet", "kompetanse_id", "kompetanse", "level", "is_statutory",
    "need", "have", "lack", "studying",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GapRow:
    """One requirement beside the stock; all counts are people, `lack` never below 0."""

    enhet_id: int
    enhet: str
    kompetanse_id: int
    kompetanse: str
    level: int
    is_statutory: bool
    need: int
    have: int
    lack: int
    studying: int

    @property
    def is_single(self) -> bool:
        """One person alone has what is required: the unit is vulnerable."""
        return self.have == 1

    def figures(self) -> dict[str, str | int]:
        """Return the row as it is frozen."""
        return {name: getattr(self, name) for name in FIGURES}


@dataclass(frozen=True, slots=True)
class GapSums:
    """The analysis in six figures; requirements unless said otherwise."""

    requirements: int
    unmet: int
    lack: int
    unmet_by_law: int
    single: int
    studying: int


def gap(paths: Sequence[str], *, year: int, on: date) -> list[GapRow]:
    """Return every requirement of the units at and below the paths, the largest lack first.

    `year` is the year that is planned; education counts when it ends within it.
    """
    parameters: dict[str, Any] = {
        "scopes": [f"{path}%" for path in paths],
        "on": on,
        "year": year,
        "horizon": date(year, 12, 31),
    }
    with connection.cursor() as cursor:
        cursor.execute(_GAP, parameters)
        return [GapRow(*row) for row in cursor.fetchall()]


def sums(rows: Sequence[GapRow]) -> GapSums:
    return GapSums(
        requirements=len(rows),
        unmet=sum(row.lack > 0 for row in rows),
        lack=sum(row.lack for row in rows),
        unmet_by_law=sum(row.lack > 0 and row.is_statutory for row in rows),
        single=sum(row.is_single for row in rows),
        studying=sum(row.studying for row in rows),
    )


def frozen_rows(analyse: Gapanalyse) -> list[GapRow]:
    """Return the figures as they were when the analysis was settled."""
    return rows_of(analyse.figures)


def rows_of(figures: Iterable[Mapping[str, Any]]) -> list[GapRow]:
    """Return an analysis' figures, as they are kept, as rows."""
    return [GapRow(*(row[name] for name in FIGURES)) for row in figures]


def scopes(actor: Ansatt) -> list[str]:
    """Return the paths of the units whose GAP the actor sees."""
    return access.scopes(actor, Act.SEE_GAP)


def analyser(year: int) -> QuerySet[Gapanalyse]:
    """Return the year's settled analyses, newest first; the first is the one that holds."""
    return Gapanalyse.objects.filter(year=year).select_related("settled_by").order_by("-pk")


def current(year: int) -> Gapanalyse | None:
    """Return the settled analysis of the year that holds."""
    return analyser(year).filter(superseded_by__isnull=True).first()


def settled() -> QuerySet[Gapanalyse]:
    return Gapanalyse.objects.select_related("settled_by", "supersedes")


def superseding(analyse: Gapanalyse) -> Gapanalyse | None:
    """Return the analysis that replaced this one."""
    return Gapanalyse.objects.filter(supersedes=analyse).first()


def priorities(analyse: Gapanalyse) -> QuerySet[Gapprioritet]:
    return analyse.prioriteter.select_related("fokusomrade__parent")


def prioritised(year: int) -> list[int]:
    """Return the ids of the year's prioritised focus areas, in order; empty until settled."""
    rows = Gapprioritet.objects.filter(
        gapanalyse__year=year, gapanalyse__superseded_by__isnull=True
    )
    return list(rows.order_by("rank").values_list("fokusomrade_id", flat=True))
