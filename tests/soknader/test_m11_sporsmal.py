"""M11: the leader asks, the application goes back to the employee with a date, and is answered."""

from datetime import date, datetime, timedelta

import pytest

from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Habilitetserklaring, Rolle
from kompetanse.varsler import oppgaver
from kompetanse.varsler.actions import remind
from kompetanse.varsler.models import Varsel
from soknader.actions import sporsmal as actions
from soknader.actions import uttalelse
from soknader.models import Inhabilitet, Soknad, Sporsmal, Uttalelse
from soknader.queries import soknad as queries
from soknader.queries import uttalelse as uttalelser
from tests.conftest import give, make_ansatt
from tests.soknader.soknadsskjema import STEP_1, answer

pytestmark = pytest.mark.usefixtures("october")

S = Soknad.Status
STATEMENT = {"verdict": "supports", "text": "Vi trenger dette."}


def ask(browser, soknad, **more):
    told = {"text": "Hvilke uker er samlingene?", "answer_by": "08.10.2026"} | more
    return browser.post(f"/leder/soknader/{soknad.pk}/sporsmal/", told)


def reply(browser, soknad, text="Uke 35 og 47."):
    return browser.post(f"/mine/{soknad.pk}/sporsmal/", {"answer": text})


def titles(ansatt, on=date(2026, 10, 1)):
    return [each.title for each in oppgaver.waiting_for(ansatt, on=on)]


@pytest.fixture
def soknad(kari, make_soknad):
    return make_soknad(kari, status=S.SUBMITTED)


@pytest.fixture
def asked(soknad, liv):
    return actions.ask(soknad, text="Hvilke uker?", answer_by=date(2026, 10, 8), by=liv)


def test_m11_a_question_goes_to_the_employee_and_the_answer_back_to_the_leader(
    soknad, kari, liv, as_user
):
    leader, employee = as_user(liv), as_user(kari)
    sent = ask(leader, soknad)

    assert sent.url == "/fjordvik/leder/soknader/"
    assert titles(liv) == ["Søk om støtte til utdanning"]
    assert f"Svar på spørsmålet fra lederen: {soknad.study}" in titles(kari)
    listed = leader.get("/leder/soknader/").content.decode()
    assert "Venter på svar fra søkeren" in listed
    assert "Svar innen 08.10.2026" in listed
    mine = employee.get("/mine/").content.decode()
    assert "Spørsmål til deg" in mine
    assert "Svar innen torsdag 8.\xa0oktober kl.\xa023.59." in mine
    assert "Hvilke uker er samlingene?" in employee.get(f"/mine/{soknad.pk}/").content.decode()

    went = reply(employee, soknad)

    assert went.url == f"/fjordvik/mine/{soknad.pk}/"
    for browser, url in ((employee, f"/mine/{soknad.pk}/"), (leader, went_to(soknad))):
        page = browser.get(url).content.decode()
        assert "Uke 35 og 47." in page
        assert "Liv Berg spurte 1.\xa0oktober 2026 kl.\xa009.00." in page
        assert "Kari Nilsen svarte 1.\xa0oktober 2026 kl.\xa009.00." in page
    assert "1 søknad mangler uttalelse" in titles(liv)
    told = dict(Varsel.objects.values_list("kind", "recipient_id"))
    assert told == {"sporsmal.ask": kari.pk, "sporsmal.answer": liv.pk}
    texts = " ".join(Varsel.objects.values_list("body", flat=True))
    assert "Hvilke uker" not in texts
    assert "Uke 35" not in texts
    trail = AuditEvent.objects.filter(action__startswith="sporsmal").order_by("pk")
    assert [(row.action, row.by_id) for row in trail] == [
        ("sporsmal.ask", liv.pk), ("sporsmal.answer", kari.pk)
    ]  # fmt: skip


def went_to(soknad):
    return f"/leder/soknader/{soknad.pk}/"


def test_m11_the_copy_holds_the_question_and_the_answer(asked, soknad, kari, as_user):
    from soknader.queries import svar  # noqa: PLC0415

    actions.answer(asked, text="Uke 35.", by=kari)

    copy = svar.copy(queries.with_answers(kari).get(pk=soknad.pk), happens=[])

    assert [(each.text, each.answer) for each in copy.asked] == [("Hvilke uker?", "Uke 35.")]
    assert as_user(kari).get(f"/soknad/{soknad.pk}/kopi.pdf").status_code == 200


def test_m11_while_asked_the_employee_may_change_after_the_deadline_and_not_longer(
    runde, soknad, kari, liv, as_user
):
    with clock.frozen(datetime(2026, 10, 19, 9, tzinfo=clock.OSLO)):
        before = as_user(kari).get(f"/soknad/{soknad.pk}/steg/1/").status_code
        actions.ask(soknad, text="Hvor?", answer_by=date(2026, 10, 21), by=liv)
        went = answer(as_user(kari), soknad, 1, STEP_1 | {"institution": "OsloMet"})
    with clock.frozen(datetime(2026, 10, 21, 23, 59, 59, tzinfo=clock.OSLO)):
        in_time = as_user(kari).get(f"/soknad/{soknad.pk}/steg/1/").status_code
    with clock.frozen(datetime(2026, 10, 22, 0, 0, 0, tzinfo=clock.OSLO)):
        after = as_user(kari).get(f"/soknad/{soknad.pk}/steg/1/").status_code
        late = reply(as_user(kari), soknad, "OsloMet")

    assert (before, went.status_code, in_time, after) == (409, 302, 200, 409)
    assert late.status_code == 302
    soknad.refresh_from_db()
    assert (soknad.institution, soknad.status) == ("OsloMet", S.SUBMITTED)
    assert Sporsmal.objects.get().status == Sporsmal.Status.ANSWERED


def test_m11_an_unanswered_question_gives_the_case_back_to_the_leader(soknad, asked, liv):
    assert not uttalelser.awaiting_statement(liv).exists()

    with clock.frozen(datetime(2026, 10, 9, 0, 0, tzinfo=clock.OSLO)):
        assert uttalelser.awaiting_statement(liv).get() == soknad


def test_m11_who_states_without_waiting_closes_the_question(soknad, asked, kari, liv, as_user):
    told = {"verdict": "supports", "text": "Ja", "version": soknad.version}
    uttalelse.recommend(soknad, by=liv, **told)

    answered = reply(as_user(kari), soknad, "Uke 35, og dette vil jeg ikke miste")

    assert answered.status_code == 409
    assert "dette vil jeg ikke miste" in answered.content.decode()
    assert Sporsmal.objects.get().status == Sporsmal.Status.CLOSED


def test_m11_a_second_answer_from_another_window_overwrites_nothing(soknad, asked, kari, as_user):
    first, second = (reply(as_user(kari), soknad, text) for text in ("Uke 35", "Uke 36"))

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Uke 36" in second.content.decode()
    assert Sporsmal.objects.get().answer == "Uke 35"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"text": " "}, "Skriv spørsmålet."),
        ({"answer_by": ""}, "Skriv siste dag for å svare."),
        ({"answer_by": "30.09.2026"}, "Velg en dag fra i dag til 28.\xa0oktober 2026."),
        ({"answer_by": "29.10.2026"}, "Velg en dag fra i dag til 28.\xa0oktober 2026."),
    ],
)
def test_m11_a_question_with_mistakes_comes_back(soknad, liv, as_user, more, told):
    answered = ask(as_user(liv), soknad, **more)

    assert answered.status_code == 422
    assert told in answered.content.decode()
    assert not Sporsmal.objects.exists()


def test_m11_nobody_else_asks_or_answers(soknad, asked, kari, liv, siri, frida, ola, as_user):
    refused = [ask(as_user(each), soknad).status_code for each in (kari, siri, ola, frida)]
    answers = [reply(as_user(each), soknad).status_code for each in (liv, siri, ola, frida)]
    again = ask(as_user(liv), soknad)

    assert refused == [403, 404, 403, 403]
    assert answers == [404, 404, 404, 404]
    assert again.status_code == 422
    assert "Et spørsmål venter allerede på svar." in again.content.decode()


def test_m11_who_has_not_answered_is_reminded_once_the_day_before(soknad, asked, kari):
    for day in (6, 7, 7, 8):
        with clock.frozen(datetime(2026, 10, day, 8, 1, tzinfo=clock.OSLO)):
            remind()

    reminders = Varsel.objects.filter(kind="sporsmal.frist")
    assert [each.recipient for each in reminders] == [kari]
    assert "Husk å svare innen 8.\xa0oktober 2026" in reminders.get().subject


# --- the leader's list and statement ----------------------------------------------------------


def test_m11_support_on_a_condition_says_which(soknad, liv, as_user):
    browser, told = as_user(liv), STATEMENT | {"version": 1, "verdict": "conditional"}
    without = browser.post(went_to(soknad), told)
    went = browser.post(went_to(soknad), told | {"condition": "Vi får vikar.", "substitutes": "12"})

    assert without.status_code == 422
    assert "Skriv hva som må være på plass" in without.content.decode()
    assert went.status_code == 302
    uttalelse = Uttalelse.objects.get()
    assert (uttalelse.condition, uttalelse.substitutes) == ("Vi får vikar.", 12)


def test_m11_the_leader_sees_who_else_is_away_then_and_not_another_unit(
    soknad, liv, nord, ola, make_soknad, as_user
):
    anne, per = make_ansatt("Anne", "Bakken", nord), make_ansatt("Per", "Lie", nord)
    make_soknad(anne, status=S.SUBMITTED, leave_days=7, study="Palliasjon")
    make_soknad(per, status=S.ACCEPTED, starts=date(2026, 8, 1), ends=date(2028, 6, 1))
    make_soknad(per, status=S.ACCEPTED, starts=date(2030, 8, 1), ends=date(2031, 6, 1))
    make_soknad(ola, status=S.SUBMITTED)
    make_soknad(liv, status=S.SUBMITTED)
    make_soknad(anne)

    page = as_user(liv).get(went_to(soknad)).content.decode()

    assert "2 andre av 4 i enheten søker eller studerer samtidig, med 19 dager fri i alt." in page
    for words in ("Anne Bakken</strong> søker: Palliasjon", "Per Lie</strong> studerer"):
        assert words in page
    assert "Ola Hansen" not in page
    assert page.count("Per Lie") == 1


def test_m11_ten_are_stated_on_one_after_the_other_without_going_back(
    runde, liv, nord, make_soknad, as_user
):
    cases = [
        make_soknad(make_ansatt("Ansatt", f"Nummer{n}", nord), status=S.SUBMITTED)
        for n in range(10)
    ]
    browser, url = as_user(liv), went_to(cases[0])
    opened = [url]
    for _ in range(10):
        went = browser.post(url, STATEMENT | {"version": 1})
        url = went.url.removeprefix("/fjordvik")
        opened.append(url)

    assert opened == [*(went_to(each) for each in cases), "/leder/soknader/"]
    assert set(Soknad.objects.values_list("status", flat=True)) == {S.RECOMMENDED}


def test_m11_one_is_skipped_and_comes_again_after_the_last(
    runde, kari, liv, nord, make_soknad, as_user
):
    first = make_soknad(kari, status=S.SUBMITTED)
    second = make_soknad(make_ansatt("Anne", "Bakken", nord), status=S.SUBMITTED)
    browser = as_user(liv)

    to_second = browser.get(f"{went_to(first)}neste/")
    to_first = browser.post(went_to(second), STATEMENT | {"version": 1})
    alone = browser.get(f"{went_to(first)}neste/")

    assert to_second.url == f"/fjordvik{went_to(second)}"
    assert to_first.url == f"/fjordvik{went_to(first)}"
    assert alone.url == "/fjordvik/leder/soknader/"


def test_m11_a_leader_who_steps_aside_leaves_it_to_the_next_level(
    soknad, liv, vidar, frida, as_user
):
    browser = as_user(liv)
    browser.post(went_to(soknad), STATEMENT | {"version": 1})

    aside = browser.post(f"{went_to(soknad)}inhabil/", {"ground": "family"}, follow=True)

    assert "Vidar Dahl gir uttalelse i stedet for deg." in aside.content.decode()
    assert not Uttalelse.objects.exists()
    assert Inhabilitet.objects.get().ansatt == liv
    assert uttalelser.awaiting_statement(vidar).get() == soknad
    assert not uttalelser.awaiting_statement(liv).exists()
    assert Varsel.objects.get(kind="soknad.state").recipient == vidar
    assert browser.post(went_to(soknad), STATEMENT | {"version": 1}).status_code == 403
    assert AuditEvent.objects.filter(action="soknad.recuse", by_id=liv.pk).count() == 1


@pytest.mark.parametrize("form", ["own", "case", "person", "led", "deputy", "pair"])
def test_m11_every_form_of_inhabilitet_takes_the_case_to_the_next_level(
    runde, kari, liv, vidar, kristin, nord, make_soknad, form
):
    applicant = {"own": liv, "led": vidar}.get(form, kari)
    soknad = make_soknad(applicant, status=S.SUBMITTED)
    if form == "case":
        Inhabilitet.objects.create(soknad=soknad, ansatt=liv, ground="family")
    elif form == "person":
        Habilitetserklaring.objects.create(ansatt=liv, other=kari, ground="close")
    elif form == "pair":
        give(kari, Rolle.Kode.LEDER, nord)
    elif form == "deputy":
        deputise(kari, liv)
    expected = kristin if form == "led" else vidar

    able = [each for each in (liv, vidar, kristin) if soknad in uttalelser.awaiting_statement(each)]

    assert able == [expected]
    assert uttalelser.leader_of(soknad) == expected


def test_m11_the_reminder_goes_to_who_can_state_and_not_while_the_applicant_is_asked(
    runde, kari, ola, liv, vidar, siri, make_soknad
):
    declared, asked = make_soknad(kari, status=S.SUBMITTED), make_soknad(ola, status=S.SUBMITTED)
    Inhabilitet.objects.create(soknad=declared, ansatt=liv, ground="family")
    actions.ask(asked, text="Når?", answer_by=date(2026, 10, 20), by=siri)

    with clock.frozen(datetime(2026, 10, 19, 8, 1, tzinfo=clock.OSLO)):
        remind()
    with clock.frozen(datetime(2026, 10, 21, 8, 1, tzinfo=clock.OSLO)):
        remind()

    # The one that was overtaken by the next is kept as skipped.
    sent = Varsel.objects.filter(kind="uttalelsesfrist").exclude(status="skipped")
    assert sorted((each.recipient.first_name, each.key.split(":")[3]) for each in sent) == [
        ("Siri", "T-1"), ("Vidar", "T-1"), ("Vidar", "T-3")
    ]  # fmt: skip


def deputise(absent, deputy):
    from kompetanse.organisasjon.models import Stedfortreder  # noqa: PLC0415

    today = clock.today()
    give(absent, Rolle.Kode.LEDER, absent.enhet)
    Stedfortreder.objects.create(
        ansatt=absent, stedfortreder=deputy, starts=today, ends=today + timedelta(days=30)
    )


@pytest.mark.parametrize("rows", [1, 30])
def test_m11_the_case_takes_the_same_queries_for_1_and_30(
    soknad, liv, nord, make_soknad, as_user, queries_of, rows
):
    for number in range(rows):
        Sporsmal.objects.create(
            soknad=soknad, text="Når?", by=liv, answer_by=date(2026, 10, 2), answer="Da",
            status="answered", answered_by=liv, answered_at=clock.now(),
        )  # fmt: skip
        make_soknad(make_ansatt("Ansatt", f"Nummer{number}", nord), status=S.SUBMITTED)

    assert queries_of(as_user(liv), went_to(soknad)) == 9


# --- on behalf of -----------------------------------------------------------------------------


def test_m11_what_is_begun_for_someone_is_theirs_to_see_and_take_over(runde, kari, liv, as_user):
    leader, employee = as_user(liv), as_user(kari)
    leader.post("/soknad/pa-vegne/", {"number": kari.number})
    draft = Soknad.objects.get()
    mine = employee.get("/mine/").content.decode()
    asked = employee.get(f"/mine/{draft.pk}/overta/").content.decode()

    taken = employee.post(f"/mine/{draft.pk}/overta/")

    assert "Registrert av Liv Berg på vegne av Kari Nilsen." in mine
    assert "Ja, overta søknaden" in asked
    assert taken.url == f"/fjordvik/soknad/{draft.pk}/oppsummering/"
    assert leader.get(f"/soknad/{draft.pk}/steg/1/").status_code == 404
    assert leader.get("/mine/").content.decode().count("ikke sendt ennå") == 0
    page = employee.get(f"/soknad/{draft.pk}/steg/1/").content.decode()
    assert "Liv Berg begynte på søknaden på vegne av Kari Nilsen, som overtok den" in page
    assert AuditEvent.objects.get(action="soknad.take_over").by_id == kari.pk
    told = dict(Varsel.objects.values_list("kind", "recipient_id"))
    assert told == {"soknad.begun_for": kari.pk, "soknad.take_over": liv.pk}
    again = employee.post("/soknad/", {"confirm": "on"})
    assert again.url == f"/fjordvik/soknad/{draft.pk}/steg/1/"


def test_m11_nobody_takes_over_what_is_anothers_or_ones_own(
    runde, kari, liv, ola, make_soknad, as_user
):
    own, behalf = make_soknad(kari), make_soknad(kari, registered_by=liv)

    assert as_user(kari).post(f"/mine/{own.pk}/overta/").status_code == 403
    assert as_user(liv).post(f"/mine/{behalf.pk}/overta/").status_code == 403
    assert as_user(ola).post(f"/mine/{behalf.pk}/overta/").status_code == 404


def test_m11_on_behalf_is_shown_on_every_page_of_it(runde, kari, liv, vidar, make_soknad, as_user):
    soknad = make_soknad(kari, status=S.SUBMITTED, registered_by=vidar)
    words = "Registrert av Vidar Dahl på vegne av Kari Nilsen."

    pages = [
        as_user(kari).get(f"/mine/{soknad.pk}/"),
        as_user(kari).get("/mine/"),
        as_user(vidar).get(f"/soknad/{soknad.pk}/kvittering/"),
        as_user(liv).get(went_to(soknad)),
        as_user(kari).get(f"/soknad/{soknad.pk}/steg/1/"),
    ]

    assert [words in page.content.decode() for page in pages] == [True] * 5
    assert "(på vegne av)" in as_user(liv).get("/leder/soknader/").content.decode()
