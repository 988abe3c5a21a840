from django.db import migrations

from kompetanse.kommuner.rls import SecureTenantTables


class Migration(migrations.Migration):
    dependencies = [
        ("kartlegging", "0001_initial"),
        ("organisasjon", "0002_closed_to_others"),
        ("planer", "0002_closed_to_others"),
    ]
    operations = [SecureTenantTables()]
