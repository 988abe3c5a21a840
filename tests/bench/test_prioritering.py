"""The list of priorities with 300 applications beside a plain Django page with the same rows.

Plain is how one would first write it well: model instances with select_related and prefetch, and
a Django template. Ours is the view itself: values_list and ready strings. Alternated in one run,
queries included; only the ratio means something, since the machine swings.

`pytest -m bench -s tests/bench/test_prioritering.py`
"""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory

from soknader.models import Soknad, Soknadsrunde, Vedtak
from soknader.views import prioritering
from tests.bench import mange
from tests.bench.conftest import analyse
from tests.bench.turns import spent_in_turns, told_both

PLAIN = Path(__file__).parent / "templates" / "bench" / "prioritering_plain.html"
APPLICATIONS, RUNS = 300, 7
TARGET = 0.6


def plain(request: Any, runde_id: int) -> HttpResponse:
    """The page as a plain Django view and template."""
    runde = Soknadsrunde.objects.get(pk=runde_id)
    soknader = (
        Soknad.objects.filter(runde=runde, status__in=("submitted", "recommended"))
        .select_related("ansatt__enhet", "ansatt__kategori", "fokusomrade", "utlysning")
        .prefetch_related("uttalelser", "vedtak", "poeng__kriterium")
        .order_by("rank", "number")
    )
    grants = Vedtak.objects.filter(
        soknad__ansatt__in=soknader.values("ansatt"),
        soknad__runde__deadline__range=(date(2023, 10, 15), date(2026, 10, 14)),
        status=Vedtak.Status.DECIDED,
        outcome__in=(Vedtak.Outcome.GRANTED, Vedtak.Outcome.PARTLY),
    ).select_related("soknad__runde")
    earlier = defaultdict(list)
    for grant in grants:
        earlier[grant.soknad.ansatt_id].append(grant)
    rows, running = [], 0
    for soknad in soknader:
        vedtak = next((v for v in soknad.vedtak.all() if v.status != Vedtak.Status.REPLACED), None)
        uttalelse = next(iter(soknad.uttalelser.all()), None)
        running += vedtak.amount if vedtak else soknad.amount
        given = soknad.poeng.all()
        points = sum(row.points * row.kriterium.weight for row in given)
        mean = points / len({row.by_id for row in given}) if given else None
        rows.append((soknad, running, mean, vedtak, uttalelse, earlier[soknad.ansatt_id]))
    context = {"rows": rows, "runde": runde, "used": runde.granted}
    return HttpResponse(engines["django"].from_string(PLAIN.read_text()).render(context, request))


def asked_by(actor: Any, runde_id: int) -> Any:
    request: Any = RequestFactory().get(f"/prioritering/{runde_id}/")
    request.actor, request.kommune, request.htmx = actor, actor.kommune, False
    request.user, request.session = AnonymousUser(), {}
    request._messages = CookieStorage(request)
    return request


@pytest.mark.bench
def test_the_list_costs_less_than_a_plain_page(place):
    with place.open():
        runde = mange.desk(place.tjeneste, APPLICATIONS, place.advisor, place.leader, place.chief)
    analyse()
    size = {}

    def shown(name, view):
        page = view(asked_by(place.advisor, runde.pk), runde.pk)
        size[f"{name}_kb"] = len(page.content) // 1024
        assert page.content.count(b'role="rowheader"') == APPLICATIONS

    ways = {
        "ours": lambda: shown("ours", prioritering.rank),
        "bare": lambda: shown("bare", plain),
    }
    with place.open():
        spent = spent_in_turns(ways, runs=RUNS)

    ratio = told_both("prioritering", spent, applications=APPLICATIONS, **size)
    assert ratio <= TARGET
    assert spent.wall["ours"] <= TARGET * spent.wall["bare"]
