"""M19: the union representative reads the list, comments, and has a dissent entered."""

import io

import pytest
from openpyxl import load_workbook

from kompetanse.kommuner import tenancy
from kompetanse.kommuner.tenancy import as_kommune
from soknader.actions import prioritering as actions
from soknader.models import Kommentar, Soknadsrunde
from tests.conftest import make_ansatt
from tests.soknader.saker import give_points, make_draft, make_runde, make_sak

PRIVATE = ("Kari", "Nilsen", "kanari")


@pytest.fixture
def runde(active, october):
    return make_runde()


@pytest.fixture
def sak(runde, kari, frida):
    """An application with private words in every field that can hold them."""
    sak = make_sak(
        kari, runde, exception="kanari-unntak", shifts="kanari-vakter", late_reason="kanari-sen"
    )
    give_points(sak, 3, 2, by=frida)
    make_draft(sak, "refused", reason="Gruppa: få plasser", conditions="")
    actions.comment(sak, text="kanari-intern", by=frida)
    actions.comment(sak, text="Vi deler dette", by=frida, is_shared=True)
    return sak


@pytest.fixture
def large_group(nord):
    """Enough nurses in Nord for the unit to be shown."""
    for number in range(5):
        make_ansatt("Sykepleier", f"Nr{number}", nord)


def pages(browser, runde, sak):
    base = f"/prioritering/{runde.pk}/"
    paths = ("/prioritering/", base, f"{base}?fokus=1&sorter=navn", f"{base}sak/{sak.pk}/",
             f"{base}mote/", f"{base}mote/?sak={sak.pk}")  # fmt: skip
    return {path: browser.get(path).content.decode() for path in paths}


def cells(browser, runde):
    response = browser.get(f"/prioritering/{runde.pk}/regneark/")
    rows = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    return [str(cell) for row in rows for cell in row if cell is not None]


def test_m19_the_list_without_private_reasons_and_comments(as_user, turid, runde, sak, large_group):
    found = pages(as_user(turid), runde, sak)

    for path, page in found.items():
        for hidden in PRIVATE:
            assert hidden not in page, (hidden, path)
    case = found[f"/prioritering/{runde.pk}/sak/{sak.pk}/"]
    shown = (
        "Geriatri 1", "Nord", "Sykepleier", "30\xa0000\xa0kr", "Demens", "Poeng: 8", "plass 1",
        "Gruppa: få plasser", "Avslag", "Vi deler dette",
    )  # fmt: skip
    for words in shown:
        assert words in case, words
    assert "Støtter" not in found[f"/prioritering/{runde.pk}/"]


def test_m19_the_spreadsheet_is_as_private_as_the_page(as_user, turid, frida, runde, sak):
    union, group = cells(as_user(turid), runde), cells(as_user(frida), runde)

    assert not [cell for cell in union for hidden in PRIVATE if hidden in cell]
    assert "Søker" not in union
    assert "Gruppa: få plasser" in union
    assert "Kari Nilsen" in group
    assert not [cell for cell in group if "kanari" in cell]


def test_m19_small_groups_are_hidden_also_from_filters(as_user, turid, runde, sak, nord):
    browser = as_user(turid)

    page = browser.get(f"/prioritering/{runde.pk}/").content.decode()
    assert "Skjult, liten gruppe" in page
    assert ">Nord<" not in page
    narrowed = browser.get(f"/prioritering/{runde.pk}/?enhet={nord.pk}").content.decode()
    assert "Geriatri 1" not in narrowed
    assert "Nord" not in cells(browser, runde)


def test_m19_unit_is_shown_when_the_group_is_large(as_user, turid, runde, sak, large_group):
    page = as_user(turid).get(f"/prioritering/{runde.pk}/").content.decode()

    assert ">Nord<" in page


def test_m19_the_representative_comments_and_dissents(as_user, turid, frida, runde, sak):
    url = f"/prioritering/{runde.pk}/sak/{sak.pk}/"

    response = as_user(turid).post(
        f"{url}kommentar/", {"text": "Vi er uenige i avslaget.", "is_dissent": "on"}
    )

    assert response.status_code == 302
    kommentar = Kommentar.objects.get(by=turid)
    assert (kommentar.is_dissent, kommentar.is_shared) == (True, True)
    page = as_user(frida).get(url).content.decode()
    assert "Vi er uenige i avslaget." in page
    assert "Uenighet, føres i referatet" in page
    decisions = as_user(frida).get(f"/vedtak/{runde.pk}/").content.decode()
    assert decisions.index("Uenighet som skal føres i referatet") < decisions.index("Vi er uenige")


def test_m19_an_empty_comment_comes_back_with_a_sentence(as_user, turid, runde, sak):
    url = f"/prioritering/{runde.pk}/sak/{sak.pk}/kommentar/"

    response = as_user(turid).post(url, {"text": ""})

    assert response.status_code == 422
    assert "Fyll ut «Kommentar»." in response.content.decode()


def test_m19_the_representative_changes_nothing_else(as_user, turid, runde, sak):
    browser, base = as_user(turid), f"/prioritering/{runde.pk}/"
    verbs = ("start", "flytt", "sorter", "utkast", f"sak/{sak.pk}/poeng", f"sak/{sak.pk}/utkast",
             f"sak/{sak.pk}/inhabil")  # fmt: skip

    answers = {
        browser.post(f"{base}{verb}/", {"versjon": 1, "ground": "other"}).status_code
        for verb in verbs
    }

    assert answers == {403}
    page = browser.get(base).content.decode()
    assert 'name="opp"' not in page
    assert "Lag utkast" not in page


def test_m19_before_the_prioritising_begins_there_is_no_list(as_user, turid, frida, runde, sak):
    Soknadsrunde.objects.update(status=Soknadsrunde.Status.OPEN)

    assert as_user(turid).get(f"/prioritering/{runde.pk}/").status_code == 404
    assert as_user(frida).get(f"/prioritering/{runde.pk}/").status_code == 200


def test_a_virksomhetsleder_sees_private_words_in_own_line_only(as_user, vidar, siri, runde, sak):
    url = f"/prioritering/{runde.pk}/"

    own = as_user(vidar).get(f"{url}sak/{sak.pk}/").content.decode()
    assert "kanari-grunn" in own
    assert "Kari Nilsen" in own
    others = pages(as_user(siri), runde, sak)
    for path, page in others.items():
        for hidden in ("Kari", "kanari-grunn", "kanari-bruk", "kanari-uttalelse", "kanari-unntak"):
            assert hidden not in page, (hidden, path)


def test_another_kommunes_round_and_cases_are_not_found(as_user, frida, nabovik, runde, sak):
    token = tenancy._active.set(None)
    try:
        with as_kommune(nabovik.pk):
            theirs = make_runde(budget=1)
    finally:
        tenancy._active.reset(token)
        tenancy._set_database_kommune(str(runde.kommune_id))

    browser = as_user(frida)
    for path in ("", f"sak/{sak.pk}/", "mote/", "regneark/"):
        assert browser.get(f"/prioritering/{theirs.pk}/{path}").status_code == 404
    assert browser.get(f"/vedtak/{theirs.pk}/").status_code == 404
    assert browser.get(f"/prioritering/{runde.pk}/sak/999999/").status_code == 404
