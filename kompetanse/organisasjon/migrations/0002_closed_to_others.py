from django.db import migrations

from kompetanse.kommuner.rls import SecureTenantTables, SecureThroughUser


class Migration(migrations.Migration):
    dependencies = [
        ("organisasjon", "0001_initial"),
        ("kommuner", "0002_closed_to_others"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [
        SecureTenantTables(),
        SecureThroughUser("account_emailaddress", user_table="organisasjon_bruker"),
    ]
