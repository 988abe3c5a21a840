"""The schemes that the tests of money and leave count by."""

from datetime import date

import pytest

from soknader.models import Enhetsramme, Rundeordning, Stotteordning

LEAVE = {"kind": "leave", "name": "Fri", "ceiling": None, "source": "HTA 14"}
TUITION = {"kind": "tuition", "name": "Studieavgift", "share": 80, "ceiling": 20_000}
BOOKS = {"kind": "books", "name": "Bøker", "share": 50}
SUBSTITUTE = {"kind": "substitute", "name": "Vikar", "rate": 1_000}


def make_ordning(**fields):
    return Stotteordning.objects.create(**{"in_use_from": date(2026, 1, 1)} | fields)


def apply(runde, ordning, *, frame=None):
    return Rundeordning.objects.create(runde=runde, ordning=ordning, kind=ordning.kind, frame=frame)


def frame_for(runde, enhet, frame):
    return Enhetsramme.objects.create(runde=runde, enhet=enhet, frame=frame)


@pytest.fixture
def ordninger(runde):
    """The round of the test applies leave, tuition, books and substitute."""
    made = [make_ordning(**each) for each in (LEAVE, TUITION, BOOKS, SUBSTITUTE)]
    for ordning in made:
        apply(runde, ordning)
    return {ordning.kind: ordning for ordning in made}
