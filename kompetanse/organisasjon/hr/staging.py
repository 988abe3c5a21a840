"""Lines into the database by COPY.

PostgreSQL refuses COPY into a table with row level security, so the lines go to a temporary table
first, and from there through the policy.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from kompetanse.kommuner import tenancy
from kompetanse.organisasjon.hr.line import Line
from kompetanse.organisasjon.models import Hrimport, Hrlinje

COLUMNS = (
    "kind", "place", "number", "name", "unit", "row", '"column"', "text", "suggestion", "changes",
    "content",
)  # fmt: skip
_NAMES = ", ".join(COLUMNS)
_TEMPORARY = """
CREATE TEMPORARY TABLE hr_lines (
    kind text, place int, number text, name text, unit text, "row" int, "column" text, text text,
    suggestion text, changes jsonb, content jsonb) ON COMMIT DROP
"""
_MOVE = f"""
INSERT INTO organisasjon_hrlinje (kommune_id, hrimport_id, {_NAMES})
SELECT %s, %s, {_NAMES} FROM hr_lines
"""  # noqa: S608 -- constants


def replace(hrimport: Hrimport, lines: Iterable[Line]) -> None:
    """Let these be the lines of the run, instead of those of an earlier check."""
    Hrlinje.objects.filter(hrimport=hrimport)._raw_delete("default")  # noqa: SLF001 -- no signals
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS hr_lines")
        cursor.execute(_TEMPORARY)
        with cursor.copy(f"COPY hr_lines ({_NAMES}) FROM STDIN") as copy:
            for place, line in enumerate(lines, start=1):
                copy.write_row(line.values(place))
        cursor.execute(_MOVE, [tenancy.require_id(), hrimport.pk])
        cursor.execute("DROP TABLE hr_lines")


# What is written, as tables of this transaction alone. Only their owner may let PostgreSQL count a
# table, and joins of tables that nobody has counted take minutes instead of a second.
_SPREAD = """
CREATE TEMPORARY TABLE hr_people ON COMMIT DROP AS
SELECT l.kind, v.* FROM organisasjon_hrlinje l CROSS JOIN LATERAL jsonb_to_record(l.content) AS v(
    id bigint, number text, first_name text, last_name text, email text, birth_year int,
    employed_from date, left_on date, unit text, job text)
WHERE l.hrimport_id = %(run)s AND l.kind = ANY(%(kinds)s);
CREATE TEMPORARY TABLE hr_new_posts ON COMMIT DROP AS
SELECT l.place, l.number, v.* FROM organisasjon_hrlinje l
CROSS JOIN LATERAL jsonb_to_recordset(l.content -> 'new') AS v(
    unit text, job text, code text, percentage numeric, is_permanent boolean, starts date,
    ends date)
WHERE l.hrimport_id = %(run)s AND l.kind = ANY(%(kinds)s);
CREATE TEMPORARY TABLE hr_old_posts ON COMMIT DROP AS
SELECT v.*, false AS is_over FROM organisasjon_hrlinje l
CROSS JOIN LATERAL jsonb_to_recordset(l.content -> 'changed') AS v(
    id bigint, ends date, code text, percentage numeric, is_permanent boolean)
WHERE l.hrimport_id = %(run)s AND l.kind = ANY(%(kinds)s)
UNION ALL
SELECT v.*, NULL, NULL, NULL, true FROM organisasjon_hrlinje l
CROSS JOIN LATERAL jsonb_to_recordset(l.content -> 'ended') AS v(id bigint, ends date)
WHERE l.hrimport_id = %(run)s AND l.kind = ANY(%(kinds)s)
"""
_SPREAD_TABLES = ("hr_people", "hr_new_posts", "hr_old_posts")
_PLACES = """
CREATE TEMPORARY TABLE hr_units ON COMMIT DROP AS SELECT id, code FROM organisasjon_enhet;
CREATE TEMPORARY TABLE hr_jobs ON COMMIT DROP AS SELECT id, name FROM organisasjon_stillingskategori
"""
_NUMBERS = """
CREATE TEMPORARY TABLE hr_numbers ON COMMIT DROP AS SELECT id, number FROM organisasjon_ansatt
"""


def spread(hrimport: Hrimport, kinds: list[str]) -> None:
    """Lay the people and positions of the lines out as hr_people, hr_new_posts, hr_old_posts."""
    _make(_SPREAD, _SPREAD_TABLES, {"run": hrimport.pk, "kinds": kinds})


def places() -> None:
    """Lay the units and categories out as hr_units and hr_jobs."""
    _make(_PLACES, ("hr_units", "hr_jobs"))


def numbers() -> None:
    """Lay the numbers of all employees out as hr_numbers."""
    _make(_NUMBERS, ("hr_numbers",))


def _make(statements: str, tables: tuple[str, ...], values: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(tables)}")
        for statement in statements.split(";"):
            cursor.execute(statement, values)
        # A sample of 3 000 rows tells as much here as one of 30 000.
        cursor.execute("SET LOCAL default_statistics_target = 10")
        for table in tables:
            cursor.execute(f"ANALYZE {table}")
