"""Is the database closed as it should be? Asked at every start and by a test."""

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel

_UNGUARDED = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
  AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
              AND a.attname = 'kommune_id' AND NOT a.attisdropped)
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity
           AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
"""
_LOOSE_UNIQUE = """
SELECT i.indexrelid::regclass::text FROM pg_index i
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'kommune_id'
WHERE i.indisunique AND NOT i.indisprimary AND NOT a.attisdropped AND i.indkey[0] <> a.attnum
"""
_COMPOSITE_KEYS = """
SELECT con.conrelid::regclass::text, a.attname FROM pg_constraint con
JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = ANY (con.conkey)
WHERE con.contype = 'f' AND array_length(con.conkey, 1) = 2 AND a.attname <> 'kommune_id'
"""
_ROLE = """
SELECT r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind = 'r')
FROM pg_roles r WHERE r.rolname = current_user
"""


def faults() -> list[str]:
    """Return what leaks or could leak between Kommuner, in English; empty when all is closed."""
    return [*_role_faults(), *_table_faults(), *_key_faults()]


def refuse_unless_closed() -> None:
    """Stop a web or worker process that would serve an open database.

    Raises:
        ImproperlyConfigured: at least one fault, all of them named.
    """
    found = faults()
    if found:
        raise ImproperlyConfigured(
            "The database is not closed between tenants: " + "; ".join(found)
        )


def _role_faults() -> list[str]:
    superuser, bypass, owner = _rows(_ROLE)[0]
    told = [
        (superuser, "the app's role is a superuser"),
        (bypass, "the app's role may bypass row level security"),
        (owner, "the app's role owns tables"),
    ]
    return [fault for is_so, fault in told if is_so]


def _table_faults() -> list[str]:
    open_tables = [f"{name} has no enforced policy" for (name,) in _rows(_UNGUARDED)]
    loose = [
        f"unique index {name} does not begin with kommune_id" for (name,) in _rows(_LOOSE_UNIQUE)
    ]
    return open_tables + loose


def _key_faults() -> list[str]:
    composite = set(_rows(_COMPOSITE_KEYS))
    return [
        f"{model._meta.db_table}.{field.column} has no key with kommune_id"
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for field in model._meta.local_fields
        if isinstance(field, TenantForeignKey)
        and (model._meta.db_table, field.column) not in composite
    ]


def _rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[object, ...]] = cursor.fetchall()
        return rows
