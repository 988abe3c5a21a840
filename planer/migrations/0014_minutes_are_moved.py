from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("planer", "0013_minutes_to_protokoll")]

    operations = [migrations.RemoveField(model_name="mote", name="minutes")]
