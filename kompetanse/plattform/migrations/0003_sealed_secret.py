from django.db import migrations, models


class Migration(migrations.Migration):
    """The second factor's secret is sealed; who had one before, starts anew by new_operator."""

    dependencies = [("plattform", "0002_stottevalg")]
    operations = [
        migrations.RemoveField(model_name="operator", name="totp_salt"),
        migrations.AddField(
            model_name="operator",
            name="totp_sealed",
            field=models.TextField(default="", verbose_name="nøkkel til engangskoder, forseglet"),
            preserve_default=False,
        ),
    ]
