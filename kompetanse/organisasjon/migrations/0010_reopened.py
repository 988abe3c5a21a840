from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisasjon', '0009_parts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='hrlinje',
            name='kind',
            field=models.CharField(choices=[('new', 'Nye'), ('returned', 'Kommer tilbake'), ('moved', 'Flyttet'), ('changed', 'Endret'), ('left', 'Slutter ifølge filen'), ('missing', 'Mangler i filen'), ('unit_new', 'Nye enheter'), ('unit_changed', 'Endrede enheter'), ('reopened', 'Avsluttede enheter som tas i bruk igjen'), ('category_new', 'Nye stillinger'), ('leader_new', 'Nye ledere'), ('doubtful', 'Leder hos oss, men ikke i filen'), ('fault', 'Feil i raden'), ('companion', 'Rad uten feil for samme person'), ('remark', 'Se også på')], max_length=12, verbose_name='slag'),
        ),
    ]
