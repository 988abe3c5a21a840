"""Colleagues apply, and their leaders state, by the verbs that people use."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from demo.loading.register import Register
from kompetanse import clock
from soknader.actions import soknad as actions
from soknader.actions import uttalelse
from soknader.models import Soknad, Soknadsrunde, Utlysning, Uttalelse
from soknader.queries import runde as runder
from soknader.queries import soknad as queries

Row = Mapping[str, Any]
Moment = Callable[[int], datetime]

LAST_STEP = 4
WRITTEN = (
    "study", "institution", "credits", "starts", "ends", "leave_days", "shifts", "tuition",
    "books", "travel", "other_cost", "exception", "reason", "use_at_work",
)  # fmt: skip


def apply(
    register: Register, runde: Soknadsrunde, rows: Iterable[Row], *, at: Moment
) -> list[Soknad]:
    """Let those in the rows who have not begun an application send theirs; return the new ones.

    `at` gives the moment of the row with that number, from 0.
    """
    begun = set(runder.has_applied(runde).values_list("ansatt__number", flat=True))
    announced = {each.order: each for each in runder.educations(runde)}
    sent = []
    for number, row in enumerate(rows):
        if str(row["ansatt"]) not in begun:
            with clock.frozen(at(number)):
                sent.append(_apply(register, runde, row, announced=announced))
    return sent


def state(
    register: Register, soknader: Collection[Soknad], *, at: Moment, silent: Collection[int] = ()
) -> int:
    """Let the nearest leader of each state as the data file says; return how many did.

    `silent` are the ids of leaders who say nothing.
    """
    told = {str(row["ansatt"]): row for row in register.file("soknader")["soknad"]}
    stated = 0
    for number, soknad in enumerate(soknader):
        row = told[soknad.ansatt.number]
        leader = queries.leader_of(soknad)
        if leader is None or leader.pk in silent:
            continue
        with clock.frozen(at(number)):
            uttalelse.recommend(
                soknad,
                by=leader,
                version=soknad.version,
                verdict=Uttalelse.Verdict(row["uttalelse"]),
                text=row["lederord"],
                staffing=row.get("bemanning", ""),
            )
        stated += 1
    return stated


def _apply(
    register: Register, runde: Soknadsrunde, row: Row, *, announced: Mapping[int, Utlysning]
) -> Soknad:
    ansatt, at = register.person(row["ansatt"]), clock.now()
    draft = actions.start(runde, by=ansatt, received_at=at)
    values = {name: row[name] for name in WRITTEN if name in row}
    values["fokusomrade_id"] = register.area_id(row.get("fokusomrade"))
    if "utlysning" in row:
        values["utlysning_id"] = announced[row["utlysning"]].pk
    saved = actions.save(draft, by=ansatt, version=draft.version, values=values, step=LAST_STEP)
    return actions.submit(saved, by=ansatt, version=saved.version, received_at=at)
