"""Load the demonstration municipalities; those that are loaded keep their data."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo import actions, files, queries
from demo.loading import drift, lett, year
from demo.loading.people import PASSWORD
from kompetanse import clock, jobs
from kompetanse.kommuner import actions as kommuner
from kompetanse.kommuner.models import Klokke, Kommune
from kompetanse.kommuner.tenancy import as_kommune

# Those with a year of their own, and those that begin by the path of a new municipality.
SLUGS = ("modum", "siljan")
LIGHT = (
    "gjovik", "ostre-toten", "vestre-toten", "sondre-land", "nordre-land", "nittedal", "masoy",
)  # fmt: skip


class Command(BaseCommand):
    help = "Load the demonstration (run as the owner role)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="*", help="only these; all nine when none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KOMPETANSE_DEMO:
            raise CommandError("Demonstrasjonen er ikke slått på (KOMPETANSE_DEMO=1).")
        if not Klokke.objects.exists():
            actions.set_clock(year.START)
        jobs.set_clock()
        wanted = options["slug"] or (*SLUGS, *LIGHT)
        kommuner_loaded = [
            self._load(slug) if slug in SLUGS else self._load_light(slug) for slug in wanted
        ]
        drift.load()
        self._welcome(sorted(kommuner_loaded, key=lambda kommune: kommune.name))

    def _load(self, slug: str) -> Kommune:
        """Make the Kommune and its year in one transaction; what is loaded is left alone."""
        kommune = kommuner.found(**files.read(slug, "plan")["kommune"])
        with as_kommune(kommune.pk):
            if not year.is_loaded():
                year.load(slug)
        return kommune

    def _load_light(self, slug: str) -> Kommune:
        with clock.frozen(year.PREPARED):
            return Kommune.objects.filter(slug=slug).first() or lett.load(slug)

    def _welcome(self, kommuner_loaded: list[Kommune]) -> None:
        """Print the addresses and whom to log in as."""
        address = os.environ.get("KOMPETANSE_ADDRESS", "http://127.0.0.1:8000")
        for kommune in kommuner_loaded:
            self.stdout.write(f"{kommune.name}: {address}/{kommune.slug}/")
            with as_kommune(kommune.pk):
                for part in queries.parts(kommune.slug):
                    self.stdout.write(f"  {part.name}: {part.text}")
        self.stdout.write(
            f"\nPå innloggingssiden er hver av dem ett trykk unna. Passordet til alle: {PASSWORD}\n"
            f"Klokka flyttes på {address}/demo/klokke/, og utsendt post leses"
            f" på {address}/demo/post/"
        )
