"""Hold a restored database and its files against what they must be; used by ops/drill."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kompetanse.kommuner import copy


class Command(BaseCommand):
    help = "Prøver at en gjenopprettet kopi er lukket mellom kommunene, og at alle filer er hele."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = copy.verify()
        if verdict.faults:
            raise CommandError("\n".join(verdict.faults))
        self.stdout.write(
            f"Lukket: {verdict.tables} tabeller, {verdict.kommuner} kommuner, {verdict.rows} rader,"
            f" {verdict.files} filer."
        )
