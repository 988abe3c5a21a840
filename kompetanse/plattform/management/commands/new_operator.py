"""Let someone run the platform: `manage.py new_operator kari@drift.example "Kari Moen"`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from kompetanse.kommuner.tenancy import as_operator
from kompetanse.plattform.actions import operator

SERVER = 0  # Nobody's id: the one at the server's own keyboard.


class Command(BaseCommand):
    help = "Make an operator, or let one who has lost password or phone start anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the operator's e-mail address, used to log in")
        parser.add_argument("name", help="the name that a municipality sees when they look")

    def handle(self, *args: Any, **options: Any) -> None:
        with as_operator(SERVER):
            key = operator.welcome(email=options["email"], name=options["name"])
        self.stdout.write(
            f"Åpne {settings.SITE_ADDRESS}/plattform/velkommen/{key}/\n"
            f"Adressen virker én gang, i {operator.WELCOME_VALID.total_seconds() // 3600:.0f}"
            " timer. Gi den videre på en trygg måte, ikke i en e-post."
        )
