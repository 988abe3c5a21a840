"""Make a new tenant: `KOMPETANSE_ROLE=owner manage.py new_kommune modum Modum 3316`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kompetanse.kommuner import actions
from kompetanse.kommuner.models import Kommune


class Command(BaseCommand):
    help = "Make a new Kommune (run as the owner role)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="first part of its address, for instance modum")
        parser.add_argument("name", help="its name, for instance Modum")
        parser.add_argument("number", help="its four-digit number")
        parser.add_argument("--host", default="", help="a host name of its own")
        parser.add_argument("--maalform", default="nb", choices=Kommune.Maalform.values)

    def handle(self, *args: Any, **options: Any) -> None:
        kommune = actions.found(
            slug=options["slug"],
            name=options["name"],
            number=options["number"],
            host=options["host"],
            maalform=options["maalform"],
        )
        self.stdout.write(f"{kommune.name} har adressen /{kommune.slug}/.")
