"""Reads the maildir of the local mail receiver, so that sent notices can be seen."""

import mailbox
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Letter:
    """One received e-mail, as text."""

    key: str
    to: str
    sender: str
    subject: str
    at: datetime
    body: str


def received(*, to: str = "", most: int = 200) -> list[Letter]:
    """Return the newest e-mails, of one recipient when named."""
    if not (Path(settings.DEMO_MAIL_ROOT) / "cur").is_dir():
        return []  # nothing has been received yet
    box = mailbox.Maildir(settings.DEMO_MAIL_ROOT, create=False)
    letters = [_letter(key, box.get_bytes(key)) for key in box.iterkeys()]
    mine = (letter for letter in letters if to.lower() in letter.to.lower())
    return sorted(mine, key=lambda letter: letter.at, reverse=True)[:most]


def _letter(key: str, content: bytes) -> Letter:
    message = message_from_bytes(content, policy=default)
    body = message.get_body(preferencelist=("plain",))
    return Letter(
        key=key,
        to=str(message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        at=parsedate_to_datetime(str(message["Date"])),
        body=body.get_content() if body else "",
    )
