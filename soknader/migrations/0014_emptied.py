from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('soknader', '0013_ordning'),
    ]

    operations = [
        migrations.AddField(
            model_name='soknad',
            name='emptied_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='tekstene slettet'),
        ),
    ]
