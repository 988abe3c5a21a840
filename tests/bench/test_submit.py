"""An application sent, with audit and notices, beside the same without them, and a bare page.

Each turn sends a new application, and really commits. Judged is what the audit line and the
notices cost: ours beside ours without them. The bare page has no tenant, roles, one-time token,
habilitet or leader to find either; its ratio is printed.

`pytest -m bench -s tests/bench/test_submit.py`
"""

import re
from contextlib import nullcontext
from datetime import date
from unittest import mock

import pytest
from django.test import Client, override_settings

from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet, Rolle
from soknader.models import Soknad
from tests.bench import bare
from tests.bench.turns import WARM, in_turns, told
from tests.conftest import TenantClient, give, make_ansatt, make_enhet
from tests.soknader.saker import make_runde, make_sak

RUNS = 40
TARGET = 1.5
TOKEN = re.compile(r'name="engangsnokkel" value="([^"]+)"')


@pytest.mark.bench
def test_an_application_sent(real_db, october):
    kommune = Kommune.objects.get(slug="fjordvik")
    with as_kommune(kommune.pk):
        bruker, drafts = _world(3 * (RUNS + WARM))
    ours, plain = TenantClient(), Client()
    with as_kommune(kommune.pk):
        ours.force_login(bruker)
        plain.force_login(bruker)
    tokens = {pk: _token(ours, pk) for pk in drafts[: 2 * (RUNS + WARM)]}
    waiting = iter(drafts)

    def send(silent):
        pk = next(waiting)
        fields = {"version": 1, "engangsnokkel": tokens[pk], "confirm": "on"}
        with silent:
            answer = ours.post(f"/soknad/{pk}/oppsummering/", fields)
        assert answer.status_code == 302, answer.content.decode()[:2000]

    def write():
        pk = next(others)
        with override_settings(**bare.SETTINGS), as_kommune(kommune.pk):
            assert plain.post(f"/{pk}/send/", {"version": 1}).status_code == 302

    others = iter(drafts[2 * (RUNS + WARM) :])
    medians = in_turns(
        {
            "ours": lambda: send(nullcontext()),
            "bare": write,
            "ours_silent": lambda: send(_silent()),
        },
        runs=RUNS,
    )

    with as_kommune(kommune.pk):
        sent = Soknad.objects.filter(status=Soknad.Status.SUBMITTED)
        assert sent.count() == len(drafts)
    cost = medians["ours"] / medians["ours_silent"]
    told("submit", medians, runs=RUNS, beside_silent=round(cost, 2))
    assert cost <= TARGET


def _world(number):
    """Return someone who can log in and has begun so many applications."""
    top = make_enhet("Fjordvik kommune", Enhet.Kind.KOMMUNE)
    enhet = make_enhet("Nord", parent=top)
    give(make_ansatt("Liv", "Berg", enhet), Rolle.Kode.LEDER, enhet)
    kari = make_ansatt("Kari", "Nilsen", enhet)
    runde = make_runde(status="open", deadline=date(2026, 10, 15))
    saker = [
        make_sak(kari, runde, status=Soknad.Status.DRAFT, number=None, submitted_at=None, rank=None)
        for _ in range(number)
    ]
    return kari.bruker, [sak.pk for sak in saker]


def _token(browser, pk):
    page = browser.get(f"/soknad/{pk}/oppsummering/").content.decode()
    return TOKEN.search(page)[1]


def _silent():
    stack = mock.patch("soknader.actions.innsending.audit.record")
    return _Both(stack, mock.patch("soknader.actions.innsending._tell_of_submission"))


class _Both:
    def __init__(self, *patches):
        self.patches = patches

    def __enter__(self):
        for patch in self.patches:
            patch.start()

    def __exit__(self, *exc):
        for patch in self.patches:
            patch.stop()
