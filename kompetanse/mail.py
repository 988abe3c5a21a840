"""The one door to SMTP. Says how it went, so that nobody has to guess what was delivered."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

PASSING = 4  # The first digit of an SMTP reply that means «try again later».


class Outcome(StrEnum):
    SENT = "sent"
    RETRY = "retry"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the sending of one message went, and what the server said."""

    outcome: Outcome
    told: str = ""


class _StagedSMTP(smtplib.SMTP):
    """Remembers whether the message itself was on its way when the connection broke."""

    data_begun = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.data_begun = True
        reply = super().data(msg)
        self.data_begun = False
        return reply


class _Backend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _StagedSMTP


class Postman:
    """Sends over one connection, which is opened when needed and again after a break."""

    def __init__(self) -> None:
        self._backend = _Backend()

    def deliver(self, message: EmailMessage) -> Delivery:
        """Send one message to one person. 4xx and no contact: try later; 5xx: refused.

        So is one that no server can be given, such as to an address that is none: it must not keep
        those behind it waiting.
        """
        try:
            self._backend.open()
        except OSError as error:
            return Delivery(Outcome.RETRY, _told(error))
        try:
            self._backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            return self._refused(code, text)
        except smtplib.SMTPResponseException as error:
            return self._refused(error.smtp_code, error.smtp_error)
        except OSError as error:
            return self._broken(error)
        except ValueError as error:
            return Delivery(Outcome.REFUSED, type(error).__name__)
        return Delivery(Outcome.SENT)

    def close(self) -> None:
        self._backend.close()

    def _refused(self, code: int, text: bytes | str) -> Delivery:
        told = f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
        self.close()
        is_passing = code // 100 == PASSING
        return Delivery(Outcome.RETRY if is_passing else Outcome.REFUSED, told[:300])

    def _broken(self, error: OSError) -> Delivery:
        """Tell a connection that broke: uncertain only when the message was being handed over."""
        was_sending = getattr(self._backend.connection, "data_begun", False)
        self._backend.connection = None
        return Delivery(Outcome.UNCERTAIN if was_sending else Outcome.RETRY, _told(error))


@contextmanager
def postman() -> Iterator[Postman]:
    """Give a Postman whose connection is closed when the block ends."""
    sender = Postman()
    try:
        yield sender
    finally:
        sender.close()


def _told(error: OSError) -> str:
    return f"{type(error).__name__}: {error}"[:300]
