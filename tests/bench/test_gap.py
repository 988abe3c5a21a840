"""The GAP statement among 5.3 million rows; prints, and judges nothing: `make bench`."""

import subprocess
import sys

import pytest


@pytest.mark.bench
def test_gap_beside_bare_sql() -> None:
    # A process of its own: it works in another database than the tests.
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_gap"], check=True, capture_output=True, text=True
    )
    print(f"\n{done.stdout}")  # noqa: T201 (the print is the purpose)
