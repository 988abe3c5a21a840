"""The edge of each deadline, to the second and in both directions, by when the request arrived.

A request that arrives in the last second and then waits for a lock until after midnight counts as
in time; one that arrives after midnight does not, whatever the clock said when it was sent.
"""

from datetime import date, datetime, timedelta

import pytest

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import once
from kompetanse.kommuner.attachments import Attachment
from kompetanse.varsler.models import Varsel
from soknader.actions import brev, plass, uttalelse, vedlegg
from soknader.actions import soknad as actions
from soknader.models import Soknad, Soknadsrunde, Uttalelse, Vedtak
from soknader.oppgaver import venteliste

S = Soknad.Status
SECOND = timedelta(seconds=1)


def last(day):
    """The last second of a day in Norway, also of one when the clocks are changed."""
    return datetime.combine(day, datetime.max.time(), tzinfo=clock.OSLO).replace(microsecond=0)


DEADLINE, LEADERS, YES = (last(date(2026, m, d)) for m, d in ((10, 15), (10, 22), (11, 20)))


@pytest.fixture
def sent(make_soknad, kari):
    return make_soknad(kari, status=S.SUBMITTED)


def saved(sent, kari, *, arrived, now):
    with clock.frozen(now):
        actions.save(
            sent, by=kari, version=sent.version, values={"books": 4_500}, received_at=arrived
        )


@pytest.mark.parametrize("waited", [timedelta(0), timedelta(seconds=30)])
def test_a_change_that_arrives_in_the_last_second_is_kept(sent, kari, waited):
    saved(sent, kari, arrived=DEADLINE, now=DEADLINE + waited)

    assert Soknad.objects.get().books == 4_500


def test_a_change_that_arrives_after_the_last_second_is_not(sent, kari):
    with pytest.raises(DomainError, match="kunne endres til fristen"):
        saved(sent, kari, arrived=DEADLINE + SECOND, now=DEADLINE + SECOND)

    assert Soknad.objects.get().books == 4_000


def test_an_attachment_is_taken_by_when_it_arrived(sent, kari):
    one = Attachment(name="plan.pdf", content=b"%PDF-1.7", content_type="application/pdf")
    with clock.frozen(DEADLINE + SECOND):
        vedlegg.attach(sent, one, by=kari, received_at=DEADLINE)
        with pytest.raises(DomainError):
            vedlegg.attach(sent, one, by=kari, received_at=DEADLINE + SECOND)

    assert sent.vedlegg.count() == 1


@pytest.mark.parametrize(("at", "status"), [(DEADLINE, 302), (DEADLINE + SECOND, 409)])
def test_the_page_of_a_change_closes_with_the_deadline(sent, kari, as_user, at, status):
    browser, url = as_user(kari), f"/soknad/{sent.pk}/steg/1/"
    values = {"version": sent.version, "choice": "none", "study": "Et annet", "institution": "Her",
              "credits": "60", "exception": "Ny oppgave"}  # fmt: skip
    with clock.frozen(at):
        answer = browser.post(url, values)

    assert answer.status_code == status
    assert (Soknad.objects.get().study == "Et annet") is (status == 302)


@pytest.mark.parametrize("at", [DEADLINE, DEADLINE + SECOND, LEADERS + SECOND])
def test_what_is_sent_can_be_withdrawn_before_and_after_every_deadline(sent, kari, at):
    with clock.frozen(at):
        actions.withdraw(sent, by=kari)

    assert Soknad.objects.get().status == S.WITHDRAWN


@pytest.mark.parametrize("at", [LEADERS, LEADERS + SECOND])
def test_a_statement_is_taken_until_the_decisions_and_keeps_when_it_came(sent, liv, at):
    Soknadsrunde.objects.update(status="prioritising")
    with clock.frozen(at):
        uttalelse.recommend(sent, by=liv, version=sent.version, verdict="supports", text="Ja")

    assert Uttalelse.objects.get().at == at


@pytest.fixture
def offered(granted, kari):
    return granted(kari)


def test_a_yes_of_the_last_second_counts_though_it_waited_past_midnight(offered, kari):
    with clock.frozen(YES + timedelta(seconds=20)):
        brev.accept(offered, by=kari, received_at=YES)

    assert Soknad.objects.get().status == S.ACCEPTED


def test_a_yes_after_the_last_second_does_not_count(offered, kari):
    with clock.frozen(YES + SECOND), pytest.raises(DomainError, match="Fristen for å takke ja"):
        brev.accept(offered, by=kari, received_at=YES + SECOND)

    assert Soknad.objects.get().status == S.ANSWERED


@pytest.mark.parametrize("at", [YES, YES + SECOND])
def test_a_no_is_taken_on_both_sides_of_the_day_for_a_yes(offered, kari, at):
    with clock.frozen(at):
        brev.decline(offered, by=kari)

    assert Soknad.objects.get().status == S.DECLINED


def test_an_offer_falls_away_some_minutes_after_midnight_and_not_before(offered, monkeypatch):
    woken = []
    monkeypatch.setattr(venteliste.jobs, "enqueue", woken.append)

    for at in (YES, YES + SECOND, YES + venteliste.GRACE):
        venteliste.wake(at)
    assert woken == []
    venteliste.wake(YES + SECOND + venteliste.GRACE)
    assert woken == ["soknader.lapse_places"] or len(woken) == 1


@pytest.mark.parametrize("answer", [{}, {"svar": ""}, {"svar": "kanskje"}])
def test_neither_yes_nor_no_is_no_answer(offered, kari, as_user, answer):
    refused = as_user(kari).post(f"/mine/{offered.pk}/svar/", answer)

    assert refused.status_code == 409
    assert "Velg om du takker ja eller nei" in refused.content.decode()
    assert Soknad.objects.get().status == S.ANSWERED
    assert Vedtak.objects.get().released == 0


@pytest.mark.parametrize("way", ["decline", "lapse"])
def test_days_of_leave_alone_are_given_back_to_the_frame_of_leave(
    granted, runde, kari, frida, ordninger, way
):
    soknad = granted(kari, amount=0, leave_days=12)
    leave = runde.ordninger.get(kind="leave")
    leave.frame = leave.granted = 12
    leave.save()

    if way == "decline":
        brev.decline(soknad, by=kari)
    else:
        with clock.frozen(YES + SECOND):
            plass.lapse(soknad)

    leave.refresh_from_db()
    assert leave.granted == 0
    assert Vedtak.objects.get().released_days == 12
    assert "12 dager fri er ført tilbake til rammen." in Varsel.objects.get(recipient=frida).body


# --- through the front: the proxy tells when a request came ---------------------------------------

MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def at_the_front(settings):
    """Return a function that sends what came to the proxy `came` from midnight, half a minute late.

    The clock runs beside the real one; the process takes the request when the day is over.
    """
    settings.ARRIVAL_HEADER, settings.KOMPETANSE_DEMO = "X-Request-Start", False
    waited = timedelta(seconds=30)

    def send(browser, path, fields, *, day, came):
        read = clock.real_now()
        clock.move(clock.start_of(day + timedelta(days=1)) + came + waited - read)
        told = f"{(read - waited).timestamp():.6f}"
        with clock.frozen(None):
            try:
                return browser.post(path, fields, headers={"X-Request-Start": f"t={told}"})
            finally:
                clock.move(timedelta(0))

    return send


EDGES = [(-SECOND, True), (-MILLISECOND, True), (timedelta(0), False), (SECOND, False)]


@pytest.mark.parametrize(("came", "in_time"), EDGES)
def test_what_is_sent_counts_by_the_second_it_came_to_the_front(
    make_soknad, kari, as_user, at_the_front, came, in_time
):
    soknad = make_soknad(kari)
    Soknadsrunde.objects.update(allows_late=False)
    fields = {"version": soknad.version, "engangsnokkel": once.new_token()}

    answer = at_the_front(
        as_user(kari), f"/soknad/{soknad.pk}/oppsummering/", fields, day=DEADLINE.date(), came=came
    )

    assert (answer.status_code == 302) is in_time
    soknad.refresh_from_db()
    assert soknad.status == (S.SUBMITTED if in_time else S.DRAFT)
    assert not in_time or clock.local_date(soknad.submitted_at) == DEADLINE.date()


@pytest.mark.parametrize(("came", "in_time"), EDGES)
def test_a_late_application_is_marked_by_the_second_it_came_to_the_front(
    make_soknad, kari, as_user, at_the_front, came, in_time
):
    soknad = make_soknad(kari)
    Soknadsrunde.objects.update(allows_late=True)
    fields = {
        "version": soknad.version, "engangsnokkel": once.new_token(), "late_reason": "Jeg var syk.",
    }  # fmt: skip

    at_the_front(
        as_user(kari), f"/soknad/{soknad.pk}/oppsummering/", fields, day=DEADLINE.date(), came=came
    )

    soknad.refresh_from_db()
    assert (soknad.status, soknad.is_late) == (S.SUBMITTED, not in_time)
    assert soknad.late_reason == ("" if in_time else "Jeg var syk.")


@pytest.mark.parametrize(("came", "in_time"), EDGES)
def test_a_change_counts_by_the_second_it_came_to_the_front(
    sent, kari, as_user, at_the_front, came, in_time
):
    values = {"version": sent.version, "choice": "none", "study": "Et annet", "institution": "Her",
              "credits": "60", "exception": "Ny oppgave"}  # fmt: skip

    at_the_front(
        as_user(kari), f"/soknad/{sent.pk}/steg/1/", values, day=DEADLINE.date(), came=came
    )

    assert (Soknad.objects.get().study == "Et annet") is in_time


@pytest.mark.parametrize(("came", "in_time"), EDGES)
def test_a_yes_counts_by_the_second_it_came_to_the_front(
    offered, kari, as_user, at_the_front, came, in_time
):
    path = f"/mine/{offered.pk}/svar/"

    at_the_front(as_user(kari), path, {"svar": "ja"}, day=YES.date(), came=came)

    assert Soknad.objects.get().status == (S.ACCEPTED if in_time else S.ANSWERED)


def test_without_a_known_proxy_the_last_second_is_when_a_process_takes_it(
    make_soknad, kari, as_user, at_the_front, settings
):
    settings.ARRIVAL_HEADER = ""
    soknad = make_soknad(kari)
    Soknadsrunde.objects.update(allows_late=False)
    fields = {"version": soknad.version, "engangsnokkel": once.new_token()}

    at_the_front(
        as_user(kari), f"/soknad/{soknad.pk}/oppsummering/", fields, day=DEADLINE.date(),
        came=-SECOND,
    )  # fmt: skip

    assert Soknad.objects.get().status == S.DRAFT, "what the caller told is not believed"
