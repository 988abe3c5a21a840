"""Verbs on a meeting's papers: upload, point to a document, take away."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.attachments import Attachment
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Mote, Motepapir

MOST = 30


@transaction.atomic
def upload(mote: Mote, attachment: Attachment, *, readers: str, by: Ansatt) -> Motepapir:
    """Store the checked file with the meeting.

    Raises:
        PermissionDenied: `by` does not run meetings.
        DomainError: the meeting has as many papers as it can have.
    """
    _check(mote, by=by)
    fil = files.store(
        attachment.content, name=attachment.name, content_type=attachment.content_type
    )
    papir: Motepapir = Motepapir.objects.create(
        mote=mote, name=attachment.name, fil=fil, readers=readers, by=by
    )
    audit.record("motepapir.upload", papir, by=by)
    return papir


@transaction.atomic
def point_to(mote: Mote, *, name: str, address: str, readers: str, by: Ansatt) -> Motepapir:
    """Put a document with a page of its own among the papers. Raises as `upload`."""
    _check(mote, by=by)
    papir: Motepapir
    papir, _is_new = Motepapir.objects.get_or_create(
        mote=mote, address=address, defaults={"name": name[:200], "readers": readers, "by": by}
    )
    audit.record("motepapir.point_to", papir, by=by)
    return papir


@transaction.atomic
def remove(papir: Motepapir, *, by: Ansatt) -> None:
    """Take the paper away, with its file. Raises as `upload`."""
    if not rules.may_edit_moter(by):
        raise PermissionDenied
    audit.record("motepapir.remove", papir, by=by)
    fil = papir.fil
    papir.delete()
    if fil is not None:
        files.remove(fil)


def _check(mote: Mote, *, by: Ansatt) -> None:
    if not rules.may_edit_moter(by):
        raise PermissionDenied
    if mote.papirer.count() >= MOST:
        raise DomainError(_("Et møte kan ha opptil %(most)d papirer.") % {"most": MOST})
