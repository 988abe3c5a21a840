"""The announcement and the applicant's own copy as PDF. They never send, never save."""

from datetime import date

from kompetanse.kommuner.models import Kommune
from kompetanse.skall.documents import Letterhead, as_pdf
from soknader.queries.runde import Announcement
from soknader.queries.svar import Copy


def head(kommune: Kommune, *, on: date, reference: str = "") -> Letterhead:
    name = kommune.name
    return Letterhead(
        kommune=name if name.lower().endswith("kommune") else f"{name} kommune",
        on=on,
        reference=reference,
        contact=kommune.contact,
        lang=kommune.maalform,
    )


def announcement(document: Announcement, *, head: Letterhead) -> bytes:
    """Return the announcement as a poster for the notice board."""
    return as_pdf("soknader/announcement_document.html", document, head=head)


def copy(document: Copy, *, head: Letterhead) -> bytes:
    return as_pdf("soknader/copy_document.html", document, head=head)
