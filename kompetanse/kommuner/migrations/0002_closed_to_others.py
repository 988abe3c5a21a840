from django.db import migrations

from kompetanse.kommuner import grants
from kompetanse.kommuner.rls import SecureTenantTables


class Migration(migrations.Migration):
    dependencies = [("kommuner", "0001_initial")]
    operations = [
        SecureTenantTables(),
        grants.only("SELECT, INSERT", "kommuner_auditevent"),
        grants.only("SELECT", "kommuner_kommune"),
        grants.only("SELECT", "kommuner_region"),
    ]
