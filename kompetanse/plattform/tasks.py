"""The hourly count of every Kommune's rows, for the operator's list."""

import logging

from celery import shared_task
from django.db import DatabaseError

from kompetanse.jobs import ClockedTask
from kompetanse.kommuner import queries
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.plattform import jobs
from kompetanse.plattform.actions import operator, tall

logger = logging.getLogger(__name__)


@shared_task(name=jobs.COUNT, base=ClockedTask, ignore_result=True)
def count() -> None:
    """Count in every Kommune, and delete the operators' log-ins that are over."""
    operator.tidy()
    for kommune_id in queries.running().values_list("pk", flat=True):
        try:
            with as_kommune(kommune_id):
                tall.count()
        except DatabaseError:
            logger.exception("count failed in kommune %s", kommune_id)
