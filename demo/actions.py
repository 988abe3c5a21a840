"""What anyone may do in the demonstration: move its clock."""

from datetime import datetime

from celery import current_app
from django.db import transaction

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import Klokke
from kompetanse.varsler.jobs import TICK


def set_clock(to: datetime) -> None:
    """Let the demonstration's clock show `to` now, and go on from there."""
    offset = int((to - clock.real_now()).total_seconds())
    Klokke.objects.update_or_create(pk=1, defaults={"offset": offset})


@transaction.atomic
def move_clock(to: datetime, *, at: datetime) -> None:
    """Move the clock forward from `at`, and let the reminders that fall due go out at once.

    Raises:
        DomainError: the moment has already been; time goes one way.
    """
    if to <= at:
        raise DomainError(
            "Klokka kan bare flyttes framover. Velg et senere tidspunkt, eller start på nytt med"
            " «make demo-reset»."
        )
    set_clock(to)
    transaction.on_commit(current_app.tasks[TICK].delay)
