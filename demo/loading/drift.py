"""Those who run the platform in the demonstration, and the count that their list shows."""

from django.contrib.auth.hashers import make_password

from demo.loading.people import PASSWORD
from kompetanse.kommuner.queries import running
from kompetanse.kommuner.tenancy import as_kommune, as_operator
from kompetanse.plattform.actions import operator, tall
from kompetanse.plattform.models import Operator

SERVER = 0
EMAIL, NAME = "drift@plattform.example", "Unni Tangen"


def load() -> None:
    """Make the operator, and let every Kommune count itself."""
    if not Operator.objects.exists():
        with as_operator(SERVER):
            operator.welcome(email=EMAIL, name=NAME)
        Operator.objects.update(password=make_password(PASSWORD), welcome_hash="")
    for kommune_id in running().values_list("pk", flat=True):
        with as_kommune(kommune_id):
            tall.count()
