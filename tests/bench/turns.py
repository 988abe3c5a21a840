"""Two ways measured in turns in one run: only their ratio means something, the machine swings."""

import gc
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.template.base import Template

from tests.bench.test_hr_import import backend_seconds

WARM = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """What each way took: median milliseconds by the clock, and the mean of processors.

    Processors are this process's and its PostgreSQL backend's.
    """

    wall: dict[str, float]
    cpu: dict[str, float]

    def ratio(self, one: str = "ours", other: str = "bare") -> float:
        """Return `one` / `other` in processor time, which the machine's load hardly moves."""
        return self.cpu[one] / self.cpu[other]


def in_turns(ways: Mapping[str, Callable[[], Any]], *, runs: int) -> dict[str, float]:
    """Return the median milliseconds of each way; the first `WARM` turns do not count."""
    return spent_in_turns(ways, runs=runs).wall


def spent_in_turns(ways: Mapping[str, Callable[[], Any]], *, runs: int, warm: int = WARM) -> Spent:
    """Take turns, each way once a turn; the first `warm` turns do not count.

    Garbage is looked for as seldom as in the web's own processes (kompetanse/wsgi.py), and Django's
    test environment does not keep what each template was drawn with.
    """
    with _garbage_as_in_the_web(), mock.patch.object(Template, "_render", _drawn):
        return _spent(ways, runs=runs, warm=warm)


@contextmanager
def _garbage_as_in_the_web() -> Iterator[None]:
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _drawn(template: Template, context: Any) -> Any:
    return template.nodelist.render(context)


def _spent(ways: Mapping[str, Callable[[], Any]], *, runs: int, warm: int) -> Spent:
    wall: dict[str, list[float]] = {name: [] for name in ways}
    cpu = dict.fromkeys(ways, 0.0)
    for turn in range(runs + warm):
        for name, way in ways.items():
            started, processors = time.perf_counter(), _processor_seconds()
            way()
            if turn >= warm:
                cpu[name] += (_processor_seconds() - processors) * 1e3 / runs
                wall[name].append((time.perf_counter() - started) * 1e3)
    return Spent({name: statistics.median(each) for name, each in wall.items()}, cpu)


def _processor_seconds() -> float:
    return time.process_time() + backend_seconds()


def told(what: str, medians: Mapping[str, float], **more: Any) -> float:
    """Print the medians, the machine's load and the ratio of ours to bare; return the ratio."""
    ratio = medians["ours"] / medians["bare"]
    found = {f"{name}_ms": round(value, 1) for name, value in medians.items()}
    load = round(os.getloadavg()[0], 1)
    print(f"\n{what} {json.dumps(found | more | {'load': load, 'ratio': round(ratio, 2)})}")  # noqa: T201
    return ratio


def told_both(what: str, spent: Spent, **more: Any) -> float:
    """Print both times and ratios; return the ratio of ours to bare in processor time."""
    cpu = {f"{name}_cpu_ms": round(value, 1) for name, value in spent.cpu.items()}
    told(what, spent.wall, **cpu, **more, cpu_ratio=round(spent.ratio(), 2))
    return spent.ratio()
