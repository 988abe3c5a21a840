from typing import Any

from django.db import migrations, models

SET = "SELECT set_config('kompetanse.kommune_id', %s, true)"
# What was stopped ended when the trail says so; what was declined, when it was begun.
END = """
UPDATE planer_introduksjon i SET done_on = (coalesce(
    (SELECT max(e.at) FROM kommuner_auditevent e
     WHERE e.action = 'introduksjon.stop' AND e.object_id = i.id), i.started_at
) AT TIME ZONE 'Europe/Oslo')::date
WHERE i.status = 'uaktuell' AND i.done_on IS NULL
"""


def end(apps: Any, schema_editor: Any) -> None:
    """Give what was stopped or declined its last day, from which it is kept.

    The tables are closed to the owner too, so each Kommune is set in turn.
    """
    Kommune = apps.get_model("kommuner", "Kommune")
    for kommune_id in Kommune.objects.values_list("pk", flat=True):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(SET, [str(kommune_id)])
            cursor.execute(END)
            cursor.execute(SET, [""])


ENDED = models.Q(
    models.Q(("done_on__isnull", True), ("status", "pagar")),
    models.Q(models.Q(("status", "pagar"), _negated=True), ("done_on__isnull", False)),
    _connector="OR",
)


class Migration(migrations.Migration):
    dependencies = [
        ("kommuner", "0004_audit_case_and_subject"),
        ("planer", "0017_introduksjon_anew"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="introduksjon", name="introduksjon_done_has_day"),
        migrations.AlterField(
            model_name="introduksjon",
            name="done_on",
            field=models.DateField(blank=True, null=True, verbose_name="avsluttet"),
        ),
        migrations.RunPython(end, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="introduksjon",
            constraint=models.CheckConstraint(
                condition=ENDED, name="introduksjon_ended_has_day"
            ),
        ),
    ]
