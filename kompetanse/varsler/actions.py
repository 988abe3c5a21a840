"""Verbs on notices: write, remind, claim, settle; and the progress of background work."""

import secrets
from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction
from django.db.models import F

from kompetanse import clock, jobs, sealing
from kompetanse.errors import TransitionError
from kompetanse.kommuner import audit
from kompetanse.kommuner.tenancy import require_id
from kompetanse.mail import Delivery, Outcome
from kompetanse.organisasjon.beskjeder import Beskjed
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.queries import stedfortreder
from kompetanse.varsler import paminnelser
from kompetanse.varsler.jobs import RELAY, TICK
from kompetanse.varsler.models import Kalendernokkel, Kjoring, Varsel
from kompetanse.varsler.paminnelser import Paminnelse

S = Varsel.Status

KEY_BYTES = 32
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_PAUSE = timedelta(hours=4)

NO_ADDRESS = "Mottakeren har ingen e-postadresse."
TOO_LATE = "Det var for sent å sende varselet da det kunne sendes."
CRASHED = "Sendingen ble avbrutt. Vi vet ikke om e-posten kom fram."

_CLAIM = """
UPDATE varsler_varsel SET status = 'sending', attempts = attempts + 1, leased_until = %(lease)s
WHERE id = (
    SELECT id FROM varsler_varsel
    WHERE status = 'pending' AND not_before <= %(now)s
    ORDER BY not_before, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING *
"""


def notify(  # noqa: PLR0913 (one value for each part of the notice)
    *,
    key: str,
    kind: str,
    to: Ansatt,
    subject: str,
    body: str,
    calendar: str = "",
    expires: datetime | None = None,
) -> None:
    """Write the notice in the caller's transaction; with a known key nothing happens.

    `{navn}` in the body becomes the recipient's first name. `calendar` is a calendar file that
    goes with it (RFC 5545).
    """
    varsel = Varsel(
        key=f"{key}:{to.pk}",
        kind=kind,
        recipient=to,
        address=to.email,
        subject=subject,
        body=body.replace("{navn}", to.first_name),
        calendar=calendar,
        expires=expires,
    )
    Varsel.objects.bulk_create([_sorted_out(varsel)], ignore_conflicts=True)
    jobs.enqueue(RELAY)


def notify_in_role(*, key: str, kind: str, to: Ansatt, subject: str, body: str) -> None:
    """Write the notice of something that a role has to do: also to who stands in for the holder."""
    for each in [to, *stedfortreder.deputies_of(to)]:
        notify(key=key, kind=kind, to=each, subject=subject, body=body)


def tell(beskjed: Beskjed) -> None:
    """Write the notice of something that happened in the organisation."""
    notify(
        key=beskjed.key, kind=beskjed.kind, to=beskjed.to, subject=beskjed.subject,
        body=beskjed.body,
    )  # fmt: skip


def wake() -> None:
    """Let the reminders that are due go out at once, instead of at the next minute."""
    transaction.on_commit(current_app.tasks[TICK].delay)


@transaction.atomic
def remind() -> int:
    """Write every reminder whose time has come and that has no row; return how many rows.

    Safe to run twice at once and after days of silence.
    """
    at = clock.now()
    return sum(_write(paminnelse, at=at) for paminnelse in paminnelser.due(at))


def _write(paminnelse: Paminnelse, *, at: datetime) -> int:
    prefix = f"paminnelse:{paminnelse.key}"
    told = Varsel.objects.filter(key__startswith=f"{prefix}:").values("recipient_id")
    missing = paminnelse.recipients.exclude(pk__in=told)
    rows = [
        Varsel(
            key=f"{prefix}:{pk}",
            kind=paminnelse.kind,
            recipient_id=pk,
            address=email,
            subject=paminnelse.subject,
            body=paminnelse.body.replace("{navn}", first_name),
            not_before=paminnelse.not_before,
            expires=paminnelse.expires,
            is_reminder=True,
        )
        for pk, email, first_name in missing.values_list("pk", "email", "first_name")
    ]
    Varsel.objects.bulk_create(
        [_sorted_out(row, at=at) for row in rows], ignore_conflicts=True, batch_size=1000
    )
    return len(rows)


def _sorted_out(varsel: Varsel, *, at: datetime | None = None) -> Varsel:
    """Return the notice, marked as skipped when nobody can get it or it comes too late."""
    if not varsel.address:
        varsel.status, varsel.reason = S.SKIPPED, NO_ADDRESS
    elif at is not None and varsel.expires is not None and varsel.expires <= at:
        varsel.status, varsel.reason = S.SKIPPED, TOO_LATE
    return varsel


def claim() -> Varsel | None:
    """Take one notice that is due, for this worker alone; the caller commits before it sends."""
    at = clock.now()
    return next(iter(Varsel.objects.raw(_CLAIM, {"now": at, "lease": at + LEASE})), None)


def release() -> None:
    """Settle what is no longer meaningful, and what a worker died with in its hands."""
    at = clock.now()
    Varsel.objects.filter(status=S.PENDING, expires__lte=at).update(
        status=S.SKIPPED, reason=TOO_LATE
    )
    Varsel.objects.filter(status=S.SENDING, leased_until__lte=at).update(
        status=S.UNCERTAIN, reason=CRASHED, leased_until=None
    )


def settle(varsel: Varsel, delivery: Delivery) -> None:
    """Write down how the sending went; 4xx is tried again with growing pauses for a day."""
    at = clock.now()
    varsel.leased_until = None
    varsel.reason = delivery.told
    if delivery.outcome == Outcome.SENT:
        varsel.status, varsel.sent_at = S.SENT, at
    elif delivery.outcome == Outcome.UNCERTAIN:
        varsel.status = S.UNCERTAIN
    elif delivery.outcome == Outcome.RETRY and at - varsel.created_at < GIVE_UP_AFTER:
        pause = min(timedelta(minutes=2**varsel.attempts), LONGEST_PAUSE)
        varsel.status, varsel.not_before = S.PENDING, at + pause
    else:
        varsel.status = S.FAILED
    varsel.save(update_fields=["status", "reason", "sent_at", "not_before", "leased_until"])


@transaction.atomic
def skip_pending(*, reason: str) -> int:
    """Let nothing that waits now be sent, for instance after data were loaded; return how many."""
    return Varsel.objects.filter(status=S.PENDING).update(status=S.SKIPPED, reason=reason)


@transaction.atomic
def resend(varsel: Varsel, *, by: Ansatt) -> Varsel:
    """Send a failed or uncertain notice again, because a person decided so.

    It goes to the address that the person has now: a wrong one may have been the reason.

    Raises:
        TransitionError: the notice is neither failed nor uncertain.
    """
    varsel = Varsel.objects.select_for_update().get(pk=varsel.pk)
    if varsel.status not in {S.FAILED, S.UNCERTAIN}:
        raise TransitionError("Varselet er allerede sendt eller venter på å bli sendt.")
    varsel.status, varsel.reason, varsel.attempts = S.PENDING, "", 0
    varsel.address = varsel.recipient.email or varsel.address
    varsel.not_before = varsel.created_at = clock.now()
    varsel.save(
        update_fields=["status", "reason", "attempts", "address", "not_before", "created_at"]
    )
    audit.record("varsel.resend", varsel, by=by)
    jobs.enqueue(RELAY)
    return varsel


# --- the progress of background work ------------------------------------------------------------


def begin(kind: str, *, total: int, by: Ansatt, return_url: str = "") -> Kjoring:
    """Make the row that a person follows while a worker does the work."""
    return Kjoring.objects.create(kind=kind, total=total, by=by, return_url=return_url)


def advance(kjoring_id: int, *, done: int = 0, failed: int = 0) -> None:
    """Add to what is done, in a transaction of its own or the caller's."""
    Kjoring.objects.filter(pk=kjoring_id).update(
        status=Kjoring.Status.RUNNING, done=F("done") + done, failed=F("failed") + failed
    )


def report(kjoring_id: int, *, done: int = 0, message: str = "") -> None:
    """Say how far it has come: how many of its parts, or in words."""
    Kjoring.objects.filter(pk=kjoring_id).update(
        status=Kjoring.Status.RUNNING, done=done, message=message[:300]
    )


def lead_to(kjoring_id: int, url: str, *, button: str) -> None:
    """Say where it leads when it has ended, and what that is called."""
    Kjoring.objects.filter(pk=kjoring_id).update(return_url=url[:500], button=button[:40])


def end_when_done(kjoring_id: int) -> None:
    """End the work when every part of it is done or has failed; the last task does it."""
    kjoring = Kjoring.objects.select_for_update().get(pk=kjoring_id)
    if kjoring.done + kjoring.failed >= kjoring.total and not kjoring.is_ended:
        end(kjoring_id, has_failed=kjoring.failed > 0)


def end(kjoring_id: int, *, message: str = "", has_failed: bool = False) -> None:
    status = Kjoring.Status.FAILED if has_failed else Kjoring.Status.DONE
    Kjoring.objects.filter(pk=kjoring_id).update(
        status=status, message=message, ended_at=clock.now()
    )


def finish(kjoring_id: int, *, total: int, message: str = "") -> None:
    """End the work with all of its `total` parts done."""
    Kjoring.objects.filter(pk=kjoring_id).update(total=total, done=total)
    end(kjoring_id, message=message[:300])


@transaction.atomic
def open_calendar(*, by: Ansatt) -> str:
    """Make a secret address for one's own calendar, and return its key; an older one is closed.

    Only the fingerprint is stored, so the key is shown this once.
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    nokkel, _is_new = Kalendernokkel.objects.update_or_create(
        ansatt=by,
        defaults={"digest": calendar_mark(key, require_id()), "made_at": clock.now()},
    )
    audit.record("kalendernokkel.open", nokkel, by=by)
    return key


@transaction.atomic
def close_calendar(*, by: Ansatt) -> None:
    """Close one's own calendar's address; nothing when there is none."""
    for nokkel in Kalendernokkel.objects.filter(ansatt=by):
        audit.record("kalendernokkel.close", nokkel, by=by)
        nokkel.delete()


def calendar_mark(key: str, kommune_id: int) -> str:
    return sealing.fingerprint(key, purpose=f"kalender:{kommune_id}")
