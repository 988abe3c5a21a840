"""Is a restored copy as closed and as whole as it should be? Asked by the restore drill.

Every tenant table is read as every Kommune, with the app's own role: without a Kommune nothing is
seen, with one its own rows and no others', and writing a row of another's is refused. Every stored
file is there with the bytes that its row tells of.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kompetanse.kommuner import catalogue, tenancy
from kompetanse.kommuner.models import Fil, Kommune
from kompetanse.kommuner.tenancy import as_kommune

# Tables that have no other policy than the tenant's own: in these nothing of others is seen.
_CLOSED = """
SELECT c.relname FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'kommune_id' AND NOT a.attisdropped
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  AND (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) = 1
ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, and what is wrong; nothing when the copy is good."""

    tables: int
    kommuner: int
    rows: int
    files: int
    faults: tuple[str, ...]


def verify() -> Verdict:
    """Look at the whole database and FILES_ROOT; changes nothing."""
    tables = [str(name) for (name,) in _rows(_CLOSED)]
    kommuner = list(Kommune.objects.values_list("pk", flat=True))
    faults = [*catalogue.faults(), *_seen_without_kommune(tables)]
    rows = files = 0
    for kommune_id in kommuner:
        with as_kommune(kommune_id):
            for table in tables:
                own, foreign = _counted(table, kommune_id)
                rows += own
                if foreign:
                    faults.append(
                        f"{table}: kommune {kommune_id} ser {foreign} rader som ikke er dens"
                    )
            faults += _written_for_another(tables, kommune_id, kommuner)
            wrong = list(_wrong_files())
            files += Fil.objects.count()
            faults += wrong
    return Verdict(len(tables), len(kommuner), rows, files, tuple(faults))


def _seen_without_kommune(tables: list[str]) -> Iterator[str]:
    for table in tables:
        count = _rows(f'SELECT count(*) FROM "{table}"')[0][0]  # noqa: S608 -- names from pg_class
        if count:
            yield f"{table}: {count} rader vises uten kommune"


def _counted(table: str, kommune_id: int) -> tuple[int, int]:
    """Return how many rows are seen: own, and of others."""
    counted = f'SELECT count(*), count(*) FILTER (WHERE kommune_id <> %s) FROM "{table}"'  # noqa: S608
    seen, foreign = _rows(counted, [kommune_id])[0]
    return int(str(seen)) - int(str(foreign)), int(str(foreign))


def _written_for_another(tables: list[str], kommune_id: int, kommuner: list[int]) -> Iterator[str]:
    """Try to give an own row to another Kommune, in every table that has one."""
    other = next((pk for pk in kommuner if pk != kommune_id), None)
    for table in tables if other else []:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f'UPDATE "{table}" SET kommune_id = %s', [other])  # noqa: S608
                moved = cursor.rowcount
                transaction.set_rollback(True)
        except DatabaseError:
            continue
        if moved:
            yield f"{table}: kommune {kommune_id} kunne skrive rader for {other}"


def _wrong_files() -> Iterator[str]:
    """Yield what is wrong with the active Kommune's files; an emptied one has no bytes to hold."""
    tenancy.require_id()
    for fil in Fil.objects.exclude(sha256=""):
        place = settings.FILES_ROOT / fil.path
        if not place.exists():
            yield f"fil {fil.pk} mangler"
        elif hashlib.sha256(place.read_bytes()).hexdigest() != fil.sha256:
            yield f"fil {fil.pk} er endret"


def _rows(sql: str, values: list[int] | None = None) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[object, ...]] = cursor.fetchall()
        return found
