"""The letters: made for all decisions, opened and answered; `utsending` sends them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kartlegging.actions import behov
from kompetanse import clock, jobs
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.responses import PDF
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler import actions as varsler
from kompetanse.varsler.models import Kjoring
from soknader.actions import avtale, locked, opplaring, plass, utbetaling
from soknader.jobs import MAKE_LETTERS
from soknader.models import Brevmal, Soknad, Soknadsrunde, Svarbrev, Vedtak
from soknader.queries import brev as queries
from soknader.queries import framdrift
from soknader.rules import svarfrist
from soknader.workflow import soknad as workflow

# How many processes share the letters, and the fewest letters that are worth a task of their own.
PROCESSES, LEAST = 2, 2


@transaction.atomic
def make(runde: Soknadsrunde, *, return_url: str, by: Ansatt) -> Kjoring:
    """Let workers make a letter for every decision that has none.

    Raises:
        PermissionDenied: `by` does not send letters.
        DomainError: every decision has its letter, or nothing is decided.
    """
    if not access.may(by, Act.SEND_LETTERS):
        raise PermissionDenied
    unwritten = queries.unwritten(runde)
    if not unwritten:
        raise DomainError(
            _("Det er ingen nye brev å lage. Vedta først, eller send dem som er laget.")
        )
    kjoring = varsler.begin(_("Lager svarbrev"), total=len(unwritten), by=by, return_url=return_url)
    audit.record("brev.make", runde, by=by, count=len(unwritten))
    for part in parts(unwritten):
        ids = {"first": part[0], "last": part[-1]}
        jobs.enqueue(MAKE_LETTERS, runde_id=runde.pk, kjoring_id=kjoring.pk, **ids)
    return kjoring


@transaction.atomic
def keep(vedtak: Vedtak, *, content: bytes, heading: str, mal: Brevmal | None = None) -> Svarbrev:
    """Keep the made letter, and from which version of the text it was made (None: the shipped).

    A second one for the same decision is not kept.
    """
    locked = Vedtak.objects.select_for_update().get(pk=vedtak.pk)
    existing = Svarbrev.objects.filter(vedtak=locked).first()
    if existing is not None:
        return existing
    fil = files.store(content, name=_name(vedtak.soknad), content_type=PDF)
    brev: Svarbrev = Svarbrev.objects.create(
        vedtak=locked, fil=fil, heading=heading[:200], mal=mal if mal and mal.pk else None
    )
    return brev


@transaction.atomic
def open_own(brev: Svarbrev, *, by: Ansatt) -> None:
    """Remember that the employee has read the letter; the first time counts."""
    if brev.opened_at is None and brev.vedtak.soknad.ansatt_id == by.pk:
        Svarbrev.objects.filter(pk=brev.pk, opened_at__isnull=True).update(opened_at=clock.now())


@transaction.atomic
def accept(soknad: Soknad, *, by: Ansatt, received_at: datetime | None = None) -> Soknad:
    """Say yes to the support; the contract that the rules ask for is made.

    `received_at` is the moment when the request arrived, which decides whether it came in time;
    without it, now.

    Raises:
        DomainError: there is no support to accept, or the day for it has passed.
        TransitionError: it is answered already, or there is no letter yet.
        PermissionDenied: it is someone else's application.
    """
    soknad, vedtak = _locked(soknad)
    step = workflow.check("accept", soknad, by=by)
    vedtak = _giving_support(vedtak)
    if clock.local_date(received_at or clock.now()) > svarfrist.accept_until(vedtak, soknad.runde):
        raise DomainError(_("Fristen for å takke ja har gått ut. Ta kontakt med fagrådgiveren."))
    vedtak.soknad = _reply(soknad, step.target, "soknad.accept", by=by)
    utbetaling.promise(vedtak, by=by)
    avtale.prepare(vedtak, by=by)
    _tell_needs_form(soknad)
    return soknad


@transaction.atomic
def decline(soknad: Soknad, *, by: Ansatt) -> Soknad:
    """Say no to the support; its line goes out of the training plan, its contract falls away.

    What it held of the frame is given back at once, unless some is paid. The advisor hears of it,
    and of who stands first on the waiting list.

    Raises:
        DomainError: there is no support to decline, or its binding time has begun to run.
        TransitionError: it is declined already, or there is no letter yet.
        PermissionDenied: it is someone else's application.
    """
    Soknadsrunde.objects.select_for_update().get(pk=soknad.runde_id)
    soknad, vedtak = _locked(soknad)
    step = workflow.check("decline", soknad, by=by)
    vedtak = _giving_support(vedtak)
    vedtak.soknad = soknad
    avtale.must_not_have_begun(soknad)
    opplaring.withdraw(soknad, by=by)
    avtale.cancel(soknad, by=by)
    _reply(soknad, step.target, "soknad.decline", by=by)
    plass.tell_advisors(soknad, freed=plass.give_back(vedtak))
    return soknad


def parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the ids in parts, each a share of what is left, so that the processes end together.

    The first are large, since a task costs something; the last small, so that nobody waits long.
    """
    while ids:
        size = max(LEAST, len(ids) // (2 * PROCESSES))
        yield ids[:size]
        ids = ids[size:]


def _tell_needs_form(soknad: Soknad) -> None:
    """Let the needs form that the leader has begun hold the new student too."""
    for student in framdrift.students_of(soknad, on=clock.today()):
        behov.add_student(soknad.ansatt.enhet, student)


def _locked(soknad: Soknad) -> tuple[Soknad, Vedtak | None]:
    soknad = locked.soknad(soknad.pk)
    return soknad, soknad.vedtak.filter(status=Vedtak.Status.DECIDED).first()


def _giving_support(vedtak: Vedtak | None) -> Vedtak:
    if vedtak is None or not vedtak.gives_support:
        raise DomainError(
            _("Svaret gir ikke støtte, så det er ingenting å takke ja eller nei til.")
        )
    return vedtak


def _reply(soknad: Soknad, status: str, action: str, *, by: Ansatt) -> Soknad:
    soknad.status, soknad.replied_at = status, clock.now()
    soknad.save(update_fields=["status", "replied_at"])
    audit.record(action, soknad, by=by)
    return soknad


def _name(soknad: Soknad) -> str:
    return f"svarbrev-{soknad.reference}.pdf"
