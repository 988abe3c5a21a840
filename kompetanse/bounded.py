"""A program of its own, with limits, for what comes from outside: it is never opened in here.

Each child binds its own memory and processor time, is given the file on standard input, and
answers with JSON on standard output. Its environment holds none of the application's secrets.
Source: docs/adr/0011-spreadsheets-in-a-child-process.md.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

# Processor time is the limit that holds on a busy machine; the wall's is for what only waits.
WALL_SECONDS = 40
ANSWER_BYTES = 64 * 1024 * 1024


class OutOfTimeError(Exception):
    """The child was stopped before it had an answer."""


class OutOfMemoryError(Exception):
    """The child died, most often because it asked for more memory than it may."""


class TooLargeError(Exception):
    """The file has more bytes than the child is to be given."""


def ask(child: Path, *arguments: str, source: Path | str | bytes, most_bytes: int) -> Any:
    """Return what the program at `child` answers about the file, given by path or as bytes.

    Raises:
        OutOfTimeError, OutOfMemoryError, TooLargeError: it gave no answer.
    """
    command = [sys.executable, "-I", str(child), *arguments]
    with _opened(source, most_bytes) as file, tempfile.TemporaryFile() as output:
        code = _run(command, file, output)
        if code in {-signal.SIGXCPU, -signal.SIGKILL}:
            raise OutOfTimeError
        if code != 0:
            raise OutOfMemoryError
        output.seek(0)
        return json.loads(output.read(ANSWER_BYTES))


@contextmanager
def _opened(source: Path | str | bytes, most_bytes: int) -> Iterator[IO[bytes]]:
    """Open the source for the child, which reads all of it, so the size is looked at first."""
    with tempfile.TemporaryFile() if isinstance(source, bytes) else Path(source).open("rb") as file:
        if isinstance(source, bytes):
            file.write(source[: most_bytes + 1])
        if file.seek(0, os.SEEK_END) > most_bytes:
            raise TooLargeError
        file.seek(0)
        yield file


def _run(command: list[str], file: IO[bytes], output: IO[bytes]) -> int:
    # The command holds nothing of the user's: interpreter, our own file, a kind and numbers.
    child = subprocess.Popen(  # noqa: S603
        command,
        stdin=file,
        stdout=output,
        stderr=subprocess.DEVNULL,
        env={"OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1", "RUST_BACKTRACE": "0"},
    )
    try:
        return child.wait(timeout=WALL_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()
