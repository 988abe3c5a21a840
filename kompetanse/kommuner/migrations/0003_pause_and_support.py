from django.db import migrations, models

from kompetanse.kommuner import grants
from kompetanse.kommuner.rls import WrittenByOperators


class Migration(migrations.Migration):
    dependencies = [("kommuner", "0002_closed_to_others")]
    operations = [
        migrations.AddField(
            model_name="kommune",
            name="paused_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="satt på pause"),
        ),
        migrations.AddField(
            model_name="kommune",
            name="support_until",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="innsyn fra driften til"
            ),
        ),
        # Only in an operator's transaction, and never a slug, a number or a host name again.
        grants.only(
            "SELECT, INSERT, UPDATE (name, maalform, contact, region_id, paused_at, support_until)",
            "kommuner_kommune",
        ),
        grants.only("SELECT, INSERT", "kommuner_region"),
        WrittenByOperators("kommuner_kommune"),
        WrittenByOperators("kommuner_region"),
    ]
