"""100 decision letters beside bare WeasyPrint; prints, and judges nothing: `make bench`."""

import json

import pytest

from tests.bench import bench_letters


@pytest.mark.bench
def test_letters_beside_bare_weasyprint() -> None:
    found = bench_letters.measure(100)
    print(f"\nletters {json.dumps(found)}")  # noqa: T201 (the print is the purpose)
