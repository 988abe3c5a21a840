"""The announcement and the applicant's own copy as PDF. They never send, never save."""

from datetime import date

from kompetanse.kommuner.models import Kommune
from kompetanse.skall.documents import Letterhead, as_pdf
from soknader.queries.svar import Copy
from soknader.queries.utlysning import Announcement


def head(kommune: Kommune, *, on: date, reference: str = "", lang: str = "") -> Letterhead:
    """Return the letterhead; in the municipality's målform unless `lang` says otherwise."""
    return Letterhead(
        kommune=kommune.full_name,
        on=on,
        reference=reference,
        contact=kommune.contact,
        lang=lang or kommune.maalform,
    )


def announcement(document: Announcement, *, head: Letterhead) -> bytes:
    """Return the announcement as a poster for the notice board."""
    return as_pdf("soknader/announcement_document.html", document, head=head)


def copy(document: Copy, *, head: Letterhead) -> bytes:
    return as_pdf("soknader/copy_document.html", document, head=head)
