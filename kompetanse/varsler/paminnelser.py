"""Reminders as set queries of the kind «due, and no row yet».

So catching up after a stop is the normal path. Each app registers a function that yields those
whose time has come.

A reminder that the next one has overtaken, or whose deadline has passed, is written as skipped.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt

HOUR = 8


@dataclass(frozen=True, slots=True)
class Paminnelse:
    """One mail to many: `{navn}` in the body becomes the recipient's first name.

    `key` is the same for all recipients and says which occasion, for instance
    `soknadsfrist:2026-10-15:T-7`.
    """

    key: str
    kind: str
    recipients: QuerySet[Ansatt]
    subject: str
    body: str
    not_before: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """When one reminder of a deadline may go out, and when it is too late for it."""

    label: str
    not_before: datetime
    expires: datetime


Reminders = Callable[[datetime], Iterable[Paminnelse]]

_sources: list[Reminders] = []


def register(reminders: Reminders) -> None:
    """Let the app's reminders be written by the tick; called from AppConfig.ready()."""
    if reminders not in _sources:
        _sources.append(reminders)


def due(at: datetime) -> Iterable[Paminnelse]:
    """Yield every reminder of the active Kommune whose time has come at `at`."""
    for reminders in _sources:
        yield from (each for each in reminders(at) if each.not_before <= at)


def moments(deadline: date, *, days: Sequence[int] = (14, 7, 1)) -> list[Moment]:
    """Return the reminders of a deadline: 08:00 in Norway that many days before, in order.

    Each expires when the next one's time comes, the last at the end of the deadline's day.
    """
    ordered = sorted(days, reverse=True)
    starts = [clock.start_of(deadline - timedelta(days=n), hour=HOUR) for n in ordered]
    ends = [*starts[1:], clock.end_of(deadline)]
    return [
        Moment(f"T-{n}", start, end) for n, start, end in zip(ordered, starts, ends, strict=True)
    ]
