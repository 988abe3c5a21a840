"""Remove the oldest lines of the audit trail; for the owner's role alone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.personvern.queries.lagringstid import earlier

SHORTEST, PROPOSED = 12, 60


class Command(BaseCommand):
    help = "Sletter hendelser som er eldre enn så mange måneder. Kjøres med KOMPETANSE_ROLE=owner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--months", type=int, default=PROPOSED)

    def handle(self, *args: Any, **options: Any) -> None:
        before = clock.start_of(earlier(clock.today(), months=max(options["months"], SHORTEST)))
        for kommune in Kommune.objects.all():
            with as_kommune(kommune.pk):
                count, _each = AuditEvent.objects.filter(at__lt=before).delete()
            self.stdout.write(f"{kommune.slug}: {count}")
