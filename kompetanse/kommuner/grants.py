"""Tables where the app's database role may do less than the default of ops/roles.sql."""

from django.db import migrations

APP_ROLE = "kompetanse_app"


def only(privileges: str, table: str) -> migrations.RunSQL:
    """Return the operation that leaves the app's role `privileges` on the table, no more."""
    return migrations.RunSQL(
        f"REVOKE ALL ON {table} FROM {APP_ROLE}; GRANT {privileges} ON {table} TO {APP_ROLE};",
        migrations.RunSQL.noop,
    )
