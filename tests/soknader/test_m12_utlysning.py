"""M12: what education is supported is announced; anything else needs a reason for an exception."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from soknader.models import Soknad, Soknadsrunde, Utlysning
from tests.soknader.conftest import ANSWERS
from tests.soknader.soknadsskjema import STEP_1, answer, send

pytestmark = pytest.mark.usefixtures("october")


def test_m12_the_announcement_shows_education_area_and_what_is_supported(
    runde, utlysning, kari, as_user
):
    runde.announcement = "Kommunen støtter det vi trenger."
    runde.save()

    page = as_user(kari).get("/soknad/").content.decode()

    for words in (
        "Videreutdanning i geriatri",
        "Fokusområde: Eldre med sammensatte behov",
        "Kommunen støtter det vi trenger.",
        "Fri med lønn til samlinger, eksamen og lesedager",
        "må skrive hvorfor kommunen bør gjøre unntak",
    ):
        assert words in page, words


def test_m12_the_announcement_is_a_poster_too(runde, utlysning, kari, as_user):
    response = as_user(kari).get("/soknad/utlysning.pdf")

    assert response["Content-Disposition"] == 'attachment; filename="utlysning-2026.pdf"'
    pages = PdfReader(BytesIO(response.content)).pages
    assert len(pages) == 1
    text = " ".join(pages[0].extract_text().split())
    assert "Videreutdanning i geriatri" in text
    assert "15. oktober" in text.replace("\xa0", " ")


def test_m12_a_choice_from_the_list_needs_no_exception(
    runde, utlysning, kari, as_user, make_soknad
):
    soknad = make_soknad(kari)
    browser = as_user(kari)

    answer(browser, soknad, 1, STEP_1 | {"utlysning": utlysning.pk, "exception": ""})
    sent = send(browser, soknad)

    assert sent.status_code == 302
    soknad.refresh_from_db()
    assert soknad.utlysning == utlysning


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "Velg en utdanning fra lista."),
        ({"utlysning": "annet"}, "Skriv hvorfor kommunen bør gjøre unntak"),
        ({"utlysning": "99999999"}, "Velg et av svarene"),
        ({"utlysning": "9" * 30}, "Velg et av svarene"),
    ],
)
def test_m12_outside_the_list_the_step_asks_for_a_reason(
    runde, utlysning, kari, as_user, make_soknad, answers, told
):
    soknad = make_soknad(kari)

    answered = answer(as_user(kari), soknad, 1, STEP_1 | answers)

    assert answered.status_code == 422
    assert told in answered.content.decode()


def test_m12_an_exception_with_its_reason_is_sent_and_shown_to_the_leader(
    runde, utlysning, kari, liv, as_user, make_soknad
):
    soknad = make_soknad(kari)
    browser = as_user(kari)

    answer(browser, soknad, 1, STEP_1 | {"utlysning": "annet", "exception": "Vi mangler tolk."})
    sent = send(browser, soknad)

    assert sent.status_code == 302
    page = as_user(liv).get(f"/leder/soknader/{soknad.pk}/").content.decode()
    assert "Nei, utdanningen står ikke på lista" in page
    assert "Vi mangler tolk." in page


def test_m12_the_verb_itself_refuses_an_exception_without_reason(
    runde, utlysning, kari, as_user, make_soknad
):
    soknad = make_soknad(kari)

    assert send(as_user(kari), soknad).status_code == 422
    assert Soknad.objects.get().status == Soknad.Status.DRAFT


def test_m12_another_rounds_education_cannot_be_chosen(
    runde, utlysning, kari, as_user, make_soknad
):
    other = Soknadsrunde.objects.create(
        year=2025,
        opens=date(2025, 9, 1),
        deadline=date(2025, 10, 15),
        leader_deadline=date(2025, 10, 22),
        meeting_on=date(2025, 10, 28),
        answer_by=date(2025, 11, 5),
        accept_by=date(2025, 11, 20),
        budget=1,
    )
    foreign = Utlysning.objects.create(runde=other, title="I fjor")
    soknad = make_soknad(kari)

    answered = answer(as_user(kari), soknad, 1, STEP_1 | {"utlysning": foreign.pk})

    assert answered.status_code == 422
    soknad.refresh_from_db()
    assert soknad.utlysning is None


def test_m12_without_a_list_nobody_is_asked_for_an_exception(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)

    page = as_user(kari).get(f"/soknad/{soknad.pk}/steg/1/").content.decode()

    assert "unntak" not in page
    assert send(as_user(kari), soknad).status_code == 302
    assert ANSWERS["study"] in as_user(kari).get(f"/mine/{soknad.pk}/").content.decode()
