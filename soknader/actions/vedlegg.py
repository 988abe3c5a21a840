"""The attachments of an application: put in and taken out by the one who writes it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import files
from kompetanse.kommuner.attachments import Attachment
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import soknad as soknader
from soknader.models import Soknad, Vedlegg

MOST = 10


@transaction.atomic
def attach(
    soknad: Soknad, attachment: Attachment, *, by: Ansatt, received_at: datetime | None = None
) -> Vedlegg:
    """Store the checked file with the application; `received_at` is when the request arrived.

    Raises:
        TransitionError, PermissionDenied, DomainError: it cannot be written in now by `by`, or
            it has as many attachments as it can have.
    """
    soknad = soknader.touch(soknad, by=by, fields=["vedlegg"], received_at=received_at)
    if Vedlegg.objects.filter(soknad=soknad).count() >= MOST:
        raise DomainError(_("Du kan legge ved opptil %(most)d filer.") % {"most": MOST})
    fil = files.store(
        attachment.content, name=attachment.name, content_type=attachment.content_type
    )
    vedlegg: Vedlegg = Vedlegg.objects.create(soknad=soknad, fil=fil)
    return vedlegg


@transaction.atomic
def detach(vedlegg: Vedlegg, *, by: Ansatt, received_at: datetime | None = None) -> None:
    """Delete the attachment and its file.

    Raises:
        TransitionError, PermissionDenied, DomainError: see attach.
    """
    soknader.touch(vedlegg.soknad, by=by, fields=["vedlegg"], received_at=received_at)
    fil = vedlegg.fil
    vedlegg.delete()
    files.remove(fil)
