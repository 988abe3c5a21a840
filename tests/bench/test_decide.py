"""Three hundred decisions made at once, by the clock and of processors; prints and judges.

`pytest -m bench -s tests/bench/test_decide.py`
"""

import json
import os
import time

import pytest
from django.db import transaction

from soknader.actions import vedtak as actions
from soknader.models import Vedtak
from tests.bench import mange
from tests.bench.conftest import analyse
from tests.bench.test_hr_import import processor_seconds
from tests.soknader.saker import make_runde

DECISIONS, RUNS = 300, 3
# Seconds that a person waits for a page without being told how far it has come.
MOST = 1.0


@pytest.mark.bench
def test_three_hundred_decisions_at_once(place):
    with place.open():
        runde = make_runde(budget=40_000 * DECISIONS)
        applicants = mange.people(DECISIONS, mange.units(place.tjeneste))
        mange.decisions(mange.applications(runde, applicants))
    analyse()

    spent = [decide(place, runde) for _run in range(RUNS)]

    cpu, wall = min(spent)
    load = round(os.getloadavg()[0], 1)
    told = {"decisions": DECISIONS, "cpu_s": round(cpu, 2), "wall_s": round(wall, 2), "load": load}
    print(f"\ndecide {json.dumps(told)}")  # noqa: T201
    assert cpu <= MOST


def decide(place, runde):
    """Decide them all, and take it back; return seconds of processors and by the clock."""
    with place.open():
        wall, cpu = time.perf_counter(), processor_seconds()
        actions.decide(runde, by=place.chief)
        spent = processor_seconds() - cpu, time.perf_counter() - wall
        decided = Vedtak.objects.filter(soknad__runde=runde, status="decided")
        assert decided.count() == DECISIONS
        transaction.set_rollback(True)
    return spent
