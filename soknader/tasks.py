"""Letters and contracts, made outside any transaction: read, render, keep, tell how far it is."""

import logging

from celery import shared_task

from kompetanse import clock
from kompetanse.jobs import TenantTask
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.varsler import actions as varsler
from soknader import jobs
from soknader.actions import avtale as avtale_actions
from soknader.actions import brev as actions
from soknader.actions import plass, utsending
from soknader.documents import avtale as avtale_documents
from soknader.documents import brev as documents
from soknader.models import Brevmal, Soknadsrunde, Vedtak
from soknader.queries import avtale as avtaler
from soknader.queries import brev as queries
from soknader.queries import brevmal
from soknader.queries.brev import Letter

logger = logging.getLogger(__name__)

Page = tuple[Vedtak, Letter, Brevmal]


class LetterTask(TenantTask):
    """Holds no transaction while PDFs are made."""

    holds_transaction = False


@shared_task(name=jobs.MAKE_LETTERS, base=LetterTask)
def make_letters(*, kommune_id: int, runde_id: int, kjoring_id: int, first: int, last: int) -> None:
    """Make the letters that are missing on the decisions from `first` to `last` of the round.

    Run again it makes only what is missing.
    """
    for vedtak, letter, mal in _letters(kommune_id, runde_id, range(first, last + 1)):
        try:
            content = documents.letter_pdf(letter, mal)
        except Exception:
            logger.exception("letter on vedtak %s was not made", vedtak.pk)
            with as_kommune(kommune_id):
                varsler.advance(kjoring_id, failed=1)
            continue
        with as_kommune(kommune_id):
            heading = documents.text(letter, mal).heading
            actions.keep(vedtak, content=content, heading=heading, mal=mal)
            varsler.advance(kjoring_id, done=1)
    with as_kommune(kommune_id):
        varsler.end_when_done(kjoring_id)


@shared_task(name=jobs.RELEASE_LETTERS, base=TenantTask)
def release_letters(*, kommune_id: int, runde_id: int) -> None:
    """Send the round's letters whose fifteen minutes are over; run again it sends none twice."""
    utsending.release(Soknadsrunde.objects.get(pk=runde_id))


@shared_task(name=jobs.LAPSE_PLACES, base=TenantTask)
def lapse_places(*, kommune_id: int) -> None:
    """Let offers that nobody answered in time fall away; run again it finds none."""
    plass.lapse_all()


@shared_task(name=jobs.KEEP_CONTRACT, base=LetterTask)
def keep_contract(*, kommune_id: int, avtale_id: int) -> None:
    """Make the signed contract's PDF and keep it; run again it keeps the first."""
    with as_kommune(kommune_id):
        signed = avtaler.for_file(avtale_id)
    if signed.fil_id is not None:
        return
    content = avtale_documents.as_file(signed, kommune=signed.kommune)
    with as_kommune(kommune_id):
        avtale_actions.keep_file(signed, content=content)


def _letters(kommune_id: int, runde_id: int, part: range) -> list[Page]:
    with as_kommune(kommune_id):
        runde = Soknadsrunde.objects.get(pk=runde_id)
        ids = [pk for pk in queries.unwritten(runde) if pk in part]
        counts, on = queries.counts(runde), clock.today()
        found = queries.for_letters(ids)
        texts = brevmal.in_force(runde.kommune.maalform)
        return [
            (vedtak, queries.letter(vedtak, on=on, counts=counts), texts[vedtak.outcome])
            for vedtak in found
        ]
