"""Starting other programs, watching them, and ending them all, whoever asks.

Every child is a session of its own, so that a Ctrl-C in the terminal reaches this program alone and
the children end in order. Only the standard library: it runs before anything else can be trusted.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
LOKAL = Path(os.environ["LOKAL"])
LOGS = LOKAL / "logg"

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SIGINT_BIT = 1 << (signal.SIGINT - 1)


class Ended(BaseException):
    """Someone asked for the end. Not an Exception, so that nothing swallows it on the way out."""


class StepError(Exception):
    """A step or a child failed; the text is a Norwegian sentence for the terminal."""


# ------------------------------------------------------------------------------------- being asked


_asked: list[str] = []


def _ask(number: int, _frame: FrameType | None) -> None:
    _asked.append(signal.Signals(number).name)


def listen() -> None:
    """Note each ending signal, also where a shell's `&` had switched Ctrl-C off.

    A signal only leaves a note, so that it never cuts into a start or into the clearing up; whoever
    waits reads it in `Parent.check`.
    """
    for number in ENDING_SIGNALS:
        signal.signal(number, _ask)


def _catches_ctrl_c(process: int) -> bool:
    """Whether a process has a handler of its own for Ctrl-C.

    Source: proc(5), the mask SigCgt.
    """
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("SigCgt:"):
                return bool(int(line.split()[1], 16) & SIGINT_BIT)
    return False


class Parent:
    """The `make` that started us.

    A Ctrl-C that is sent to `make` alone is not passed on: `make` takes its handler away and waits
    for us. So its handler is watched, and so is whether it lives at all.
    """

    def __init__(self) -> None:
        self.process = os.getppid()
        self.caught = _catches_ctrl_c(self.process)

    def check(self) -> None:
        """Raises: Ended, when a signal came, or the parent is gone or was interrupted."""
        if _asked:
            raise Ended(_asked[0])
        if os.getppid() != self.process:
            raise Ended("parent gone")
        if self.caught and not _catches_ctrl_c(self.process):
            raise Ended("parent interrupted")


PARENT = Parent()


# --------------------------------------------------------------------------------------- children


def start(
    command: Sequence[str | Path], log: Path | None, **environment: str
) -> subprocess.Popen[bytes]:
    """Start a child that is told to end if this program should die without a word."""
    out = log.open("wb") if log else None
    return subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", *map(str, command)],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT if out else None,
        start_new_session=True,
    )


def end(child: subprocess.Popen[bytes], number: signal.Signals, seconds: float) -> None:
    """End a child and all that it started: first a word, then by force."""
    if child.poll() is None:
        child.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def call(command: Sequence[str | Path], *, log: Path | None = None, **environment: str) -> int:
    """Run a command to its end and give its exit status. `Ended` ends the command too."""
    child = start(command, log, **environment)
    try:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return child.wait(0.2)
            PARENT.check()
    finally:
        end(child, signal.SIGINT, seconds=15)


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


# --------------------------------------------------------------------------------------- services


@contextlib.contextmanager
def services() -> Iterator[None]:
    """PostgreSQL and Redis of this copy, stopped afterwards unless a developer keeps them."""
    try:
        if call([ROOT / "ops" / "services", "start"]) != 0:
            raise StepError("databasen eller køen startet ikke.")
        yield
    finally:
        # A session of its own: the Ctrl-C that ends us must not reach it.
        subprocess.run(
            [ROOT / "ops" / "services", "release"], stdin=subprocess.DEVNULL, check=False
        )


# ------------------------------------------------------------------------------------------ words


def say(text: str = "") -> None:
    with contextlib.suppress(BrokenPipeError):
        print(text, flush=True)


class Steps:
    """Numbered steps with the time each took, going on from those of ops/setup."""

    def __init__(self, *, done: int, total: int) -> None:
        self.number, self.total = done, total

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[None]:
        self.number += 1
        with contextlib.suppress(BrokenPipeError):
            print(f"[{self.number}/{self.total}] {title + ' …':<34}", end="", flush=True)
        before = time.monotonic()
        yield
        say(f"{time.monotonic() - before:4.0f} s")


def run(work: Callable[[], int]) -> None:
    """Do the work under the signals, say in one sentence how it ended, and exit.

    Exit status: the work's own, 1 when something failed, 0 when the user ended it.
    """
    listen()
    try:
        sys.exit(work())
    except StepError as failure:
        print(f"\nStoppet: {failure}", file=sys.stderr, flush=True)
        sys.exit(1)
