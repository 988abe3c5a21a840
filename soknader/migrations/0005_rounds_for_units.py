import django.db.models.deletion
from django.db import migrations

import kompetanse.kommuner.fields
from kompetanse.kommuner.rls import SecureTenantTables


class Migration(migrations.Migration):
    dependencies = [("organisasjon", "0001_initial"), ("soknader", "0004_avtale")]

    operations = [
        migrations.AddField(
            model_name="soknadsrunde",
            name="enhet",
            field=kompetanse.kommuner.fields.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisasjon.enhet",
                verbose_name="gjelder for",
            ),
        ),
        SecureTenantTables(),
    ]
