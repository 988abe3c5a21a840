"""What the tests of needs, stock and GAP share: a plan in force, a catalogue, and a full form."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kartlegging.models import (
    Beholdning,
    Behov,
    Behovsskjema,
    Gapanalyse,
    Kompetansekrav,
    Onske,
    Styringssignal,
    UnderUtdanning,
)
from kompetanse import clock
from kompetanse.kommuner import tenancy
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Enhet, Kompetanse, Rolle
from planer.models import Fokusomrade, Strategiplan
from tests.conftest import give, make_ansatt, make_enhet

SEPTEMBER = datetime(2026, 9, 1, 9, 0, tzinfo=clock.OSLO)
CANARY = "KANARI-9902"


@pytest.fixture
def september() -> Iterator[datetime]:
    """The clock stands at 1 September 2026: the forms for 2027 are due on the 20th."""
    with clock.frozen(SEPTEMBER):
        yield SEPTEMBER


@pytest.fixture
def fokus(active: Kommune) -> list[Fokusomrade]:
    """Two focus areas of the plan in force."""
    plan = Strategiplan.objects.create(
        name="Kompetanseplan", first_year=2024, last_year=2027, status=Strategiplan.Status.IN_FORCE
    )
    return [
        Fokusomrade.objects.create(plan=plan, order=n, name=name)
        for n, name in enumerate(("Bredere kompetanse", "Fornyelse"), start=1)
    ]


@pytest.fixture
def sarstell(active: Kommune) -> Kompetanse:
    return Kompetanse.objects.create(name="Sårstell")


@pytest.fixture
def medisin(active: Kommune) -> Kompetanse:
    """Must be renewed every second year."""
    return Kompetanse.objects.create(name="Medisinhåndtering", is_formal=True, validity_months=24)


@pytest.fixture
def skjema(hjemmetjenesten: Enhet, fokus: list[Fokusomrade]) -> Behovsskjema:
    """Hjemmetjenesten's form for 2027, filled in and not sent."""
    skjema = Behovsskjema.objects.create(
        enhet=hjemmetjenesten, year=2027, goals="Flere kveldsvakter.", strengths="Sårstell."
    )
    Behov.objects.create(
        skjema=skjema, what="Palliasjon", kind="learn", number=2, urgency=1, fokusomrade=fokus[0]
    )
    return skjema


@pytest.fixture
def last_year(hjemmetjenesten: Enhet, fokus: list[Fokusomrade], kari: Ansatt) -> Behovsskjema:
    """Hjemmetjenesten's form for 2026, with one still studying and one who is done."""
    skjema = Behovsskjema.objects.create(
        enhet=hjemmetjenesten, year=2026, goals="Mål i fjor.", strengths="Styrker i fjor."
    )
    Behov.objects.create(skjema=skjema, what="Demens", kind="learn", number=3, urgency=2)
    Onske.objects.create(skjema=skjema, fokusomrade=fokus[1], text="Digitale tilsyn")
    for study, expected_on in (("Sykepleie", date(2027, 6, 1)), ("Fagbrev", date(2026, 6, 1))):
        UnderUtdanning.objects.create(
            skjema=skjema, ansatt=kari, study=study, expected_on=expected_on
        )
    return skjema


@pytest.fixture
def require() -> Callable[..., Kompetansekrav]:
    def made(enhet: Enhet, kompetanse: Kompetanse, **fields: Any) -> Kompetansekrav:
        fields = {"level": 2, "count": 3} | fields
        return Kompetansekrav.objects.create(enhet=enhet, kompetanse=kompetanse, **fields)

    return made


@pytest.fixture
def has() -> Callable[..., Beholdning]:
    def made(ansatt: Ansatt, kompetanse: Kompetanse, level: int = 2, **fields: Any) -> Beholdning:
        return Beholdning.objects.create(
            ansatt=ansatt, kompetanse=kompetanse, level=level, **fields
        )

    return made


@pytest.fixture
def canaries(nabovik: Kommune, active: Kommune) -> dict[str, int]:
    """Rows of another Kommune that could leak; their ids. All texts hold CANARY."""
    with InsteadOf(active, nabovik):
        top = make_enhet(f"{CANARY} enhet", Enhet.Kind.VIRKSOMHET)
        person = give(make_ansatt(CANARY, CANARY, top), Rolle.Kode.VIRKSOMHETSLEDER, top)
        kompetanse = Kompetanse.objects.create(name=f"{CANARY} kompetanse")
        krav = Kompetansekrav.objects.create(enhet=top, kompetanse=kompetanse, level=1, count=9)
        row = Beholdning.objects.create(ansatt=person, kompetanse=kompetanse, level=4)
        plan = Strategiplan.objects.create(
            name=CANARY, first_year=2024, last_year=2030, status=Strategiplan.Status.IN_FORCE
        )
        area = Fokusomrade.objects.create(plan=plan, order=1, name=f"{CANARY} område")
        skjema = Behovsskjema.objects.create(enhet=top, year=2027, goals=CANARY)
        Behov.objects.create(skjema=skjema, what=CANARY, kind="learn", number=1, urgency=1)
        signal = person_signal(person, area)
        analyse = person_analysis(person)
        return {
            "enhet": top.pk,
            "ansatt": person.pk,
            "kompetanse": kompetanse.pk,
            "krav": krav.pk,
            "beholdning": row.pk,
            "fokusomrade": area.pk,
            "skjema": skjema.pk,
            "signal": signal,
            "analyse": analyse,
        }


def person_signal(person: Ansatt, area: Fokusomrade) -> int:
    return Styringssignal.objects.create(
        year=2027, horizon="short", source=CANARY, asks=CANARY, fokusomrade=area, by=person
    ).pk


def person_analysis(person: Ansatt) -> int:
    return Gapanalyse.objects.create(
        year=2027, comment=CANARY, settled_at=clock.now(), settled_by=person
    ).pk


class InsteadOf:
    """Work in another Kommune for a while, inside the test's own transaction."""

    def __init__(self, outer: Kommune, inner: Kommune) -> None:
        self.outer, self.inner = outer, inner

    def __enter__(self) -> None:
        self.token = tenancy._active.set(None)
        self.block = as_kommune(self.inner.pk)
        self.block.__enter__()

    def __exit__(self, *error: Any) -> None:
        self.block.__exit__(*error)
        tenancy._active.reset(self.token)
        tenancy._set_database_kommune(str(self.outer.pk))


@pytest.fixture
def queries() -> Callable[[Callable[[], Any]], int]:
    """Return how many queries the call makes."""

    def count(call: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count


@pytest.fixture
def own_queries(queries: Callable[[Callable[[], Any]], int]) -> Callable[[Any, str], int]:
    """Return how many queries a page makes beyond what any page of the person's makes.

    The profile reads only the Kommune, the session, the user, the employee and their roles.
    """

    def count(client: Any, path: str) -> int:
        assert client.get(path).status_code == 200
        client.get("/profil/")
        return queries(lambda: client.get(path)) - queries(lambda: client.get("/profil/"))

    return count
