"""Traces of what a run wrote: what each row was before, and what it became."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models

from kompetanse.organisasjon.models import (
    Ansatt,
    Enhet,
    Enhetsversjon,
    Hrimport,
    Hrspor,
    Kjennetegn,
    Rolle,
    Stilling,
    Stillingskategori,
)

TABLES: dict[str, type[models.Model]] = {
    "ansatt": Ansatt,
    "stilling": Stilling,
    "kjennetegn": Kjennetegn,
    "rolle": Rolle,
    "enhet": Enhet,
    "enhetsversjon": Enhetsversjon,
    "stillingskategori": Stillingskategori,
}
# The columns that a run may change in a row that was there, and that an undo sets back.
CHANGED = {
    "ansatt": (
        "first_name", "last_name", "email", "birth_year", "employed_from", "left_on", "enhet_id",
        "kategori_id",
    ),
    "stilling": ("code", "percentage", "is_permanent", "ends"),
    "kjennetegn": ("value",),
    "rolle": ("ends", "ended_by_id"),
    "enhet": ("name", "kind", "parent_id", "is_open"),
    "enhetsversjon": ("name", "kind", "parent_id", "starts", "ends"),
}  # fmt: skip


def image(table: str, alias: str) -> str:
    """Return the SQL of those columns as one JSON object."""
    pairs = ", ".join(f"'{column}', {alias}.{column}" for column in CHANGED[table])
    return f"jsonb_build_object({pairs})"


def made(table: str) -> str:
    """Return the end of a statement whose `made` holds the rows that the run made."""
    return f"""
INSERT INTO organisasjon_hrspor (kommune_id, hrimport_id, "table", object_id, after)
SELECT kommune_id, %(run)s, '{table}', id, to_jsonb(made) FROM made"""  # noqa: S608 -- constants


def changed(table: str) -> str:
    """Return the end of a statement with the rows as they were in `old`, and are in `done`."""
    return f"""
INSERT INTO organisasjon_hrspor (kommune_id, hrimport_id, "table", object_id, before, after)
SELECT done.kommune_id, %(run)s, '{table}', done.id, {image(table, "old")}, {image(table, "done")}
FROM done JOIN old USING (id)"""  # noqa: S608 -- constants


def remember(
    hrimport: Hrimport,
    table: str,
    ids: Sequence[int],
    *,
    before: Mapping[int, Any] | None = None,
) -> None:
    """Leave traces of rows that verbs have written; without `before` they were made."""
    if before is None:
        _remember_made(hrimport, table, ids)
        return
    after = taken(table, ids)
    Hrspor.objects.bulk_create(
        (
            Hrspor(
                hrimport=hrimport,
                table=table,
                object_id=pk,
                before=before[pk],
                after=after[pk],
            )
            for pk in ids
        ),
        batch_size=1000,
    )


def taken(table: str, ids: Sequence[int]) -> dict[int, Any]:
    """Return the columns that a run may change, of these rows as they are now."""
    return _asked(image(table, "t"), table, ids)


def _remember_made(hrimport: Hrimport, table: str, ids: Sequence[int]) -> None:
    if not ids:
        return
    name = TABLES[table]._meta.db_table
    rows = f"SELECT * FROM {name} WHERE id = ANY(%(ids)s)"  # noqa: S608 -- constants
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH made AS ({rows}) {made(table)}", {"run": hrimport.pk, "ids": list(ids)}
        )


def _asked(what: str, table: str, ids: Sequence[int]) -> dict[int, Any]:
    if not ids:
        return {}
    name = TABLES[table]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {what} FROM {name} t WHERE id = ANY(%s)",  # noqa: S608 -- constants
            [list(ids)],
        )
        return {pk: json.loads(told) for pk, told in cursor.fetchall()}
