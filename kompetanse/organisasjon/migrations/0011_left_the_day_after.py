from typing import Any

from django.db import migrations

SET = "SELECT set_config('kompetanse.kommune_id', %s, true)"
# `left_on` was once the last day at work; it is the first day when one is not employed.
MOVE = """
UPDATE organisasjon_ansatt a SET left_on = left_on + 1
WHERE left_on = (
    SELECT max(ends) FROM organisasjon_stilling s
    WHERE s.ansatt_id = a.id HAVING bool_and(ends IS NOT NULL)
)
"""


def move(apps: Any, schema_editor: Any) -> None:
    """Let those who left before this was told of be employed through their last day too.

    The tables are closed to the owner too, so each Kommune is set in turn.
    """
    Kommune = apps.get_model("kommuner", "Kommune")
    for kommune_id in Kommune.objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(SET, [str(kommune_id)])
            cursor.execute(MOVE)
            cursor.execute(SET, [""])


class Migration(migrations.Migration):
    dependencies = [
        ("kommuner", "0004_audit_case_and_subject"),
        ("organisasjon", "0010_reopened"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
