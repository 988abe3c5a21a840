from django.db import migrations

from kompetanse.kommuner.rls import SecureTenantTables


class Migration(migrations.Migration):
    dependencies = [
        ("soknader", "0001_initial"),
        ("kommuner", "0002_closed_to_others"),
        ("organisasjon", "0002_closed_to_others"),
        ("planer", "0002_closed_to_others"),
    ]
    operations = [SecureTenantTables()]
