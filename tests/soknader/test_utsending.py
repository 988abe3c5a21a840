"""Fifteen minutes to stop: nothing reaches an employee before the release, and then once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.varsler.models import Varsel
from kompetanse.varsler.tasks import tick
from soknader.actions import utsending as actions
from soknader.models import Soknad, Soknadsrunde, Svarbrev, Vedtak
from soknader.queries.brev import visible_to
from soknader.tasks import release_letters
from tests.soknader.avtaler import NOVEMBER
from tests.soknader.brevene import letter_of

S = Soknad.Status
QUARTER = timedelta(minutes=15)


def told():
    return Varsel.objects.filter(kind="svarbrev").count()


def due(runde):
    """Release as the worker does."""
    release_letters(kommune_id=runde.kommune_id, runde_id=runde.pk)


def test_nothing_reaches_the_employee_before_the_fifteen_minutes_are_over(
    made, frida, kari, as_user
):
    assert actions.send(made, count=2, by=frida) == NOVEMBER + QUARTER

    with clock.frozen(NOVEMBER + QUARTER - timedelta(seconds=1)):
        due(made)
        assert told() == 0
        assert not visible_to(kari).exists()
        assert "Du får støtte" not in as_user(kari).get("/hjem/").content.decode()
    assert Soknad.objects.get(ansatt=kari).status == S.DECIDED

    with clock.frozen(NOVEMBER + QUARTER):
        due(made)
        assert "Du får støtte" in as_user(kari).get("/hjem/").content.decode()
    assert told() == 2
    assert letter_of(kari).sent_at == NOVEMBER + QUARTER
    assert letter_of(kari).sent_by == frida
    made.refresh_from_db()
    assert made.status == Soknadsrunde.Status.ANSWERED


def test_run_twice_and_after_days_of_silence_each_is_sent_once(made, frida):
    actions.send(made, count=2, by=frida)

    for days in (3, 3, 4):
        with clock.frozen(NOVEMBER + timedelta(days=days)):
            due(made)

    assert told() == 2
    assert AuditEvent.objects.filter(action="brev.send").count() == 2
    assert AuditEvent.objects.filter(action="runde.answer").count() == 1


def test_the_minutes_tick_starts_the_release(made, frida, django_capture_on_commit_callbacks):
    actions.send(made, count=2, by=frida)

    with clock.frozen(NOVEMBER + QUARTER), django_capture_on_commit_callbacks() as started:
        actions.wake(clock.now())
    with clock.frozen(NOVEMBER + timedelta(minutes=14)), django_capture_on_commit_callbacks() as no:
        actions.wake(clock.now())

    assert (len(started), len(no)) == (1, 0)


def test_the_tick_asks_what_is_due_in_each_kommune(made, monkeypatch):
    asked = []
    monkeypatch.setattr("kompetanse.varsler.minutt._wakers", [asked.append])
    monkeypatch.setattr("kompetanse.varsler.tasks.kommuner.running", lambda: _Only(made.kommune_id))

    tick()

    assert asked == [NOVEMBER]


class _Only:
    def __init__(self, pk):
        self.pk = pk

    def values_list(self, *_args, **_kwargs):
        return [self.pk]


def test_a_stopped_sending_leaves_the_letters_as_made(made, frida, kari, as_user):
    actions.send(made, count=2, by=frida)
    advisor = as_user(frida)

    assert (
        "Du kan stoppe dem i 15 minutter til."
        in advisor.get(f"/svarbrev/{made.pk}/").content.decode()
    )
    advisor.post(f"/svarbrev/{made.pk}/stopp/")

    with clock.frozen(NOVEMBER + timedelta(hours=1)):
        due(made)
    assert told() == 0
    assert set(Svarbrev.objects.values_list("due_at", "sent_by", "sent_at")) == {(None, None, None)}
    assert AuditEvent.objects.get(action="brev.stop").details == {"count": 2}
    assert "Send 2 brev" in advisor.get(f"/svarbrev/{made.pk}/").content.decode()
    actions.send(made, count=2, by=frida)
    assert AuditEvent.objects.filter(action="brev.queue").count() == 2


def test_what_is_sent_cannot_be_stopped(made, frida, as_user):
    actions.send(made, count=2, by=frida)
    with clock.frozen(NOVEMBER + QUARTER):
        due(made)

    answer = as_user(frida).post(f"/svarbrev/{made.pk}/stopp/")

    assert answer.status_code == 409
    assert "kan ikke stoppes" in answer.content.decode()
    with pytest.raises(DomainError):
        actions.stop(made, by=frida)


def test_sending_now_asks_again_and_counts(made, frida, as_user):
    advisor = as_user(frida)
    advisor.post(f"/svarbrev/{made.pk}/send/", {"antall": "2"})

    assert "Sende 2 brev nå?" in advisor.get(f"/svarbrev/{made.pk}/na/").content.decode()
    assert advisor.post(f"/svarbrev/{made.pk}/na/", {"antall": "1"}).status_code == 409
    assert told() == 0
    advisor.post(f"/svarbrev/{made.pk}/na/", {"antall": "2"})

    assert told() == 2
    with pytest.raises(StaleError):
        actions.send_now(made, count=0, by=frida)


def test_the_progress_counts_down_and_asks_for_a_new_page_when_done(made, frida, as_user):
    advisor, page = as_user(frida), f"/svarbrev/{made.pk}/framdrift/"
    actions.send(made, count=2, by=frida)

    with clock.frozen(NOVEMBER + timedelta(minutes=13, seconds=30)):
        text = " ".join(advisor.get(page).content.decode().split())
    assert "Du kan stoppe dem i 2 minutter til." in text
    assert "sendes kl. 09.15" in text
    assert 'value="13"' in text
    with clock.frozen(NOVEMBER + timedelta(minutes=16)):
        assert "2 brev sendes nå." in advisor.get(page).content.decode()
        due(made)
        assert advisor.get(page).headers["HX-Refresh"] == "true"


def test_a_letter_whose_decision_is_replaced_meanwhile_does_not_go_and_the_round_stays_open(
    made, frida, kari
):
    actions.send(made, count=2, by=frida)
    old = Vedtak.objects.get(soknad__ansatt=kari)
    Vedtak.objects.filter(pk=old.pk).update(status=Vedtak.Status.REPLACED)
    Vedtak.objects.create(
        soknad=old.soknad, outcome="refused", reason="Feil.", status=Vedtak.Status.DECIDED,
        decided_at=NOVEMBER, decided_by=frida,
    )  # fmt: skip

    with clock.frozen(NOVEMBER + QUARTER):
        due(made)

    assert letter_of(kari).sent_at is None
    assert told() == 1
    made.refresh_from_db()
    assert made.status == Soknadsrunde.Status.DECIDED


def test_the_release_holds_though_the_one_who_ordered_has_left_the_role(made, frida, kari):
    actions.send(made, count=2, by=frida)
    frida.roller.all().delete()

    with clock.frozen(NOVEMBER + QUARTER):
        due(made)

    assert letter_of(kari).sent_by == frida


def test_only_the_advisor_stops_and_hurries(made, frida, kari, liv):
    actions.send(made, count=2, by=frida)

    for person in (kari, liv):
        with pytest.raises(PermissionDenied):
            actions.stop(made, by=person)
        with pytest.raises(PermissionDenied):
            actions.send_now(made, count=2, by=person)
    assert Svarbrev.objects.filter(due_at__isnull=False, sent_at__isnull=True).count() == 2


@pytest.fixture
def lost(made, frida, kari, ola):
    """Kari's notice was refused, Ola's arrived."""
    actions.send(made, count=2, by=frida)
    actions.send_now(made, count=2, by=frida)
    Varsel.objects.filter(recipient=kari).update(status="failed", reason="550 ukjent mottaker")
    Varsel.objects.filter(recipient=ola).update(status="sent")
    return Varsel.objects.get(recipient=kari)


def test_a_notice_that_did_not_arrive_is_listed_and_sent_again_to_the_new_address(
    lost, made, frida, kari, ola, as_user
):
    kari.email = "kari.ny@fjordvik.example"
    kari.save(update_fields=["email"])
    advisor = as_user(frida)

    page = advisor.get(f"/svarbrev/{made.pk}/").content.decode()
    assert "Varsler som ikke kom fram" in page
    assert "550 ukjent mottaker" in page
    assert f"– {ola.full_name}" not in page
    answer = advisor.post(f"/svarbrev/{made.pk}/varsel/{lost.pk}/")

    assert answer.status_code == 302
    lost.refresh_from_db()
    assert (lost.status, lost.address) == ("pending", "kari.ny@fjordvik.example")
    assert AuditEvent.objects.get(action="varsel.resend").by_id == frida.pk
    assert "ikke kom fram" not in advisor.get(f"/svarbrev/{made.pk}/").content.decode()


def test_one_without_an_address_is_listed_for_another_way(lost, made, frida, ola, as_user):
    Varsel.objects.filter(recipient=ola).update(status="skipped", address="")

    page = as_user(frida).get(f"/svarbrev/{made.pk}/").content.decode()

    assert "Gi beskjed på en annen måte." in page


def test_only_notices_of_the_rounds_own_letters_can_be_sent_again_here(
    lost, made, frida, kari, ola, as_user
):
    other = Varsel.objects.create(
        key="brev:999999:1", kind="svarbrev", recipient=ola, address="x@fjordvik.example",
        subject="x", body="x", status="failed",
    )  # fmt: skip
    sent = Varsel.objects.exclude(pk=other.pk).get(recipient=ola)

    for varsel in (other, sent):
        answer = as_user(frida).post(f"/svarbrev/{made.pk}/varsel/{varsel.pk}/")
        assert answer.status_code == 404
    assert as_user(kari).post(f"/svarbrev/{made.pk}/varsel/{lost.pk}/").status_code == 403
