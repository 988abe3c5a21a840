from typing import Any

from django.db import migrations


def begin(apps: Any, schema_editor: Any) -> None:
    """Give each unit that is there its first version: as it stands, since always.

    The tables are closed to the owner too, so each Kommune is set in turn, and counted.
    """
    Kommune = apps.get_model("kommuner", "Kommune")
    for kommune_id in Kommune.objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('kompetanse.kommune_id', %s, true)", [str(kommune_id)]
            )
            cursor.execute("SELECT count(*) FROM organisasjon_enhet")
            (units,) = cursor.fetchone()
            cursor.execute(
                "INSERT INTO organisasjon_enhetsversjon"
                " (kommune_id, enhet_id, name, kind, parent_id, starts)"
                " SELECT kommune_id, id, name, kind, parent_id, '1900-01-01'"
                " FROM organisasjon_enhet"
            )
            if cursor.rowcount != units:
                raise RuntimeError(f"kommune {kommune_id}: {cursor.rowcount} of {units} units")
            cursor.execute("SELECT set_config('kompetanse.kommune_id', '', true)")


class Migration(migrations.Migration):
    dependencies = [
        ("organisasjon", "0005_enhetsversjon"),
        ("kommuner", "0002_closed_to_others"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
