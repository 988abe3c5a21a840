"""PDFs of what is sent and approved, made outside any transaction, and kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from celery import shared_task

from kompetanse import clock
from kompetanse.jobs import TenantTask
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.skall.documents import Letterhead
from kompetanse.varsler import actions as varsler
from rapporter import documents, jobs
from rapporter.actions import fordeling as fordelinger
from rapporter.actions import innsending as actions
from rapporter.models import Fordeling, Innsending, Tilskuddsrapport, Tilskuddssoknad
from rapporter.queries import fordeling as queries
from rapporter.queries.fordeling import DistributionDocument
from rapporter.queries.rapport import ReportDocument
from rapporter.queries.tilskudd import GrantDocument


class FreezeTask(TenantTask):
    holds_transaction = False


@shared_task(name=jobs.FREEZE_GRANT, base=FreezeTask)
def freeze_grant(*, kommune_id: int, paper_id: int, kjoring_id: int = 0) -> None:
    """Render the sent application and keep it; run again it keeps the first."""
    soknad, lang = _read(kommune_id, Tilskuddssoknad, paper_id)
    document = GrantDocument.from_json(soknad.snapshot or {})
    render = partial(documents.grant_pdf, document, head=_head(soknad, document, lang))
    _keep(kommune_id, soknad, render, f"tilskuddssoknad-{document.year}.pdf", kjoring_id)


@shared_task(name=jobs.FREEZE_REPORT, base=FreezeTask)
def freeze_report(*, kommune_id: int, paper_id: int, kjoring_id: int = 0) -> None:
    """Render the sent report and keep it; run again it keeps the first."""
    rapport, lang = _read(kommune_id, Tilskuddsrapport, paper_id)
    document = ReportDocument.from_json(rapport.snapshot or {})
    render = partial(documents.report_pdf, document, head=_head(rapport, document, lang))
    _keep(kommune_id, rapport, render, f"tilskuddsrapport-{document.year}.pdf", kjoring_id)


@shared_task(name=jobs.MAKE_UNIT_LETTERS, base=FreezeTask)
def make_unit_letters(*, kommune_id: int, fordeling_id: int, kjoring_id: int = 0) -> None:
    """Make the distribution's PDF and a letter to each unit; run again only what is missing."""
    with as_kommune(kommune_id):
        fordeling = Fordeling.objects.select_related("svar__soknad__ordning").get(pk=fordeling_id)
        lang = Kommune.objects.values_list("maalform", flat=True).get(pk=kommune_id)
        letters = [
            (enhet, queries.unit_letter(fordeling, enhet)) for enhet in queries.unwritten(fordeling)
        ]
    on = clock.local_date(fordeling.approved_at or clock.now())
    document = DistributionDocument.from_json(fordeling.snapshot or {})
    head = documents.letterhead(document, on=on, lang=lang)
    with _telling(kommune_id, kjoring_id):
        whole = documents.distribution_pdf(document, head=head)
        with as_kommune(kommune_id):
            fordelinger.keep_pdf(fordeling, content=whole, name=f"fordeling-{document.year}.pdf")
            varsler.advance(kjoring_id, done=1)
        for enhet, letter in letters:
            content = documents.unit_letter_pdf(letter, head=head)
            with as_kommune(kommune_id):
                fordelinger.keep_letter(fordeling, enhet, content=content)
                varsler.advance(kjoring_id, done=1)
    with as_kommune(kommune_id):
        varsler.end(kjoring_id)


def _read(kommune_id: int, model: type[Any], pk: int) -> tuple[Any, str]:
    with as_kommune(kommune_id):
        paper = model.objects.get(pk=pk)
        return paper, Kommune.objects.values_list("maalform", flat=True).get(pk=kommune_id)


def _head(paper: Innsending, document: GrantDocument | ReportDocument, lang: str) -> Letterhead:
    on = clock.local_date(paper.sent_at or clock.now())
    return documents.letterhead(document, on=on, lang=lang, reference=paper.case_number)


def _keep(
    kommune_id: int, paper: Innsending, render: Callable[[], bytes], name: str, kjoring_id: int
) -> None:
    """Make the PDF, keep it, and let the one who waits for it know."""
    with _telling(kommune_id, kjoring_id):
        content = render()
    with as_kommune(kommune_id):
        actions.keep_pdf(paper, content=content, name=name)
        varsler.finish(kjoring_id, total=1)


@contextmanager
def _telling(kommune_id: int, kjoring_id: int) -> Iterator[None]:
    """Let the one who waits for a document know when making it breaks."""
    try:
        yield
    except Exception:
        with as_kommune(kommune_id):
            varsler.end(kjoring_id, has_failed=True)
        raise
