"""Each member of the group gives their own points; others' are hidden until one's own are in."""

import io

import pytest
from openpyxl import load_workbook

from kompetanse.errors import DomainError
from kompetanse.organisasjon.models import Rolle
from soknader.actions import endring as endringer
from soknader.actions import poeng as actions
from soknader.actions import prioritering, vedtak
from soknader.models import Endring, Inhabilitet, Soknadsrunde
from soknader.queries import prioritering as queries
from soknader.rules import prioritering as rules
from tests.conftest import give
from tests.soknader.saker import give_points, make_draft, make_runde, make_sak, order


@pytest.fixture
def runde(active, october):
    return make_runde()


@pytest.fixture
def saker(runde, kari, ola, liv):
    return [make_sak(ansatt, runde) for ansatt in (kari, ola, liv)]


def shown_to(runde, actor, *, on_screen=False):
    """The points of each case as the actor sees them."""
    listed = queries.ranked(runde, reader=rules.reader(actor, on_screen=on_screen))
    return [sak.points for sak in listed.saker]


def score(sak, *points, by):
    given = dict(zip(sak.runde.kriterier.all(), points, strict=True))
    return actions.score(sak, points=given, version=0, by=by)


def test_the_groups_points_are_the_mean_of_the_members(runde, saker, frida, vidar):
    score(saker[0], 3, 2, by=frida)
    score(saker[0], 2, 1, by=vidar)

    assert shown_to(runde, frida)[0] == 6.5


def test_others_points_are_hidden_until_ones_own_are_in(runde, saker, frida, vidar, turid):
    score(saker[0], 3, 3, by=vidar)
    score(saker[1], 1, 1, by=vidar)
    score(saker[1], 2, 2, by=frida)

    assert shown_to(runde, frida) == [None, 4.5, None]
    assert shown_to(runde, vidar) == [9, 4.5, None]
    # She gives no points, so that nothing is to be kept from her.
    assert shown_to(runde, turid) == [9, 4.5, None]


def test_what_is_hidden_is_hidden_on_every_page_export_and_what_if(
    as_user, runde, saker, frida, vidar
):
    for sak in saker:
        score(sak, 3, 3, by=vidar)
    make_draft(saker[0], "waiting")
    base = f"/prioritering/{runde.pk}/"
    browser = as_user(frida)

    page = browser.get(base).content.decode()
    assert page.count("Mangler dine") == 3
    for path in (base, f"{base}sak/{saker[0].pk}/", f"{base}hva-hvis/", f"{base}endringer/",
                 f"{base}mote/?sak={saker[0].pk}"):  # fmt: skip
        shown = browser.get(path).content.decode()
        assert "Poeng: 9" not in shown, path
        assert ">9<" not in shown, path
    assert "Vidar Dahl: 3" not in browser.get(f"{base}sak/{saker[0].pk}/").content.decode()
    book = load_workbook(io.BytesIO(browser.get(f"{base}regneark/").content))
    assert not [c for row in book.active.iter_rows(values_only=True) for c in row if c == 9]
    # The order that is tried by points is the one of now for who sees none.
    tried = browser.get(f"{base}hva-hvis/?rekkefolge=poeng").content.decode()
    places = [tried.index(f"Geriatri {n}") for n in (1, 2, 3)]
    assert places == sorted(places)


def test_the_projected_list_waits_for_all_who_have_begun(runde, saker, frida, vidar):
    score(saker[0], 3, 3, by=vidar)
    score(saker[1], 3, 3, by=vidar)
    score(saker[1], 1, 1, by=frida)

    assert shown_to(runde, frida, on_screen=True) == [None, 6, None]


def test_the_list_is_not_sorted_by_points_before_all_are_in(runde, saker, frida, vidar):
    for sak in saker:
        score(sak, 1, 1, by=vidar)
    score(saker[0], 0, 0, by=frida)

    with pytest.raises(DomainError, match="De mangler i sak 2 og 3"):
        prioritering.suggest_order(runde, version=1, by=frida)
    with pytest.raises(DomainError, match="Frida Moen har ikke gitt alle poengene sine"):
        prioritering.suggest_order(runde, version=1, by=vidar)

    for sak in saker[1:]:
        score(sak, 3, 3, by=frida)
    prioritering.suggest_order(runde, version=1, by=vidar)
    assert order(runde) == [2, 3, 1]


def test_who_is_not_impartial_is_not_waited_for(runde, saker, frida, vidar):
    for sak in saker:
        score(sak, 1, 1, by=vidar)
    for sak in saker[:2]:
        score(sak, 3, 3, by=frida)
    Inhabilitet.objects.create(soknad=saker[2], ansatt=frida, ground="family")

    prioritering.suggest_order(runde, version=1, by=frida)

    assert order(runde) == [1, 2, 3]


def test_the_advisor_opens_the_points_for_all(as_user, runde, saker, frida, vidar):
    score(saker[0], 3, 3, by=vidar)
    url = f"/prioritering/{runde.pk}/apne-poeng/"

    assert as_user(vidar).post(url).status_code == 403
    as_user(frida).post(url)

    runde = Soknadsrunde.objects.get(pk=runde.pk)
    assert runde.points_open
    assert shown_to(runde, frida) == [9, None, None]
    prioritering.suggest_order(runde, version=1, by=frida)


def test_two_members_give_points_at_once_without_overwriting_each_other(runde, saker, frida, vidar):
    score(saker[0], 3, 3, by=vidar)
    score(saker[0], 1, 1, by=frida)

    assert saker[0].poeng.count() == 4


def test_what_others_have_done_is_told_without_their_points(as_user, runde, saker, frida, vidar):
    score(saker[0], 3, 3, by=vidar)

    assert Endring.objects.get().text == "Satte poeng på sak 1."
    page = as_user(frida).get(f"/prioritering/{runde.pk}/endringer/").content.decode()
    assert "Satte poeng på sak 1." in page


def test_undoing_ones_points_leaves_the_others(runde, saker, frida, vidar):
    score(saker[0], 3, 3, by=vidar)
    mine = score(saker[0], 1, 1, by=frida)

    endringer.undo(mine, by=frida)

    assert set(saker[0].poeng.values_list("by", "points")) == {(vidar.pk, 3)}


def test_the_union_reads_the_mean_and_not_who_gave_what(as_user, runde, saker, vidar, turid, frida):
    give(vidar, Rolle.Kode.VIRKSOMHETSLEDER, vidar.enhet)
    score(saker[0], 3, 1, by=vidar)
    score(saker[0], 1, 1, by=frida)
    url = f"/prioritering/{runde.pk}/sak/{saker[0].pk}/"

    union, member = (as_user(each).get(url).content.decode() for each in (turid, frida))

    assert "Vidar Dahl: 3" in member
    assert "Vidar Dahl: 3" not in union
    assert "Poeng: 5" in union


def test_a_reason_is_asked_for_when_the_place_is_not_the_points(
    as_user, runde, saker, frida, django_assert_num_queries
):
    for sak, points in zip(saker, (3, 2, 1), strict=True):
        give_points(sak, points, points, by=frida)
    browser = as_user(frida)
    base = f"/prioritering/{runde.pk}/"

    browser.post(f"{base}flytt/", {"versjon": 1, "flytt": saker[2].pk, f"plass-{saker[2].pk}": "1"})
    page = browser.get(base).content.decode()
    assert "Sak 3 står foran noen med flere poeng. Hvorfor?" in page
    assert page.count("Grunn mangler") == 1

    fields = {"versjon": 0, "rank_reason": "Vakante stillinger i Sør", "fra-listen": "1"}
    response = browser.post(f"{base}sak/{saker[2].pk}/plass/", fields)
    assert response.url.endswith(f"#sak-{saker[2].pk}")
    page = browser.get(base).content.decode()
    assert "Vakante stillinger i Sør" in page
    assert "Grunn mangler" not in page
    assert browser.get(f"{base}?status=uten-grunn").content.decode().count('role="rowheader"') == 0


def test_nothing_is_decided_before_the_reason_is_given(runde, saker, frida, vidar):
    for sak, points in zip(saker, (1, 2, 3), strict=True):
        give_points(sak, points, points, by=frida)
        make_draft(sak, "waiting")

    with pytest.raises(DomainError, match="Sak 1 og 2 står foran noen med flere poeng"):
        vedtak.decide(runde, by=frida)

    for sak in saker[:2]:
        prioritering.explain(sak, reason="Kritisk kompetanse", version=0, by=frida)
    assert len(vedtak.decide(runde, by=frida).mine) == 3
