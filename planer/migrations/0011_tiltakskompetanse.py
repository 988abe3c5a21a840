from typing import Any

from django.db import migrations


def copy(apps: Any, schema_editor: Any) -> None:
    """Let each measure's one competence be the first of its competences.

    The tables are closed to the owner too, so each Kommune is set in turn, and counted.
    """
    Kommune = apps.get_model("kommuner", "Kommune")
    for kommune_id in Kommune.objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('kompetanse.kommune_id', %s, true)", [str(kommune_id)]
            )
            cursor.execute("SELECT count(*) FROM planer_tiltak WHERE kompetanse_id IS NOT NULL")
            (measures,) = cursor.fetchone()
            cursor.execute(
                "INSERT INTO planer_tiltakskompetanse (kommune_id, tiltak_id, kompetanse_id)"
                " SELECT kommune_id, id, kompetanse_id FROM planer_tiltak"
                " WHERE kompetanse_id IS NOT NULL"
            )
            if cursor.rowcount != measures:
                raise RuntimeError(f"kommune {kommune_id}: {cursor.rowcount} of {measures}")
            cursor.execute("SELECT set_config('kompetanse.kommune_id', '', true)")


class Migration(migrations.Migration):
    dependencies = [
        ("planer", "0010_opplaringsplan"),
    ]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
