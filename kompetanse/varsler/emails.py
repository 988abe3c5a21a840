"""A notice as an e-mail message. It never sends, never saves."""

from django.core.mail import EmailMessage

from kompetanse.varsler.models import Varsel


def message(varsel: Varsel, *, sender: str) -> EmailMessage:
    """Return the message, with a Message-ID that is the same for every try.

    What someone wrote may stand in the subject, and a header has one line.
    """
    message = EmailMessage(
        " ".join(varsel.subject.split()),
        varsel.body,
        from_email=sender,
        to=[varsel.address],
        headers={"Message-ID": varsel.message_id, "Auto-Submitted": "auto-generated"},
    )
    if varsel.calendar:
        message.attach("mote.ics", varsel.calendar, "text/calendar")
    return message
