"""The municipality that is measured: its rows are committed and counted, as in production.

Inside a test's own transaction PostgreSQL believes every table to be empty, and plans by it: a
query can then take minutes that takes milliseconds.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import psycopg
import pytest
from django.db import connection

from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from tests.conftest import give, make_ansatt, make_enhet, owner_url


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is measured: the Kommune, its service, and those who work at the desk."""

    kommune: Kommune
    top: Enhet
    sektor: Enhet
    tjeneste: Enhet
    advisor: Ansatt
    leader: Ansatt
    chief: Ansatt
    administrator: Ansatt

    def open(self) -> AbstractContextManager[None]:
        return as_kommune(self.kommune.pk)


@pytest.fixture
def place(real_db: None, october: datetime) -> Place:
    kommune = Kommune.objects.get(slug="fjordvik")
    with as_kommune(kommune.pk):
        return _place(kommune)


def _place(kommune: Kommune) -> Place:
    top = make_enhet("Fjordvik kommune", Enhet.Kind.KOMMUNE)
    sektor = make_enhet("Helse og sosial", Enhet.Kind.SEKTOR, top)
    tjeneste = make_enhet("Hjemmetjenesten", Enhet.Kind.VIRKSOMHET, sektor)

    def person(first: str, last: str, enhet: Enhet, kode: Rolle.Kode) -> Ansatt:
        return give(make_ansatt(first, last, enhet), kode, enhet)

    kode = Rolle.Kode
    return Place(
        kommune, top, sektor, tjeneste,
        advisor=person("Frida", "Moen", sektor, kode.FAGRADGIVER),
        leader=person("Vidar", "Dahl", tjeneste, kode.VIRKSOMHETSLEDER),
        chief=person("Kristin", "Vik", sektor, kode.KOMMUNALSJEF),
        administrator=person("Sigurd", "Foss", top, kode.SYSTEMANSVARLIG),
    )  # fmt: skip


def analyse() -> None:
    """Let PostgreSQL count its rows, as it does by itself where a database is in use."""
    with psycopg.connect(owner_url(str(connection.settings_dict["NAME"]))) as owner:
        owner.execute("ANALYZE")
