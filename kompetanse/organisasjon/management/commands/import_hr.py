"""`manage.py import_hr modum hr.xlsx`: bring units, employees and positions in step with HR."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kompetanse import tables
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.hr import actions
from kompetanse.organisasjon.hr.report import lines


class Command(BaseCommand):
    help = "Les ansatte, enheter og stillinger fra en Excel- eller CSV-fil fra HR-systemet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kommune", help="kommunens adresse, for eksempel modum")
        parser.add_argument("file", type=Path, help="fil fra HR-systemet (.xlsx eller .csv)")
        parser.add_argument("--dry-run", action="store_true", help="vis rapporten, lagre ingenting")

    def handle(self, *args: Any, **options: Any) -> None:
        kommune = Kommune.objects.filter(slug=options["kommune"]).first()
        if kommune is None:
            raise CommandError(f"Ingen kommune har adressen «{options['kommune']}».")
        try:
            self._load(kommune, options["file"], is_trial=options["dry_run"])
        except FileNotFoundError as error:
            raise CommandError(f"Filen {options['file']} finnes ikke.") from error
        except DomainError as error:
            raise CommandError(str(error)) from error

    def _load(self, kommune: Kommune, file: Path, *, is_trial: bool) -> None:
        """The file is read before the transaction opens, since reading may take seconds."""
        book = tables.read_book(file, filename=file.name)
        with as_kommune(kommune.pk):
            report = actions.load(book, file_name=file.name, by=None, is_trial=is_trial)
            self.stdout.write("\n".join(lines(report, is_trial=is_trial)))
