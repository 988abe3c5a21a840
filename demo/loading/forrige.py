"""Last year's round: applied for by scheme, decided with amounts for each, and answered."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from demo.loading import avtaler, ordning, soknader
from demo.loading.register import Register
from kompetanse import clock
from soknader.actions import brev, plass, utsending, vedtak
from soknader.actions import prioritering as ranking
from soknader.actions import runde as runder
from soknader.actions.innhold import Content
from soknader.actions.runde import Row
from soknader.models import Soknad, Soknadsrunde
from soknader.queries import endring

BEFORE = timedelta(days=7)


def load(register: Register) -> None:
    """Let the round have been opened, applied in, decided and answered, each on its day."""
    told, by = register.file("forrige"), register.advisor
    with clock.frozen(clock.start_of(told["runde"]["opens"] - BEFORE, hour=9)):
        runde = runder.prepare(by=by, **told["runde"])
        runder.set_educations(runde, [Row(row) for row in told["utlysning"]], by=by)
        ordning.choose(register, runde, has_frames=False)
    with avtaler.at(runde.opens):
        runde = runder.open(runde, by=by)
    day = runde.deadline
    sent = soknader.apply(
        register, runde, told["soknad"], at=lambda n: clock.start_of(day, hour=9 + n)
    )
    pairs = list(zip(told["soknad"], sent, strict=True))
    _decide(register, runde, pairs)
    _answer(register, runde, pairs)


def _decide(
    register: Register, runde: Soknadsrunde, pairs: list[tuple[Mapping[str, Any], Soknad]]
) -> None:
    with avtaler.at(runde.meeting_on):
        runde = ranking.start(runde, by=register.advisor)
        for row, soknad in pairs:
            content = _content(row, soknad)
            vedtak.draft(soknad, content, version=endring.version(soknad), by=register.advisor)
        vedtak.decide(runde, by=register.advisor)


def _content(row: Mapping[str, Any], soknad: Soknad) -> Content:
    reason = row.get("begrunnelse", "")
    parts = row.get("deler")
    if row["vedtak"] == "granted":
        return Content(
            outcome="granted", amount=soknad.amount, leave_days=soknad.leave_days or 0,
            reason=reason,
        )  # fmt: skip
    if parts is not None:
        return Content(
            outcome=row["vedtak"], amount=sum(parts.values()), leave_days=row.get("fri", 0),
            reason=reason, parts=parts,
        )  # fmt: skip
    return Content(outcome=row["vedtak"], reason=reason)


def _answer(
    register: Register, runde: Soknadsrunde, pairs: list[tuple[Mapping[str, Any], Soknad]]
) -> None:
    """Send the letters; some say yes, sign and send receipts, one says no and one nothing."""
    with avtaler.at(runde.answer_by):
        avtaler.write(runde)
        utsending.send(runde, count=len(pairs), by=register.advisor)
        utsending.send_now(runde, count=len(pairs), by=register.advisor)
    for row, soknad in pairs:
        if row.get("svar") == "ja":
            with avtaler.at(runde.accept_by - BEFORE):
                accepted = brev.accept(soknad, by=soknad.ansatt)
            avtaler.follow(register, row, accepted)
        elif row.get("svar") == "nei":
            with avtaler.at(runde.accept_by - BEFORE):
                brev.decline(soknad, by=soknad.ansatt)
    # Who said nothing has lost the place; what it held is the waiting list's.
    with avtaler.at(runde.accept_by + timedelta(days=1)):
        plass.lapse_all()
