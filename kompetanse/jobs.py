"""Work for Celery: enqueued by name after commit, and run inside the Kommune it is for."""

from datetime import timedelta
from functools import partial
from typing import Any

from celery import Task, current_app
from django.conf import settings
from django.db import transaction

from kompetanse import clock
from kompetanse.kommuner import queries, tenancy
from kompetanse.kommuner.tenancy import as_kommune


class ClockedTask(Task):
    """Base of tasks for the whole platform: sets the demonstration's clock first."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        set_clock()
        return super().__call__(*args, **kwargs)


class TenantTask(Task):
    """Base of every task on tenant data: the body runs inside as_kommune(), in one transaction.

    With `holds_transaction = False` the body opens its own, for work that must not hold one.
    """

    holds_transaction = True

    def __call__(self, *, kommune_id: int, **kwargs: Any) -> Any:
        set_clock()
        if not self.holds_transaction:
            return super().__call__(kommune_id=kommune_id, **kwargs)
        with as_kommune(kommune_id):
            return super().__call__(kommune_id=kommune_id, **kwargs)


def enqueue(name: str, **ids: int | str) -> None:
    """Start the task `name` for the active Kommune once the transaction has committed."""
    task = current_app.tasks[name]
    arguments = {"kommune_id": tenancy.require_id(), **ids}
    transaction.on_commit(partial(task.apply_async, kwargs=arguments))


def set_clock() -> None:
    """Let this process follow the demonstration's clock; nothing in production."""
    if settings.KOMPETANSE_DEMO:
        clock.move(timedelta(seconds=queries.clock_offset()))
