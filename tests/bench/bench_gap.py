"""The GAP statement beside the bare SQL, among 357 municipalities.

`python -m tests.bench.bench_gap`

A database of its own is copied from the migrated schema and filled with 530 000 employees, 5.3
million rows of competence and 200 000 requirements; sizes fall as a power law, the largest
municipality has 20 000 employees. It takes some minutes and is dropped afterwards (`--keep` keeps
it for the next run).

Bare is the least that could be asked: requirement against stock per unit, flat, without names,
levels above, employment or education, through psycopg alone. Ours is `queries.gap.gap` through
Django: units rolled up to those above, the four conditions, names and education. Both as the app's
role under row level security, in turns. Only the ratio means something; the machine swings.
"""

# Django is loaded late, when the database it is to use exists.
# ruff: noqa: PLC0415, T201

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

NAME = "kompetanse_bench_gap"
ON = date(2026, 9, 1)
SIZES = {1: 300, 2: 1_000, 357: 20_000}
RUNS = 9

BARE = """
WITH har AS (
    SELECT a.enhet_id, b.kompetanse_id, b.level, count(*) AS n
    FROM kartlegging_beholdning b
    JOIN organisasjon_ansatt a ON a.kommune_id = b.kommune_id AND a.id = b.ansatt_id
    WHERE b.valid_until IS NULL OR b.valid_until >= %(on)s
    GROUP BY 1, 2, 3
), sumhar AS (
    SELECT k.id, sum(h.n) AS n
    FROM kartlegging_kompetansekrav k
    JOIN har h ON h.enhet_id = k.enhet_id AND h.kompetanse_id = k.kompetanse_id
              AND h.level >= k.level
    GROUP BY k.id
)
SELECT k.enhet_id, k.kompetanse_id, k.level, k.count, coalesce(s.n, 0),
       greatest(k.count - coalesce(s.n, 0), 0) AS lack
FROM kartlegging_kompetansekrav k LEFT JOIN sumhar s ON s.id = k.id
ORDER BY lack DESC, 1, 2
"""

# The tables that are filled; their keys and indexes are made again when the rows are in.
FILLED = (
    "organisasjon_enhet",
    "organisasjon_kompetanse",
    "organisasjon_ansatt",
    "kartlegging_kompetansekrav",
    "kartlegging_beholdning",
)

# Departments are 1000 * kommune + 1…n/25; services are numbered from 900, the top is 999.
SEED = """
SET synchronous_commit = off;
SET work_mem = '128MB';
SET maintenance_work_mem = '512MB';
SELECT setseed(0.42);
CREATE TEMP TABLE storrelse AS
    SELECT g AS id, CASE g WHEN 1 THEN 300 WHEN 2 THEN 1000 WHEN 357 THEN 20000
        ELSE (180 * exp(2.77 * (g / 357.0) ^ 1.5) + 470)::int END AS n
    FROM generate_series(1, 357) g;
UPDATE storrelse SET n = (n * (530000 - 21300)::numeric
    / (SELECT sum(n) FROM storrelse WHERE id NOT IN (1, 2, 357)))::int WHERE id NOT IN (1, 2, 357);

INSERT INTO kommuner_kommune (id, slug, number, name, host, maalform, theme, contact)
    OVERRIDING SYSTEM VALUE
    SELECT id, 'k' || id, lpad(id::text, 4, '0'), 'Kommune ' || id, '', 'nb', 'standard', ''
    FROM storrelse;
INSERT INTO organisasjon_enhet (id, kommune_id, name, code, kind, parent_id, path)
    OVERRIDING SYSTEM VALUE
    SELECT id * 1000 + 999, id, 'Kommunen', 'topp', 'kommune', NULL, format('/%s/', id * 1000 + 999)
    FROM storrelse;
INSERT INTO organisasjon_enhet (id, kommune_id, name, code, kind, parent_id, path)
    OVERRIDING SYSTEM VALUE
    SELECT id * 1000 + 900 + s, id, 'Virksomhet ' || s, 'v' || s, 'virksomhet', id * 1000 + 999,
        format('/%s/%s/', id * 1000 + 999, id * 1000 + 900 + s)
    FROM storrelse, generate_series(0, 49) s WHERE s <= n / 400;
INSERT INTO organisasjon_enhet (id, kommune_id, name, code, kind, parent_id, path)
    OVERRIDING SYSTEM VALUE
    SELECT id * 1000 + d, id, 'Avdeling ' || d, 'a' || d, 'avdeling', v,
        format('/%s/%s/%s/', id * 1000 + 999, v, id * 1000 + d)
    FROM storrelse, generate_series(1, greatest(n / 25, 3)) d,
        LATERAL (SELECT id * 1000 + 900 + d % (n / 400 + 1) AS v) over_den;
INSERT INTO organisasjon_kompetanse (id, kommune_id, name, is_formal, block)
    OVERRIDING SYSTEM VALUE
    SELECT id * 100 + k, id, 'Kompetanse ' || k, false, 'kunnskap'
    FROM storrelse, generate_series(0, 39) k;
INSERT INTO organisasjon_ansatt (kommune_id, number, first_name, last_name, email, enhet_id)
    SELECT id, a::text, 'Fornavn', 'Etternavn', '',
        id * 1000 + 1 + (random() * (greatest(n / 25, 3) - 1))::int
    FROM storrelse, generate_series(1, n) a ORDER BY random();
INSERT INTO kartlegging_beholdning
    (kommune_id, ansatt_id, kompetanse_id, level, status, valid_until, updated_at, version)
    SELECT a.kommune_id, a.id, a.kommune_id * 100 + (a.id * 7 + g * 4 + (random() * 3)::int) % 40,
        1 + (random() * 3)::int, 'confirmed',
        CASE WHEN random() < 0.4 THEN NULL
            ELSE date '2026-09-01' + (random() * 1200 - 300)::int END, now(), 1
    FROM organisasjon_ansatt a, generate_series(0, 9) g ORDER BY random();
INSERT INTO kartlegging_kompetansekrav
    (kommune_id, enhet_id, kompetanse_id, level, count, is_statutory, version)
    SELECT kommune_id, id, kommune_id * 100 + (id * 3 + g) % 40, 1 + (random() * 3)::int,
        1 + (random() * 6)::int, false, 1
    FROM organisasjon_enhet, generate_series(1, 9) g;
"""


def url(name: str, *, of: str) -> str:
    return urlunsplit(urlsplit(os.environ[of])._replace(path=f"/{name}"))


def make_database() -> None:
    """Copy the migrated schema and fill it; nothing when it is there already."""
    from tests.conftest import migrated_template

    template = migrated_template()
    with psycopg.connect(url("postgres", of="DATABASE_OWNER_URL"), autocommit=True) as owner:
        if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            return
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(NAME), sql.Identifier(template)
            )
        )
    with psycopg.connect(url(NAME, of="DATABASE_OWNER_URL"), autocommit=True) as owner:
        fill(owner)


def fill(owner: Any) -> None:
    """Put the rows in, without the keys and indexes that would make it slow."""
    began = time.monotonic()
    again = _take_down(owner)
    for statement in SEED.split(";"):
        if statement.strip():
            owner.execute(statement)
    for statement in again:
        owner.execute(statement)
    print(f"filled in {time.monotonic() - began:.0f} s", flush=True)


def _take_down(owner: Any) -> list[str]:
    """Drop what slows the filling, and return the statements that put back what reading needs.

    Foreign keys stay away: they cost reading nothing.
    """
    for table, name in _foreign_keys(owner):
        owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    unique, indexes = _unique_keys(owner), _indexes(owner)
    for name, _definition in unique:
        owner.execute(f"ALTER TABLE kartlegging_beholdning DROP CONSTRAINT {name}")
    for name, _definition in indexes:
        owner.execute(f"DROP INDEX {name}")
    for table in FILLED:
        owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    owner.execute("ALTER TABLE kartlegging_beholdning SET UNLOGGED")
    return [
        *(
            f"ALTER TABLE kartlegging_beholdning ADD CONSTRAINT {each} {how}"
            for each, how in unique
        ),
        *(how for _name, how in indexes),
        *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in FILLED),
        *(f"VACUUM ANALYZE {table}" for table in FILLED),
    ]


def _foreign_keys(owner: Any) -> list[tuple[str, str]]:
    """Return the table and name of each foreign key from or to what is filled."""
    return owner.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint"
        " WHERE contype = 'f'"
        " AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))",
        [list(FILLED), list(FILLED)],
    ).fetchall()


def _unique_keys(owner: Any) -> list[tuple[str, str]]:
    return owner.execute(
        "SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'u' AND conrelid = 'kartlegging_beholdning'::regclass"
    ).fetchall()


def _indexes(owner: Any) -> list[tuple[str, str]]:
    """Return the indexes of the stock that belong to no constraint."""
    return owner.execute(
        "SELECT quote_ident(c.relname), pg_get_indexdef(i.indexrelid)"
        " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE i.indrelid = 'kartlegging_beholdning'::regclass AND NOT EXISTS"
        " (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"
    ).fetchall()


def measure() -> dict[int, dict[str, Any]]:
    """Return for each size the median ms of bare and ours, and their ratio."""
    from django.db import connection

    from kartlegging.queries import gap
    from kompetanse.kommuner.tenancy import as_kommune

    found = {}
    with psycopg.connect(url(NAME, of="DATABASE_URL")) as bare:
        for kommune_id, size in SIZES.items():
            with bare.transaction(), as_kommune(kommune_id):
                bare.execute(
                    "SELECT set_config('kompetanse.kommune_id', %s, true)", [str(kommune_id)]
                )
                top = f"/{kommune_id * 1000 + 999}/"
                ways: dict[str, Callable[[], list[Any]]] = {
                    "bare": lambda: bare.execute(BARE, {"on": ON}).fetchall(),
                    "ours": lambda top=top: gap.gap([top], year=2027, on=ON),
                }
                found[size] = _in_turns(ways)
                found[size]["plan"] = _plan(connection, gap, top) if os.environ.get("PLAN") else ""
        connection.close()
    return found


def _in_turns(ways: dict[str, Callable[[], list[Any]]]) -> dict[str, Any]:
    times: dict[str, list[float]] = {name: [] for name in ways}
    rows = {name: len(way()) for name, way in ways.items()}
    for _run in range(RUNS):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            times[name].append((time.perf_counter() - began) * 1e3)
    medians = {name: round(statistics.median(each), 1) for name, each in times.items()}
    ratio = round(medians["ours"] / medians["bare"], 2)
    return {"rows": rows["ours"], **medians, "ours/bare": ratio} | (
        {} if rows["ours"] == rows["bare"] else {"rows_bare": rows["bare"]}
    )


def _plan(connection: Any, gap: Any, top: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {gap._GAP}",
            {"scopes": [f"{top}%"], "on": ON, "year": 2027, "horizon": date(2027, 12, 31)},
        )
        return "\n".join(row[0] for row in cursor.fetchall())


def drop() -> None:
    with psycopg.connect(url("postgres", of="DATABASE_OWNER_URL"), autocommit=True) as owner:
        owner.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME))
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="keep the database for the next run")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanse.settings")
    os.environ["DATABASE_URL"] = url(NAME, of="DATABASE_URL")
    import django

    django.setup()
    try:
        make_database()
        for size, figures in measure().items():
            plan = figures.pop("plan")
            print(f"gap {size} {json.dumps(figures)}", flush=True)
            if plan:
                print(plan, flush=True)
    finally:
        if not arguments.keep:
            drop()


if __name__ == "__main__":
    main()
