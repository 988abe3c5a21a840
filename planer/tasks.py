"""The PDF of approved minutes, made outside any transaction, and kept."""

from celery import shared_task

from kompetanse.jobs import TenantTask
from kompetanse.kommuner.tenancy import as_kommune
from planer import jobs
from planer.actions import protokoll as actions
from planer.documents import mote as documents
from planer.models import Protokoll


class MinutesTask(TenantTask):
    """Holds no transaction while the PDF is made."""

    holds_transaction = False


@shared_task(name=jobs.KEEP_MINUTES, base=MinutesTask)
def keep_minutes(*, kommune_id: int, protokoll_id: int) -> None:
    """Print the minutes as they were approved; run again it keeps the first."""
    with as_kommune(kommune_id):
        protokoll = Protokoll.objects.get(pk=protokoll_id)
    if protokoll.fil_id is not None:
        return
    content = documents.printed(protokoll.printed)
    with as_kommune(kommune_id):
        actions.keep_file(protokoll, content=content)
