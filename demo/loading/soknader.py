"""Colleagues apply, and their leaders state, by the verbs that people use."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from demo.loading.register import Register
from kompetanse import clock
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import innsending, sporsmal, uttalelse
from soknader.actions import soknad as actions
from soknader.models import Soknad, Soknadsrunde, Utlysning, Uttalelse
from soknader.queries import runde as runder
from soknader.queries import uttalelse as uttalelser
from soknader.rules import frist

Row = Mapping[str, Any]
Moment = Callable[[int], datetime]

LAST_STEP = 4
# An exam gives a day and two study days (HTA 14); few studies have more than two a year.
MOST_EXAMS, DAYS_PER_EXAM = 2, 3
WRITTEN = (
    "study", "institution", "credits", "starts", "ends", "exams", "gatherings", "leave_days",
    "shifts", "tuition",
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
        leader = uttalelser.leader_of(soknad)
        if leader is None or leader.pk in silent:
            continue
        with clock.frozen(at(number)):
            if _ask(soknad, row, leader=leader):
                stated += 1
                _state(soknad, row, leader=leader)
    return stated


def _ask(soknad: Soknad, row: Row, *, leader: Ansatt) -> bool:
    """Let the leader ask what the file says; return whether nothing is waited for."""
    if "sporsmal" not in row:
        return True
    day = frist.proposed_answer(soknad.runde, on=clock.today())
    asked = sporsmal.ask(soknad, text=row["sporsmal"], answer_by=day, by=leader)
    if "svar" in row:
        sporsmal.answer(asked, text=row["svar"], by=soknad.ansatt)
    return "svar" in row


def _state(soknad: Soknad, row: Row, *, leader: Ansatt) -> None:
    uttalelse.recommend(
        soknad,
        by=leader,
        version=soknad.version,
        verdict=Uttalelse.Verdict(row["uttalelse"]),
        text=row["lederord"],
        condition=row.get("vilkar", ""),
        staffing=row.get("bemanning", ""),
        substitutes=row.get("vikarvakter"),
    )


def _apply(
    register: Register, runde: Soknadsrunde, row: Row, *, announced: Mapping[int, Utlysning]
) -> Soknad:
    ansatt, at = register.person(row["ansatt"]), clock.now()
    by = _writer(row, ansatt)
    draft = actions.start(runde, by=by, received_at=at, on_behalf_of=ansatt)
    values = {name: row[name] for name in WRITTEN if name in row}
    values |= _time(row)
    values["fokusomrade_id"] = register.area_id(row.get("fokusomrade"))
    if "utlysning" in row:
        values["utlysning_id"] = announced[row["utlysning"]].pk
    saved = actions.save(draft, by=by, version=draft.version, values=values, step=LAST_STEP)
    return innsending.submit(saved, by=by, version=saved.version, received_at=at)


def _writer(row: Row, ansatt: Ansatt) -> Ansatt:
    """Return who writes it: the applicant, or the leader for someone who cannot do it alone."""
    leader = organisasjon.leader_for(ansatt) if row.get("registrert_av_leder") else None
    return leader or ansatt


def _time(row: Row) -> dict[str, int]:
    """Return exams and gatherings that give the row's days of leave, where it says no more."""
    if "exams" in row or "leave_days" not in row:
        return {}
    exams = min(MOST_EXAMS, row["leave_days"] // DAYS_PER_EXAM)
    return {"exams": exams, "gatherings": row["leave_days"] - exams * DAYS_PER_EXAM}
