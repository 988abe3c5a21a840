"""What else the minute's tick starts: each app registers a function that looks for what is due.

    minutt.register(utsending.wake)     # wake(at: datetime) -> None, in ready()

The function is called in each Kommune's transaction, asks once, and enqueues a task for what it
finds: the work itself must not keep the reminders waiting, and is safe to start twice.
"""

from collections.abc import Callable
from datetime import datetime

Wake = Callable[[datetime], None]

_wakers: list[Wake] = []


def register(wake: Wake) -> None:
    _wakers.append(wake)


def run(at: datetime) -> None:
    """Start all that is due."""
    for wake in _wakers:
        wake(at)
