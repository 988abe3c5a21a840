"""The sending of letters: ordered by one deliberate act, stopped within 15 minutes, released.

Nothing reaches an employee before the release: neither the letter nor the notice of it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock, jobs
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from kompetanse.varsler import actions as varsler
from soknader.emails import brev as emails
from soknader.jobs import RELEASE_LETTERS
from soknader.models import Soknadsrunde, Svarbrev, Vedtak
from soknader.queries import utsending as queries
from soknader.queries.brev import unwritten
from soknader.rules import svarfrist
from soknader.workflow import runde as runde_workflow
from soknader.workflow import soknad as workflow

# How long the advisor may stop a sending.
PAUSE = timedelta(minutes=queries.PAUSE_MINUTES)


@transaction.atomic
def send(runde: Soknadsrunde, *, count: int, by: Ansatt) -> datetime:
    """Let every made letter go out in 15 minutes; `count` is the number that was confirmed.

    Returns the moment when they go.

    Raises:
        PermissionDenied: `by` does not send letters.
        DomainError: some decisions have no letter yet, or a letter asks for a yes by a day that
            has passed.
        StaleError: the number of letters is another than the one confirmed.
    """
    runde = _locked(runde, by=by)
    _must_be_complete(runde)
    unsent = list(queries.unsent(runde))
    _must_be_as_confirmed(count, len(unsent))
    _must_leave_time([brev.vedtak for brev in unsent])
    for brev in unsent:
        workflow.check("answer", brev.vedtak.soknad, by=by)
    due_at = clock.now() + PAUSE
    Svarbrev.objects.filter(pk__in=[brev.pk for brev in unsent]).update(due_at=due_at, sent_by=by)
    audit.record("brev.queue", runde, by=by, count=len(unsent))
    return due_at


@transaction.atomic
def stop(runde: Soknadsrunde, *, by: Ansatt) -> int:
    """Take back every letter that waits to go out, as if it was only made; return how many.

    Raises:
        PermissionDenied: `by` does not send letters.
        DomainError: no letter waits, for instance since they have gone out.
    """
    runde = _locked(runde, by=by)
    stopped: int = queries.queued(runde).update(due_at=None, sent_by=None)
    if not stopped:
        raise DomainError(_("Ingen brev venter på å bli sendt. De som er sendt, kan ikke stoppes."))
    audit.record("brev.stop", runde, by=by, count=stopped)
    return stopped


@transaction.atomic
def send_now(runde: Soknadsrunde, *, count: int, by: Ansatt) -> int:
    """Send those that wait without waiting longer; `count` is the number that was confirmed.

    Raises:
        PermissionDenied: `by` does not send letters.
        StaleError: the number of letters is another than the one confirmed.
    """
    runde = _locked(runde, by=by)
    _must_be_as_confirmed(count, queries.queued(runde).count())
    return _release(runde, queries.to_release(runde))


@transaction.atomic
def release(runde: Soknadsrunde) -> int:
    """Send the letters whose fifteen minutes are over; return how many.

    The employees find them on their front page and get a notice by e-mail. Who ordered the sending
    was allowed to, so nothing but the state is asked here. Run twice, each is sent once.
    """
    runde = Soknadsrunde.objects.select_for_update().get(pk=runde.pk)
    return _release(runde, queries.to_release(runde, at=clock.now()))


def wake(at: datetime) -> None:
    """Let the rounds with letters that are due be released, each by a task of its own."""
    for runde_id in queries.rounds_to_release(at):
        jobs.enqueue(RELEASE_LETTERS, runde_id=runde_id)


def _locked(runde: Soknadsrunde, *, by: Ansatt) -> Soknadsrunde:
    runde = Soknadsrunde.objects.select_for_update().get(pk=runde.pk)
    if not access.may(by, Act.SEND_LETTERS):
        raise PermissionDenied
    return runde


def _must_be_complete(runde: Soknadsrunde) -> None:
    missing = len(unwritten(runde))
    if missing:
        raise DomainError(
            _("%(count)s vedtak mangler brev. Lag brevene først.") % {"count": missing}
        )


def _must_leave_time(decisions: Iterable[Vedtak]) -> None:
    """Raise DomainError when the day for a yes has passed: the support would fall away at once."""
    on = clock.today()
    passed = [
        str(vedtak.soknad.number)
        for vedtak in decisions
        if vedtak.gives_support and svarfrist.accept_until(vedtak, vedtak.soknad.runde) < on
    ]
    if passed:
        raise DomainError(
            _("Fristen for å takke ja er passert i sak %(numbers)s. Gjør om vedtaket, så får "
              "søkeren en ny frist og et nytt brev.") % {"numbers": norsk.oppramsing(passed)}
        )  # fmt: skip


def _must_be_as_confirmed(count: int, now: int) -> None:
    if now != count or not now:
        raise StaleError(
            _("Antall brev har endret seg fra %(count)s til %(now)s. Se over dem og send på nytt.")
            % {"count": count, "now": now}
        )


def _release(runde: Soknadsrunde, letters: list[Svarbrev]) -> int:
    for brev in letters:
        _send(brev)
    if letters:
        _close(runde, by=letters[-1].sent_by)
    return len(letters)


def _send(brev: Svarbrev) -> None:
    soknad = brev.vedtak.soknad
    soknad.status = workflow.STEPS["answer"].target
    soknad.save(update_fields=["status"])
    brev.sent_at = clock.now()
    brev.save(update_fields=["sent_at"])
    audit.record("brev.send", brev, by=brev.sent_by, soknad_id=soknad.pk)
    message = emails.ready(soknad)
    varsler.notify(
        key=f"brev:{brev.pk}",
        kind="svarbrev",
        to=soknad.ansatt,
        subject=message.subject,
        body=message.body,
    )


def _close(runde: Soknadsrunde, *, by: Ansatt | None) -> None:
    """Mark the round as answered when all in it have their answer."""
    step = runde_workflow.STEPS["answer"]
    left = unwritten(runde) or queries.made_only(runde).exists()
    if runde.status in step.sources and not left:
        runde.status = step.target
        runde.save(update_fields=["status"])
        audit.record("runde.answer", runde, by=by)
