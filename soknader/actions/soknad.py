"""What can be done to a Soknad by the one who writes it: start, save, submit, withdraw, discard."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit, files
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from kompetanse.varsler import actions as varsler
from soknader.actions import ordning
from soknader.emails import soknad as emails
from soknader.emails.message import Message
from soknader.models import Soknad, Soknadsrunde, Uttalelse
from soknader.queries import ordning as ordninger
from soknader.queries import runde as runder
from soknader.queries import soknad as queries
from soknader.queries import sporsmal, vilkar
from soknader.rules import frist, utfylling
from soknader.rules import soknad as rules
from soknader.workflow import soknad as workflow

S = Soknad.Status
# What is set by other answers than its own.
COUNTED = ("ends", "leave_days", "substitute", "covered")


@transaction.atomic
def start(
    runde: Soknadsrunde, *, by: Ansatt, received_at: datetime, on_behalf_of: Ansatt | None = None
) -> Soknad:
    """Begin a draft, or return the one that is begun: two clicks give one draft.

    Raises:
        PermissionDenied: `by` may not register for that employee.
        DomainError: the round takes no applications at `received_at`, or is for other units.
    """
    ansatt = Ansatt.objects.select_for_update(of=("self",)).get(pk=(on_behalf_of or by).pk)
    if ansatt.pk != by.pk and not rules.may_register_for(by, ansatt):
        raise PermissionDenied
    check_takes(runde, at=received_at)
    if not runder.covered(runde).filter(pk=ansatt.pk).exists():
        raise DomainError(_("Runden gjelder %(enhet)s.") % {"enhet": runde.enhet})
    begun = Soknad.objects.filter(ansatt=ansatt, runde=runde, status=S.DRAFT)
    registered_by = by if ansatt.pk != by.pk else None
    alone = Q(registered_by=registered_by, taken_over_at=None)
    if registered_by is None:
        alone |= Q(taken_over_at__isnull=False)
    soknad: Soknad | None = begun.filter(alone).first()
    if soknad is None:
        soknad = Soknad.objects.create(runde=runde, ansatt=ansatt, registered_by=registered_by)
        audit.record("soknad.start", soknad, by=by, runde_id=runde.pk, ansatt_id=ansatt.pk)
        if registered_by is not None:
            message = emails.begun_for(soknad, by=by)
            _notify("soknad.begun_for", soknad, to=ansatt, message=message)
    return soknad


@transaction.atomic
def take_over(soknad: Soknad, *, by: Ansatt) -> Soknad:
    """Let the employee write alone what someone else began; who began it is still told.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
    """
    soknad = _locked(soknad)
    workflow.check("take_over", soknad, by=by)
    soknad.taken_over_at = clock.now()
    soknad.version += 1
    soknad.save(update_fields=["taken_over_at", "version"])
    audit.record("soknad.take_over", soknad, by=by, registered_by_id=soknad.registered_by_id)
    if soknad.registered_by is not None:
        message = emails.taken_over(soknad)
        _notify("soknad.take_over", soknad, to=soknad.registered_by, message=message)
    return soknad


@transaction.atomic
def save(
    soknad: Soknad, *, by: Ansatt, version: int, values: Mapping[str, Any], step: int = 0
) -> Soknad:
    """Keep what is written in one step; `values` are by the model's own attribute names.

    A draft may be half finished. What is sent can be changed until the deadline; it stays sent
    and complete, keeps its number, and is read by the leader anew.

    Raises:
        StaleError: another window has saved something else since `version`.
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: it is sent, and the deadline has passed or the change would leave a hole.
    """
    soknad = _locked(soknad)
    _check_may_write(soknad, by=by)
    changed = {name: value for name, value in values.items() if getattr(soknad, name) != value}
    if changed and version != soknad.version:
        raise StaleError(_stale_sentence(soknad))

    for name, value in changed.items():
        setattr(soknad, name, value)
    if soknad.starts and soknad.ends and soknad.ends < soknad.starts:
        soknad.ends = None
    ordning.count(soknad, ordninger.in_runde(soknad.runde))
    soknad.step = max(soknad.step, step)
    soknad.saved_at = clock.now()
    soknad.version += bool(changed)
    soknad.save(update_fields=[*changed, *COUNTED, "step", "saved_at", "version"])
    if changed and not soknad.is_draft:
        _have_changed(soknad, by=by, fields=sorted(changed))
    return soknad


@transaction.atomic
def submit(
    soknad: Soknad, *, by: Ansatt, version: int, received_at: datetime, late_reason: str = ""
) -> Soknad:
    """Send the application: it gets its number, the employee a receipt, the leader a notice.

    `received_at` is the moment when the request arrived; it decides whether it came in time.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        StaleError: the draft was changed in another window since `version`.
        DomainError: something is missing, the round takes none now, the applicant does not meet
            its conditions, or it is late without reason.
    """
    soknad = _locked(soknad)
    step = workflow.check("submit", soknad, by=by)
    if version != soknad.version:
        raise StaleError(_stale_sentence(soknad))
    check_complete(soknad)
    check_takes(soknad.runde, at=received_at)
    check_eligible(soknad, at=received_at)
    is_late = frist.is_late(soknad.runde, at=received_at)
    if is_late and not late_reason.strip():
        raise DomainError(_("Skriv hvorfor søknaden kommer etter fristen."))

    soknad.status = Soknad.Status(step.target)
    soknad.number = _next_number(soknad.runde)
    soknad.submitted_at = received_at
    soknad.is_late, soknad.late_reason = is_late, late_reason.strip() if is_late else ""
    # A reason for an exception counts only outside the list; the choice from the list won.
    soknad.exception = "" if soknad.utlysning_id else soknad.exception
    soknad.save()
    audit.record(
        "soknad.submit", soknad, by=by, runde_id=soknad.runde_id, number=soknad.number,
        amount=soknad.amount, is_late=is_late, on_behalf_of=soknad.registered_by_id is not None,
    )  # fmt: skip
    _tell_of_submission(soknad)
    return soknad


@transaction.atomic
def withdraw(soknad: Soknad, *, by: Ansatt) -> Soknad:
    """Take the application back; possible until it is decided.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
    """
    soknad = _locked(soknad)
    step = workflow.check("withdraw", soknad, by=by)
    soknad.status = Soknad.Status(step.target)
    soknad.rank = None
    soknad.save(update_fields=["status", "rank"])
    audit.record("soknad.withdraw", soknad, by=by)

    message = emails.withdrawn(soknad)
    _notify("soknad.withdraw", soknad, to=soknad.ansatt, message=message)
    leader = queries.leader_of(soknad)
    if leader is not None:
        message = emails.withdrawn_for_leader(soknad)
        _notify("soknad.withdraw", soknad, to=leader, message=message, in_role=True)
    return soknad


@transaction.atomic
def discard(soknad: Soknad, *, by: Ansatt) -> None:
    """Delete a draft that was never sent, with its attachments.

    Raises:
        TransitionError, PermissionDenied: it has been sent, or is someone else's.
    """
    soknad = _locked(soknad)
    workflow.check("submit", soknad, by=by)
    audit.record("soknad.discard", soknad, by=by, runde_id=soknad.runde_id)
    stored = [each.fil for each in queries.attachments_of(soknad)]
    soknad.delete()
    for fil in stored:
        files.remove(fil)


def check_takes(runde: Soknadsrunde, *, at: datetime) -> None:
    """Raise DomainError with the reason when the round takes no application at `at`."""
    if frist.takes(runde, at=at):
        return
    if runde.status not in frist.TAKES_APPLICATIONS:
        raise DomainError(_("Runden tar ikke imot søknader nå."))
    if at < clock.start_of(runde.opens):
        raise DomainError(_("Du kan søke fra %(day)s.") % {"day": norsk.langdato(runde.opens)})
    raise DomainError(
        _(
            "Fristen gikk ut %(deadline)s, og runden tar ikke imot søknader etter fristen. "
            "Kladden din er lagret."
        )
        % {"deadline": norsk.frist(runde.deadline)}
    )


def check_eligible(soknad: Soknad, *, at: datetime) -> None:
    """Raise DomainError with the conditions of the round that the applicant does not meet."""
    found = vilkar.faults(soknad.runde, soknad.ansatt, on=clock.local_date(at))
    if found:
        raise DomainError(" ".join(found))


def check_complete(soknad: Soknad) -> None:
    """Raise DomainError with what is missing when the application has a hole."""
    lacks = utfylling.missing(
        soknad,
        has_list=runder.has_list(soknad.runde),
        schemes=ordninger.in_runde(soknad.runde),
    )
    if lacks:
        raise DomainError(" ".join(str(lack.text) for lack in lacks))


def check_may_change(soknad: Soknad, *, by: Ansatt) -> None:
    """Raise when what is sent cannot be changed by `by` now."""
    workflow.check("change", soknad, by=by)
    if not sporsmal.may_change(soknad, at=clock.now()):
        raise DomainError(
            _("Søknaden kunne endres til fristen %(deadline)s. Nå kan du bare trekke den.")
            % {"deadline": norsk.frist(soknad.runde.deadline)}
        )


def touch(soknad: Soknad, *, by: Ansatt, fields: list[str]) -> Soknad:
    """Lock the application for a change beside its own fields (attachments), and note it."""
    soknad = _locked(soknad)
    _check_may_write(soknad, by=by)
    soknad.version += 1
    soknad.saved_at = clock.now()
    soknad.save(update_fields=["version", "saved_at"])
    if not soknad.is_draft:
        _have_changed(soknad, by=by, fields=fields)
    return soknad


def _check_may_write(soknad: Soknad, *, by: Ansatt) -> None:
    if not soknad.is_draft:
        check_may_change(soknad, by=by)
    elif not rules.writes(by, soknad):
        raise PermissionDenied


def _have_changed(soknad: Soknad, *, by: Ansatt, fields: list[str]) -> None:
    """Settle a change of something sent: no holes, back to the leader, audited by field names."""
    check_complete(soknad)
    audit.record("soknad.change", soknad, by=by, fields=fields, version=soknad.version)
    if soknad.status != S.RECOMMENDED:
        return
    soknad.status = S.SUBMITTED
    soknad.save(update_fields=["status"])
    statement = Uttalelse.objects.filter(soknad=soknad).select_related("by").first()
    if statement is not None:
        key = f"soknad.change:{soknad.version}"
        _notify(key, soknad, to=statement.by, message=emails.changed(soknad), in_role=True)


def _tell_of_submission(soknad: Soknad) -> None:
    leader = queries.leader_of(soknad)
    message = emails.receipt(soknad, leader=leader.full_name if leader else "")
    _notify("soknad.submit", soknad, to=soknad.ansatt, message=message)
    if leader is not None:
        message = emails.to_state_on(soknad)
        _notify("soknad.state", soknad, to=leader, message=message, in_role=True)


def _notify(
    occasion: str, soknad: Soknad, *, to: Ansatt, message: Message, in_role: bool = False
) -> None:
    """Tell one person; what concerns their role goes to who stands in for them too."""
    key = f"{occasion}:{soknad.pk}"
    notify = varsler.notify_in_role if in_role else varsler.notify
    notify(
        key=key, kind=occasion.partition(":")[0], to=to, subject=message.subject, body=message.body
    )


def _locked(soknad: Soknad) -> Soknad:
    rows = Soknad.objects.select_for_update(of=("self",)).select_related("runde", "ansatt__enhet")
    locked: Soknad = rows.get(pk=soknad.pk)
    return locked


def _next_number(runde: Soknadsrunde) -> int:
    """Take the round's next number. The row is locked until commit, so none is given twice."""
    rows = Soknadsrunde.objects.filter(pk=runde.pk, status__in=frist.TAKES_APPLICATIONS)
    if not rows.update(next_number=F("next_number") + 1):
        raise DomainError(_("Runden tar ikke imot søknader nå."))
    given: int = rows.values_list("next_number", flat=True).get() - 1
    return given


def _stale_sentence(soknad: Soknad) -> str:
    return _("Søknaden er lagret fra et annet vindu kl. %(time)s. Ingenting er skrevet over.") % {
        "time": norsk.klokkeslett(soknad.saved_at)
    }
