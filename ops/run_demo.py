"""Runs the demonstration: database, queue, mail, web, worker and beat, until Ctrl-C."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from supervisor import (
    LOGS,
    LOKAL,
    PARENT,
    ROOT,
    Ended,
    StepError,
    Steps,
    call,
    end,
    run,
    say,
    services,
    start,
    tail,
)

BIN = ROOT / ".lokal" / "venv" / "bin"
MANAGE = (BIN / "python", ROOT / "manage.py")
PORT = os.environ.get("PORT") or "8000"
ADDRESS = f"http://127.0.0.1:{PORT}"
SETUP_STAGES = 4
STEPS = Steps(done=SETUP_STAGES, total=SETUP_STAGES + 4)
START_SECONDS = 60
HIGHEST_PORT = 65535


def commands() -> dict[str, list[str | Path]]:
    """What runs, in the order in which it starts; it ends the other way round."""
    smtp = f"{os.environ['EMAIL_HOST']}:{os.environ['EMAIL_PORT']}"
    celery: list[str | Path] = [BIN / "celery", "--app", "kompetanse"]
    return {
        "epost": [BIN / "python", "-m", "aiosmtpd", "--nosetuid", "--listen", smtp,
                  "--class", "aiosmtpd.handlers.Mailbox", os.environ["DEMO_MAIL_ROOT"]],
        "web": [BIN / "gunicorn", "kompetanse.wsgi", "--bind", f"127.0.0.1:{PORT}",
                "--workers", "2", "--preload", "--timeout", "60", "--access-logfile", "-",
                "--logger-class", "kompetanse.logs.AccessLogger", "--no-control-socket",
                "--forwarder-headers", ""],
        "arbeider": [*celery, "worker", "--concurrency", "2", "--loglevel", "info"],
        "klokke": [*celery, "beat", "--loglevel", "info", "--pidfile", ""],
    }  # fmt: skip


@contextmanager
def alone() -> Iterator[None]:
    """One demonstration at a time in one folder.

    Raises: StepError, when another one runs.
    """
    with (LOKAL / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StepError("demonstrasjonen kjører allerede fra denne mappen.") from None
        yield


def check_port() -> None:
    """Raises: StepError, when the web's port is no port number, not allowed or taken."""
    if not PORT.isdecimal() or not 0 < int(PORT) <= HIGHEST_PORT:
        raise StepError(f"«{PORT}» er ikke et portnummer; prøv for eksempel «make demo PORT=8001».")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except OSError as error:
            why = "krever root" if error.errno == errno.EACCES else "er opptatt av et annet program"
            other = max(8001, int(PORT) + 1)
            advice = f"velg en annen, for eksempel «make demo PORT={other}»."
            raise StepError(f"port {PORT} {why}; {advice}") from None


def manage(*arguments: str, role: str = "app") -> str:
    """Run a management command and give what it printed.

    Raises: StepError, with the end of the log.
    """
    log = LOGS / f"{arguments[0]}.log"
    if call([*MANAGE, *arguments], log=log, KOMPETANSE_ROLE=role, KOMPETANSE_ADDRESS=ADDRESS) != 0:
        raise StepError(f"«{arguments[0]}» mislyktes; loggen er {log}:\n{tail(log)}")
    return log.read_text()


def await_web(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Wait until the web answers anything at all.

    Raises: Ended, when asked to end; StepError, when a child ends or the web is silent.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        PARENT.check()
        check_children(children)
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/helse/", timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise StepError(
        f"nettstedet svarte ikke; loggen er {LOGS / 'web.log'}:\n{tail(LOGS / 'web.log')}"
    )


def check_children(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            log = LOGS / f"{name}.log"
            raise StepError(
                f"«{name}» sluttet uventet (kode {child.returncode}); loggen er {log}:\n{tail(log)}"
            )


def serve(stack: ExitStack) -> dict[str, subprocess.Popen[bytes]]:
    children = {}
    for name, command in commands().items():
        children[name] = start(command, LOGS / f"{name}.log")
        stack.callback(end, children[name], signal.SIGTERM, seconds=10)
    return children


def watch(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Gives nothing and never returns.

    Raises: Ended, when asked to end; StepError, when a child ends by itself.
    """
    while True:
        time.sleep(0.2)
        PARENT.check()
        check_children(children)


def demo() -> int:
    try:
        with alone(), ExitStack() as stack:
            check_port()
            with STEPS.step("Database og kø"):
                stack.enter_context(services())
            with STEPS.step("Tabeller"):
                manage("migrate", "--no-input", role="owner")
            with STEPS.step("Demonstrasjonsdata"):
                welcome = manage("load_demo", role="owner")
            with STEPS.step("Nettsted, arbeider og klokke"):
                children = serve(stack)
                await_web(children)
            say(f"\nKompetanse kjører på {ADDRESS}/\n\n{welcome.rstrip()}\n\nCtrl-C avslutter alt.")
            watch(children)
    except Ended:
        say("\nAvsluttet. Dataene er bevart til neste «make demo».")
    return 0


if __name__ == "__main__":
    run(demo)
