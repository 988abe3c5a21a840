from datetime import date

import pytest

from kompetanse.organisasjon.models import Rolle
from planer.models import Belopslinje, Fokusomrade, Strategiplan, Tiltak
from rapporter.actions import innsending
from rapporter.models import (
    Svarlinje,
    Tilskuddslinje,
    Tilskuddsordning,
    Tilskuddssoknad,
    Tilskuddssvar,
)
from rapporter.queries import columns
from tests.conftest import give, make_ansatt


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


@pytest.fixture
def dagny(kommunen):
    """The kommunedirektør, who signs."""
    return give(make_ansatt("Dagny", "Vik", kommunen), Rolle.Kode.KOMMUNEDIREKTOR, kommunen)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def propose(paper, *, by, applicant="Fjordvik kommune"):
    innsending.propose(paper, applicant=applicant, version=fresh(paper).version, by=by)
    return fresh(paper)


def approve(paper, *, by):
    innsending.approve(paper, version=fresh(paper).version, by=by)
    return fresh(paper)


def deliver(paper, *, by, signer, case_number="2027/143"):
    """Put it forward, let the signer approve it, and mark it as sent."""
    propose(paper, by=by)
    approve(paper, by=signer)
    innsending.send(paper, case_number=case_number, version=fresh(paper).version, by=by)
    return fresh(paper)


def make_answer(ordning, granted, *, by):
    """Make a sent application with an answer: NOK granted by measure, in order of priority."""
    soknad = Tilskuddssoknad.objects.create(ordning=ordning, status="sent", snapshot={})
    svar = Tilskuddssvar.objects.create(
        soknad=soknad, amount=sum(granted.values()), received_on=date(2027, 5, 20),
        case_number="2027/4711", by=by,
    )  # fmt: skip
    for priority, (tiltak, amount) in enumerate(granted.items(), 1):
        linje = Tilskuddslinje.objects.create(
            soknad=soknad, tiltak=tiltak, priority=priority, amount=amount, own_share=1_000,
            new_participants=2,
        )  # fmt: skip
        Svarlinje.objects.create(svar=svar, linje=linje, granted=amount)
    return svar
