"""The one clock. Verbs and queries ask here, so that tests and the demonstration can move time.

Deadlines are local wall time in Europe/Oslo; stored moments are UTC (docs/adr/0005-clock.md).
"""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

OSLO = ZoneInfo("Europe/Oslo")
MONTHS_IN_YEAR = 12

_offset: ContextVar[timedelta] = ContextVar("clock_offset", default=timedelta(0))
_frozen: ContextVar[datetime | None] = ContextVar("clock_frozen", default=None)


def now() -> datetime:
    """Return the present moment, aware; moved in the demonstration, still in tests."""
    return _frozen.get() or timezone.now() + _offset.get()


def real_now() -> datetime:
    """Return the real moment, also in the demonstration: for signs of life and idle sessions."""
    return timezone.now()


def told(real: datetime) -> datetime:
    """Return what the clock said at the real moment: moved in the demonstration, still in tests."""
    return _frozen.get() or real + _offset.get()


def today() -> date:
    """Return today's date in Norway."""
    return local_date(now())


def local_date(moment: datetime) -> date:
    """Return the day in Norway on which the moment falls."""
    return moment.astimezone(OSLO).date()


def end_of(day: date) -> datetime:
    """Return the last moment of a deadline's day in Norway, 23:59:59, whatever the season."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=OSLO)


def start_of(day: date, *, hour: int = 0) -> datetime:
    """Return that hour's wall time of the day in Norway."""
    return datetime.combine(day, time(hour), tzinfo=OSLO)


def move(offset: timedelta) -> None:
    """Let the clock of this thread of work run `offset` beside the real one (demonstration)."""
    _offset.set(offset)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock still at `moment` in the block; for tests and for loading what has been."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last when it is shorter."""
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    year, month = divmod(index, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Return the same day of another year; 29 February becomes the 28th where there is none."""
    return add_months(day, years * MONTHS_IN_YEAR)
