"""The history of the units, in SQL: three statements that verbs and queries stand on.

`Enhetsversjon` is the truth of every day, and `Enhet` carries what is in force today. The tree of
a day is followed from parent to parent, so a move is one row whatever stands below the unit.

Source: docs/adr/0013-history-of-units.md.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from kompetanse.organisasjon.models.enhet import ALWAYS

# For a statement that goes on from `tre`: (enhet_id, name, kind, parent_id, is_open, path, names).
# Each unit's version on the day; else the one that ended last; else the first that comes. A unit
# that is closed keeps its last place, so that those who lead above it still find its history.
TREE = """
WITH RECURSIVE gjelder AS (
    SELECT DISTINCT ON (enhet_id) enhet_id, name, kind, parent_id,
           starts <= %(on)s AND (ends IS NULL OR ends >= %(on)s) AS is_open
    FROM organisasjon_enhetsversjon
    ORDER BY enhet_id, starts > %(on)s, CASE WHEN starts <= %(on)s THEN starts END DESC, starts
), tre AS (
    SELECT enhet_id, name, kind, parent_id, is_open, '/' || enhet_id || '/' AS path,
           ARRAY[name || chr(1) || enhet_id] AS names
    FROM gjelder WHERE parent_id IS NULL
    UNION ALL
    SELECT g.enhet_id, g.name, g.kind, g.parent_id, g.is_open, t.path || g.enhet_id || '/',
           t.names || (g.name || chr(1) || g.enhet_id)
    FROM gjelder g JOIN tre t ON t.enhet_id = g.parent_id
)
"""
_READ = (
    TREE
    + """
SELECT t.enhet_id, t.name, e.code, t.kind, t.parent_id, t.path
FROM tre t JOIN organisasjon_enhet e ON e.id = t.enhet_id
WHERE t.is_open
ORDER BY t.names COLLATE "nb-x-icu"
"""
)
_TAKE_EFFECT = (
    TREE
    + """
UPDATE organisasjon_enhet e
SET name = t.name, kind = t.kind, parent_id = t.parent_id, path = t.path, is_open = t.is_open,
    version = e.version + 1
FROM tre t
WHERE t.enhet_id = e.id AND (e.name, e.kind, e.parent_id, e.path, e.is_open)
      IS DISTINCT FROM (t.name, t.kind, t.parent_id, t.path, t.is_open)
"""
)

# Units that were written past the verbs (an import of thousands) beside their version of the day.
# A change ends the version the day before and begins a new one; a second change on one day mends
# it; what is planned for later keeps its plan, but follows in what it left as it was.
_KEEP = """
WITH endret AS MATERIALIZED (
    SELECT e.kommune_id, e.id, e.name, e.kind, e.parent_id, v.id AS v_id, v.name AS v_name,
           v.kind AS v_kind, v.parent_id AS v_parent_id, v.starts, v.ends
    FROM organisasjon_enhet e
    LEFT JOIN organisasjon_enhetsversjon v
           ON v.enhet_id = e.id AND v.starts <= %(on)s AND (v.ends IS NULL OR v.ends >= %(on)s)
    WHERE (%(only)s::bigint[] IS NULL OR e.id = ANY (%(only)s))
      AND CASE WHEN v.id IS NULL
               THEN NOT EXISTS (SELECT 1 FROM organisasjon_enhetsversjon x WHERE x.enhet_id = e.id)
               ELSE (e.name, e.kind, e.parent_id) IS DISTINCT FROM (v.name, v.kind, v.parent_id)
          END
), mended AS (
    UPDATE organisasjon_enhetsversjon v
    SET name = n.name, kind = n.kind, parent_id = n.parent_id
    FROM endret n WHERE v.id = n.v_id AND n.starts = %(on)s
), ended AS (
    UPDATE organisasjon_enhetsversjon v SET ends = %(on)s::date - 1
    FROM endret n WHERE v.id = n.v_id AND n.starts < %(on)s
), followed AS (
    UPDATE organisasjon_enhetsversjon v
    SET name = CASE WHEN v.name = n.v_name THEN n.name ELSE v.name END,
        kind = CASE WHEN v.kind = n.v_kind THEN n.kind ELSE v.kind END,
        parent_id = CASE WHEN v.parent_id IS NOT DISTINCT FROM n.v_parent_id
                         THEN n.parent_id ELSE v.parent_id END
    FROM endret n WHERE v.enhet_id = n.id AND v.starts > %(on)s AND n.v_id IS NOT NULL
)
INSERT INTO organisasjon_enhetsversjon (kommune_id, enhet_id, name, kind, parent_id, starts, ends)
SELECT kommune_id, id, name, kind, parent_id,
       CASE WHEN v_id IS NULL THEN %(since)s::date ELSE %(on)s::date END, ends
FROM endret WHERE v_id IS NULL OR starts < %(on)s
"""


def tree(on: date) -> list[tuple[Any, ...]]:
    """Return (id, name, code, kind, parent id, path) of the day's units, each after its parent.

    Siblings stand by name.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"on": on})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def take_effect(on: date) -> int:
    """Let every unit be what its versions say of the day; returns how many that changed."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_EFFECT, {"on": on})
        changed: int = cursor.rowcount
    return changed


def keep(on: date, *, since: date = ALWAYS, only: Sequence[int] | None = None) -> None:
    """Write down what units have become from the day; those without history began `since`."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"on": on, "since": since, "only": list(only) if only else None})
