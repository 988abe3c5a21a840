import django.db.models.deletion
import kompetanse.kommuner.fields
import kompetanse.kommuner.tenancy
from django.db import migrations, models

from kompetanse.kommuner.rls import SecureTenantTables

class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0004_audit_case_and_subject'),
        ('organisasjon', '0008_discussion'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ansatt',
            name='kommune',
            field=models.ForeignKey(db_constraint=False, db_index=False, default=kompetanse.kommuner.tenancy.current_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kommuner.kommune'),
        ),
        migrations.AlterField(
            model_name='hrlinje',
            name='hrimport',
            field=kompetanse.kommuner.fields.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='linjer', to='organisasjon.hrimport'),
        ),
        migrations.AlterField(
            model_name='hrlinje',
            name='kommune',
            field=models.ForeignKey(db_constraint=False, db_index=False, default=kompetanse.kommuner.tenancy.current_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kommuner.kommune'),
        ),
        migrations.AlterField(
            model_name='hrspor',
            name='hrimport',
            field=kompetanse.kommuner.fields.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='spor', to='organisasjon.hrimport'),
        ),
        migrations.AlterField(
            model_name='hrspor',
            name='kommune',
            field=models.ForeignKey(db_constraint=False, db_index=False, default=kompetanse.kommuner.tenancy.current_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kommuner.kommune'),
        ),
        migrations.AlterField(
            model_name='stilling',
            name='kommune',
            field=models.ForeignKey(db_constraint=False, db_index=False, default=kompetanse.kommuner.tenancy.current_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kommuner.kommune'),
        ),
        SecureTenantTables(),
    ]
