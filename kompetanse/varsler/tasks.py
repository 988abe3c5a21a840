"""The minute's tick, and the relay that sends notices."""

import logging

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, transaction

from kompetanse import clock, mail, pulse
from kompetanse.jobs import ClockedTask, TenantTask
from kompetanse.kommuner import queries as kommuner
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon import actions as organisasjon
from kompetanse.varsler import actions, emails, jobs, minutt, queries
from kompetanse.varsler.queries import Waiting

logger = logging.getLogger(__name__)


@shared_task(name=jobs.TICK, base=ClockedTask, ignore_result=True)
def tick() -> None:
    """Write the reminders that are due in every Kommune, and start what else is due there.

    The relay is woken where mail waits.

    One Kommune's trouble never keeps the others waiting.
    """
    pending = overdue = 0
    for kommune_id in kommuner.running().values_list("pk", flat=True):
        try:
            waiting = _tick_in(kommune_id)
        except DatabaseError:
            logger.exception("tick failed in kommune %s", kommune_id)
            continue
        pending, overdue = pending + waiting.pending, overdue + waiting.overdue
    pulse.beat("varsler", pending=pending, overdue=overdue)


def _tick_in(kommune_id: int) -> Waiting:
    with as_kommune(kommune_id):
        _turn_the_day(kommune_id)
        actions.remind()
        minutt.run(clock.now())
        waiting = queries.waiting(clock.now())
        if waiting.pending:
            transaction.on_commit(lambda: relay.delay(kommune_id=kommune_id))
    return waiting


def _turn_the_day(kommune_id: int) -> None:
    """Let what is planned for units take effect, once a day; the cache only spares the asking."""
    key, today = f"enheter:{kommune_id}", clock.today().isoformat()
    if cache.get(key) != today:
        organisasjon.take_effect(on=clock.today())
        transaction.on_commit(lambda: cache.set(key, today, timeout=None))


class RelayTask(TenantTask):
    """Holds no transaction while it talks to the mail server."""

    holds_transaction = False


@shared_task(name=jobs.RELAY, base=RelayTask, ignore_result=True)
def relay(*, kommune_id: int) -> None:
    """Send what is due, one at a time: claim, commit, send, commit how it went.

    How one went is committed together with the claim of the next.
    """
    with as_kommune(kommune_id):
        actions.release()
        varsel = actions.claim()
    with mail.postman() as postman:
        while varsel is not None:
            delivery = postman.deliver(emails.message(varsel, sender=settings.DEFAULT_FROM_EMAIL))
            with as_kommune(kommune_id):
                actions.settle(varsel, delivery)
                varsel = actions.claim()
