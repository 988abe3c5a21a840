"""M11: what is sent is followed, changed until the deadline, withdrawn, and had as a copy."""

from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent
from kompetanse.varsler.models import Varsel
from soknader.models import Soknad, Uttalelse, Vedlegg
from tests.soknader.conftest import ANSWERS
from tests.soknader.soknadsskjema import PDF_BYTES, STEP_1, answer

S = Soknad.Status

pytestmark = pytest.mark.usefixtures("october")


def test_m11_status_and_next_step_are_shown_for_each_status(runde, kari, liv, as_user, make_soknad):
    told = {
        S.SUBMITTED: "Liv Berg skriver en uttalelse innen 22.\xa0oktober 2026.",
        S.RECOMMENDED: "Du får svar innen 5.\xa0november 2026.",
        S.DECIDED: "Du får svar innen 5.\xa0november 2026.",
        S.ANSWERED: "Svaret på søknaden er klart.",
        S.ACCEPTED: "Du har takket ja",
        S.DECLINED: "Du har takket nei",
        S.WITHDRAWN: "Søknaden er trukket",
    }
    for status, words in told.items():
        soknad = make_soknad(kari, status=status)
        page = as_user(kari).get(f"/mine/{soknad.pk}/").content.decode()
        assert words in page, status
        assert "Vedtatt" not in page


def test_m11_what_is_sent_can_be_changed_until_the_deadline_and_stays_sent(
    runde, kari, liv, as_user, make_soknad
):
    soknad = make_soknad(kari, status=Soknad.Status.RECOMMENDED)
    Uttalelse.objects.create(soknad=soknad, verdict="supports", text="Ja", by=liv)

    changed = answer(as_user(kari), soknad, 1, STEP_1 | {"study": "Aldring og helse"})

    assert changed.url == f"/fjordvik/mine/{soknad.pk}/"
    soknad.refresh_from_db()
    assert (soknad.study, soknad.status) == ("Aldring og helse", Soknad.Status.SUBMITTED)
    assert soknad.number == 1
    event = AuditEvent.objects.get(action="soknad.change")
    assert event.details == {"fields": ["credits", "study"], "version": 2}
    assert Varsel.objects.get().recipient == liv


def test_m11_a_change_of_what_is_sent_may_not_leave_a_hole(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari, status=Soknad.Status.SUBMITTED)

    changed = answer(as_user(kari), soknad, 1, {"study": "", "institution": "x"})

    assert changed.status_code == 422
    soknad.refresh_from_db()
    assert soknad.study == ANSWERS["study"]


def test_m11_after_the_deadline_what_is_sent_can_only_be_withdrawn(
    runde, kari, as_user, make_soknad
):
    soknad = make_soknad(kari, status=Soknad.Status.SUBMITTED)
    browser = as_user(kari)

    with clock.frozen(datetime(2026, 10, 16, 8, 0, tzinfo=clock.OSLO)):
        page = browser.get(f"/mine/{soknad.pk}/").content.decode()
        step = browser.get(f"/soknad/{soknad.pk}/steg/1/")
        withdrawn = browser.post(f"/mine/{soknad.pk}/trekk/")

    assert "Endre søknaden" not in page
    assert step.status_code == 409
    assert withdrawn.status_code == 302
    soknad.refresh_from_db()
    assert soknad.status == Soknad.Status.WITHDRAWN


def test_m11_withdrawing_tells_both_and_is_not_possible_after_the_decision(
    runde, kari, liv, as_user, make_soknad
):
    soknad = make_soknad(kari, status=Soknad.Status.RECOMMENDED, rank=3)
    decided = make_soknad(kari, status=Soknad.Status.DECIDED)
    browser = as_user(kari)

    browser.post(f"/mine/{soknad.pk}/trekk/")
    refused = browser.post(f"/mine/{decided.pk}/trekk/")

    soknad.refresh_from_db()
    assert (soknad.status, soknad.rank) == (Soknad.Status.WITHDRAWN, None)
    assert set(Varsel.objects.values_list("recipient", flat=True)) == {kari.pk, liv.pk}
    assert AuditEvent.objects.filter(action="soknad.withdraw").count() == 1
    assert refused.status_code == 409


def test_m11_who_has_applied_is_told_so_on_the_announcement(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari, status=S.SUBMITTED)

    page = as_user(kari).get("/soknad/").content.decode()

    assert "Du har sendt søknad 2026-0001 i denne runden." in page
    assert f"/fjordvik/mine/{soknad.pk}/" in page


def test_m11_a_draft_is_deleted_with_its_files(runde, kari, as_user, make_soknad, settings):
    soknad = make_soknad(kari)
    browser = as_user(kari)
    plan = SimpleUploadedFile("plan.pdf", PDF_BYTES, "application/pdf")
    browser.post(f"/soknad/{soknad.pk}/vedlegg/", {"file": plan})

    asked = browser.get(f"/soknad/{soknad.pk}/slett/").content.decode()
    browser.post(f"/soknad/{soknad.pk}/slett/")

    assert "Ja, slett kladden" in asked
    assert not Soknad.objects.exists()
    assert not Vedlegg.objects.exists()


def test_m11_the_copy_holds_everything_that_was_sent(runde, kari, liv, as_user, make_soknad):
    soknad = make_soknad(kari, status=Soknad.Status.SUBMITTED)

    response = as_user(kari).get(f"/soknad/{soknad.pk}/kopi.pdf")

    assert response["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    flat = " ".join(text.split())
    for words in ("2026-0001", "Kari Nilsen", ANSWERS["study"], "34 000 kr", "Liv Berg"):
        assert words in flat.replace("\xa0", " "), words
