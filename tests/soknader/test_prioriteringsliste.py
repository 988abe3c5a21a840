"""The list of priorities on paper: what the reader sees on the page, and no more."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.soknader.saker import make_draft, make_runde, make_sak


@pytest.fixture
def runde(active, october):
    return make_runde()


@pytest.fixture
def saker(runde, kari, ola, liv, siri):
    return [make_sak(ansatt, runde) for ansatt in (kari, ola, liv, siri)]


def paper(browser, runde) -> str:
    answer = browser.get(f"/prioritering/{runde.pk}/pdf/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return plain(" ".join(page.extract_text() for page in pages))


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def test_m11_the_paper_list_has_the_frame_the_running_sum_and_the_line(
    as_user, frida, runde, saker
):
    make_draft(saker[1], "refused", reason="Utenfor satsingsområdene.")

    text = paper(as_user(frida), runde)

    assert "Prioriteringsliste, Høstrunden 2026" in text
    assert "Ramme 100 000 kr." in text
    assert "Utenfor satsingsområdene." in text
    assert text.index("Geriatri 1") < text.index("Geriatri 2") < text.index("Geriatri 4")
    assert "90 000" in text


def test_the_line_stands_between_those_within_the_frame_and_the_rest(as_user, frida, runde, saker):
    text = paper(as_user(frida), runde)

    within, line, beyond = map(text.index, ("Geriatri 3", "Her er rammen brukt opp", "Geriatri 4"))
    assert within < line < beyond


def test_a_union_representative_gets_no_names_and_no_small_groups_on_paper(
    as_user, turid, frida, runde, saker
):
    theirs, ours = paper(as_user(turid), runde), paper(as_user(frida), runde)

    assert "Kari Nilsen" in ours
    assert "Kari" not in theirs
    assert "Skjult, liten gruppe" in theirs
    assert "Geriatri 1" in theirs


def test_the_reason_in_ones_own_case_is_not_on_ones_paper(as_user, siri, frida, runde, saker):
    make_draft(saker[3], "refused", reason="Hun har fått støtte før.")

    assert "Hun har fått støtte før." in paper(as_user(frida), runde)
    assert "Hun har fått støtte før." not in paper(as_user(siri), runde)


def test_an_empty_list_says_so_on_paper(as_user, frida, runde):
    assert "Ingen søknader ennå." in paper(as_user(frida), runde)


def test_the_page_leads_to_the_paper(as_user, frida, runde, saker):
    html = as_user(frida).get(f"/prioritering/{runde.pk}/").content.decode()

    assert re.search(rf'href="[^"]*/prioritering/{runde.pk}/pdf/"', html)


def test_an_employee_gets_no_list(as_user, kari, runde, saker):
    assert as_user(kari).get(f"/prioritering/{runde.pk}/pdf/").status_code == 403
