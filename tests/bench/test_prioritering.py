"""The list of priorities with 300 applications beside a plain Django page with the same rows.

Plain is how one would first write it well: model instances with select_related and prefetch, and
a Django template. Ours is the view itself: values_list and ready strings. Alternated in one run,
queries included; only the ratio means something, since the machine swings.

`pytest -m bench -s tests/bench/test_prioritering.py`
"""

import json
import statistics
import time
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

from kompetanse import clock
from soknader.models import Soknad, Soknadsrunde, Vedtak
from soknader.views import prioritering
from tests.conftest import make_ansatt, make_enhet
from tests.soknader.saker import give_points, make_draft, make_runde, make_sak

PLAIN = Path(__file__).parent / "templates" / "bench" / "prioritering_plain.html"
APPLICATIONS, RUNS, WARM = 300, 25, 3
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


def fill(runde: Soknadsrunde, hjemmetjenesten: Any, *members: Any) -> None:
    """Fill the round: points by each member, drafts for half, and support before for a third."""
    by = members[0]
    before = make_runde(
        year=2025, status=Soknadsrunde.Status.ANSWERED, deadline=date(2025, 10, 15),
        opens=date(2025, 9, 1), leader_deadline=date(2025, 10, 22), meeting_on=date(2025, 10, 28),
        answer_by=date(2025, 11, 5), accept_by=date(2025, 11, 20),
    )  # fmt: skip
    units = [make_enhet(f"Avdeling {n}", parent=hjemmetjenesten) for n in range(12)]
    for number in range(APPLICATIONS):
        ansatt = make_ansatt(f"Fornavn{number}", f"Etternavn{number}", units[number % 12])
        sak = make_sak(ansatt, runde, is_prioritised=number % 4 != 0, is_late=number % 17 == 0)
        for nth, member in enumerate(members):
            give_points(sak, (number + nth) % 4, (number + 1) % 4, by=member)
        if number % 5 == 0:
            Soknad.objects.filter(pk=sak.pk).update(rank_reason="Vakter som ikke kan dekkes")
        if number % 3 == 0:
            old = make_sak(ansatt, before, status=Soknad.Status.ACCEPTED)
            make_draft(old, status="decided", decided_at=clock.now(), decided_by=by)
        if number % 2:
            make_draft(sak, ("granted", "partly", "waiting", "refused")[number % 4])


@pytest.mark.bench
def test_the_list_costs_less_than_a_plain_page(october, hjemmetjenesten, frida, vidar, kristin):
    runde = make_runde(budget=4_000_000)
    fill(runde, hjemmetjenesten, frida, vidar, kristin)
    ways = {"ours": prioritering.rank, "plain": plain}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    size = {}

    for _run in range(RUNS):
        for name, view in ways.items():
            request = asked_by(frida, runde.pk)
            started = time.perf_counter()
            response = view(request, runde.pk)
            seconds[name].append((time.perf_counter() - started) * 1e3)
            size[name] = len(response.content) // 1024
            assert response.content.count(b'role="rowheader"') == APPLICATIONS

    medians = {name: statistics.median(times[WARM:]) for name, times in seconds.items()}
    ratio = medians["ours"] / medians["plain"]
    found = {name: round(value, 1) for name, value in medians.items()}
    told = {"applications": APPLICATIONS, "ms": found, "kB": size, "ratio": round(ratio, 2)}
    print(f"\nprioritering {json.dumps(told)}")  # noqa: T201
    assert ratio <= TARGET
