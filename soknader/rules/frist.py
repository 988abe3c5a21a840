"""What a round lets people do on a day. Dates are local days in Europe/Oslo."""

from datetime import date, datetime, timedelta

from kompetanse import clock
from soknader.models import Soknadsrunde

S = Soknadsrunde.Status

# Late applications are taken until the decisions are made.
TAKES_APPLICATIONS = frozenset({S.OPEN, S.PRIORITISING})
DAYS_TO_ANSWER = 5
MAY_BE_EDITED = frozenset({S.DRAFT, S.OPEN})


def is_late(runde: Soknadsrunde, *, at: datetime) -> bool:
    """Return whether `at` is after the end of the deadline's day in Norway."""
    return clock.local_date(at) > runde.deadline


def takes(runde: Soknadsrunde, *, at: datetime) -> bool:
    """Return whether an application that arrives at `at` is taken, in time or marked late."""
    if runde.status not in TAKES_APPLICATIONS or clock.local_date(at) < runde.opens:
        return False
    return runde.allows_late or not is_late(runde, at=at)


def may_change_sent(runde: Soknadsrunde, *, at: datetime) -> bool:
    """Return whether what has been sent can still be changed: in an open round, to the deadline."""
    return runde.status == S.OPEN and not is_late(runde, at=at)


def last_answer(runde: Soknadsrunde, *, on: date) -> date:
    """Return the last day that a question asked on the day can be answered by.

    The meeting, where the applications are put in order; after it, the day of the answers.
    """
    return next((day for day in (runde.meeting_on, runde.answer_by) if day >= on), on)


def proposed_answer(runde: Soknadsrunde, *, on: date) -> date:
    """Return the day that a question is first proposed to be answered by: five days, or less."""
    near = on + timedelta(days=DAYS_TO_ANSWER)
    before_statement = runde.leader_deadline if runde.leader_deadline > on else near
    return min(near, before_statement, last_answer(runde, on=on))


def may_open(runde: Soknadsrunde, *, on: date) -> bool:
    return runde.status == S.DRAFT and runde.opens <= on <= runde.deadline


def may_edit(runde: Soknadsrunde) -> bool:
    return runde.status in MAY_BE_EDITED
