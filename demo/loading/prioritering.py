"""The group is in the middle of its work: points for all, proposals for some, nothing decided."""

from datetime import timedelta

from demo.loading.register import Register
from kompetanse import clock
from soknader.actions import poeng, vedtak
from soknader.actions import prioritering as actions
from soknader.actions.innhold import Content
from soknader.models import Soknad, Soknadsrunde, Vedtak
from soknader.queries import endring
from soknader.queries import runde as runder

# The advisor begins the work this long before the meeting.
BEFORE_MEETING = timedelta(days=3)
# A proposal of partial support covers so much of what is applied for, to the nearest 100 kr.
PARTLY = 0.6


def begin(register: Register, runde: Soknadsrunde) -> None:
    """Start the prioritising, give the file's points, order by them, and draft decisions."""
    with clock.frozen(clock.start_of(runde.meeting_on - BEFORE_MEETING, hour=9)):
        runde = actions.start(runde, by=register.advisor)
        for row in register.file("soknader")["soknad"]:
            _weigh(register, runde, row)
        runde.refresh_from_db()
        actions.suggest_order(runde, version=runde.version, by=register.advisor)
        for row in register.file("soknader").get("kommentar", ()):
            _comment(register, runde, row)


def _weigh(register: Register, runde: Soknadsrunde, row: dict[str, object]) -> None:
    soknad = _of(register, runde, row)
    points = dict(zip(runder.criteria(runde), row.get("poeng", ()), strict=False))  # type: ignore[call-overload]
    if points:
        poeng.score(soknad, points=points, version=0, by=register.advisor)
    outcome = str(row.get("vedtak", ""))
    if outcome:
        vedtak.draft(
            soknad, _content(outcome, soknad), version=endring.version(soknad), by=register.advisor
        )


def _content(outcome: str, soknad: Soknad) -> Content:
    if outcome == Vedtak.Outcome.PARTLY:
        amount = round(soknad.amount * PARTLY / 100) * 100
        return Content(outcome=outcome, amount=amount, leave_days=soknad.leave_days or 0)
    if outcome == Vedtak.Outcome.GRANTED:
        return Content(outcome=outcome, amount=soknad.amount, leave_days=soknad.leave_days or 0)
    return Content(outcome=outcome)


def _comment(register: Register, runde: Soknadsrunde, row: dict[str, object]) -> None:
    actions.comment(
        _of(register, runde, {"ansatt": row["soker"]}),
        text=str(row["text"]),
        is_shared=bool(row.get("is_shared", False)),
        by=register.people[str(row["av"])],
    )


def _of(register: Register, runde: Soknadsrunde, row: dict[str, object]) -> Soknad:
    rows = runder.has_applied(runde).select_related("runde", "ansatt__enhet")
    soknad: Soknad = rows.get(ansatt=register.people[str(row["ansatt"])])
    return soknad
