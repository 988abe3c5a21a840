"""A meeting as a calendar file, and its minutes as PDF. Nothing is read or saved."""

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from kompetanse import pdf
from kompetanse.skall.documents import Letterhead, as_html, as_pdf
from planer.models import Mote
from planer.queries.protokoll import MinutesDocument


def meeting_ics(
    mote: Mote, *, address: str, organizer: str, at: datetime, is_cancelled: bool = False
) -> bytes:
    """Return the meeting as a calendar file: when, where, what, and the service's own address.

    Nobody's name and no point of the agenda are in it. A change has a higher sequence, and a
    cancelled meeting takes itself out.

    Source: RFC 5545, RFC 5546 3.2.
    """
    event = Event()
    event.add("uid", f"mote-{mote.kommune_id}-{mote.pk}@{address.partition('/')[0]}")
    event.add("sequence", mote.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", mote.starts_at or mote.held_on)
    event.add("dtend", mote.ends_at or mote.starts_at or mote.held_on + timedelta(days=1))
    event.add("summary", mote.title)
    event.add("location", mote.place)
    told = _("Sakslisten og papirene finner du når du logger inn på %(address)s.")
    event.add("description", told % {"address": address})
    event.add("organizer", f"mailto:{parseaddr(organizer)[1]}")
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Kompetanse//NO")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


MINUTES = "planer/minutes.html"


def minutes_pdf(minutes: MinutesDocument, *, head: Letterhead) -> bytes:
    return as_pdf(MINUTES, minutes, head=head)


def minutes_to_print(minutes: MinutesDocument, *, head: Letterhead) -> str:
    """Return the whole document; `printed` makes of it what `minutes_pdf` would have made."""
    return as_html(MINUTES, minutes, head=head)


def printed(document: str) -> bytes:
    """Return the document that was kept as PDF; always the same bytes."""
    return pdf.render(document)
