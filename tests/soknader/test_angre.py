"""Undo: the last thing, several steps back, bulk changes as one; and who has moved what."""

import random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Rolle
from soknader.actions import endring as endringer
from soknader.actions import poeng, prioritering, vedtak
from soknader.actions.innhold import Content
from soknader.models import Endring, Poeng, Soknad, Soknadsrunde, Vedtak
from soknader.queries import endring as queries
from soknader.rules import rekkefolge
from tests.conftest import OCTOBER, give, make_ansatt, make_enhet
from tests.soknader.saker import (
    at_once,
    give_points,
    make_runde,
    make_sak,
    order,
    points_version,
    version,
)


@pytest.fixture
def runde(active, october):
    return make_runde()


@pytest.fixture
def saker(runde, kari, ola, liv):
    return [make_sak(ansatt, runde) for ansatt in (kari, ola, liv)]


def now(runde):
    return Soknadsrunde.objects.get(pk=runde.pk).version


def move(runde, sak, place, by):
    return prioritering.move(sak, place=place, version=now(runde), by=by)


def test_several_steps_back_one_by_one(as_user, frida, runde, saker):
    browser, url = as_user(frida), f"/prioritering/{runde.pk}/"
    move(runde, saker[0], 3, frida)
    move(runde, saker[2], 1, frida)
    assert order(runde) == [3, 2, 1]

    for expected in ([2, 3, 1], [1, 2, 3]):
        page = browser.get(url).content.decode()
        pk = queries.undoable(runde, by=frida).pk
        assert f"/angre/{pk}/" in page
        browser.post(f"{url}angre/{pk}/", {"fra-listen": "1"})
        assert order(runde) == expected
    assert 'id="angre"' not in browser.get(url).content.decode()


def test_back_to_before_a_change_in_one_step(as_user, frida, runde, saker):
    first = move(runde, saker[0], 3, frida)
    vedtak.draft(saker[1], Content(outcome="waiting"), version=0, by=frida)
    move(runde, saker[2], 1, frida)
    url = f"/prioritering/{runde.pk}/"

    log = as_user(frida).get(f"{url}endringer/").content.decode()
    assert log.count("Angre tilbake hit") == 2
    as_user(frida).post(f"{url}angre-til/{first.pk}/")

    assert order(runde) == [1, 2, 3]
    assert not Vedtak.objects.exists()
    assert AuditEvent.objects.filter(action="endring.undo").count() == 3


def test_a_change_is_undone_once_and_by_the_one_who_made_it(frida, vidar, runde, saker):
    mine = move(runde, saker[0], 3, frida)

    with pytest.raises(PermissionDenied):
        endringer.undo(mine, by=vidar)
    endringer.undo(mine, by=frida)
    with pytest.raises(TransitionError, match="allerede angret"):
        endringer.undo(mine, by=frida)


def test_proposals_for_all_are_undone_as_one(as_user, frida, runde, saker):
    as_user(frida).post(f"/prioritering/{runde.pk}/utkast/")
    whole = Endring.objects.get(kind="several")
    assert Vedtak.objects.count() == 3
    assert whole.text == "Laget utkast til 3 saker."

    endringer.undo(whole, by=frida)

    assert not Vedtak.objects.exists()
    assert version(saker[0]) == 0


def test_proposals_for_all_are_not_undone_over_anothers_change(frida, vidar, runde, saker):
    vedtak.suggest(runde, by=frida)
    whole = Endring.objects.get(kind="several")
    refused = Content(outcome="refused", reason="Få plasser")
    vedtak.draft(saker[1], refused, version=version(saker[1]), by=vidar)

    with pytest.raises(StaleError, match="Vidar Dahl: Satte utkast på sak 2: Avslag"):
        endringer.undo(whole, by=frida)

    assert Vedtak.objects.count() == 3
    assert not Endring.objects.filter(is_undone=True).exists()


def test_a_stale_page_is_told_which_cases_a_sorting_moved_and_by_whom(
    as_user, frida, vidar, runde, saker
):
    for sak, points in zip(saker, (2, 1, 3), strict=True):
        give_points(sak, points, points, by=vidar)
    prioritering.suggest_order(runde, version=1, by=vidar)
    undone = move(runde, saker[1], 1, vidar)
    endringer.undo(undone, by=vidar)

    response = as_user(frida).post(
        f"/prioritering/{runde.pk}/flytt/", {"versjon": 1, "ned": saker[0].pk}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Vidar Dahl: Sorterte listen etter poeng. Sak 3 fra plass 3 til plass 1." in page
    assert "Vidar Dahl: Flyttet sak 2 fra plass 3 til plass 1." in page
    assert "Vidar Dahl: Angret: Flyttet sak 2 fra plass 3 til plass 1." in page
    assert "Her er listen slik den er nå." in page
    assert order(runde) == [3, 1, 2]


def test_who_came_since_stands_last_after_an_undoing(frida, runde, saker, ola):
    mine = move(runde, saker[0], 3, frida)
    Soknad.objects.filter(pk=saker[1].pk).update(status=Soknad.Status.WITHDRAWN)
    late = make_sak(ola, runde, rank=None)

    endringer.undo(mine, by=frida)

    listed = Soknad.objects.exclude(status="withdrawn").order_by("rank")
    assert [s.number for s in listed] == [1, 3, late.number]


def test_what_is_decided_cannot_be_undone_but_the_rest_can(frida, kristin, runde, saker):
    drafted = vedtak.draft(
        saker[0], Content(outcome="waiting"), version=version(saker[0]), by=frida
    )
    moved = move(runde, saker[2], 1, frida)
    vedtak.decide(runde, by=kristin)

    assert not Endring.objects.filter(pk=drafted.pk).exists()
    endringer.undo(moved, by=frida)
    assert order(runde) == [1, 2, 3]


def test_the_log_does_not_tell_of_an_own_case(as_user, runde, vidar, frida):
    own = make_sak(vidar, runde)
    vedtak.draft(own, Content(outcome="refused", reason="x"), version=0, by=frida)

    page = as_user(vidar).get(f"/prioritering/{runde.pk}/endringer/").content.decode()

    assert "Avslag" not in page
    assert "Ingen har endret noe ennå." in page


def test_the_log_is_for_the_group(as_user, turid, runde, saker):
    assert as_user(turid).get(f"/prioritering/{runde.pk}/endringer/").status_code == 403


def test_of_two_moves_at_once_the_second_is_told_of_the_first(real_db):
    kommune = Kommune.objects.get(slug="fjordvik")
    with clock.frozen(OCTOBER), as_kommune(kommune.pk):
        top = make_enhet("Fjordvik kommune", "kommune")
        people = [
            give(make_ansatt(name, "Moen", top), Rolle.Kode.FAGRADGIVER, top)
            for name in ("Frida", "Gro")
        ]
        kari = make_ansatt("Kari", "Nilsen", top)
        runde = make_runde()
        saker = [make_sak(kari, runde) for _ in range(4)]

    def work(index):
        with as_kommune(kommune.pk), clock.frozen(OCTOBER):
            try:
                with transaction.atomic():
                    prioritering.move(saker[index], place=4, version=1, by=people[index])
            except StaleError as stale:
                return stale.told
            return ()

    told = at_once(2, work)

    with as_kommune(kommune.pk):
        winner = told.index(())
        name, number = people[winner].full_name, saker[winner].number
        assert told[1 - winner] == (
            f"{name}: Flyttet sak {number} fra plass {number} til plass 4.",
        )
        assert sorted(order(runde)) == [1, 2, 3, 4]


def state(runde):
    """All that the group has written, as one value."""
    return (
        order(runde),
        sorted(Vedtak.objects.values_list("soknad", "outcome", "amount", "reason")),
        sorted(Soknad.objects.values_list("pk", "rank_reason")),
        sorted((p.soknad_id, p.kriterium_id, p.points, p.by_id) for p in Poeng.objects.all()),
    )


def do_something(draw, runde, saker, people):
    """Try one thing; some of it is refused, as it would be."""
    sak, by = draw.choice(saker), draw.choice(people)
    verb = draw.choice(["move", "move", "draft", "score", "explain", "suggest", "sort"])
    if verb == "move":
        return move(runde, sak, draw.randint(1, 4), by)
    if verb == "draft":
        outcome = draw.choice(["granted", "waiting", "refused"])
        amount = sak.amount if outcome == "granted" else 0
        content = Content(outcome=outcome, amount=amount, reason=draw.choice(["", "Ja"]))
        return vedtak.draft(sak, content, version=version(sak), by=by)
    if verb == "score":
        given_points = {k: draw.randint(0, 3) for k in runde.kriterier.all()}
        seen = points_version(sak, by=by)
        return poeng.score(sak, points=given_points, version=seen, by=by)
    if verb == "explain":
        reason = draw.choice(["", "Kritisk", "Fordi"])
        return prioritering.explain(sak, reason=reason, version=version(sak), by=by)
    if verb == "suggest":
        vedtak.suggest(runde, by=by)
        return None
    return prioritering.suggest_order(runde, version=now(runde), by=by)


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 8))
def test_an_undo_always_gives_back_what_was_before(seed, steps, active, october, people_of_round):
    runde, saker, people = people_of_round
    draw = random.Random(seed)
    with transaction.atomic():
        sid = transaction.savepoint()
        states = []
        for _ in range(steps):
            before, last = state(runde), Endring.objects.order_by("-pk").first()
            try:
                with transaction.atomic():
                    do_something(draw, runde, saker, people)
            except DomainError:
                continue
            done = Endring.objects.filter(pk__gt=last.pk if last else 0, part_of=None).first()
            if done:
                states.append((done, before))
        for done, before in reversed(states):
            endringer.undo(done, by=done.by)
            assert state(runde) == before
        transaction.savepoint_rollback(sid)


@pytest.fixture
def people_of_round(runde, kari, ola, liv, frida, vidar):
    saker = [make_sak(ansatt, runde) for ansatt in (kari, ola, liv, ola)]
    return runde, saker, [frida, vidar]


ORDERS = st.integers(1, 12).flatmap(lambda n: st.permutations(range(n)))


@given(ORDERS, st.randoms())
def test_the_moves_told_are_few_and_lead_from_the_one_order_to_the_other(after, rnd):
    before = sorted(after)
    told = rekkefolge.moved(before, after)

    rest = [pk for pk in before if pk not in {m.soknad_id for m in told}]
    for each in told:
        rest.insert(each.now - 1, each.soknad_id)
    assert rest == list(after)


@given(ORDERS, st.integers(0, 11), st.integers(-2, 20))
def test_a_single_move_is_told_as_one_and_taken_back_by_its_order(start, which, place):
    pk = start[which % len(start)]
    after = rekkefolge.placed(start, pk, place)

    assert sorted(after) == sorted(start)
    assert len(rekkefolge.moved(start, after)) <= 1
    assert rekkefolge.brought_back(start, after) == list(start)


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=12))
def test_without_those_that_deviate_the_points_never_rise(points):
    out = rekkefolge.against_points(points)

    kept = [p for at, p in enumerate(points) if at not in out and p is not None]
    assert kept == sorted(kept, reverse=True)
    assert not any(points[at] is None for at in out)


def test_who_is_no_longer_impartial_or_in_the_group_undoes_nothing(runde, saker, frida, as_user):
    content = Content(outcome="refused", reason="Nei")
    made = vedtak.draft(saker[0], content, version=version(saker[0]), by=frida)
    prioritering.recuse(saker[0], ground="family", by=frida)

    with pytest.raises(PermissionDenied):
        endringer.undo(made, by=frida)
    assert queries.undoable(runde, by=frida) is None
    assert "Angre" not in as_user(frida).get(f"/prioritering/{runde.pk}/").content.decode()

    other = vedtak.draft(saker[1], content, version=version(saker[1]), by=frida)
    Rolle.objects.filter(ansatt=frida).delete()
    with pytest.raises(PermissionDenied):
        endringer.undo(other, by=type(frida).objects.get(pk=frida.pk))
    assert Vedtak.objects.count() == 2


def test_a_case_that_was_withdrawn_meanwhile_is_not_moved(runde, saker, frida, as_user):
    Soknad.objects.filter(pk=saker[0].pk).update(status="withdrawn")

    with pytest.raises(TransitionError, match="ikke på listen"):
        move(runde, saker[0], 3, frida)
