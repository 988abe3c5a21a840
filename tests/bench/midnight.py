"""The product's own application with its clock so many seconds beside the real one.

`gunicorn tests.bench.midnight` with CLOCK_FILE, where the seconds stand: a deadline can be near at
any time of the day, and be set when the web is ready.
"""

import os
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from kompetanse import clock
from kompetanse.wsgi import application as product

AHEAD = Path(os.environ["CLOCK_FILE"])


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    clock.move(timedelta(seconds=float(AHEAD.read_text())))
    answer: Iterable[bytes] = product(environ, start_response)
    return answer
