"""How a study goes, told by the employee; a completed one is confirmed by the leader."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kartlegging.actions import beholdning
from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.attachments import Attachment
from kompetanse.kommuner.models import Fil
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Kompetanse, Rolle
from soknader.actions import avtale as avtaler
from soknader.actions import locked
from soknader.actions.beskjed import tell
from soknader.emails import avtale as emails
from soknader.models import Framdrift, Soknad
from soknader.queries import framdrift as queries
from soknader.rules import termin
from soknader.workflow import framdrift as workflow

K, S = Framdrift.Kind, Framdrift.Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Melding:
    """What the employee tells. `ends` is a new expected end; `ended_on` when it is over."""

    kind: str
    text: str = ""
    ends: date | None = None
    ended_on: date | None = None
    kompetanse: Kompetanse | None = None
    level: int | None = None
    evidence: Attachment | None = None


@transaction.atomic
def report(soknad: Soknad, melding: Melding, *, by: Ansatt) -> Framdrift:
    """Tell how the study goes this term.

    Raises:
        PermissionDenied: it is another's study.
        TransitionError: the study is over, or the support is not accepted.
        DomainError: what the kind asks for is missing.
    """
    soknad = locked.soknad(soknad.pk)
    if soknad.ansatt_id != by.pk:
        raise PermissionDenied
    _must_be_going(soknad)
    _must_be_whole(melding)
    on = clock.today()
    told: Framdrift = Framdrift.objects.create(
        soknad=soknad,
        term=termin.term_of(on, starts=soknad.starts or on),
        kind=melding.kind,
        status=S.WAITING if melding.kind == K.COMPLETED else S.TOLD,
        ends=melding.ends if melding.kind == K.DELAYED else None,
        ended_on=melding.ended_on if melding.kind in queries.ENDED else None,
        text=melding.text,
        kompetanse=melding.kompetanse if melding.kind == K.COMPLETED else None,
        level=melding.level if melding.kind == K.COMPLETED else None,
        fil=_stored(melding.evidence),
    )
    audit.record("framdrift.report", told, by=by, soknad_id=soknad.pk, kind=melding.kind)
    _tell(told)
    return told


@transaction.atomic
def confirm(
    framdrift: Framdrift, *, kompetanse: Kompetanse | None, level: int | None, by: Ansatt
) -> Framdrift:
    """Confirm that the study is completed: the competence enters the stock, the clock starts.

    Without a competence nothing enters the stock; a higher level that is confirmed stays.
    Competence that expires is valid from the day the study was completed.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: a competence without level.
    """
    framdrift = _locked_report(framdrift)
    step = workflow.check("confirm", framdrift, by=by)
    if kompetanse is not None and level is None:
        raise DomainError(_("Velg hvilket nivå studiet gir."))
    framdrift.kompetanse, framdrift.level = kompetanse, level if kompetanse else None
    _decide(framdrift, step.target, by=by)
    audit.record("framdrift.confirm", framdrift, by=by, level=framdrift.level)

    soknad, on = framdrift.soknad, framdrift.ended_on or clock.today()
    if kompetanse is not None and level is not None:
        valid_until = _valid_until(kompetanse, on)
        level = max(level, queries.confirmed_level(soknad.ansatt, kompetanse))
        beholdning.register(soknad.ansatt, kompetanse, level=level, valid_until=valid_until, by=by)
    avtaler.study_completed(soknad, on=on, by=by)
    message = emails.study_confirmed(framdrift)
    tell("framdrift.confirm", framdrift, to=soknad.ansatt, message=message)
    return framdrift


@transaction.atomic
def send_back(framdrift: Framdrift, *, reason: str, by: Ansatt) -> Framdrift:
    """Let the employee tell it anew, with what is missing.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: the reason is missing.
    """
    framdrift = _locked_report(framdrift)
    step = workflow.check("return", framdrift, by=by)
    if not reason.strip():
        raise DomainError(_("Skriv hva som mangler."))
    framdrift.reason = reason.strip()
    _decide(framdrift, step.target, by=by)
    audit.record("framdrift.return", framdrift, by=by)
    message = emails.study_returned(framdrift)
    tell("framdrift.return", framdrift, to=framdrift.soknad.ansatt, message=message)
    return framdrift


def _must_be_going(soknad: Soknad) -> None:
    if soknad.status != Soknad.Status.ACCEPTED:
        raise TransitionError(_("Du kan melde framdrift når du har takket ja til støtten."))
    if queries.ended(soknad) is not None:
        raise TransitionError(_("Studiet er meldt fullført eller avbrutt."))


def _must_be_whole(melding: Melding) -> None:
    if melding.kind == K.DELAYED and melding.ends is None:
        raise DomainError(_("Skriv når du tror studiet er ferdig."))
    if melding.kind in queries.ENDED and melding.ended_on is None:
        raise DomainError(_("Skriv hvilken dag studiet ble fullført eller avbrutt."))
    if melding.kind == K.COMPLETED and melding.evidence is None:
        raise DomainError(_("Legg ved vitnemål eller karakterutskrift."))
    if melding.kind == K.BROKEN_OFF and not melding.text.strip():
        raise DomainError(_("Skriv hvorfor du avbrøt studiet."))


def _tell(told: Framdrift) -> None:
    soknad = told.soknad
    if told.kind == K.COMPLETED:
        leader = queries.confirmer_of(soknad)
        if leader is not None:
            tell("framdrift.completed", told, to=leader, message=emails.study_completed(told))
    elif told.kind == K.BROKEN_OFF:
        for advisor in organisasjon.holders(Rolle.Kode.FAGRADGIVER):
            tell("framdrift.broken_off", told, to=advisor, message=emails.broken_off(told))


def _decide(framdrift: Framdrift, status: str, *, by: Ansatt) -> None:
    framdrift.status = status
    framdrift.decided_at, framdrift.decided_by = clock.now(), by
    framdrift.save()


def _valid_until(kompetanse: Kompetanse, on: date) -> date | None:
    months = kompetanse.validity_months
    return clock.add_months(on, months) if months else None


def _stored(evidence: Attachment | None) -> Fil | None:
    if evidence is None:
        return None
    return files.store(evidence.content, name=evidence.name, content_type=evidence.content_type)


def _locked_report(framdrift: Framdrift) -> Framdrift:
    rows = Framdrift.objects.select_for_update(of=("self",)).select_related(
        "soknad__ansatt__enhet", "soknad__runde"
    )
    locked: Framdrift = rows.get(pk=framdrift.pk)
    return locked
