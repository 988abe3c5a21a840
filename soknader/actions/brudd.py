"""When a contract is not held: pauses, the breach and its debt, what comes back, and release."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.actions.avtale import lock
from soknader.actions.beskjed import tell
from soknader.emails import avtale as emails
from soknader.models import Avtale, Avtalepause, Tilbakebetaling
from soknader.queries import oppgjor
from soknader.rules import prioritering as roles
from soknader.workflow import avtale as workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Brudd:
    """What is registered of a breach: from which day, why, and how it is paid back."""

    ground: str
    on: date
    note: str = ""
    instalments: int = 1
    first_due: date | None = None


@transaction.atomic
def pause(avtale: Avtale, *, kind: str, starts: date, ends: date | None, by: Ansatt) -> Avtalepause:
    """Let the clock stand still during leave, both days counted; open until `ends` is known.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: the contract does not pause for such leave, or it meets another pause.
    """
    avtale = lock(avtale)
    workflow.check("pause", avtale, by=by)
    if kind not in avtale.pauses:
        raise DomainError(_("Avtalen sier ikke at tiden står stille ved dette fraværet."))
    if ends is not None and ends < starts:
        raise DomainError(_("Pausen må slutte samme dag som den starter, eller senere."))
    if any(_meets(each, starts, ends) for each in oppgjor.pause_rows(avtale)):
        raise DomainError(_("Avtalen har en pause fra før i de samme dagene."))
    made: Avtalepause = Avtalepause.objects.create(
        avtale=avtale, kind=kind, starts=starts, ends=ends, by=by
    )
    audit.record("avtale.pause", avtale, by=by, pause_id=made.pk)
    return made


@transaction.atomic
def resume(avtale: Avtale, *, ends: date, by: Ansatt) -> Avtale:
    """Let the clock run again after the pause that lasts; `ends` is its last day.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: no pause lasts, or it began later than `ends`.
    """
    avtale = lock(avtale)
    workflow.check("resume", avtale, by=by)
    lasting = avtale.avtalepauser.filter(ends__isnull=True).first()
    if lasting is None:
        raise DomainError(_("Avtalen har ingen pause som varer."))
    if ends < lasting.starts:
        raise DomainError(_("Pausen må slutte samme dag som den starter, eller senere."))
    if any(_meets(each, lasting.starts, ends) for each in _others(avtale, lasting)):
        raise DomainError(_("Avtalen har en pause fra før i de samme dagene."))
    lasting.ends = ends
    lasting.save(update_fields=["ends"])
    audit.record("avtale.resume", avtale, by=by, pause_id=lasting.pk)
    return avtale


@transaction.atomic
def breach(avtale: Avtale, brudd: Brudd, *, by: Ansatt) -> Avtale:
    """Register that the contract is broken; what is owed that day is frozen, NOK.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: nothing is owed that day, or the day is before the contract.
    """
    avtale = lock(avtale)
    step = workflow.check("breach", avtale, by=by)
    signed = clock.local_date(avtale.countersigned_at or avtale.made_at)
    if brudd.on < signed:
        raise DomainError(
            _("Avtalen ble signert %(day)s. Bruddet kan ikke være før det.")
            % {"day": norsk.langdato(signed)}
        )
    debt = oppgjor.oppgjor(avtale, on=brudd.on).debt
    if debt == 0:
        raise DomainError(_("Det er ingenting å kreve tilbake den dagen. Ettergi kravet i stedet."))
    avtale.status, avtale.debt, avtale.ended_on = step.target, debt, brudd.on
    avtale.ground, avtale.note = brudd.ground, brudd.note
    avtale.instalments, avtale.first_due = brudd.instalments, brudd.first_due
    avtale.version += 1
    avtale.save()
    audit.record("avtale.breach", avtale, by=by, debt=debt, instalments=brudd.instalments)
    tell("avtale.breach", avtale, to=avtale.soknad.ansatt, message=emails.breached(avtale))
    return avtale


@transaction.atomic
def repay(avtale: Avtale, *, amount: int, paid_on: date, by: Ansatt) -> Avtale:
    """Register money that came back, NOK; when all has come, the contract is settled.

    One conditional UPDATE, so that two at once never register more than what is owed.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: more than what is owed, or nothing.
    """
    avtale = lock(avtale)
    workflow.check("repay", avtale, by=by)
    fits = Avtale.objects.filter(pk=avtale.pk, repaid__lte=F("debt") - amount)
    if amount < 1 or not fits.update(repaid=F("repaid") + amount):
        raise DomainError(
            _("Det er %(owed)s igjen å betale. Skriv et beløp som ikke er større.")
            % {"owed": norsk.kroner(avtale.owed)}
        )
    Tilbakebetaling.objects.create(avtale=avtale, amount=amount, paid_on=paid_on, by=by)
    audit.record("avtale.repay", avtale, by=by, amount=amount)
    avtale.refresh_from_db(fields=["repaid"])
    if avtale.owed == 0:
        avtale.status = workflow.check("settle", avtale, by=by).target
        avtale.version += 1
        avtale.save(update_fields=["status", "version"])
        audit.record("avtale.settle", avtale, by=by)
    return avtale


@transaction.atomic
def release(avtale: Avtale, *, relief: str, note: str, by: Ansatt) -> Avtale:
    """Claim nothing back, or nothing more, for a reason.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: the reason is missing.
    """
    avtale = lock(avtale)
    step = workflow.check("release", avtale, by=by)
    if not note.strip():
        raise DomainError(_("Skriv hvorfor kravet ettergis."))
    role = roles.capacity(by, Act.DECIDE, avtale.soknad.ansatt.enhet)
    avtale.status, avtale.relief, avtale.note = step.target, relief, note.strip()
    avtale.ended_on = avtale.ended_on or clock.today()
    avtale.version += 1
    avtale.save(update_fields=["status", "relief", "note", "ended_on", "version"])
    audit.record("avtale.release", avtale, by=by, role=role, owed=avtale.owed)
    return avtale


def _others(avtale: Avtale, pause: Avtalepause) -> list[Avtalepause]:
    return [each for each in oppgjor.pause_rows(avtale) if each.pk != pause.pk]


def _meets(each: Avtalepause, starts: date, ends: date | None) -> bool:
    begins_before = ends is None or each.starts <= ends
    ends_after = each.ends is None or each.ends >= starts
    return begins_before and ends_after
