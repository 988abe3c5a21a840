from datetime import date

import pytest

from planer.models import Belopslinje, Fokusomrade, Strategiplan, Tiltak
from rapporter.models import Tilskuddsordning
from rapporter.queries import columns


@pytest.fixture
def fokus(active):
    plan = Strategiplan.objects.create(
        name="Kompetanseplan", first_year=2024, last_year=2027, status=Strategiplan.Status.IN_FORCE
    )
    return Fokusomrade.objects.create(plan=plan, order=1, name="Bredere kompetanse")


def make_tiltak(theme, fokus, *, enhet=None, **amounts):
    """Make a measure of 2027 with these amounts (NOK by kind)."""
    tiltak = Tiltak.objects.create(
        year=2027,
        half=Tiltak.Halvar.SPRING,
        kind=Tiltak.Kind.EDUCATION,
        theme=theme,
        fokusomrade=fokus,
        enhet=enhet,
        participants=2,
    )
    for kind, amount in amounts.items():
        Belopslinje.objects.create(tiltak=tiltak, kind=kind, amount=amount)
    return tiltak


@pytest.fixture
def ordning(active):
    """The scheme of 2027, with headings of the county's own."""
    return Tilskuddsordning.objects.create(
        year=2027,
        name="Kompetanse- og tjenesteutviklingstilskudd",
        county="Statsforvalteren i Østfold, Buskerud, Oslo og Akershus",
        ready_by=date(2027, 1, 15),
        deadline=date(2027, 3, 16),
        columns=[
            {"field": "priority", "heading": "Pri."},
            {"field": "theme", "heading": "Tiltak"},
            {"field": "cost", "heading": "Totalkostnad"},
            {"field": "own_share", "heading": "Kommunens andel"},
            {"field": "amount", "heading": "Søknadsbeløp"},
        ],
    )


@pytest.fixture
def geriatri(fokus):
    return make_tiltak("Videreutdanning i geriatri", fokus, fee=30_000, travel=12_500, own=10_000)


@pytest.fixture
def veiledning(fokus):
    return make_tiltak("Veiledning av nyutdannede", fokus, fee=8_000, own=3_000)


@pytest.fixture
def usual_columns():
    return columns.usual()
