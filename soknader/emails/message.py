"""What a notice says: subject and text. `{navn}` becomes the recipient's first name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    subject: str
    body: str
