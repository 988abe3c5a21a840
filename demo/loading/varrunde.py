"""Modum's spring round, a week before the meeting: the desk of the prioritising, full of cases.

The applicants are drawn from the people of HR, the same each time. One member has given all
points, one lacks some, so that who logs in sees what is hidden until the own ones are in.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from demo.files import FOLDER
from demo.loading import runde as announced
from demo.loading import soknader
from demo.loading.register import Register
from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import poeng, prioritering, uttalelse, vedtak
from soknader.actions import runde as runder
from soknader.actions.innhold import Content
from soknader.actions.runde import Row
from soknader.models import Soknad, Soknadsrunde, Uttalelse
from soknader.queries import endring
from soknader.queries import prioritering as ranking
from soknader.queries import runde as rounds
from soknader.queries import uttalelse as uttalelser

# One in so many of the staff has applied.
SPREAD = 9
# The second member has not come to the last of them.
LEFT = 4
STATED = (Uttalelse.Verdict.SUPPORTS, Uttalelse.Verdict.SUPPORTS, Uttalelse.Verdict.CONDITIONAL,
          Uttalelse.Verdict.SUPPORTS, Uttalelse.Verdict.OPPOSES)  # fmt: skip


def load(register: Register) -> None:
    """Let the round have been announced, applied in, and half prioritised."""
    told = tomllib.loads((FOLDER / register.slug / "varrunde.toml").read_text())
    runde = _announce(register, told)
    sent = _apply(register, runde, told)
    _state(sent, told)
    with clock.frozen(clock.start_of(runde.meeting_on - timedelta(days=10), hour=9)):
        _prioritise(register, runde, told)


def _announce(register: Register, told: Mapping[str, Any]) -> Soknadsrunde:
    by, plan = register.advisor, register.file("plan")
    opens: date = told["runde"]["opens"]
    with clock.frozen(clock.start_of(opens, hour=8)):
        runde = runder.prepare(by=by, **told["runde"])
        educations = [announced.education(register, row) for row in plan["utlysning"]]
        runder.set_educations(runde, educations, by=by)
        runder.set_criteria(runde, [Row(_without_order(row)) for row in plan["kriterium"]], by=by)
        return runder.open(runde, by=by)


def _apply(register: Register, runde: Soknadsrunde, told: Mapping[str, Any]) -> list[Soknad]:
    people = _applicants(register, told)
    studies: Sequence[Mapping[str, Any]] = told["studium"]
    rows = [
        dict(studies[at % len(studies)]) | {"ansatt": ansatt.number} | _own(at)
        for at, ansatt in enumerate(people)
    ]
    return soknader.apply(register, runde, rows, at=_before(runde.deadline, len(rows)))


def _own(at: int) -> dict[str, int]:
    """Return what differs from applicant to applicant, NOK and days."""
    return {"books": 2_000 + 500 * (at % 7), "travel": 1_500 * (at % 4), "leave_days": 4 + at % 9}


def _applicants(register: Register, told: Mapping[str, Any]) -> list[Ansatt]:
    """Return some of the staff without a role, and those in the file who had support before."""
    roles = {str(row["ansatt"]) for row in register.file("roller")["rolle"]}
    top = register.units["2000"]
    staff = [
        ansatt
        for number, ansatt in sorted(register.people.items())
        if number not in roles and ansatt.enhet.path.startswith(top.path)
    ]
    drawn = staff[SPREAD::SPREAD][: told["antall"]]
    again = [register.person(number) for number in told["stottet_for"]]
    return [*again, *(ansatt for ansatt in drawn if ansatt not in again)]


def _before(deadline: date, number: int) -> Any:
    def moment(at: int) -> datetime:
        return clock.start_of(deadline - timedelta(days=(number - at) // 4), hour=8 + at % 9)

    return moment


def _state(sent: Sequence[Soknad], told: Mapping[str, Any]) -> None:
    """Let most leaders have stated; one in eight has not come to it."""
    for at, soknad in enumerate(sent):
        leader = uttalelser.leader_of(soknad)
        if leader is None or at % 8 == 5:  # noqa: PLR2004
            continue
        verdict = STATED[at % len(STATED)]
        with clock.frozen(clock.start_of(soknad.runde.leader_deadline, hour=9 + at % 6)):
            uttalelse.recommend(
                soknad, by=leader, version=soknad.version, verdict=verdict,
                text=told["uttalelse"][str(verdict.value)],
                condition=told["vilkar"] if verdict == Uttalelse.Verdict.CONDITIONAL else "",
            )  # fmt: skip


def _prioritise(register: Register, runde: Soknadsrunde, told: Mapping[str, Any]) -> None:
    advisor, member = register.advisor, register.person(told["medlem"])
    runde = prioritering.start(runde, by=advisor)
    saker = list(ranking.cases(runde).select_related("runde", "ansatt__enhet"))
    for at, sak in enumerate(saker):
        _score(sak, at, by=advisor)
    runde.refresh_from_db()
    prioritering.suggest_order(runde, version=runde.version, by=advisor)
    for at, sak in enumerate(saker[:-LEFT]):
        _score(sak, at, by=member)
    vedtak.suggest(runde, by=advisor)
    _move(runde, told["flyttet"], by=advisor)
    _draft(saker, by=advisor)


def _score(sak: Soknad, at: int, *, by: Ansatt) -> None:
    """Give points for what is in the plan, and for the rest by turns."""
    criteria = rounds.criteria(sak.runde)
    given = {each: min(each.most, (at * 5 + nth * 3) % 4) for nth, each in enumerate(criteria)}
    if criteria and sak.utlysning_id:
        given[criteria[0]] = criteria[0].most
    poeng.score(sak, points=given, version=0, by=by)


def _move(runde: Soknadsrunde, moves: Sequence[Mapping[str, Any]], *, by: Ansatt) -> None:
    """Move some cases by hand, with a reason for the one and not yet for the other."""
    for move in moves:
        runde.refresh_from_db()
        sak = list(ranking.cases(runde).select_related("runde", "ansatt"))[move["fra"] - 1]
        prioritering.move(sak, place=move["til"], version=runde.version, by=by)
        if move.get("grunn"):
            seen = endring.version(sak)
            prioritering.explain(sak, reason=move["grunn"], version=seen, by=by)


def _draft(saker: Sequence[Soknad], *, by: Ansatt) -> None:
    """Partial support for two, and a refusal that still lacks its reason."""
    for sak in saker[2:4]:
        content = Content(outcome="partly", amount=sak.amount // 2 // 100 * 100)
        vedtak.draft(sak, content, version=endring.version(sak), by=by)
    sak = saker[-1]
    vedtak.draft(sak, Content(outcome="refused"), version=endring.version(sak), by=by)


def _without_order(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "order"}
