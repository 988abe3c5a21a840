"""Verbs that application and report share: put forward, approve, take or send back, mark as sent.

The sending itself is done by hand in the county's own portal.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse import clock, jobs
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.responses import PDF
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.skall import norsk
from kompetanse.varsler import actions as varsler
from rapporter import emails
from rapporter.jobs import FREEZE_GRANT, FREEZE_REPORT
from rapporter.models import Innsending, Tilskuddsrapport, Tilskuddssoknad
from rapporter.queries import linje, rapport, rapportmangler, tilskudd
from rapporter.queries.rapport import ReportDocument
from rapporter.queries.tilskudd import GrantDocument
from rapporter.workflow import innsending as workflow
from soknader.emails.message import Message

Document = GrantDocument | ReportDocument
Paper = TypeVar("Paper", bound=Innsending)
SIGNERS = (Rolle.Kode.KOMMUNEDIREKTOR,)
_FROZEN = ("status", "reason", "snapshot")


@transaction.atomic
def propose(paper: Paper, *, applicant: str, version: int, by: Ansatt) -> Paper:
    """Freeze it as it stands, and put it forward to the one who signs.

    Raises:
        DomainError: something that must be there is missing.
        TransitionError, PermissionDenied, StaleError: see workflow.check.
    """
    paper = lock(paper, by=by, step="propose", version=version)
    if is_lacking(paper):
        raise DomainError(_("Noe mangler. Rett det som står i lista, og prøv igjen."))
    with translation.override(paper.kommune.maalform):
        kept = assemble(paper, applicant=applicant)
    paper.snapshot, paper.reason = kept.as_json(), ""
    _move(paper, "propose", *_FROZEN, by=by, amount=kept.amount)
    _tell(paper, "propose", emails.proposed(title(paper), amount=kept.amount), SIGNERS, by=by)
    return paper


@transaction.atomic
def take_back(paper: Paper, *, version: int, by: Ansatt) -> Paper:
    """Open it again to be changed; an approval no longer counts."""
    paper = lock(paper, by=by, step="take_back", version=version)
    _reopen(paper, "take_back", reason="", by=by)
    return paper


@transaction.atomic
def send_back(paper: Paper, *, reason: str, version: int, by: Ansatt) -> Paper:
    """Let the advisor change it, for a reason.

    Raises:
        DomainError: the reason is missing.
    """
    paper = lock(paper, by=by, step="send_back", version=version)
    if not reason.strip():
        raise DomainError(_("Skriv hva som må endres."))
    _reopen(paper, "send_back", reason=reason.strip(), by=by)
    message = emails.sent_back(title(paper))
    _tell(paper, "send_back", message, (Rolle.Kode.FAGRADGIVER,), by=by)
    return paper


@transaction.atomic
def approve(paper: Paper, *, version: int, by: Ansatt) -> Paper:
    """Approve what was put forward; now it can be sent."""
    paper = lock(paper, by=by, step="approve", version=version)
    paper.approved_at, paper.approved_by = clock.now(), by
    paper.role = access.capacity(by, Act.SIGN_GRANT)
    with translation.override(paper.kommune.maalform):
        told = _("Godkjent %(date)s av %(name)s, %(role)s") % {
            "date": norsk.langdato(clock.local_date(paper.approved_at)),
            "name": by.full_name,
            "role": access.in_words(paper.role).lower(),
        }
    paper.snapshot = replace(frozen(paper), approved=told).as_json()
    fields = ("status", "snapshot", "approved_at", "approved_by", "role")
    _move(paper, "approve", *fields, by=by)
    message = emails.approved(title(paper))
    _tell(paper, "approve", message, (Rolle.Kode.FAGRADGIVER,), by=by)
    return paper


@transaction.atomic
def send(
    paper: Paper, *, case_number: str, version: int, by: Ansatt, return_url: str = ""
) -> Paper:
    """Mark it as sent, with its case number; a worker makes its PDF, which is kept.

    Raises:
        TransitionError: it is not approved, or sent already.
        DomainError: an auditor must attest the report, and has not.
    """
    paper = lock(paper, by=by, step="send", version=version)
    if isinstance(paper, Tilskuddsrapport) and rapportmangler.lacks_attestation(paper):
        raise DomainError(_("Last opp revisors attestasjon før rapporten sendes."))
    paper.snapshot = replace(frozen(paper), case_number=case_number).as_json()
    paper.case_number, paper.sent_at, paper.sent_by = case_number, clock.now(), by
    kind = title(paper)[:40]
    paper.kjoring = varsler.begin(kind, total=1, by=by, return_url=return_url)
    fields = ("status", "snapshot", "case_number", "sent_at", "sent_by", "kjoring")
    _move(paper, "send", *fields, by=by, amount=frozen(paper).amount)
    job = FREEZE_GRANT if isinstance(paper, Tilskuddssoknad) else FREEZE_REPORT
    jobs.enqueue(job, paper_id=paper.pk, kjoring_id=paper.kjoring.pk)
    return paper


@transaction.atomic
def keep_pdf(paper: Innsending, *, content: bytes, name: str) -> None:
    """Keep the PDF of what was sent; a second one is not kept."""
    paper = type(paper).objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.fil_id is None:
        paper.fil = files.store(content, name=name, content_type=PDF)
        paper.save(update_fields=["fil"])


def lock(paper: Paper, *, by: Ansatt, version: int | None = None, step: str = "edit") -> Paper:
    """Lock it, check the step, and count the change."""
    rows = type(paper).objects.select_for_update(of=("self",))
    scheme = "ordning" if isinstance(paper, Tilskuddssoknad) else "svar__soknad__ordning"
    locked: Paper = rows.select_related("kommune", scheme).get(pk=paper.pk)
    workflow.check(step, locked, by=by, version=version)
    type(paper).objects.filter(pk=paper.pk).update(version=F("version") + 1)
    return locked


def is_lacking(paper: Innsending) -> bool:
    """Return whether something stops it from being put forward."""
    if isinstance(paper, Tilskuddssoknad):
        return tilskudd.has_faults(paper)
    return rapportmangler.has_faults(paper)


def assemble(paper: Innsending, *, applicant: str) -> Document:
    """Return it as it stands now."""
    if isinstance(paper, Tilskuddssoknad):
        return tilskudd.assemble(paper, linje.lines(paper), applicant=applicant)
    return rapport.assemble(paper, applicant=applicant)


def frozen(paper: Innsending) -> Document:
    """Return it as it was put forward."""
    kind = GrantDocument if isinstance(paper, Tilskuddssoknad) else ReportDocument
    return kind.from_json(paper.snapshot or {})


def title(paper: Innsending) -> str:
    """Return what people call it: «Søknad om tilskudd for 2027»."""
    if isinstance(paper, Tilskuddssoknad):
        return _("Søknad om tilskudd for %(year)s") % {"year": paper.ordning.year}
    return _("Rapport om tilskudd for %(year)s") % {"year": rapport.year_of(paper)}


def _reopen(paper: Innsending, step: str, *, reason: str, by: Ansatt) -> None:
    paper.snapshot, paper.reason = None, reason
    paper.approved_at, paper.approved_by, paper.role = None, None, ""
    fields = ("status", "snapshot", "reason", "approved_at", "approved_by", "role")
    _move(paper, step, *fields, by=by)


def _move(paper: Innsending, step: str, *fields: str, by: Ansatt, **amounts: Any) -> None:
    """Take the step, save its fields and write it in the audit trail."""
    paper.status = workflow.STEPS[step].target
    paper.save(update_fields=[*fields, "status"])
    noun = "tilskudd" if isinstance(paper, Tilskuddssoknad) else "tilskuddsrapport"
    case = paper.svar.soknad if isinstance(paper, Tilskuddsrapport) else None
    audit.record(f"{noun}.{step}", paper, by=by, case=case, **amounts)


def _tell(
    paper: Innsending, step: str, message: Message, roles: Iterable[Rolle.Kode], *, by: Ansatt
) -> None:
    noun = "tilskudd" if isinstance(paper, Tilskuddssoknad) else "tilskuddsrapport"
    for holder in organisasjon.holders(*roles):
        if holder.pk != by.pk:
            varsler.notify(
                key=f"{noun}.{step}:{paper.pk}:{paper.version}",
                kind=f"{noun}.{step}",
                to=holder,
                subject=message.subject,
                body=message.body,
            )
