"""M11: an employee applies by 15 October to their own leader, on a phone, without JavaScript."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent
from kompetanse.varsler.models import Varsel
from soknader.forms.runde import DATES
from soknader.models import Soknad, Soknadsrunde, Uttalelse, Vedlegg
from soknader.views import innsending as views
from tests.soknader.conftest import ANSWERS

S = Soknad.Status

pytestmark = pytest.mark.usefixtures("october")

STEP_1 = {"study": "Videreutdanning i geriatri", "institution": "Høgskolen i Fjordvik"}
STEP_2 = {"starts": "15.08.2027", "ends": "15. juni 2029", "leave_days": "12", "shifts": ""}
STEP_3 = {"tuition": "30 000", "books": "kr 4000", "travel": "", "other_cost": ""}
STEP_4 = {"fokusomrade": "", "reason": "Jeg vil kunne mer.", "use_at_work": "Vi får flere."}
PDF_BYTES = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def hidden(response, name):
    """Return what the page's hidden field holds."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode())
    assert tag, f"no field {name}"
    return re.search(r'value="([^"]*)"', tag[0])[1]


def answer(browser, soknad, number, answers, **more):
    url = f"/soknad/{soknad.pk}/steg/{number}/"
    version = hidden(browser.get(url), "version")
    return browser.post(url, {"version": version} | answers | more)


def send(browser, soknad, **more):
    shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/")
    fields = {name: hidden(shown, name) for name in ("version", "engangsnokkel")}
    return browser.post(f"/soknad/{soknad.pk}/oppsummering/", fields | more)


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


# --- the deadline -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (datetime(2026, 10, 15, 23, 59, 59, tzinfo=clock.OSLO), 302),
        (datetime(2026, 10, 15, 23, 59, 59, 999999, tzinfo=clock.OSLO), 302),
        (datetime(2026, 10, 16, 0, 0, 0, tzinfo=clock.OSLO), 409),
    ],
)
def test_m11_the_deadline_is_the_end_of_the_day(runde, kari, as_user, make_soknad, moment, status):
    soknad = make_soknad(kari)
    browser = as_user(kari)
    with clock.frozen(moment - timedelta(minutes=5)):
        shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/")
    fields = {name: hidden(shown, name) for name in ("version", "engangsnokkel")}

    with clock.frozen(moment):
        sent = browser.post(f"/soknad/{soknad.pk}/oppsummering/", fields)

    assert sent.status_code == status
    is_sent = Soknad.objects.get().status == Soknad.Status.SUBMITTED
    assert is_sent == (status == 302)
    if status == 409:
        told = "Fristen gikk ut torsdag 15.\xa0oktober kl.\xa023.59, og runden tar ikke imot"
        assert told in sent.content.decode()


@pytest.mark.parametrize(
    ("deadline", "last", "first_late"),
    [
        # The night when the clock goes back has 25 hours, the one when it goes on has 23.
        ("2026-10-25", "2026-10-25T22:59:59+00:00", "2026-10-25T23:00:00+00:00"),
        ("2026-10-24", "2026-10-24T21:59:59+00:00", "2026-10-24T22:00:00+00:00"),
        ("2027-03-28", "2027-03-28T21:59:59+00:00", "2027-03-28T22:00:00+00:00"),
        ("2027-03-27", "2027-03-27T22:59:59+00:00", "2027-03-27T23:00:00+00:00"),
    ],
)
def test_m11_the_deadline_is_midnight_in_norway_on_both_nights_of_the_clock(
    runde, kari, as_user, make_soknad, deadline, last, first_late
):
    day = datetime.fromisoformat(deadline).date()
    runde.opens, runde.deadline = day - timedelta(days=30), day
    for name, days in (("leader_deadline", 5), ("meeting_on", 9), ("answer_by", 20)):
        setattr(runde, name, day + timedelta(days=days))
    runde.accept_by = day + timedelta(days=30)
    runde.save()
    soknad, browser, url = make_soknad(kari), as_user(kari), "oppsummering/"
    with clock.frozen(datetime.fromisoformat(last) - timedelta(hours=3)):
        shown = browser.get(f"/soknad/{soknad.pk}/{url}")
    fields = {name: hidden(shown, name) for name in ("version", "engangsnokkel")}

    answers = []
    for moment in (first_late, last):
        with clock.frozen(datetime.fromisoformat(moment)):
            answers.append(browser.post(f"/soknad/{soknad.pk}/{url}", fields).status_code)

    assert answers == [409, 302]


def test_m11_what_arrived_in_time_is_in_time_however_long_it_waited(
    runde, kari, as_user, make_soknad, monkeypatch
):
    browser, soknad = as_user(kari), make_soknad(kari)
    last = datetime(2026, 10, 15, 23, 59, 59, tzinfo=clock.OSLO)

    def slowly(_soknad):
        clock._frozen.set(last + timedelta(minutes=2))
        return []

    with clock.frozen(last):
        shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/")
        fields = {name: hidden(shown, name) for name in ("version", "engangsnokkel")}
        monkeypatch.setattr(views, "_missing", slowly)
        browser.post(f"/soknad/{soknad.pk}/oppsummering/", fields)

    soknad.refresh_from_db()
    assert (soknad.is_late, soknad.submitted_at) == (False, last)


def test_m11_late_with_a_reason_is_sent_and_marked(runde, kari, as_user, make_soknad):
    runde.allows_late = True
    runde.save()
    soknad = make_soknad(kari)
    browser = as_user(kari)

    with clock.frozen(datetime(2026, 10, 16, 8, 0, tzinfo=clock.OSLO)):
        shown = browser.get(f"/soknad/{soknad.pk}/oppsummering/").content.decode()
        without = send(browser, soknad, late_reason=" ")
        sent = send(browser, soknad, late_reason="Jeg var syk.")
        receipt = browser.get(sent.url).content.decode()

    assert "Fristen gikk ut 15.\xa0oktober 2026. Du kan sende søknaden" in shown
    assert without.status_code == 422
    assert "Skriv hvorfor søknaden kommer etter fristen." in without.content.decode()
    soknad.refresh_from_db()
    assert (soknad.is_late, soknad.late_reason) == (True, "Jeg var syk.")
    assert "Søknaden kom etter fristen." in receipt


def test_m11_nobody_begins_after_the_deadline_when_late_ones_are_not_taken(runde, kari, as_user):
    with clock.frozen(datetime(2026, 10, 16, 8, 0, tzinfo=clock.OSLO)):
        page = as_user(kari).get("/soknad/")
        begun = as_user(kari).post("/soknad/", {"confirm": "on"})

    assert "Ingen runde er åpen for søknader nå." in page.content.decode()
    assert begun.status_code == 200
    assert not Soknad.objects.exists()


# --- one application, whatever is clicked -----------------------------------------------------


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


# --- after it is sent -------------------------------------------------------------------------


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


# --- attachments ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("virus.exe", b"MZ\x90", "Filer av denne typen tas ikke imot"),
        ("side.pdf", b"<html><script>alert(1)</script>", "skadet eller ikke en PDF"),
        ("tom.pdf", b"", "Filen er tom"),
        ("skript.pdf", b"%PDF-1.7\n/JavaScript (x)\n%%EOF\n", "inneholder skript"),
    ],
)
def test_m11_hostile_attachments_are_refused_in_words(
    runde, kari, as_user, make_soknad, name, content, told
):
    soknad = make_soknad(kari)

    answered = as_user(kari).post(
        f"/soknad/{soknad.pk}/vedlegg/", {"file": SimpleUploadedFile(name, content)}
    )

    assert answered.status_code == 422
    assert told in answered.content.decode()
    assert not Vedlegg.objects.exists()


def test_m11_an_attachment_is_for_the_applicant_the_leaders_in_line_and_the_advisor(
    runde, kari, liv, vidar, frida, siri, ola, turid, as_user, make_soknad
):
    soknad = make_soknad(kari, status=Soknad.Status.SUBMITTED)
    plan = SimpleUploadedFile("../../plan.pdf", PDF_BYTES, "text/html")
    as_user(kari).post(f"/soknad/{soknad.pk}/vedlegg/", {"file": plan})
    url = f"/vedlegg/{Vedlegg.objects.get().pk}/"

    given = [as_user(each).get(url) for each in (kari, liv, vidar, frida)]
    refused = [as_user(each).get(url).status_code for each in (siri, ola, turid)]

    assert [response.content for response in given] == [PDF_BYTES] * 4
    assert given[0]["Content-Type"] == "application/pdf"
    assert given[0]["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert refused == [404, 404, 404]


def test_m11_the_attachment_of_a_draft_is_the_applicants_alone(
    runde, kari, liv, frida, as_user, make_soknad
):
    soknad = make_soknad(kari)
    plan = SimpleUploadedFile("plan.pdf", PDF_BYTES)
    as_user(kari).post(f"/soknad/{soknad.pk}/vedlegg/", {"file": plan})
    url = f"/vedlegg/{Vedlegg.objects.get().pk}/"

    assert [as_user(each).get(url).status_code for each in (kari, liv, frida)] == [200, 404, 404]


def test_m11_an_attachment_can_be_taken_out_again(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)
    browser = as_user(kari)
    browser.post(
        f"/soknad/{soknad.pk}/vedlegg/", {"file": SimpleUploadedFile("plan.pdf", PDF_BYTES)}
    )
    vedlegg = Vedlegg.objects.get()

    browser.post(f"/soknad/{soknad.pk}/vedlegg/{vedlegg.pk}/slett/")

    assert not Vedlegg.objects.exists()


# --- on behalf of -----------------------------------------------------------------------------


def test_m11_who_registers_begins_in_the_round_of_the_employees_unit(
    runde, hjemmetjenesten, sykehjemmet, kari, ola, frida, as_user
):
    """Two rounds take applications: the first to end is not the one that Kari can apply in."""
    later = {name: getattr(runde, name) + timedelta(days=30) for name in DATES}
    spring = Soknadsrunde.objects.create(
        year=2027, kind="spring", status="open", budget=1000, enhet=hjemmetjenesten,
        **later | {"opens": runde.opens},
    )  # fmt: skip
    Soknadsrunde.objects.filter(pk=runde.pk).update(enhet=sykehjemmet)
    browser = as_user(frida)

    browser.post("/soknad/pa-vegne/", {"number": kari.number})
    begun = Soknad.objects.get()
    Soknadsrunde.objects.filter(pk=spring.pk).update(status="decided")
    refused = browser.post("/soknad/pa-vegne/", {"number": kari.number})

    assert (begun.ansatt, begun.runde) == (kari, spring)
    assert refused.status_code == 422
    assert "Ingen runde tar imot søknader fra Nord nå." in refused.content.decode()


def test_m11_a_leader_registers_for_someone_without_mail_and_it_is_shown(
    runde, kari, liv, siri, as_user, make_soknad
):
    kari.email = ""
    kari.save()
    browser = as_user(liv)
    begun = browser.post("/soknad/pa-vegne/", {"number": kari.number})
    soknad = Soknad.objects.get()
    Soknad.objects.update(**ANSWERS)
    sent = send(browser, soknad)
    stranger = as_user(siri).post("/soknad/pa-vegne/", {"number": kari.number})

    assert begun.url == f"/fjordvik/soknad/{soknad.pk}/steg/1/"
    assert "på vegne av Kari Nilsen" in browser.get(sent.url).content.decode()
    assert "Registrert av Liv Berg" in as_user(kari).get(f"/mine/{soknad.pk}/").content.decode()
    assert AuditEvent.objects.get(action="soknad.submit").details["on_behalf_of"] is True
    assert stranger.status_code == 422
    assert "Vi finner ingen med det nummeret" in stranger.content.decode()
