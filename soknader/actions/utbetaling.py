"""Payments against a grant: promised by kind, asked for with a receipt, approved or refused."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.attachments import Attachment
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.actions import locked
from soknader.actions.beskjed import tell
from soknader.emails import avtale as emails
from soknader.models import Tilsagn, Utbetaling, Vedtak
from soknader.queries import avtale as avtaler
from soknader.queries import utbetaling as queries
from soknader.rules import tilsagn as rules
from soknader.workflow import utbetaling as workflow


@transaction.atomic
def promise(vedtak: Vedtak, *, by: Ansatt) -> None:
    """Let the grant be paid out kind by kind, as the decision that is accepted says, NOK.

    What is paid already of a kind stays promised.
    """
    soknad = vedtak.soknad
    paid = dict(Tilsagn.objects.filter(soknad=soknad).values_list("kind", "paid"))
    parts = rules.personal(vedtak)
    for kind, amount in parts.items():
        if amount or kind in paid:
            promised = max(amount, paid.get(kind, 0))
            Tilsagn.objects.update_or_create(
                soknad=soknad, kind=kind, defaults={"amount": promised}
            )
    audit.record("tilsagn.promise", soknad, by=by, amounts=parts)


@transaction.atomic
def send(
    tilsagn: Tilsagn, receipt: Attachment, *, amount: int, spent_on: date, text: str, by: Ansatt
) -> Utbetaling:
    """Ask for payment of a receipt, NOK.

    The receipt may be larger than what is left; then a part of it is approved.

    Raises:
        DomainError: the grant takes no receipts now, or there is nothing left of the kind.
        PermissionDenied: it is another's grant.
    """
    soknad = locked.soknad(tilsagn.soknad_id)
    if soknad.ansatt_id != by.pk:
        raise PermissionDenied
    closed = rules.why_closed(soknad, avtale=avtaler.in_force_for(soknad))
    if closed:
        raise DomainError(closed)
    if queries.left_of(tilsagn) <= 0:
        raise DomainError(_("Det er ikke mer igjen til dette."))
    fil = files.store(receipt.content, name=receipt.name, content_type=receipt.content_type)
    sent: Utbetaling = Utbetaling.objects.create(
        tilsagn=tilsagn, amount=amount, spent_on=spent_on, text=text, fil=fil
    )
    audit.record("utbetaling.send", sent, by=by, case=soknad, amount=amount)
    approver = queries.approver_of(sent)
    if approver is not None:
        tell("utbetaling.send", sent, to=approver, message=emails.receipt_sent(sent))
    return sent


@transaction.atomic
def approve(utbetaling: Utbetaling, *, amount: int, by: Ansatt) -> Utbetaling:
    """Approve the receipt, or so much of it as `amount` NOK.

    One conditional UPDATE moves the money, so that fifty at once never pay more than is granted;
    the database's own check stands behind it.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: more than the receipt, or than what is left of its kind; or the support no
            longer holds: declined, decided anew, or its contract broken.
    """
    utbetaling = _locked(utbetaling)
    step = workflow.check("approve", utbetaling, by=by)
    _must_hold(utbetaling)
    if not 1 <= amount <= utbetaling.amount:
        raise DomainError(
            _("Kvitteringen er på %(amount)s. Godkjenn et beløp fra 1 kr og opp til det.")
            % {"amount": norsk.kroner(utbetaling.amount)}
        )
    fits = Tilsagn.objects.filter(pk=utbetaling.tilsagn_id, paid__lte=F("amount") - amount)
    if not fits.update(paid=F("paid") + amount):
        left = norsk.kroner(Tilsagn.objects.get(pk=utbetaling.tilsagn_id).left)
        raise DomainError(
            _("Det er %(left)s igjen til dette. Beløpet kan ikke være større.") % {"left": left}
        )
    utbetaling.approved = amount
    _settle(utbetaling, step.target, by=by)
    audit.record(
        "utbetaling.approve", utbetaling, by=by, case=utbetaling.tilsagn.soknad, amount=amount
    )
    return utbetaling


@transaction.atomic
def refuse(utbetaling: Utbetaling, *, reason: str, by: Ansatt) -> Utbetaling:
    """Say no to the receipt, with a reason.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: the reason is missing.
    """
    utbetaling = _locked(utbetaling)
    step = workflow.check("refuse", utbetaling, by=by)
    if not reason.strip():
        raise DomainError(_("Skriv hvorfor kvitteringen ikke godkjennes."))
    utbetaling.reason = reason.strip()
    _settle(utbetaling, step.target, by=by)
    audit.record("utbetaling.refuse", utbetaling, by=by, case=utbetaling.tilsagn.soknad)
    return utbetaling


@transaction.atomic
def transfer(*, count: int, by: Ansatt) -> int:
    """Mark every approved receipt that `by` follows as handed over to payroll.

    `count` is the number that was shown; return how many were marked.

    Raises:
        DomainError: another number is approved now.
    """
    approved = queries.to_transfer(by).select_for_update(of=("self",))
    chosen = [each for each in approved if "transfer" in workflow.open_to(by, each)]
    if len(chosen) != count:
        raise DomainError(
            _("Antallet har endret seg fra %(count)s til %(now)s. Last ned lista på nytt.")
            % {"count": count, "now": len(chosen)}
        )
    for utbetaling in chosen:
        utbetaling.status, utbetaling.paid_at = workflow.STEPS["transfer"].target, clock.now()
        utbetaling.save(update_fields=["status", "paid_at"])
        audit.record(
            "utbetaling.transfer",
            utbetaling,
            by=by,
            case=utbetaling.tilsagn.soknad,
            amount=utbetaling.approved,
        )
    return len(chosen)


def _must_hold(utbetaling: Utbetaling) -> None:
    """Raise DomainError unless the support still holds: what was given back is not paid too."""
    soknad = locked.soknad(utbetaling.tilsagn.soknad_id)
    if rules.why_closed(soknad, avtale=avtaler.in_force_for(soknad)):
        raise DomainError(
            _("Den ansatte har ikke lenger denne støtten, så kvitteringen kan bare avslås.")
        )


def _settle(utbetaling: Utbetaling, status: str, *, by: Ansatt) -> None:
    utbetaling.status = status
    utbetaling.decided_at, utbetaling.decided_by = clock.now(), by
    utbetaling.save(update_fields=["status", "approved", "reason", "decided_at", "decided_by"])
    message = emails.receipt_decided(utbetaling)
    tell("utbetaling.decide", utbetaling, to=utbetaling.tilsagn.soknad.ansatt, message=message)


def _locked(utbetaling: Utbetaling) -> Utbetaling:
    rows = Utbetaling.objects.select_for_update(of=("self",)).select_related(
        "tilsagn__soknad__ansatt__enhet", "tilsagn__soknad__runde"
    )
    locked: Utbetaling = rows.get(pk=utbetaling.pk)
    return locked
