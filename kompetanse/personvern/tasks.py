"""The night's erasure, and files that are too long to wait for."""

import gzip
import logging
import time
from dataclasses import replace
from datetime import date
from typing import Any

from celery import shared_task
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse import clock, heavy
from kompetanse.jobs import ClockedTask, TenantTask
from kompetanse.kommuner import files
from kompetanse.kommuner import queries as kommuner
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.responses import XLSX
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern import documents, jobs
from kompetanse.personvern.actions import dokument, rydding
from kompetanse.personvern.actions import uttrekk as actions
from kompetanse.personvern.models import Uttrekk
from kompetanse.personvern.queries import hendelser, mine
from kompetanse.personvern.queries import uttrekk as uttrekkene
from kompetanse.personvern.queries.hendelser import Filter
from kompetanse.personvern.queries.samlet import everything
from kompetanse.varsler import actions as varsler

logger = logging.getLogger(__name__)

NIGHT_HOURS = range(1, 6)  # Erasing waits for the night in Norway; a missed night is caught up.
MOST_ROWS = {documents.CSV: 500_000, documents.XLSX: 50_000}
TYPES = {documents.CSV: "text/csv; charset=utf-8", documents.XLSX: XLSX}
ZIP = "application/zip"


@shared_task(name=jobs.NIGHT, base=ClockedTask, ignore_result=True)
def night() -> None:
    """Erase in every Kommune what its time is out for; asked each hour, done once a night.

    One Kommune's trouble never keeps the others waiting.
    """
    at = clock.now().astimezone(clock.OSLO)
    if at.hour not in NIGHT_HOURS:
        return
    for kommune_id in kommuner.kommuner().values_list("pk", flat=True):
        _clean_in(kommune_id, at.date())


def _clean_in(kommune_id: int, on: date) -> None:
    """Do the night's work of one Kommune; the error's own text may hold what stood in a row."""
    try:
        with as_kommune(kommune_id):
            rydding.clean(on)
    except DatabaseError as error:
        told = type(error).__name__
        logger.error("erasure failed in kommune %s: %s", kommune_id, told)  # noqa: TRY400


class ExportTask(TenantTask):
    """Holds no transaction while a file is made."""

    holds_transaction = False


@shared_task(name=jobs.EXPORT_EVENTS, base=ExportTask)
def export_events(*, kommune_id: int, uttrekk_id: int, kjoring_id: int) -> None:
    """Write the trail that was asked for, newest first; the longest are cut, and it is said."""
    with as_kommune(kommune_id), translation.override("nb"):
        uttrekk = Uttrekk.objects.get(pk=uttrekk_id)
        form = uttrekk.wanted["form"]
        wanted = _filter(uttrekk.wanted["filter"])
        most = MOST_ROWS[form]
        is_cut = hendelser.count(wanted, most=most + 1) > most
        lines = list(hendelser.stream(hendelser.matching(wanted)[:most]))
        content = documents.events(lines, form=form)
    name = f"hendelser-{uttrekk.asked_at:%Y-%m-%d}.{form}"
    message = f"Uttrekket har de nyeste {most} hendelsene. Velg en kortere periode for resten."
    with as_kommune(kommune_id):
        actions.keep(uttrekk, content=content, name=name, content_type=TYPES[form])
        varsler.advance(kjoring_id, done=1)
        varsler.end(kjoring_id, message=message if is_cut else "")


def _filter(stored: dict[str, Any]) -> Filter:
    days: dict[str, Any] = {
        name: date.fromisoformat(stored[name]) for name in ("starts", "ends") if stored[name]
    }
    return replace(Filter(**stored), **days)


@shared_task(name=jobs.PACK_PERSON, base=ExportTask)
def pack_person(*, kommune_id: int, uttrekk_id: int, kjoring_id: int) -> None:
    """Put everything about the person in a zip: JSON, a page to read, a PDF, and the files."""
    with as_kommune(kommune_id), translation.override("nb"):
        uttrekk = Uttrekk.objects.get(pk=uttrekk_id)
        ansatt = Ansatt.objects.select_related("enhet").get(pk=uttrekk.ansatt_id)
        found = everything(ansatt, at=clock.now())
        stored = list(mine.files(ansatt))
        head = documents.head(Kommune.objects.get(pk=kommune_id), on=clock.today())
    parts = [
        ("mine-data.json", documents.as_json(found)),
        ("mine-data.html", documents.as_page(found, head=head)),
        ("mine-data.pdf", documents.as_document(found, head=head)),
        *((f"filer/{fil.pk}-{fil.name}", files.read(fil)) for fil in stored if fil.size),
    ]
    content = documents.package(parts)
    with as_kommune(kommune_id):
        actions.keep(uttrekk, content=content, name="mine-data.zip", content_type=ZIP)
        varsler.advance(kjoring_id, done=1)
        varsler.end(kjoring_id)


@shared_task(name=jobs.MAKE_DOCUMENT, base=ExportTask)
def make_document(*, kommune_id: int, uttrekk_id: int, kjoring_id: int) -> None:
    """Make the document that was ordered and keep it; run again it keeps the first."""
    with as_kommune(kommune_id):
        uttrekk = uttrekkene.ordered(uttrekk_id)
        maalform = Kommune.objects.values_list("maalform", flat=True).get(pk=kommune_id)
    if uttrekk is None or uttrekk.underlag is None:
        return
    with translation.override(maalform):
        try:
            work = heavy.unpacked(gzip.decompress(files.read(uttrekk.underlag)))
            content = work.make(_Progress(kommune_id, kjoring_id, total=work.parts))
        except Exception:
            logger.exception("document %s of kommune %s was not made", uttrekk_id, kommune_id)
            with as_kommune(kommune_id):
                dokument.give_up(uttrekk)
            raise
        with as_kommune(kommune_id):
            dokument.keep(uttrekk, content=content)


class _Progress:
    """Writes how far a document has come, at most once a second."""

    def __init__(self, kommune_id: int, kjoring_id: int, *, total: int) -> None:
        self.kommune_id, self.kjoring_id, self.total = kommune_id, kjoring_id, total
        self.next = 0.0

    def __call__(self, parts: int) -> None:
        if (at := time.monotonic()) < self.next:
            return
        self.next = at + 1
        with as_kommune(self.kommune_id):
            if self.total:
                varsler.report(self.kjoring_id, done=parts)
            else:
                told = _("Setter side %(n)d.") % {"n": parts}
                varsler.report(self.kjoring_id, message=told)
