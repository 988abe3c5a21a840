"""What anyone may do in the demonstration: move its clock, and let the colleagues apply."""

from datetime import datetime, timedelta

from django.db import transaction

from demo import queries
from demo.loading import soknader
from demo.loading.register import Register
from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import Klokke
from kompetanse.varsler import actions as varsler
from soknader.models import Soknadsrunde

# On the day of the deadline the colleagues have applied by this hour.
LAST_HOUR = 14


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
    varsler.wake()


@transaction.atomic
def let_colleagues_apply(slug: str, runde: Soknadsrunde, *, most: int) -> int:
    """Let up to `most` of the data file's colleagues apply, and their leaders state on it.

    Who has begun an application is left alone, as are those whom the visitor plays. After the
    deadline it happens on its last day, as if it had been so all the time. Returns how many.
    """
    register = Register.of(slug)
    played = queries.played(slug)
    rows = [
        row
        for row in register.file("soknader")["soknad"][:most]
        if str(row["ansatt"]) not in played.applicants
    ]
    last = clock.start_of(runde.deadline, hour=LAST_HOUR)
    start = min(clock.now(), last)

    def at(number: int) -> datetime:
        return start + timedelta(seconds=number)

    sent = soknader.apply(register, runde, rows, at=at)
    silent = {register.people[number].pk for number in played.leaders}
    soknader.state(register, sent, at=lambda number: at(len(rows) + number), silent=silent)
    return len(sent)
