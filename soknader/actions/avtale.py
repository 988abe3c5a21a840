"""Contracts on binding time: made from the rule, signed by both, and run until they are over."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock, jobs
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.responses import PDF
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.actions.beskjed import tell
from soknader.documents import avtale as documents
from soknader.emails import avtale as emails
from soknader.jobs import KEEP_CONTRACT
from soknader.models import Avtale, Bindingsregel, Soknad, Vedtak
from soknader.models.bindingsregel import Begins
from soknader.queries import avtale as queries
from soknader.queries import oppgjor, ordning
from soknader.rules import bindingstid
from soknader.rules import ordning as satser
from soknader.rules import prioritering as roles
from soknader.workflow import avtale as workflow

S = Avtale.Status


@transaction.atomic
def prepare(vedtak: Vedtak, *, by: Ansatt) -> Avtale | None:
    """Make the contract that the rules ask for when a grant is accepted; None when none does.

    A grant that has its contract keeps it.
    """
    soknad = vedtak.soknad
    existing = queries.in_force_for(soknad)
    rules = queries.active_rules()
    schemes = ordning.in_runde(soknad.runde)
    regel = bindingstid.applying(
        rules,
        amount=vedtak.personal,
        leave_days=vedtak.leave_days,
        linked=satser.linked(schemes, vedtak.parts, leave_days=vedtak.leave_days),
    )
    if existing or regel is None:
        return existing
    avtale = Avtale(soknad=soknad, vedtak=vedtak, regel=regel, **_terms(vedtak, regel))
    avtale.text = documents.text(avtale, exceptions=regel.exceptions)
    avtale.save()
    audit.record(
        "avtale.prepare", avtale, by=by, soknad_id=soknad.pk, regel_id=regel.pk,
        months=avtale.months, amount=avtale.amount,
    )  # fmt: skip
    tell("avtale.sign", avtale, to=soknad.ansatt, message=emails.to_sign(avtale))
    return avtale


@transaction.atomic
def sign(avtale: Avtale, *, name: str, by: Ansatt) -> Avtale:
    """Sign as the employee, by writing one's own name.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: the name is not that of the one who signs.
    """
    avtale = lock(avtale)
    step = workflow.check("sign", avtale, by=by)
    _must_be_named(by, name)
    avtale.signed_at, avtale.signed_name = clock.now(), by.full_name
    _go(avtale, step.target, "signed_at", "signed_name")
    audit.record("avtale.sign", avtale, by=by)
    signer = queries.signer_of(avtale.soknad)
    if signer is not None:
        message = emails.to_countersign(avtale)
        tell("avtale.countersign", avtale, to=signer, message=message)
    return avtale


@transaction.atomic
def countersign(avtale: Avtale, *, name: str, by: Ansatt) -> Avtale:
    """Sign for the municipality; the contract is kept as a PDF, and holds from now.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: the name is not that of the one who signs.
    """
    avtale = lock(avtale)
    step = workflow.check("countersign", avtale, by=by)
    _must_be_named(by, name)
    avtale.countersigned_at, avtale.countersigned_by = clock.now(), by
    avtale.countersigned_name = by.full_name
    enhet = avtale.soknad.ansatt.enhet
    avtale.countersigned_role = roles.capacity(by, Act.SIGN_CONTRACT, enhet)
    signature = ("countersigned_at", "countersigned_by", "countersigned_name", "countersigned_role")
    _go(avtale, step.target, *signature)
    audit.record("avtale.countersign", avtale, by=by, role=avtale.countersigned_role)
    tell("avtale.signed", avtale, to=avtale.soknad.ansatt, message=emails.signed(avtale))
    jobs.enqueue(KEEP_CONTRACT, avtale_id=avtale.pk)
    _begin_when_due(avtale, by=by)
    return avtale


@transaction.atomic
def keep_file(avtale: Avtale, *, content: bytes) -> Avtale:
    """Keep the signed contract as it will always be; a second file is not kept."""
    avtale = lock(avtale)
    if avtale.fil_id is None:
        name = _("avtale-%(number)s.pdf") % {"number": avtale.soknad.reference}
        avtale.fil = files.store(content, name=name, content_type=PDF)
        avtale.save(update_fields=["fil"])
    return avtale


@transaction.atomic
def study_completed(soknad: Soknad, *, on: date, by: Ansatt) -> None:
    """Let the clock run from the day the study was completed, where the contract says so."""
    avtale = queries.in_force_for(soknad)
    if avtale and avtale.status == S.SIGNED and avtale.begins == Begins.COMPLETED:
        begin(avtale, on=on, by=by)


@transaction.atomic
def begin(avtale: Avtale, *, on: date, by: Ansatt) -> Avtale:
    """Let the binding time run from `on`.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
    """
    avtale = lock(avtale)
    step = workflow.check("begin", avtale, by=by)
    avtale.binding_from = on
    _go(avtale, step.target, "binding_from")
    audit.record("avtale.begin", avtale, by=by, on=on.isoformat())
    return avtale


@transaction.atomic
def fulfil(avtale: Avtale, *, by: Ansatt) -> Avtale:
    """Close a contract whose binding time is over.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: the binding time is not over.
    """
    avtale = lock(avtale)
    step = workflow.check("fulfil", avtale, by=by)
    on = clock.today()
    if not oppgjor.oppgjor(avtale, on=on).is_over:
        raise DomainError(_("Bindingstiden er ikke over ennå."))
    avtale.ended_on = on
    _go(avtale, step.target, "ended_on")
    audit.record("avtale.fulfil", avtale, by=by)
    return avtale


@transaction.atomic
def fulfil_due(*, by: Ansatt) -> int:
    """Close every contract that `by` follows whose binding time is over; return how many."""
    over = [
        each for each in queries.due(by, on=clock.today()) if "fulfil" in workflow.open_to(by, each)
    ]
    for avtale in over:
        fulfil(avtale, by=by)
    return len(over)


@transaction.atomic
def cancel_unpaid(soknad: Soknad, *, by: Ansatt) -> None:
    """Let the contract fall away when the decision is replaced, unless something is paid on it."""
    if not oppgjor.paid_of([soknad.pk]).get(soknad.pk):
        cancel(soknad, by=by)


def must_not_have_begun(soknad: Soknad) -> None:
    """Hold that the support can still be declined.

    Raises:
        DomainError: the binding time runs or has run, so that the contract is what counts.
    """
    avtale = queries.in_force_for(soknad)
    if avtale is not None and avtale.status not in workflow.NOT_BEGUN:
        raise DomainError(_("Avtalen om bindingstid gjelder nå. Du kan ikke takke nei lenger."))


@transaction.atomic
def cancel(soknad: Soknad, *, by: Ansatt) -> None:
    """Let a contract that has not begun to run fall away.

    Raises:
        PermissionDenied: see workflow.check.
        DomainError: something is paid, so the contract stands until it is settled.
    """
    avtale = queries.in_force_for(soknad)
    if avtale is None or avtale.status not in workflow.NOT_BEGUN:
        return
    avtale = lock(avtale)
    step = workflow.check("cancel", avtale, by=by)
    if oppgjor.paid_of([soknad.pk]).get(soknad.pk):
        raise DomainError(
            _("Noe av støtten er betalt ut. Meld at studiet er avbrutt i stedet for å takke nei.")
        )
    avtale.ended_on = clock.today()
    _go(avtale, step.target, "ended_on")
    audit.record("avtale.cancel", avtale, by=by)


def lock(avtale: Avtale) -> Avtale:
    rows = Avtale.objects.select_for_update(of=("self",))
    locked: Avtale = rows.select_related("soknad__runde", "soknad__ansatt__enhet", "kommune").get(
        pk=avtale.pk
    )
    return locked


def _begin_when_due(avtale: Avtale, *, by: Ansatt) -> None:
    """Begin at once when the rule says so, or when the study was completed before the signing."""
    on = clock.today() if avtale.begins == Begins.SIGNED else queries.completed_on(avtale.soknad)
    if on is not None:
        avtale.binding_from = on
        _go(avtale, S.RUNNING, "binding_from")
        audit.record("avtale.begin", avtale, by=by, on=on.isoformat())


def _terms(vedtak: Vedtak, regel: Bindingsregel) -> dict[str, Any]:
    soknad, on = vedtak.soknad, clock.today()
    position = queries.position_of(soknad.ansatt, on=on) if regel.scales else 100
    return {
        "amount": vedtak.personal,
        "leave_days": vedtak.leave_days,
        "months": bindingstid.months_of(regel, starts=soknad.starts, ends=soknad.ends),
        "begins": regel.begins,
        "falls": regel.falls,
        "share": regel.share,
        "ceiling": regel.ceiling,
        "leave_rate": regel.leave_rate,
        "position": position,
        "pauses": list(regel.pauses),
        "lang": soknad.kommune.maalform,
    }


def _must_be_named(by: Ansatt, name: str) -> None:
    if _plain(name) != _plain(by.full_name):
        raise DomainError(
            _("Skriv navnet ditt slik det står her: %(name)s.") % {"name": by.full_name}
        )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _go(avtale: Avtale, status: str, *fields: str) -> None:
    avtale.status = status
    avtale.version += 1
    avtale.save(update_fields=["status", "version", *fields])
