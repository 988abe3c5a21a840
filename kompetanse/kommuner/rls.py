"""The migration operation that closes a Kommune's tables to all others.

Row level security alone leaks: a foreign id passes a plain foreign key and a plain unique
index tells that a row exists. So the operation makes, for every tenant model of an app, the
policy (ENABLE and FORCE), `UNIQUE (kommune_id, id)` and composite foreign keys. Run again it
adds what is missing. `catalogue.faults` is its twin that looks at the finished database.

Source: docs/adr/0002-row-level-security.md.
"""

from collections.abc import Iterator
from typing import Any

from django.db.migrations.operations.base import Operation

LONGEST_NAME = 63  # bytes; PostgreSQL cuts the rest

_POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant ON {table};
CREATE POLICY tenant ON {table}
    USING (kommune_id = NULLIF(current_setting('kompetanse.kommune_id', true), '')::bigint);
"""
_THROUGH_USER = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant ON {table};
CREATE POLICY tenant ON {table}
    USING (EXISTS (SELECT 1 FROM {user_table} u WHERE u.id = {table}.user_id));
"""
_OPERATOR = "NULLIF(current_setting('kompetanse.operator_id', true), '') IS NOT NULL"
_SHOWN_TO_OPERATORS = f"""
DROP POLICY IF EXISTS operator ON {{table}};
CREATE POLICY operator ON {{table}} FOR SELECT USING ({_OPERATOR});
"""
_SHOWN_IN_REGION = """
DROP POLICY IF EXISTS region ON {table};
CREATE POLICY region ON {table} FOR SELECT USING (EXISTS (
    SELECT 1 FROM kommuner_kommune owner JOIN kommuner_kommune reader USING (region_id)
    WHERE owner.id = {table}.kommune_id
      AND reader.id = NULLIF(current_setting('kompetanse.kommune_id', true), '')::bigint));
"""
_WRITTEN_BY_OPERATORS = f"""
ALTER TABLE {{table}} ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS readable ON {{table}};
DROP POLICY IF EXISTS operator ON {{table}};
CREATE POLICY readable ON {{table}} FOR SELECT USING (true);
CREATE POLICY operator ON {{table}} USING ({_OPERATOR}) WITH CHECK ({_OPERATOR});
"""
_ADD_UNLESS_THERE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_constraint
                   WHERE conname = '{name}' AND conrelid = '{table}'::regclass) THEN
        ALTER TABLE {table} ADD CONSTRAINT {name} {definition};
    END IF;
END $$;
"""


class SecureTenantTables(Operation):
    """Last operation of every migration that makes or changes a tenant model."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing in Django's picture of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, _from_state: Any, to_state: Any
    ) -> None:
        models = [m for m in to_state.apps.get_app_config(app_label).get_models() if _is_tenant(m)]
        for model in models:
            schema_editor.execute(_POLICY.format(table=model._meta.db_table))
            schema_editor.execute(_unique_id(model._meta.db_table))
        for model in models:
            for statement in _composite_keys(model):
                schema_editor.execute(statement)

    def database_backwards(self, *args: Any) -> None:
        """Leave the tables closed; they are dropped or altered by the operations before."""

    def describe(self) -> str:
        return "Close the tenant tables of the app to other Kommuner"


class _Policy(Operation):
    """An operation that puts one more policy on a table."""

    reversible = True
    reduces_to_sql = True
    sql = ""
    told = ""

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing in Django's picture of the models."""

    def database_forwards(
        self, _app_label: str, schema_editor: Any, _from_state: Any, _to_state: Any
    ) -> None:
        schema_editor.execute(self.sql.format(table=self.table))

    def database_backwards(self, *args: Any) -> None:
        """Leave the policy."""

    def describe(self) -> str:
        return self.told.format(table=self.table)


class ShowToOperators(_Policy):
    """Let operators read a tenant table that holds nothing about people."""

    sql = _SHOWN_TO_OPERATORS
    told = "Show {table} to operators"


class ShowInRegion(_Policy):
    """Let the Kommuner of one region read each other's rows of a table made for that."""

    sql = _SHOWN_IN_REGION
    told = "Show {table} in the region"


class WrittenByOperators(_Policy):
    """Let everyone read a table of the platform, and only an operator write it."""

    sql = _WRITTEN_BY_OPERATORS
    told = "Let operators alone write {table}"


class SecureThroughUser(Operation):
    """Put a library's table with a `user_id` behind the policy of the user's own row."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, *, user_table: str) -> None:
        self.table = table
        self.user_table = user_table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing in Django's picture of the models."""

    def database_forwards(
        self, _app_label: str, schema_editor: Any, _from_state: Any, _to_state: Any
    ) -> None:
        schema_editor.execute(_THROUGH_USER.format(table=self.table, user_table=self.user_table))

    def database_backwards(self, *args: Any) -> None:
        """Leave the table closed."""

    def describe(self) -> str:
        return f"Close {self.table} to other Kommuner"


def _is_tenant(model: Any) -> bool:
    return model._meta.managed and any(f.name == "kommune" for f in model._meta.local_fields)


def _unique_id(table: str) -> str:
    return _ADD_UNLESS_THERE.format(
        table=table, name=_short(f"{table}_kommune_id_key"), definition="UNIQUE (kommune_id, id)"
    )


def _composite_keys(model: Any) -> Iterator[str]:
    """Yield one statement for each foreign key of the model to another tenant model."""
    table = model._meta.db_table
    for field in model._meta.local_fields:
        if field.many_to_one and _is_tenant(field.related_model):
            yield _ADD_UNLESS_THERE.format(
                table=table,
                name=_short(f"{table}_{field.column}_kommune_fk"),
                definition=(
                    f"FOREIGN KEY (kommune_id, {field.column}) REFERENCES"
                    f" {field.related_model._meta.db_table} (kommune_id, id)"
                    " DEFERRABLE INITIALLY DEFERRED"
                ),
            )


def _short(name: str) -> str:
    """Return a name that PostgreSQL keeps whole (63 bytes)."""
    return name if len(name) <= LONGEST_NAME else f"{name[:30]}_{name[-32:]}"
