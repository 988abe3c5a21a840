"""M11: an employee applies by 15 October to their own leader, on a phone, without JavaScript."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kompetanse.kommuner.models import AuditEvent
from kompetanse.varsler.models import Varsel
from soknader.models import Soknad
from tests.soknader.soknadsskjema import (
    PDF_BYTES,
    STEP_1,
    STEP_2,
    STEP_3,
    STEP_4,
    answer,
    hidden,
    send,
)

pytestmark = pytest.mark.usefixtures("october")


def test_m11_an_employee_applies_from_announcement_to_receipt(runde, kari, liv, as_user):
    browser = as_user(kari)
    page = browser.get("/soknad/").content.decode()
    assert "torsdag 15.\xa0oktober kl.\xa023.59" in page
    assert "Start søknad" in page

    begun = browser.post("/soknad/", {"confirm": "on"})
    soknad = Soknad.objects.get()
    assert begun.url == f"/fjordvik/soknad/{soknad.pk}/steg/1/"
    for number, answers in enumerate((STEP_1, STEP_2, STEP_3, STEP_4), start=1):
        shown = browser.get(f"/soknad/{soknad.pk}/steg/{number}/").content.decode()
        assert f"Steg {number} av 4" in shown
        assert "Søknaden er ikke sendt ennå" in shown
        went = answer(browser, soknad, number, answers)
        onwards = f"steg/{number + 1}/" if number < 4 else "vedlegg/"
        assert went.url == f"/fjordvik/soknad/{soknad.pk}/{onwards}"
    plan = SimpleUploadedFile("studieplan.pdf", PDF_BYTES, "application/pdf")
    assert browser.post(f"/soknad/{soknad.pk}/vedlegg/", {"file": plan}).status_code == 302

    sent = send(browser, soknad)

    assert sent.url == f"/fjordvik/soknad/{soknad.pk}/kvittering/"
    soknad.refresh_from_db()
    assert (soknad.status, soknad.number, soknad.is_late) == (Soknad.Status.SUBMITTED, 1, False)
    assert (soknad.tuition, soknad.books, soknad.amount) == (30000, 4000, 34000)
    receipt = browser.get(sent.url).content.decode()
    when = "1.\xa0oktober 2026 kl.\xa009.00"
    for words in ("2026-0001", when, "Liv Berg", "5.\xa0november 2026"):
        assert words in receipt
    assert soknad.vedlegg.get().fil.name == "studieplan.pdf"
    submitted = AuditEvent.objects.get(action="soknad.submit")
    assert (submitted.by_id, submitted.details["amount"]) == (kari.pk, 34000)
    told = dict(Varsel.objects.values_list("recipient_id", "subject"))
    assert told == {
        kari.pk: "Vi har fått søknaden din: 2026-0001",
        liv.pk: "Frist 22.\xa0oktober 2026: en søknad venter på uttalelsen din",
    }


def test_m11_a_step_with_mistakes_comes_back_and_nothing_is_lost(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari, study="", institution="")
    browser = as_user(kari)

    wrong = STEP_2 | {"starts": "15.08.2027", "ends": "neste år"}
    answered = answer(browser, soknad, 2, wrong)

    page = answered.content.decode()
    assert answered.status_code == 422
    assert "For å gå videre må du rette opp følgende feil" in page
    assert 'value="neste år"' in page
    soknad.refresh_from_db()
    assert soknad.starts.isoformat() == "2027-08-15"
    assert hidden(answered, "version") == str(soknad.version)


def test_m11_an_empty_required_answer_is_stored_as_empty(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)

    answered = answer(as_user(kari), soknad, 1, {"study": "", "institution": "Et annet sted"})

    assert answered.status_code == 422
    assert "Skriv hva du vil studere." in answered.content.decode()
    soknad.refresh_from_db()
    assert (soknad.study, soknad.institution) == ("", "Et annet sted")


def test_m11_end_before_start_is_refused_in_words(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)

    answered = answer(as_user(kari), soknad, 2, STEP_2 | {"ends": "01.01.2027"})

    assert answered.status_code == 422
    assert "Sluttdatoen må være etter startdatoen." in answered.content.decode()


def test_m11_continue_later_keeps_the_draft(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari, study="")

    left = answer(as_user(kari), soknad, 1, {"study": "Halvt utfylt", "institution": ""}, later="1")

    assert left.url == "/fjordvik/mine/"
    soknad.refresh_from_db()
    assert soknad.study == "Halvt utfylt"


def test_m11_autosave_answers_version_and_time(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)
    url = f"/soknad/{soknad.pk}/steg/4/lagre/"

    saved = as_user(kari).post(url, {"version": 1, "reason": "Nytt", "use_at_work": ""})

    assert saved.json() == {"version": 2, "saved_at": "09.00", "unread": []}
    soknad.refresh_from_db()
    assert (soknad.reason, soknad.use_at_work) == ("Nytt", "")


def test_m11_two_tabs_the_later_one_hears_and_overwrites_nothing(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)
    browser = as_user(kari)
    url = f"/soknad/{soknad.pk}/steg/1/"
    first, second = (hidden(browser.get(url), "version") for _ in range(2))
    browser.post(f"{url}lagre/", {"version": first} | STEP_1 | {"study": "Fra fane én"})

    autosaved = browser.post(f"{url}lagre/", {"version": second} | STEP_1 | {"study": "Fra to"})
    answered = browser.post(url, {"version": second} | STEP_1 | {"study": "Fra fane to"})

    assert (autosaved.status_code, answered.status_code) == (409, 409)
    page = answered.content.decode()
    assert "lagret fra et annet vindu kl. 09.00" in page
    assert "Fra fane én" in page
    assert 'value="Fra fane to"' in page
    soknad.refresh_from_db()
    assert soknad.study == "Fra fane én"

    # Both say which answers differ.
    assert autosaved.json()["changed"] == ["Hva vil du studere?"]
    assert "<li>Hva vil du studere?</li>" in page
    # The page that came back holds the newest version: pressing again is a choice.
    again = browser.post(url, {"version": hidden(answered, "version")} | STEP_1 | {"study": "To"})
    assert again.status_code == 302
    soknad.refresh_from_db()
    assert soknad.study == "To"


def test_m11_the_same_answers_again_are_no_conflict(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)
    browser = as_user(kari)
    url = f"/soknad/{soknad.pk}/steg/1/"
    told = {"version": 1, "study": "Nytt", "institution": "Her", "credits": ""}
    browser.post(f"{url}lagre/", told)

    assert browser.post(url, told).status_code == 302


def test_m11_summary_tells_what_is_missing_and_does_not_send(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari, reason="", starts=None)
    browser = as_user(kari)

    shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/").content.decode()
    sent = send(browser, soknad)

    assert "Skriv når studiet starter." in shown
    assert f"/fjordvik/soknad/{soknad.pk}/steg/4/?summary#id_reason" in shown
    assert sent.status_code == 422
    assert "Søknaden er ikke sendt. Dette mangler" in sent.content.decode()
    assert Soknad.objects.get().status == Soknad.Status.DRAFT


def test_m11_an_answer_from_the_summary_leads_back_to_it(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)

    went = as_user(kari).post(f"/soknad/{soknad.pk}/steg/1/?summary", {"version": 1} | STEP_1)

    assert went.url == f"/fjordvik/soknad/{soknad.pk}/oppsummering/"


def test_m11_what_was_changed_in_another_tab_is_not_sent_unseen(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)
    browser = as_user(kari)
    shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/")
    fields = {name: hidden(shown, name) for name in ("version", "engangsnokkel")}
    answer(browser, soknad, 1, STEP_1 | {"study": "Noe annet"})

    sent = browser.post(f"/soknad/{soknad.pk}/oppsummering/", fields)

    assert sent.status_code == 409
    assert Soknad.objects.get().status == Soknad.Status.DRAFT


def test_m11_starting_twice_continues_the_same_draft(runde, kari, as_user):
    browser = as_user(kari)

    urls = {browser.post("/soknad/", {"confirm": "on"}).url for _ in range(2)}

    assert len(urls) == 1
    assert Soknad.objects.count() == 1


def test_m11_the_same_token_twice_shows_the_same_receipt(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)
    browser = as_user(kari)
    shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/")
    fields = {name: hidden(shown, name) for name in ("version", "engangsnokkel")}
    url = f"/soknad/{soknad.pk}/oppsummering/"

    first, second = browser.post(url, fields), browser.post(url, fields)

    assert first.url == second.url == f"/fjordvik/soknad/{soknad.pk}/kvittering/"
    runde.refresh_from_db()
    assert runde.next_number == 2
    assert Varsel.objects.filter(kind="soknad.submit").count() == 1
