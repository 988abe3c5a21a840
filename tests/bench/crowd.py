"""Many employees at once: each sends their form at a moment of their own, and follows the answer.

Nobody waits for anybody: who comes when the server is slow stands in line, as people do.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 900


@dataclass
class Sender:
    """An employee with a session and a form to send; then what happened to it.

    `at` is seconds from the start, `came` the moment that the proxy in front would tell, in
    seconds since 1970; `answered` and `done` are seconds from then to the answer and the receipt.
    """

    draft: int
    path: str
    session: str
    fields: dict[str, str]
    at: float
    came: float = 0
    status: int = 0
    receipt: int = 0
    answered: float = 0
    done: float = 0
    fault: str = field(default="", repr=False)


def storm(senders: Sequence[Sender], *, starts_at: float, port: int) -> float:
    """Let all send, each at its moment after `starts_at`; return the seconds until all are done."""

    async def all_of_them() -> None:
        await asyncio.gather(*(_send(each, starts_at, port) for each in senders))

    asyncio.run(all_of_them())
    return time.time() - starts_at


async def _send(sender: Sender, starts_at: float, port: int) -> None:
    await asyncio.sleep(starts_at + sender.at - time.time())
    sender.came = time.time()
    try:
        sender.status, location = await _ask(sender, "POST", sender.path, port)
        sender.answered = time.time() - sender.came
        if location:
            sender.receipt, _no = await _ask(sender, "GET", location, port)
        sender.done = time.time() - sender.came
    except (OSError, TimeoutError) as fault:
        sender.fault = repr(fault)


async def _ask(sender: Sender, method: str, path: str, port: int) -> tuple[int, str]:
    """Return the status, and where the answer leads on to."""
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(_request(sender, method, path))
            answer = await reader.read(-1)
        finally:
            writer.close()
    head, _, _body = answer.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    return int(lines[0].split()[1]) if lines[0] else 0, headers.get("Location", "")


def _request(sender: Sender, method: str, path: str) -> bytes:
    """Write what the proxy in front would pass on: the form, and when it came."""
    body = urlencode(sender.fields) if method == "POST" else ""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        f"Cookie: sessionid={sender.session}; csrftoken={sender.fields['csrfmiddlewaretoken']}",
        f"X-Request-Start: {int(sender.came * 1000)}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
