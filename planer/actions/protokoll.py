"""Verbs on the minutes: draft, write, send round, remark, approve, correct."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse import clock, jobs
from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.responses import PDF
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from kompetanse.varsler import actions as varsler
from kompetanse.varsler import queries as addresses
from planer import documents, emails
from planer.actions.mote import locked as locked_mote
from planer.documents.mote import minutes_to_print
from planer.jobs import KEEP_MINUTES
from planer.models import Mote, Protokoll, Protokollmerknad
from planer.queries import protokoll as queries
from planer.workflow import mote as mote_workflow
from planer.workflow import protokoll as workflow

S = Protokoll.Status


@transaction.atomic
def draft(mote: Mote, *, by: Ansatt) -> Protokoll:
    """Draft the minutes from what happened; asked once more, give the draft there is.

    Raises:
        TransitionError: the meeting has not been held, or its minutes are approved.
        PermissionDenied: `by` does not write minutes.
    """
    mote = locked_mote(mote)
    mote_workflow.check("minute", mote, by=by)
    there: Protokoll | None = mote.protokoller.order_by("-edition").first()
    if there is not None and there.is_frozen:
        raise TransitionError(_("Referatet er godkjent. Lag en ny utgave for å rette det."))
    if there is not None:
        return there
    protokoll: Protokoll = Protokoll.objects.create(mote=mote, content=_drafted(mote))
    audit.record("protokoll.draft", protokoll, by=by)
    return protokoll


@transaction.atomic
def refresh(protokoll: Protokoll, *, by: Ansatt) -> Protokoll:
    """Read what happened once more; what is written stays.

    Raises:
        TransitionError, PermissionDenied: it cannot be written in now, or not by `by`.
    """
    protokoll = _open("write", protokoll, by=by)
    protokoll.content = _drafted(protokoll.mote, protokoll.content)
    protokoll.version += 1
    protokoll.save(update_fields=["content", "version"])
    audit.record("protokoll.refresh", protokoll, by=by)
    return protokoll


@transaction.atomic
def write(
    protokoll: Protokoll,
    *,
    opening: str,
    conclusions: Mapping[int, str],
    version: int,
    by: Ansatt,
) -> Protokoll:
    """Write what the meeting concluded, by the point's id.

    Raises:
        StaleError: someone else has written since `version`.
        TransitionError, PermissionDenied: as `refresh`.
    """
    protokoll = _open("write", protokoll, by=by)
    if protokoll.version != version:
        raise StaleError(
            _("Noen andre endret referatet mens du skrev. Sjekk teksten, og lagre en gang til.")
        )
    content = dict(protokoll.content)
    content["opening"] = opening
    content["points"] = [
        row | {"conclusion": conclusions.get(row["id"], row["conclusion"])}
        for row in content.get("points", ())
    ]
    protokoll.content = content
    protokoll.version += 1
    protokoll.save(update_fields=["content", "version"])
    audit.record("protokoll.write", protokoll, by=by)
    return protokoll


@transaction.atomic
def send(protokoll: Protokoll, *, remarks_by: date, by: Ansatt) -> Protokoll:
    """Send the draft to those who were there, to read it by the end of a day.

    Raises:
        DomainError: the day is over.
        TransitionError, PermissionDenied: as `refresh`.
    """
    protokoll = _open("send", protokoll, by=by)
    if remarks_by < clock.today():
        raise DomainError(_("Fristen for merknader må være i dag eller senere."))
    protokoll.status, protokoll.remarks_by = S.REMARKS, remarks_by
    protokoll.save(update_fields=["status", "remarks_by"])
    audit.record("protokoll.send", protokoll, by=by)
    subject, body = emails.minutes_to_read(
        protokoll.mote,
        by=norsk.langdato(remarks_by),
        address=addresses.address(protokoll.mote.kommune),
    )
    _tell(protokoll, "merknader", subject, body, but=by)
    return protokoll


@transaction.atomic
def remark(protokoll: Protokoll, *, agrees: bool, text: str = "", by: Ansatt) -> Protokollmerknad:
    """Approve the draft for oneself, or say what is wrong with it.

    Raises:
        DomainError: neither is said.
        TransitionError, PermissionDenied: it is not out for remarks, or `by` was not called.
    """
    protokoll = _open("remark", protokoll, by=by)
    if not agrees and not text:
        raise DomainError(_("Skriv merknaden, eller godkjenn referatet."))
    if agrees:
        Protokollmerknad.objects.filter(protokoll=protokoll, by=by, agrees=True).delete()
    merknad: Protokollmerknad = Protokollmerknad.objects.create(
        protokoll=protokoll, by=by, agrees=agrees, text=text
    )
    audit.record("protokollmerknad.remark", merknad, by=by, agrees=agrees)
    return merknad


@transaction.atomic
def approve(protokoll: Protokoll, *, by: Ansatt) -> Protokoll:
    """Freeze the minutes as they stand; an edition before is superseded. A worker makes the PDF.

    Raises:
        DomainError: a union representative who was there has not answered, and may still do so.
        TransitionError, PermissionDenied: as `refresh`.
    """
    protokoll = _open("approve", protokoll, by=by)
    _must_be_heard(protokoll)
    for earlier in protokoll.mote.protokoller.filter(status=S.APPROVED):
        earlier.status = S.SUPERSEDED
        earlier.save(update_fields=["status"])
        audit.record("protokoll.supersede", earlier, by=by)
    protokoll.status, protokoll.approved_at, protokoll.approved_by = S.APPROVED, clock.now(), by
    protokoll.printed = _to_print(protokoll)
    protokoll.save(update_fields=["status", "approved_at", "approved_by", "printed"])
    audit.record("protokoll.approve", protokoll, by=by)
    jobs.enqueue(KEEP_MINUTES, protokoll_id=protokoll.pk)
    subject, body = emails.minutes_approved(
        protokoll.mote, address=addresses.address(protokoll.mote.kommune)
    )
    _tell(protokoll, "godkjent", subject, body, but=by)
    return protokoll


@transaction.atomic
def keep_file(protokoll: Protokoll, *, content: bytes) -> Protokoll:
    """Keep the PDF of the approved edition; a second one is not kept."""
    locked: Protokoll = Protokoll.objects.select_for_update(of=("self",)).get(pk=protokoll.pk)
    if locked.fil_id is None:
        locked.fil = files.store(content, name=_file_name(locked), content_type=PDF)
        locked.save(update_fields=["fil"])
    return locked


@transaction.atomic
def correct(protokoll: Protokoll, *, reason: str, by: Ansatt) -> Protokoll:
    """Begin the next edition, which says what it corrects; the approved one stands until then.

    Raises:
        TransitionError: it is not the approved edition, or a correction is begun.
        PermissionDenied: `by` does not write minutes.
    """
    protokoll = _open("correct", protokoll, by=by)
    if protokoll.mote.protokoller.filter(status__in=(S.DRAFT, S.REMARKS)).exists():
        raise TransitionError(_("En ny utgave er allerede begynt."))
    edition: Protokoll = Protokoll.objects.create(
        mote=protokoll.mote,
        edition=protokoll.edition + 1,
        content=protokoll.content,
        correction=reason,
    )
    audit.record("protokoll.correct", edition, by=by, was=protokoll.pk)
    return edition


def _open(step: str, protokoll: Protokoll, *, by: Ansatt) -> Protokoll:
    """Return the edition, locked with its meeting, when `by` may take the step."""
    locked_mote(protokoll.mote)
    locked: Protokoll = (
        Protokoll.objects.select_for_update(of=("self",))
        .select_related("mote")
        .get(pk=protokoll.pk)
    )
    workflow.check(step, locked, by=by)
    return locked


def _drafted(mote: Mote, before: Mapping[str, object] | None = None) -> dict[str, object]:
    with translation.override(mote.kommune.maalform):
        return queries.drafted(mote, before=before)


def _must_be_heard(protokoll: Protokoll) -> None:
    waiting = queries.yet_to_answer(protokoll)
    if waiting and protokoll.remarks_by and clock.today() <= protokoll.remarks_by:
        names = norsk.oppramsing([each.full_name for each in waiting])
        raise DomainError(
            _("%(names)s har ikke svart ennå. Fristen for merknader er %(day)s.")
            % {"names": names, "day": norsk.langdato(protokoll.remarks_by)}
        )


def _to_print(protokoll: Protokoll) -> str:
    kommune = protokoll.mote.kommune
    with translation.override(kommune.maalform):
        minutes = queries.document(protokoll)
    return minutes_to_print(minutes, head=documents.letterhead(kommune, on=clock.today()))


def _file_name(protokoll: Protokoll) -> str:
    name = _("referat-%(day)s-utgave-%(edition)d.pdf")
    return name % {"day": protokoll.mote.held_on, "edition": protokoll.edition}


def _tell(protokoll: Protokoll, what: str, subject: str, body: str, *, but: Ansatt) -> None:
    for ansatt in queries.there_in(protokoll.mote):
        if ansatt.pk != but.pk:
            varsler.notify(
                key=f"protokoll:{protokoll.pk}:{what}",
                kind="mote",
                to=ansatt,
                subject=subject[:200],
                body=body,
            )
