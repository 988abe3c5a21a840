"""The list of priorities through its pages: order, moves, undo, stale pages, points."""

import re
from datetime import datetime

import pytest
from django.db import transaction

from kompetanse import clock
from kompetanse.errors import StaleError
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Rolle
from soknader.actions import endring as endringer
from soknader.actions import prioritering as actions
from soknader.models import Endring, Soknadsrunde
from tests.conftest import OCTOBER, give, make_ansatt, make_enhet
from tests.soknader.saker import (
    at_once,
    give_points,
    make_draft,
    make_runde,
    make_sak,
    order,
    points_version,
)

# The tests add three to what production asks: the savepoint, its release, and the client that
# steps back into the Kommune.
TESTS_OWN = 3
LIST_QUERIES = 9 + TESTS_OWN
MEETING_QUERIES = 8 + TESTS_OWN
DECISION_QUERIES = 10 + TESTS_OWN


@pytest.fixture
def runde(active, october):
    return make_runde()


@pytest.fixture
def saker(runde, kari, ola, liv):
    return [make_sak(ansatt, runde) for ansatt in (kari, ola, liv)]


def test_list_shows_frame_running_sum_and_the_line(as_user, frida, runde, saker, ola):
    for number in range(4, 6):
        make_sak(ola, runde, study=f"Palliasjon {number}")

    page = as_user(frida).get(f"/prioritering/{runde.pk}/").content.decode()

    assert "Ramme 100\xa0000\xa0kr. Innvilget 0\xa0kr. Foreslått 0\xa0kr." in page
    assert page.index("Geriatri 3") < page.index("Her er rammen brukt opp") < page.index("Pallia")
    assert "120\xa0000" in page


def test_on_paper_the_moves_have_no_column(as_user, frida, runde, saker):
    html = as_user(frida).get(f"/prioritering/{runde.pk}/").content.decode()

    assert re.findall(r"<th [^>]*no-print[^>]*>([^<]+)<", html) == ["Flytt"]


def test_the_line_stands_where_the_waiting_list_begins_when_all_fits(
    as_user, frida, runde, saker, ola
):
    for sak, outcome in zip(saker, ("granted", "waiting", "waiting"), strict=True):
        make_draft(sak, outcome)

    page = as_user(frida).get(f"/prioritering/{runde.pk}/").content.decode()
    projected = as_user(frida).get(f"/prioritering/{runde.pk}/mote/").content.decode()

    assert "Her er rammen brukt opp" not in page
    assert page.count("Her begynner ventelisten") == 1
    assert page.index("Geriatri 1") < page.index("Her begynner ventelisten")
    assert page.index("Her begynner ventelisten") < page.index("Geriatri 2")
    assert projected.index("Geriatri 1") < projected.index("Her begynner ventelisten")


def test_there_is_no_line_when_all_get_what_they_ask_for(as_user, frida, runde, saker):
    for sak in saker:
        make_draft(sak)

    assert "cut-line" not in as_user(frida).get(f"/prioritering/{runde.pk}/").content.decode()


def test_move_down_up_and_to_a_place(as_user, frida, runde, saker):
    browser = as_user(frida)
    url = f"/prioritering/{runde.pk}/flytt/"

    browser.post(url, {"versjon": 1, "ned": saker[0].pk})
    assert order(runde) == [2, 1, 3]
    browser.post(url, {"versjon": 2, "opp": saker[2].pk})
    assert order(runde) == [2, 3, 1]
    response = browser.post(url, {"versjon": 3, "flytt": saker[0].pk, f"plass-{saker[0].pk}": "1"})
    assert order(runde) == [1, 2, 3]

    assert response.url == f"/fjordvik/prioritering/{runde.pk}/#sak-{saker[0].pk}"
    page = browser.get(f"/prioritering/{runde.pk}/").content.decode()
    assert "Flyttet sak 1 fra plass 3 til plass 1." in page
    events = AuditEvent.objects.filter(action="soknad.move").order_by("pk")
    assert [(e.by_id, e.role, e.object_id, e.details) for e in events][-1] == (
        frida.pk, "fagradgiver", saker[0].pk, {"place": 1, "was": 3},
    )  # fmt: skip
    assert events.count() == 3


def test_enter_in_the_number_field_moves_the_one_that_was_changed(as_user, frida, runde, saker):
    fields = {f"plass-{sak.pk}": str(sak.rank) for sak in saker} | {f"plass-{saker[2].pk}": "1"}

    as_user(frida).post(f"/prioritering/{runde.pk}/flytt/", fields | {"versjon": 1})

    assert order(runde) == [3, 1, 2]


def test_undo_puts_the_order_back(as_user, frida, runde, saker):
    browser = as_user(frida)
    browser.post(f"/prioritering/{runde.pk}/flytt/", {"versjon": 1, "ned": saker[0].pk})
    endring = Endring.objects.get()

    browser.post(f"/prioritering/{runde.pk}/angre/{endring.pk}/")

    assert order(runde) == [1, 2, 3]
    assert list(Endring.objects.values_list("is_undone", "undoes")) == [
        (True, None),
        (False, endring.pk),
    ]
    assert AuditEvent.objects.filter(action="endring.undo").count() == 1


def test_a_move_from_an_old_page_gets_409_with_what_has_changed(
    as_user, frida, vidar, runde, saker
):
    as_user(vidar).post(f"/prioritering/{runde.pk}/flytt/", {"versjon": 1, "ned": saker[1].pk})

    response = as_user(frida).post(
        f"/prioritering/{runde.pk}/flytt/", {"versjon": 1, "opp": saker[1].pk}
    )

    assert response.status_code == 409
    page = response.content.decode()
    assert "Vidar Dahl: Flyttet sak 2 fra plass 2 til plass 3." in page
    assert 'name="versjon" value="2"' in page
    assert order(runde) == [1, 3, 2]


def test_undo_after_anothers_move_is_stale(frida, vidar, runde, saker):
    mine = actions.move(saker[0], place=3, version=1, by=frida)
    actions.move(saker[1], place=3, version=2, by=vidar)

    with pytest.raises(StaleError, match="Vidar Dahl"):
        endringer.undo(mine, by=frida)

    assert order(runde) == [3, 1, 2]


def test_m11_of_equal_points_the_prioritised_education_comes_first_and_then_who_was_first(
    as_user, frida, runde, kari
):
    """Case 1 has no education of the announcement; 2 and 3 have one, and 2 was first."""
    saker = [make_sak(kari, runde, is_prioritised=prioritised) for prioritised in (0, 1, 1)]
    for sak in saker:
        give_points(sak, 2, 2, by=frida)

    as_user(frida).post(f"/prioritering/{runde.pk}/sorter/", {"versjon": 1})

    assert order(runde) == [2, 3, 1]


def test_sort_by_points_then_undo(as_user, frida, runde, saker):
    for sak, points in zip(saker, (0, 1, 3), strict=True):
        give_points(sak, points, points, by=frida)
    browser = as_user(frida)

    browser.post(f"/prioritering/{runde.pk}/sorter/", {"versjon": 1})
    assert order(runde) == [3, 2, 1]

    browser.post(f"/prioritering/{runde.pk}/angre/{Endring.objects.get().pk}/")
    assert order(runde) == [1, 2, 3]


def test_filter_keeps_places_and_hides_the_others(as_user, frida, runde, saker, sykehjemmet):
    page = as_user(frida).get(f"/prioritering/{runde.pk}/?enhet={sykehjemmet.pk}").content.decode()

    assert "Geriatri 2" in page
    assert "Geriatri 1" not in page
    assert "viser 1 av 3" in page


def test_points_are_set_changed_and_undone(as_user, frida, runde, saker):
    sak = saker[0]
    first, second = runde.kriterier.all()
    url = f"/prioritering/{runde.pk}/sak/{sak.pk}/"
    browser = as_user(frida)

    browser.post(
        f"{url}poeng/",
        {"versjon": 0, f"kriterium_{first.pk}": "3", f"kriterium_{second.pk}": "2"},
    )
    page = browser.get(url).content.decode()
    assert "Poeng: 8" in page
    again = {"versjon": points_version(sak, by=frida), f"kriterium_{first.pk}": "1"}
    browser.post(f"{url}poeng/", again | {f"kriterium_{second.pk}": "0"})
    assert [p.points for p in sak.poeng.order_by("kriterium__order")] == [1, 0]

    last = Endring.objects.order_by("pk").last()
    browser.post(f"/prioritering/{runde.pk}/angre/{last.pk}/")
    assert sorted(p.points for p in sak.poeng.all()) == [2, 3]


def test_points_on_some_of_the_criteria_are_sent_back(as_user, frida, runde, saker):
    first = runde.kriterier.first()
    url = f"/prioritering/{runde.pk}/sak/{saker[0].pk}/poeng/"

    response = as_user(frida).post(url, {"versjon": 0, f"kriterium_{first.pk}": "1"})

    assert response.status_code == 422
    assert "Gi poeng for «Nytte for tjenesten»" in response.content.decode()
    assert not saker[0].poeng.exists()


def test_own_points_from_an_old_window_are_kept_on_the_page_but_not_saved(
    as_user, frida, runde, saker
):
    sak = saker[1]
    fields = {f"kriterium_{each.pk}": "2" for each in runde.kriterier.all()}
    url = f"/prioritering/{runde.pk}/sak/{sak.pk}/poeng/"
    browser = as_user(frida)
    browser.post(url, fields | {"versjon": 0})

    response = browser.post(url, dict.fromkeys(fields, "0") | {"versjon": 0})

    assert response.status_code == 409
    assert "Du har endret poengene dine i et annet vindu." in response.content.decode()
    assert [p.points for p in sak.poeng.all()] == [2, 2]


def test_start_waits_for_the_deadline_and_ranks_in_the_order_of_arrival(
    as_user, frida, active, october, kari, ola
):
    runde = make_runde(status=Soknadsrunde.Status.OPEN)
    make_sak(kari, runde, rank=None)
    make_sak(ola, runde, rank=None)
    url = f"/prioritering/{runde.pk}/start/"

    assert as_user(frida).post(url).status_code == 409
    with clock.frozen(datetime(2026, 10, 16, 0, 0, tzinfo=clock.OSLO)):
        assert as_user(frida).post(url).status_code == 302

    runde.refresh_from_db()
    assert runde.status == Soknadsrunde.Status.PRIORITISING
    assert list(runde.soknader.order_by("number").values_list("rank", flat=True)) == [1, 2]


def test_nothing_moves_when_the_round_is_decided(frida, as_user, runde, saker):
    Soknadsrunde.objects.update(status=Soknadsrunde.Status.DECIDED)

    response = as_user(frida).post(
        f"/prioritering/{runde.pk}/flytt/", {"versjon": 1, "ned": saker[0].pk}
    )

    assert response.status_code == 409
    assert order(runde) == [1, 2, 3]


def test_missing_statement_is_flagged(as_user, frida, runde, kari):
    make_sak(kari, runde, status="submitted")

    page = as_user(frida).get(f"/prioritering/{runde.pk}/").content.decode()

    assert "1 mangler lederuttalelse" in page
    assert "Mangler" in page


def test_drafts_follow_the_order_within_the_frame(as_user, frida, runde, saker, ola):
    make_sak(ola, runde)

    as_user(frida).post(f"/prioritering/{runde.pk}/utkast/")

    found = runde.soknader.order_by("rank").values_list("vedtak__outcome", "vedtak__amount")
    assert list(found) == [("granted", 30_000)] * 3 + [("waiting", 0)]
    page = as_user(frida).get(f"/prioritering/{runde.pk}/").content.decode()
    assert "Innvilget 0\xa0kr. Foreslått 90\xa0000\xa0kr." in page


@pytest.mark.parametrize("number", [1, 30])
def test_the_pages_ask_the_same_number_of_queries(
    as_user, frida, turid, kristin, runde, ola, number, django_assert_num_queries
):
    saker = [make_sak(ola, runde) for _ in range(number)]
    for sak in saker:
        make_draft(sak, "waiting")
    browser, union, chief = as_user(frida), as_user(turid), as_user(kristin)
    for warm in (browser, union, chief):
        warm.get("/hjelp/")

    with django_assert_num_queries(LIST_QUERIES):
        browser.get(f"/prioritering/{runde.pk}/")
    # She has nothing to undo, and sees no unit of so small a group, so no sectors either.
    with django_assert_num_queries(LIST_QUERIES - 1):
        union.get(f"/prioritering/{runde.pk}/")
    with django_assert_num_queries(MEETING_QUERIES):
        browser.get(f"/prioritering/{runde.pk}/mote/")
    with django_assert_num_queries(DECISION_QUERIES):
        chief.get(f"/vedtak/{runde.pk}/")


def test_who_may_not_see_the_list(as_user, kari: Ansatt, liv: Ansatt, runde):
    assert as_user(kari).get(f"/prioritering/{runde.pk}/").status_code == 403
    assert as_user(liv).get(f"/prioritering/{runde.pk}/").status_code == 403
    assert as_user(None).get(f"/fjordvik/prioritering/{runde.pk}/").status_code == 302


def test_the_row_that_was_moved_can_be_put_back_where_it_stands(as_user, frida, runde, saker):
    browser = as_user(frida)
    assert 'form="angre"' not in browser.get(f"/prioritering/{runde.pk}/").content.decode()

    browser.post(f"/prioritering/{runde.pk}/flytt/", {"versjon": 1, "ned": saker[0].pk})

    page = browser.get(f"/prioritering/{runde.pk}/").content.decode()
    assert page.count('form="angre"') == 1
    assert '<form id="angre"' in page
    assert page.index(f'id="sak-{saker[0].pk}"') < page.index('form="angre"')


def test_of_eight_moves_at_once_from_the_same_page_one_is_made(real_db):
    kommune = Kommune.objects.get(slug="fjordvik")
    with clock.frozen(OCTOBER), as_kommune(kommune.pk):
        top = make_enhet("Fjordvik kommune", "kommune")
        frida = give(make_ansatt("Frida", "Moen", top), Rolle.Kode.FAGRADGIVER, top)
        kari = make_ansatt("Kari", "Nilsen", top)
        runde = make_runde()
        saker = [make_sak(kari, runde) for _ in range(8)]

    def move(index):
        with as_kommune(kommune.pk), clock.frozen(OCTOBER):
            try:
                with transaction.atomic():
                    place = 8 - index if index != 7 else 2
                    actions.move(saker[index], place=place, version=1, by=frida)
            except StaleError:
                return False
            return True

    results = at_once(8, move)

    with as_kommune(kommune.pk):
        assert results.count(True) == 1
        assert sorted(order(runde)) == list(range(1, 9))
        assert Soknadsrunde.objects.get().version == 2
        assert AuditEvent.objects.filter(action="soknad.move").count() == 1
