"""A real mail server on this machine, which can be told to refuse, stall or cut."""

import asyncio
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Receiver:
    """Keeps what it receives; `mood` is ok, busy (450), gone (550), cut or stall."""

    def __init__(self) -> None:
        self.mood = "ok"
        self.received: list[Message] = []

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's own names
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.mood == "busy":
            return "450 Try again later"
        if self.mood == "gone":
            return "550 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.mood == "cut":
            server.transport.abort()
            await asyncio.sleep(0)
            return "250 OK"
        while self.mood == "stall":
            await asyncio.sleep(0.05)
        self.received.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[Receiver]:
    """The mail server that notices are sent to in the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    receiver = Receiver()
    controller = Controller(receiver, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield receiver
    controller.stop()
