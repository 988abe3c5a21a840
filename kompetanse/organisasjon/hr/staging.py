"""Lines into the database by COPY.

PostgreSQL refuses COPY into a table with row level security, so the lines go to a temporary table
first, and from there through the policy.
"""

from collections.abc import Iterable

from django.db import connection

from kompetanse.kommuner import tenancy
from kompetanse.organisasjon.hr.lines import Line
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
