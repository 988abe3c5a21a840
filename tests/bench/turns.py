"""Two ways measured in turns in one run: only their ratio means something, the machine swings."""

import json
import os
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

WARM = 3


def in_turns(ways: Mapping[str, Callable[[], Any]], *, runs: int) -> dict[str, float]:
    """Return the median milliseconds of each way; the first `WARM` turns do not count."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _turn in range(runs + WARM):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            spent[name].append((time.perf_counter() - started) * 1e3)
    return {name: statistics.median(each[WARM:]) for name, each in spent.items()}


def told(what: str, medians: Mapping[str, float], **more: Any) -> float:
    """Print the medians, the machine's load and the ratio of ours to bare; return the ratio."""
    ratio = medians["ours"] / medians["bare"]
    found = {f"{name}_ms": round(value, 1) for name, value in medians.items()}
    load = round(os.getloadavg()[0], 1)
    print(f"\n{what} {json.dumps(found | more | {'load': load, 'ratio': round(ratio, 2)})}")  # noqa: T201
    return ratio
