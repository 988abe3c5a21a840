"""Fifty at once on the frames inside a round's: real threads, real commits, never overspent."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kompetanse.errors import DomainError
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet
from soknader.actions import ramme
from soknader.models import Enhetsramme, Rundeordning, Soknadsrunde, Stotteordning
from tests.conftest import make_enhet
from tests.soknader.saker import at_once, make_runde

MANY = 50
EACH = 7_000


@pytest.fixture
def kommune(real_db) -> Kommune:
    return Kommune.objects.get(slug="fjordvik")


def test_fifty_grants_at_once_never_pass_the_frame_of_a_scheme_or_a_unit(kommune):
    with as_kommune(kommune.pk):
        runde = make_runde(budget=1_000_000)
        books = Stotteordning.objects.create(
            kind="books", name="Bøker", in_use_from=date(2026, 1, 1)
        )
        scheme = Rundeordning.objects.create(
            runde=runde, ordning=books, kind="books", frame=100_000
        )
        enhet = make_enhet("Nord", Enhet.Kind.KOMMUNE)
        unit = Enhetsramme.objects.create(runde=runde, enhet=enhet, frame=60_000)
    taken = {
        "scheme": ramme.Draw(EACH, {"books": EACH}),
        "both": ramme.Draw(EACH, {"books": EACH}, {unit.pk: EACH}),
    }

    def grant(index):
        with as_kommune(kommune.pk):
            try:
                with transaction.atomic():
                    each = taken["both" if index % 2 else "scheme"]
                    ramme.move(Soknadsrunde.objects.get(pk=runde.pk), each)
            except DomainError:
                return 0
            return 1

    granted = at_once(MANY, grant)

    with as_kommune(kommune.pk):
        scheme.refresh_from_db()
        unit.refresh_from_db()
        now = Soknadsrunde.objects.get(pk=runde.pk)
    assert sum(granted) == 14
    assert scheme.granted == now.granted == 14 * EACH
    assert unit.granted <= 60_000
    assert unit.granted % EACH == 0


def test_the_database_itself_refuses_more_than_the_frames(active):
    runde = make_runde()
    books = Stotteordning.objects.create(kind="books", name="B", in_use_from=date(2026, 1, 1))
    scheme = Rundeordning.objects.create(runde=runde, ordning=books, kind="books", frame=10)
    enhet = make_enhet("Øst", Enhet.Kind.KOMMUNE)
    unit = Enhetsramme.objects.create(runde=runde, enhet=enhet, frame=10)

    for row in (scheme, unit):
        row.granted = 11
        with pytest.raises(IntegrityError, match="granted_within_frame"), transaction.atomic():
            row.save()
