"""Runs lint, tests or measurements on a ground of their own: `run_test.py [lint|tests|bench …]`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

from supervisor import ROOT, Ended, call, run, say, services

BIN = ROOT / ".lokal" / "venv" / "bin"
PACKAGES = ("kompetanse", "planer", "kartlegging", "soknader", "rapporter", "demo")

LINT = (
    ("ruff", "format", "--check", "--output-format", "concise", "."),
    ("ruff", "check", "--quiet", "--output-format", "concise", "."),
    ("djlint", "--lint", "--quiet", "."),
    ("lint-imports", "--cache-dir", ".lokal/import-linter"),
    ("mypy",),
    ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
)
TESTS = ("pytest", "-n", "2", "--dist", "loadfile")
BENCH = ("pytest", "-m", "bench", "-p", "no:xdist", "-s", "tests/bench")


def passes(command: Sequence[str]) -> bool:
    before = time.monotonic()
    name = " ".join(command[:2])
    status = call([BIN / command[0], *command[1:]])
    say(f"{'ok  ' if status == 0 else 'FEIL'} {name} ({time.monotonic() - before:.0f} s)")
    return status == 0


def lint() -> bool:
    """Every rule is tried, so that one run tells all that is wrong."""
    results = [passes(command) for command in LINT]
    return all(results)


def test() -> int:
    parts = sys.argv[1:] or ["lint", "tests"]
    try:
        with services():
            good = [lint()] if "lint" in parts else []
            good += [passes(TESTS)] if "tests" in parts else []
            good += [passes(BENCH)] if "bench" in parts else []
    except Ended:
        say("\nAvbrutt.")
        return 130
    return 0 if all(good) else 1


if __name__ == "__main__":
    os.environ["PATH"] = f"{BIN}:{os.environ['PATH']}"
    run(test)
