"""The PDF of a sent grant application, made outside any transaction."""

from celery import shared_task

from kompetanse import clock
from kompetanse.jobs import TenantTask
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from rapporter import documents, jobs
from rapporter.actions import tilskudd as actions
from rapporter.models import Tilskuddssoknad
from rapporter.queries.tilskudd import GrantDocument


class FreezeTask(TenantTask):
    holds_transaction = False


@shared_task(name=jobs.FREEZE_GRANT, base=FreezeTask)
def freeze_grant(*, kommune_id: int, soknad_id: int) -> None:
    """Render what was sent and keep it; run again it keeps the first."""
    with as_kommune(kommune_id):
        soknad = Tilskuddssoknad.objects.get(pk=soknad_id)
        lang = Kommune.objects.values_list("maalform", flat=True).get(pk=kommune_id)
    document = GrantDocument.from_json(soknad.snapshot or {})
    on = clock.local_date(soknad.sent_at or clock.now())
    head = documents.letterhead(document, on=on, lang=lang, reference=soknad.case_number)
    content = documents.grant_pdf(document, head=head)
    with as_kommune(kommune_id):
        actions.keep_pdf(soknad, content=content, name=f"tilskuddssoknad-{document.year}.pdf")
