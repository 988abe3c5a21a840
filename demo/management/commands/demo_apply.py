"""Let the demonstration's colleagues apply in the open round."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo import actions, queries
from kompetanse import jobs
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune


class Command(BaseCommand):
    help = "Let colleagues apply in the demonstration's open round, and their leaders state."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the address, for instance modum")
        parser.add_argument("--n", type=int, default=20, help="at most so many (default 20)")

    def handle(self, *args: Any, **options: Any) -> None:
        jobs.set_clock()
        kommune = Kommune.objects.filter(slug=options["slug"]).first()
        if kommune is None:
            raise CommandError("Kommunen er ikke lastet. Kjør load_demo først.")
        with as_kommune(kommune.pk):
            runde = queries.open_round()
            if runde is None:
                raise CommandError("Ingen runde er åpen.")
            count = actions.let_colleagues_apply(kommune.slug, runde, most=options["n"])
        self.stdout.write(f"{count} kolleger har søkt.")
