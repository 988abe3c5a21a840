from typing import Any

from django.db import migrations

SET = "SELECT set_config('kompetanse.kommune_id', %s, true)"
HELD = "UPDATE planer_mote SET status = 'holdt' WHERE held_on < current_date"
MOVE = """
INSERT INTO planer_protokoll
    (kommune_id, mote_id, edition, status, content, correction, version)
SELECT kommune_id, id, 1, 'draft', jsonb_build_object('opening', minutes), '', 1
FROM planer_mote WHERE minutes <> ''
"""


def move(apps: Any, schema_editor: Any) -> None:
    """Make what is written of each meeting a draft of its minutes; meetings of the past are held.

    The tables are closed to the owner too, so each Kommune is set in turn, and counted.
    """
    Kommune = apps.get_model("kommuner", "Kommune")
    for kommune_id in Kommune.objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(SET, [str(kommune_id)])
            cursor.execute(HELD)
            cursor.execute("SELECT count(*) FROM planer_mote WHERE minutes <> ''")
            (written,) = cursor.fetchone()
            cursor.execute(MOVE)
            if cursor.rowcount != written:
                raise RuntimeError(f"kommune {kommune_id}: {cursor.rowcount} of {written} moved")
            cursor.execute(SET, [""])


class Migration(migrations.Migration):
    dependencies = [("planer", "0012_one_competence_no_more")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
