"""Load the demonstration municipalities; those that are loaded keep their data."""

import os
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import actions, queries
from demo.loading import year
from demo.loading.people import PASSWORD
from kompetanse import clock, jobs
from kompetanse.kommuner import actions as kommuner
from kompetanse.kommuner.models import Klokke
from kompetanse.kommuner.tenancy import as_kommune

START = datetime(2026, 9, 1, 8, 0, tzinfo=clock.OSLO)
KOMMUNER = (
    {"slug": "modum", "name": "Modum", "number": "3316", "contact": "Servicetorget"},
    {"slug": "siljan", "name": "Siljan", "number": "4010", "contact": "Servicetorget"},
)


class Command(BaseCommand):
    help = "Load the demonstration (run as the owner role)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KOMPETANSE_DEMO:
            raise CommandError("Demonstrasjonen er ikke slått på (KOMPETANSE_DEMO=1).")
        if not Klokke.objects.exists():
            actions.set_clock(START)
        jobs.set_clock()
        for fields in KOMMUNER:
            self._load(fields)
        self._welcome()

    def _load(self, fields: dict[str, str]) -> None:
        kommune = kommuner.found(**fields)
        with as_kommune(kommune.pk):
            if not year.is_loaded():
                year.load(kommune.slug)

    def _welcome(self) -> None:
        """Print the addresses and whom to log in as."""
        address = os.environ.get("KOMPETANSE_ADDRESS", "http://127.0.0.1:8000")
        for fields in KOMMUNER:
            kommune = kommuner.found(**fields)
            self.stdout.write(f"{kommune.name}: {address}/{kommune.slug}/")
            with as_kommune(kommune.pk):
                for part in queries.parts(kommune.slug):
                    self.stdout.write(f"  {part.name}: {part.text}")
        self.stdout.write(
            f"\nPå innloggingssiden er hver av dem ett trykk unna. Passordet til alle: {PASSWORD}\n"
            f"Klokka flyttes på {address}/demo/klokke/, og utsendt post leses"
            f" på {address}/demo/post/"
        )
