"""Make a new tenant that is usable at once.

manage.py new_kommune modum Modum 3316 --admin 10014 Ola Berg ola.berg@modum.example
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kompetanse import jobs
from kompetanse.errors import DomainError
from kompetanse.kommuner.maler import Mal
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_operator
from kompetanse.plattform.actions import kommune as actions
from kompetanse.plattform.actions.kommune import Administrator
from kompetanse.plattform.actions.velkomst import VALID

SERVER = 0  # Nobody's id: the one at the server's own keyboard.


class Command(BaseCommand):
    help = "Make a new Kommune from a template, with its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="first part of its address, for instance modum")
        parser.add_argument("name", help="its name, for instance Modum")
        parser.add_argument("number", help="its four-digit number")
        parser.add_argument(
            "--admin",
            nargs=4,
            required=True,
            metavar=("NUMBER", "FIRST", "LAST", "EMAIL"),
            help="the first administrator: employee number, first and last name, e-mail",
        )
        parser.add_argument("--mal", default=Mal.MODUM, choices=Mal.values, help="the template")
        parser.add_argument("--top", default="1", help="HR's code for the whole municipality")
        parser.add_argument("--host", default="", help="a host name of its own")
        parser.add_argument("--maalform", default="nb", choices=Kommune.Maalform.values)
        parser.add_argument("--contact", default="", help="whom employees can ask")
        parser.add_argument("--region", default="", help="the region it works in")

    def handle(self, *args: Any, **options: Any) -> None:
        jobs.set_clock()
        number, first_name, last_name, email = options["admin"]
        try:
            with as_operator(SERVER):
                kommune, key = actions.found(
                    slug=options["slug"],
                    name=options["name"],
                    number=options["number"],
                    mal=Mal(options["mal"]),
                    administrator=Administrator(
                        number=number,
                        first_name=first_name,
                        last_name=last_name,
                        email=email,
                        top_code=options["top"],
                    ),
                    maalform=options["maalform"],
                    contact=options["contact"],
                    region=options["region"],
                    host=options["host"],
                    by=None,
                )
        except DomainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{kommune.name} har adressen {settings.SITE_ADDRESS}/{kommune.slug}/\n"
            f"{first_name} {last_name} setter passord på"
            f" {settings.SITE_ADDRESS}/{kommune.slug}/velkommen/{key}/\n"
            f"Adressen virker én gang, i {VALID.total_seconds() // 3600:.0f} timer."
            " Gi den videre på en trygg måte, ikke i en e-post."
        )
