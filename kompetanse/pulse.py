"""Signs of life from beat and worker, written straight to PostgreSQL for `/helse/`."""

from datetime import timedelta
from typing import Any

from celery import bootsteps
from celery.beat import Scheduler
from django.db import DatabaseError, connection

from kompetanse import clock
from kompetanse.kommuner.models import Puls

EVERY = timedelta(seconds=30)


def beat(name: str, **figures: int) -> None:
    """Write that the process is alive now, in real time, with its figures."""
    Puls.objects.update_or_create(name=name, defaults={"at": clock.real_now(), "figures": figures})


def try_beat(name: str) -> None:
    """Write the sign of life; a database that is away must not stop the process."""
    try:
        beat(name)
    except DatabaseError:
        connection.close()


class PulsingScheduler(Scheduler):
    """Celery's plain in-memory scheduler, which also tells that beat is alive.

    Nothing is lost with its memory: reminders are set queries that catch up by themselves.
    """

    _told_at = clock.real_now() - EVERY

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if clock.real_now() - self._told_at >= EVERY:
            self._told_at = clock.real_now()
            try_beat("beat")
        pause: float = super().tick(*args, **kwargs)
        return min(pause, EVERY.total_seconds())


class WorkerPulse(bootsteps.StartStopStep):
    """Tells that the worker is alive, from its main process's own timer."""

    requires = {"celery.worker.components:Timer"}

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._timer: Any = None

    def start(self, parent: Any) -> None:
        try_beat("worker")
        connection.close()
        self._timer = parent.timer.call_repeatedly(EVERY.total_seconds(), try_beat, ("worker",))

    def stop(self, _parent: Any) -> None:
        if self._timer is not None:
            self._timer.cancel()
