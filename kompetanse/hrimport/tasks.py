"""What workers do: read, check, write and undo runs, the night's folder, and forgetting."""

import logging
from collections.abc import Callable

from celery import shared_task

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.hrimport import book, folder, jobs, nightly
from kompetanse.hrimport.words import summary
from kompetanse.jobs import ClockedTask, TenantTask
from kompetanse.kommuner import queries as kommuner
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.hr import actions as hr
from kompetanse.organisasjon.hr import afterwards
from kompetanse.organisasjon.models import Hrimport
from kompetanse.varsler import actions as varsler

logger = logging.getLogger(__name__)

BROKE = "Noe gikk galt hos oss, og ingenting ble skrevet inn. Prøv igjen."
CHANGED = (
    "Registeret ble endret etter kontrollen, så filen er kontrollert på nytt. Se over den igjen."
)


class HrTask(TenantTask):
    """Holds no transaction while a file is read."""

    holds_transaction = False


@shared_task(name=jobs.READ, base=HrTask, ignore_result=True)
def read(*, kommune_id: int, hrimport_id: int, kjoring_id: int) -> None:
    """Read the headings; check at once when an earlier run had the same."""

    def work() -> str:
        hrimport, sheets = book.read(kommune_id, hrimport_id)
        with as_kommune(kommune_id):
            varsler.advance(kjoring_id, done=1)
            is_known = hr.recognise(hrimport, sheets)
        if not is_known:
            return "Filen er lest. Se over hvilke kolonner som er hva."
        with as_kommune(kommune_id):
            hr.check(hrimport, sheets)
        return summary(hrimport)

    _follow(kommune_id, hrimport_id, kjoring_id, work, total=3)


@shared_task(name=jobs.CHECK, base=HrTask, ignore_result=True)
def check(*, kommune_id: int, hrimport_id: int, kjoring_id: int) -> None:
    _follow(
        kommune_id,
        hrimport_id,
        kjoring_id,
        lambda: _checked(kommune_id, hrimport_id, kjoring_id),
        total=3,
    )


@shared_task(name=jobs.WRITE, base=HrTask, ignore_result=True)
def write(*, kommune_id: int, hrimport_id: int, kjoring_id: int) -> None:
    """Write the confirmed check; when the register has changed since, check anew instead."""

    def work() -> str:
        try:
            with as_kommune(kommune_id):
                hrimport = Hrimport.objects.select_related("by", "fil").get(pk=hrimport_id)
                hr.write(hrimport, by=hrimport.by)
        except StaleError:
            _checked(kommune_id, hrimport_id, kjoring_id)
            return CHANGED
        return "Alt er skrevet inn."

    _follow(kommune_id, hrimport_id, kjoring_id, work, total=2)


@shared_task(name=jobs.UNDO, base=HrTask, ignore_result=True)
def undo(*, kommune_id: int, hrimport_id: int, kjoring_id: int, by_id: int) -> None:
    def work() -> str:
        with as_kommune(kommune_id):
            hrimport = Hrimport.objects.select_related("fil").get(pk=hrimport_id)
            afterwards.undo(hrimport, by=nightly.person(by_id))
        return "Importen er angret. Alt er som det var."

    _follow(kommune_id, hrimport_id, kjoring_id, work, total=2, is_refusable=False)


@shared_task(name=jobs.TAKE_IN, base=HrTask, ignore_result=True)
def take_in(*, kommune_id: int, hrimport_id: int) -> None:
    nightly.take_in(kommune_id, hrimport_id)


@shared_task(name=jobs.FOLDER, base=ClockedTask, ignore_result=True)
def look_in_folders() -> None:
    """Take in what lies in the folders; one Kommune's trouble never keeps the others waiting."""
    for kommune in kommuner.kommuner():
        try:
            folder.empty(kommune)
        except Exception:
            logger.exception("the folder of kommune %s could not be emptied", kommune.pk)


@shared_task(name=jobs.FORGET, base=ClockedTask, ignore_result=True)
def forget() -> None:
    """Erase what old runs held of people."""
    for kommune_id in kommuner.kommuner().values_list("pk", flat=True):
        with as_kommune(kommune_id):
            afterwards.forget(before=clock.now() - afterwards.KEEP)


def _checked(kommune_id: int, hrimport_id: int, kjoring_id: int) -> str:
    hrimport, sheets = book.read(kommune_id, hrimport_id)
    with as_kommune(kommune_id):
        varsler.advance(kjoring_id, done=1)
    with as_kommune(kommune_id):
        hr.check(hrimport, sheets)
    return summary(hrimport)


def _follow(
    kommune_id: int,
    hrimport_id: int,
    kjoring_id: int,
    work: Callable[[], str],
    *,
    total: int,
    is_refusable: bool = True,
) -> None:
    """Do the work, and let the one who waits for it know how it went, also when it breaks."""
    with as_kommune(kommune_id):
        varsler.advance(kjoring_id)
    try:
        message = work()
    except DomainError as error:
        _stop(kommune_id, hrimport_id, kjoring_id, str(error), is_refusable=is_refusable)
    except Exception:
        _stop(kommune_id, hrimport_id, kjoring_id, BROKE, is_refusable=is_refusable)
        raise
    else:
        with as_kommune(kommune_id):
            varsler.finish(kjoring_id, total=total, message=message)


def _stop(
    kommune_id: int, hrimport_id: int, kjoring_id: int, sentence: str, *, is_refusable: bool
) -> None:
    with as_kommune(kommune_id):
        if is_refusable:
            hr.refuse(Hrimport.objects.get(pk=hrimport_id), sentence)
        varsler.end(kjoring_id, message=sentence[:300], has_failed=True)
