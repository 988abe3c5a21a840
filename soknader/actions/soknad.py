"""What can be done to a Soknad by the one who writes it: start, save, withdraw, discard."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, files
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.actions import krav, locked, ordning
from soknader.actions.beskjed import tell
from soknader.emails import soknad as emails
from soknader.models import Soknad, Soknadsrunde, Uttalelse
from soknader.queries import ordning as ordninger
from soknader.queries import runde as runder
from soknader.queries import soknad as queries
from soknader.queries import sporsmal
from soknader.queries import uttalelse as uttalelser
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
    krav.check_takes(runde, at=received_at)
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
            tell("soknad.begun_for", soknad, to=ansatt, message=message)
    return soknad


@transaction.atomic
def take_over(soknad: Soknad, *, by: Ansatt) -> Soknad:
    """Let the employee write alone what someone else began; who began it is still told.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
    """
    soknad = locked.soknad(soknad.pk)
    workflow.check("take_over", soknad, by=by)
    soknad.taken_over_at = clock.now()
    soknad.version += 1
    soknad.save(update_fields=["taken_over_at", "version"])
    audit.record("soknad.take_over", soknad, by=by, registered_by_id=soknad.registered_by_id)
    if soknad.registered_by is not None:
        message = emails.taken_over(soknad)
        tell("soknad.take_over", soknad, to=soknad.registered_by, message=message)
    return soknad


@transaction.atomic
def save(
    soknad: Soknad,
    *,
    by: Ansatt,
    version: int,
    values: Mapping[str, Any],
    step: int = 0,
    received_at: datetime | None = None,
) -> Soknad:
    """Keep what is written in one step; `values` are by the model's own attribute names.

    A draft may be half finished. What is sent can be changed until the deadline; it stays sent
    and complete, keeps its number, and is read by the leader anew. `received_at` is the moment
    when the request arrived, before it waited for anything; without it, now.

    Raises:
        StaleError: another window has saved something else since `version`.
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: it is sent, and the deadline has passed or the change would leave a hole.
    """
    soknad = locked.soknad(soknad.pk)
    _check_may_write(soknad, by=by, at=received_at)
    changed = {name: value for name, value in values.items() if getattr(soknad, name) != value}
    if changed and version != soknad.version:
        raise krav.stale(soknad)

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
def withdraw(soknad: Soknad, *, by: Ansatt) -> Soknad:
    """Take the application back; possible until it is decided.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
    """
    soknad = locked.soknad(soknad.pk)
    step = workflow.check("withdraw", soknad, by=by)
    soknad.status = Soknad.Status(step.target)
    soknad.rank = None
    soknad.save(update_fields=["status", "rank"])
    audit.record("soknad.withdraw", soknad, by=by)

    message = emails.withdrawn(soknad)
    tell("soknad.withdraw", soknad, to=soknad.ansatt, message=message)
    leader = uttalelser.leader_of(soknad)
    if leader is not None:
        message = emails.withdrawn_for_leader(soknad)
        tell("soknad.withdraw", soknad, to=leader, message=message, in_role=True)
    return soknad


@transaction.atomic
def discard(soknad: Soknad, *, by: Ansatt) -> None:
    """Delete a draft that was never sent, with its attachments.

    Raises:
        TransitionError, PermissionDenied: it has been sent, or is someone else's.
    """
    soknad = locked.soknad(soknad.pk)
    workflow.check("submit", soknad, by=by)
    audit.record("soknad.discard", soknad, by=by, runde_id=soknad.runde_id)
    stored = [each.fil for each in queries.attachments_of(soknad)]
    soknad.delete()
    for fil in stored:
        files.remove(fil)


def check_may_change(soknad: Soknad, *, by: Ansatt, at: datetime | None = None) -> None:
    """Raise when what is sent cannot be changed by `by` at the moment, or now."""
    workflow.check("change", soknad, by=by)
    if not sporsmal.may_change(soknad, at=at or clock.now()):
        raise DomainError(
            _("Søknaden kunne endres til fristen %(deadline)s. Nå kan du bare trekke den.")
            % {"deadline": norsk.frist(soknad.runde.deadline)}
        )


def touch(
    soknad: Soknad, *, by: Ansatt, fields: list[str], received_at: datetime | None = None
) -> Soknad:
    """Lock the application for a change beside its own fields (attachments), and note it."""
    soknad = locked.soknad(soknad.pk)
    _check_may_write(soknad, by=by, at=received_at)
    soknad.version += 1
    soknad.saved_at = clock.now()
    soknad.save(update_fields=["version", "saved_at"])
    if not soknad.is_draft:
        _have_changed(soknad, by=by, fields=fields)
    return soknad


def _check_may_write(soknad: Soknad, *, by: Ansatt, at: datetime | None) -> None:
    if not soknad.is_draft:
        check_may_change(soknad, by=by, at=at)
    elif not rules.writes(by, soknad):
        raise PermissionDenied


def _have_changed(soknad: Soknad, *, by: Ansatt, fields: list[str]) -> None:
    """Settle a change of something sent: no holes, back to the leader, audited by field names."""
    krav.check_complete(soknad)
    audit.record("soknad.change", soknad, by=by, fields=fields, version=soknad.version)
    if soknad.status != S.RECOMMENDED:
        return
    soknad.status = S.SUBMITTED
    soknad.save(update_fields=["status"])
    statement = Uttalelse.objects.filter(soknad=soknad).select_related("by").first()
    if statement is not None:
        key = f"soknad.change:{soknad.version}"
        tell(key, soknad, to=statement.by, message=emails.changed(soknad), in_role=True)
