"""Repeat the erasures of a ledger after an older backup has been laid back."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.personvern import ledger
from kompetanse.personvern.actions import sletting
from kompetanse.personvern.ledger import Entry


class Command(BaseCommand):
    help = "Gjentar slettinger som ble gjort etter at en sikkerhetskopi ble tatt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ledger", type=Path, help="fila med slettinger, slettinger.jsonl")
        parser.add_argument("--since", required=True, help="da kopien ble tatt, 20260101T020000Z")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            since = datetime.fromisoformat(options["since"])
        except ValueError as error:
            raise CommandError("--since må være et tidspunkt, slik: 20260101T020000Z") from error
        entries = [each for each in ledger.read(options["ledger"]) if each.moment >= since]
        known = set(Kommune.objects.values_list("pk", flat=True))
        repeated = sum(self._repeat(each) for each in entries if each.kommune_id in known)
        self.stdout.write(f"Gjentatt: {repeated} av {len(entries)} slettinger.")

    def _repeat(self, entry: Entry) -> bool:
        with as_kommune(entry.kommune_id):
            return sletting.repeat(entry)
