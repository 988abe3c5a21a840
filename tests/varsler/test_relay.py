"""What happens between a notice's row and the mail server, whatever the server does."""

from datetime import timedelta

import pytest

from kompetanse import clock
from kompetanse.errors import TransitionError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Rolle
from kompetanse.varsler import actions
from kompetanse.varsler.models import Varsel
from kompetanse.varsler.tasks import relay
from tests.conftest import OCTOBER, give

S = Varsel.Status


def say(to, key="test", **fields):
    actions.notify(key=key, kind="test", to=to, subject="Emne", body="Hei {navn}!", **fields)
    return Varsel.objects.get(key=f"{key}:{to.pk}")


def after(varsel):
    varsel.refresh_from_db()
    return varsel


def test_a_notice_is_sent_once_with_a_message_id_made_from_its_row(october, kari, post):
    varsel = say(kari)

    relay(kommune_id=kari.kommune_id)
    relay(kommune_id=kari.kommune_id)

    assert [m["Message-ID"] for m in post.received] == [varsel.message_id]
    assert post.received[0]["To"] == kari.email
    assert post.received[0].get_content().strip() == "Hei Kari!"
    assert after(varsel).status == S.SENT


def test_a_line_break_that_someone_wrote_begins_no_header(october, kari, post):
    actions.notify(
        key="test", kind="test", to=kari, subject="Kurs\r\nBcc: alle@fjordvik.example", body="Hei"
    )

    relay(kommune_id=kari.kommune_id)

    assert post.received[0]["Subject"] == "Kurs Bcc: alle@fjordvik.example"
    assert post.received[0]["Bcc"] is None


@pytest.mark.parametrize("address", ["kari@x.example, ola@x.example", "kari\n@x.example", "kari@"])
def test_one_that_cannot_be_sent_does_not_keep_the_others_waiting(
    october, kari, ola, post, address
):
    first, second = say(kari), say(ola)
    Varsel.objects.filter(pk=first.pk).update(address=address)

    relay(kommune_id=kari.kommune_id)

    assert after(first).status == S.FAILED
    assert after(second).status == S.SENT


def test_the_same_key_is_said_once(october, kari, post):
    say(kari)
    say(kari)

    relay(kommune_id=kari.kommune_id)

    assert len(post.received) == 1


def test_a_busy_server_is_tried_again_with_growing_pauses(october, kari, post):
    varsel = say(kari)
    post.mood = "busy"

    relay(kommune_id=kari.kommune_id)
    first_pause = after(varsel).not_before - OCTOBER
    with clock.frozen(after(varsel).not_before):
        relay(kommune_id=kari.kommune_id)
        second_pause = after(varsel).not_before - clock.now()

    assert (varsel.status, first_pause, second_pause) == (
        S.PENDING,
        timedelta(minutes=2),
        timedelta(minutes=4),
    )
    post.mood = "ok"
    with clock.frozen(varsel.not_before):
        relay(kommune_id=kari.kommune_id)
    assert after(varsel).status == S.SENT


def test_a_busy_server_is_given_up_after_a_day(october, kari, post):
    varsel = say(kari)
    post.mood = "busy"

    with clock.frozen(OCTOBER + timedelta(hours=25)):
        relay(kommune_id=kari.kommune_id)

    assert after(varsel).status == S.FAILED


def test_a_refused_address_is_not_tried_again_and_says_why(october, kari, post):
    varsel = say(kari)
    post.mood = "gone"

    relay(kommune_id=kari.kommune_id)

    assert (after(varsel).status, varsel.reason) == (S.FAILED, "550 No such user")


@pytest.mark.parametrize("mood", ["cut", "stall"])
def test_a_break_while_handing_over_is_uncertain_and_never_repeated(
    october, kari, post, mood, settings
):
    varsel = say(kari)
    settings.EMAIL_TIMEOUT = 4
    post.mood = mood

    relay(kommune_id=kari.kommune_id)
    post.mood = "ok"
    relay(kommune_id=kari.kommune_id)

    assert after(varsel).status == S.UNCERTAIN


def test_no_server_at_all_means_later(october, kari, settings):
    settings.EMAIL_PORT = 9
    varsel = say(kari)

    relay(kommune_id=kari.kommune_id)

    assert after(varsel).status == S.PENDING


def test_a_worker_that_died_leaves_an_uncertain_notice(october, kari, post):
    varsel = say(kari)
    actions.claim()

    with clock.frozen(OCTOBER + actions.LEASE):
        relay(kommune_id=kari.kommune_id)

    assert (after(varsel).status, post.received) == (S.UNCERTAIN, [])


def test_one_who_has_no_address_is_skipped_with_the_reason(october, kari, post):
    kari.email = ""
    kari.save()

    varsel = say(kari)
    relay(kommune_id=kari.kommune_id)

    assert (after(varsel).status, varsel.reason) == (S.SKIPPED, actions.NO_ADDRESS)


def test_what_expires_while_waiting_is_skipped(october, kari, post):
    varsel = say(kari, expires=OCTOBER + timedelta(hours=1))

    with clock.frozen(OCTOBER + timedelta(hours=2)):
        relay(kommune_id=kari.kommune_id)

    assert (after(varsel).status, post.received) == (S.SKIPPED, [])


def test_a_person_may_send_a_failed_notice_again(october, kari, frida, post, as_user):
    varsel = say(kari)
    post.mood = "gone"
    relay(kommune_id=kari.kommune_id)
    post.mood = "ok"

    answer = as_user(frida).post(f"/varsler/{varsel.pk}/send/")
    relay(kommune_id=kari.kommune_id)

    assert answer.status_code == 302
    assert after(varsel).status == S.SENT
    assert AuditEvent.objects.filter(action="varsel.resend").count() == 1


def test_an_advisor_sees_what_was_sent_to_ones_own_units_alone(
    october, kari, ola, sykehjemmet, sigurd, as_user
):
    """That Kari was sent something tells that she has a case; a course tells nothing of her."""
    elsewhere = give(ola, Rolle.Kode.FAGRADGIVER, sykehjemmet)
    for kind in ("framdrift.broken_off", "arrangement"):
        actions.notify(key=kind, kind=kind, to=kari, subject=f"Emne {kind}", body="Hei")
    hidden = Varsel.objects.get(kind="framdrift.broken_off")
    Varsel.objects.update(status=S.FAILED)
    browser = as_user(elsewhere)

    page = browser.get("/varsler/").content.decode()

    assert "Emne arrangement" in page
    assert "Emne framdrift.broken_off" not in page
    assert "Feilet (1)" in page
    assert browser.post(f"/varsler/{hidden.pk}/send/").status_code == 404
    assert "Emne framdrift.broken_off" in as_user(sigurd).get("/varsler/").content.decode()


def test_a_sent_notice_cannot_be_sent_again(october, kari, frida, post):
    varsel = say(kari)
    relay(kommune_id=kari.kommune_id)

    with pytest.raises(TransitionError):
        actions.resend(varsel, by=frida)


def test_only_those_who_see_mail_may_resend(october, kari, liv, as_user):
    varsel = say(kari)

    assert as_user(liv).post(f"/varsler/{varsel.pk}/send/").status_code == 403
    assert as_user(kari).get("/varsler/").status_code == 403
