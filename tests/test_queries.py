"""Every page as every role asks the database a few times, however much it shows.

The pages come from the URL resolver, so that a new one is counted from its first day. Pages that
show many rows are counted with 1 and 30 of them too, here or beside the app's other tests.
"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kartlegging.models import Beholdning
from kompetanse import clock
from kompetanse.kommuner import files
from kompetanse.kommuner.responses import PDF
from kompetanse.organisasjon.models import Enhet, Kompetanse, Rolle
from planer.models import (
    Aktivitet,
    Aktivitetsrolle,
    Fokusomrade,
    Henvisning,
    Hovedmal,
    Kapittel,
    Planomfang,
    Strategiplan,
)
from soknader.models import Kommentar, Soknad, Vedlegg, Vedtak
from tests import seasons, world
from tests.conftest import asked, give, make_ansatt, make_enhet
from tests.soknader.saker import make_draft, make_runde, make_sak
from tests.test_isolation import ROLES, path_of, urls

LIMIT = 10
OK = 200
# Whose pages change most with the seasons.
SEASONED = ("ansatt", "leder", "fagradgiver", "kommunalsjef")


@pytest.fixture
def ours(fjordvik):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_asks_at_most_ten_times(ours, as_user, role):
    browser = as_user(ours.people[role] if role else None)
    ids = world.keys(ours) | {"ansatt": ours.people["ansatt"].pk}
    numbers = counted(browser, ids)

    assert {name: number for name, number in numbers.items() if number > LIMIT} == {}
    assert len(numbers) >= 5


@pytest.mark.parametrize("season", seasons.SEASONS)
def test_every_page_asks_at_most_ten_times_in_every_season(ours, as_user, season):
    seasons.turn(ours, season)
    ids = world.keys(ours) | {"ansatt": ours.people["ansatt"].pk}
    too_many = {}

    for role in SEASONED:
        numbers = counted(as_user(ours.people[role]), ids)
        too_many |= {(role, name): many for name, many in numbers.items() if many > LIMIT}
        assert len(numbers) >= 40

    assert too_many == {}


def counted(browser, ids):
    """Return how many queries each page costs that the browser is shown, by URL name."""
    numbers = {}
    browser.get("/")
    for name, entry, _view in urls():
        if name.startswith("demo:"):
            continue
        with CaptureQueriesContext(connection) as captured:
            answer = browser.get(path_of(name, entry, ids))
        if answer.status_code == OK:
            numbers[name] = len(asked(captured))
    return numbers


@pytest.mark.parametrize("rows", [1, 30])
def test_the_front_page_of_one_who_leads_advises_and_applies(
    active, helse, hjemmetjenesten, frida, as_user, queries_of, rows
):
    with clock.frozen(world.MOMENT):
        give(frida, Rolle.Kode.VIRKSOMHETSLEDER, hjemmetjenesten)
        runde = make_runde()
        kompetanse = Kompetanse.objects.create(name="Sårstell")
        for number in range(rows):
            make_enhet(f"Tjeneste {number}", Enhet.Kind.VIRKSOMHET, hjemmetjenesten)
            ansatt = make_ansatt("Anne", f"Lie{number}", hjemmetjenesten)
            Beholdning.objects.create(ansatt=ansatt, kompetanse=kompetanse, level=2)
            make_sak(ansatt, runde, status=Soknad.Status.SUBMITTED)
            make_sak(frida, runde)
            _activity(number)

        assert queries_of(as_user(frida), "/hjem/") == 9


@pytest.mark.parametrize("rows", [1, 30])
def test_the_decisions_of_a_round(active, nord, frida, kristin, as_user, queries_of, rows):
    with clock.frozen(world.MOMENT):
        runde = make_runde()
        for number in range(rows):
            ansatt = make_ansatt("Anne", f"Lie{number}", nord)
            make_draft(make_sak(ansatt, runde))
            make_sak(ansatt, runde)
            soknad = make_sak(ansatt, runde, status=Soknad.Status.DECIDED)
            make_draft(soknad, status="decided", decided_at=clock.now(), decided_by=kristin)
            Kommentar.objects.create(soknad=soknad, text="Uenig", is_dissent=True, by=kristin)
        make_draft(make_sak(frida, runde))
        browser = as_user(frida)

        assert Vedtak.objects.count() == 2 * rows + 1
        assert queries_of(browser, f"/vedtak/{runde.pk}/") == 9


@pytest.mark.parametrize(("status", "number"), [("submitted", 9), ("recommended", 8)])
@pytest.mark.parametrize("rows", [1, 30])
def test_an_own_application(active, kari, liv, as_user, queries_of, status, number, rows):
    with clock.frozen(world.MOMENT):
        runde = make_runde()
        soknad = make_sak(kari, runde, status=status)
        for place in range(rows):
            fil = files.store(b"%PDF-1.7", name=f"{place}.pdf", content_type=PDF)
            Vedlegg.objects.create(soknad=soknad, fil=fil)
            make_sak(liv, runde)

        assert queries_of(as_user(kari), f"/mine/{soknad.pk}/") == number


@pytest.mark.parametrize("rows", [1, 30])
def test_the_strategy_plan(active, helse, kari, frida, as_user, queries_of, rows):
    plan = Strategiplan.objects.create(
        name="Plan", first_year=2025, last_year=2028, status=Strategiplan.Status.HEARING
    )
    Planomfang.objects.create(plan=plan, enhet=helse)
    for number in range(rows):
        area = Fokusomrade.objects.create(plan=plan, order=number, name=f"Område {number}")
        Fokusomrade.objects.create(plan=plan, order=number, name="Del", parent=area)
        Hovedmal.objects.create(plan=plan, order=number, name=f"Mål {number}")
        Kapittel.objects.create(plan=plan, order=number, heading=f"Kapittel {number}")
        Henvisning.objects.create(plan=plan, kind="national", title=f"Lov {number}")

    assert queries_of(as_user(kari), f"/plan/strategi/{plan.pk}/") == 8
    assert queries_of(as_user(frida), f"/plan/strategi/{plan.pk}/") == 9
    assert queries_of(as_user(frida), f"/plan/strategi/{plan.pk}/endre/") == 9


def _activity(number):
    aktivitet = Aktivitet.objects.create(
        year=2026, code=f"a{number}", title="Møte", starts=date(2026, 11, 1), ends=date(2026, 11, 5)
    )
    Aktivitetsrolle.objects.create(aktivitet=aktivitet, kode=Rolle.Kode.FAGRADGIVER)
