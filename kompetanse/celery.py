"""Celery wakes and carries work; the truth lives in PostgreSQL."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.db import connections

from kompetanse import pdf

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanse.settings")

app = Celery("kompetanse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {
    "tick": {"task": "varsler.tick", "schedule": 60.0},
    "hr-folder": {"task": "hrimport.folder", "schedule": 60.0},
    "hr-forget": {"task": "hrimport.forget", "schedule": 6 * 3600.0},
    "night": {"task": "personvern.night", "schedule": 900.0},
    "count": {"task": "plattform.count", "schedule": 3600.0},
}
app.conf.beat_scheduler = "kompetanse.pulse:PulsingScheduler"


@worker_init.connect
def _refuse_unless_closed(**_: Any) -> None:
    """Stop a worker that would work on a database open between tenants."""
    from kompetanse.kommuner.catalogue import refuse_unless_closed  # noqa: PLC0415 -- apps ready

    refuse_unless_closed()
    connections.close_all()


@worker_init.connect
def _load_before_the_processes_are_made(**_: Any) -> None:
    """Let the worker's processes share the printer, and never look for garbage in what they share.

    Loaded in each of them with its first letter, it took 15 % of a round's fifty letters.
    """
    pdf.load()
    gc.collect()
    gc.freeze()


@app.on_after_finalize.connect
def _tell_that_the_worker_lives(sender: Celery, **_: Any) -> None:
    from kompetanse.pulse import WorkerPulse  # noqa: PLC0415 -- apps ready

    sender.steps["worker"].add(WorkerPulse)
