"""«Hva hvis»: another frame, amount or order is shown, and nothing is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soknader.forms import hvahvis as forms
from soknader.models import Endring, Soknad, Soknadsrunde, Vedtak
from soknader.queries.hvahvis import Tanke, imagine
from soknader.queries.rangering import Ramme, Rangering, Sak
from tests.soknader.saker import make_draft, make_runde, make_sak, order

KRONER = st.integers(0, 100_000)
NUMBERS = st.integers(1, 9)


@pytest.fixture
def runde(active, october):
    return make_runde(budget=75_000)


@pytest.fixture
def saker(runde, kari, ola, liv):
    return [make_sak(ansatt, runde) for ansatt in (kari, ola, liv)]


def line(number, cost, running):
    return Sak(
        pk=number * 10, number=number, place=number, name="", enhet_id=None, unit="", path="",
        kategori_id=None, category="", study="", fokusomrade_id=None, area="",
        is_prioritised=number % 2 == 0, is_late=False, verdict="", points=None, is_scored=False,
        earlier=(), cost=cost, planned=cost, running=running, outcome="", is_decided=False,
        is_own=False, is_barred=False, rank_reason="",
    )  # fmt: skip


def make_list(costs, budget):
    running, saker = 0, []
    for number, cost in enumerate(costs, start=1):
        running += cost
        saker.append(line(number, cost, running))
    return Rangering(Ramme(budget, 0, 0), tuple(saker))


def test_another_frame_moves_the_line_and_says_who_it_reaches(as_user, frida, runde, saker):
    url = f"/prioritering/{runde.pk}/hva-hvis/"
    browser = as_user(frida)
    now = {f"belop-{n}": "30000" for n in (1, 2, 3)} | {f"plass-{n}": str(n) for n in (1, 2, 3)}

    response = browser.post(url, now | {"ramme": "90 000", "rekkefolge": ""})
    assert response.status_code == 302
    assert response.url.endswith("/hva-hvis/?ramme=90000")

    page = browser.get(response.url.removeprefix("/fjordvik")).content.decode()
    assert "Rammen på 90\xa0000\xa0kr rekker til 3 saker." in page
    assert "Nå rekker den til 2." in page
    assert "Kommer over streken:" in page
    assert Soknadsrunde.objects.get(pk=runde.pk).budget == 75_000


def test_amounts_and_places_stand_in_the_address_and_nothing_is_written(
    as_user, frida, runde, saker
):
    url = f"/prioritering/{runde.pk}/hva-hvis/"
    now = {f"belop-{n}": "30000" for n in (1, 2, 3)} | {f"plass-{n}": str(n) for n in (1, 2, 3)}
    browser = as_user(frida)

    response = browser.post(
        url, now | {"ramme": "75000", "rekkefolge": "", "plass-3": "1", "belop-2": "15 000"}
    )

    assert response.url.endswith("?belop=2:15000&plass=3:1")
    page = browser.get(response.url.removeprefix("/fjordvik")).content.decode()
    assert page.index("Geriatri 3") < page.index("Geriatri 1") < page.index("Geriatri 2")
    assert "fra plass 3" in page
    assert "rekker til 3 saker" in page
    assert order(runde) == [1, 2, 3]
    assert not Endring.objects.exists()
    assert not Vedtak.objects.exists()
    assert Soknadsrunde.objects.get(pk=runde.pk).version == 1


def test_what_cannot_be_read_is_sent_back_with_what_was_typed(as_user, frida, runde, saker):
    now = {f"belop-{n}": "30000" for n in (1, 2, 3)} | {f"plass-{n}": str(n) for n in (1, 2, 3)}

    response = as_user(frida).post(
        f"/prioritering/{runde.pk}/hva-hvis/",
        now | {"ramme": "mange", "rekkefolge": "", "belop-2": "x"},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_belop-2"' in page
    assert 'value="mange"' in page
    assert 'value="x"' in page


@pytest.mark.parametrize(
    "query", ["ramme=-1", "ramme=9999999999999", "belop=1:x,,:,2:", "plass=0:0", "rekkefolge=sql"]
)
def test_an_address_that_someone_has_made_up_is_no_harm(as_user, frida, runde, saker, query):
    assert as_user(frida).get(f"/prioritering/{runde.pk}/hva-hvis/?{query}").status_code == 200


def test_the_union_representative_tries_without_names(as_user, turid, runde, saker):
    page = as_user(turid).get(f"/prioritering/{runde.pk}/hva-hvis/?ramme=1").content.decode()

    assert "Geriatri 1" in page
    assert "Kari" not in page
    assert "De som ikke er støttet før" not in page


def test_own_draft_is_in_no_sum(as_user, frida, runde, saker):
    make_draft(make_sak(frida, runde), "refused")

    page = as_user(frida).get(f"/prioritering/{runde.pk}/hva-hvis/").content.decode()

    assert "Alle til sammen koster 120\xa0000\xa0kr." in page


def test_three_hundred_lines_are_sent_and_led_to_a_short_address(as_user, frida, runde, kari):
    Soknad.objects.bulk_create(
        Soknad(runde=runde, ansatt=kari, status="recommended", number=n, rank=n,
               submitted_at="2026-10-01T08:00Z",
               tuition=1000)
        for n in range(1, 301)
    )  # fmt: skip
    now = {f"belop-{n}": "1000" for n in range(1, 301)}
    now |= {f"plass-{n}": str(n) for n in range(1, 301)}

    response = as_user(frida).post(
        f"/prioritering/{runde.pk}/hva-hvis/",
        now | {"ramme": "75000", "rekkefolge": "", "plass-300": "1"},
    )

    assert response.url.endswith("?plass=300:1")


@settings(deadline=None)
@given(
    st.lists(KRONER, min_size=1, max_size=8),
    KRONER,
    st.dictionaries(NUMBERS, KRONER, max_size=4),
    st.lists(st.tuples(NUMBERS, NUMBERS), max_size=4),
    st.sampled_from(["", "poeng", "lavest", "prioritert"]),
)
def test_what_is_tried_is_always_a_list_of_the_same_cases(costs, frame, amounts, places, by):
    listed = make_list(costs, 50_000)
    tanke = Tanke(frame, amounts, tuple(places), by)

    bilde = imagine(listed, tanke)

    assert forms.read(forms.address(tanke)) == tanke
    assert sorted(each.sak.number for each in bilde.lines) == [s.number for s in listed.saker]
    assert [each.sak.place for each in bilde.lines] == list(range(1, len(costs) + 1))
    expected = sum(amounts.get(s.number, s.planned) for s in listed.saker)
    assert bilde.total == expected
    within = [each.is_within for each in bilde.lines]
    assert within == sorted(within, reverse=True)
    assert imagine(listed, Tanke()).lines == tuple(
        each for each in imagine(listed, Tanke()).lines if not each.change
    )
