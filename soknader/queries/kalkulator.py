"""What an employee can count on before they apply: coverage, own share, binding time and debt."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from soknader.enums import Slag
from soknader.models import Bindingsregel, Soknadsrunde, Stotteordning
from soknader.models.bindingsregel import Begins
from soknader.queries import avtale, dekning, ordning
from soknader.queries import runde as runder
from soknader.queries.dekning import Dekning
from soknader.rules import bindingstid
from soknader.rules import ordning as satser
from soknader.rules.bindingstid import Step, Terms
from soknader.rules.ordning import Study


@dataclass(frozen=True, slots=True)
class Binding:
    """The binding time that a full grant would bring, and the debt as it falls, NOK by the day."""

    name: str
    months: int
    principal: int
    begins: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Svar:
    """What the calculator answers. `exam_days` are the days of leave when the exams are known."""

    dekning: Dekning
    exam_days: tuple[date, ...]
    binding: Binding | None


def schemes_for(ansatt: Ansatt) -> tuple[Soknadsrunde | None, dict[str, Stotteordning]]:
    """Return the round whose schemes count for the employee now, and them by kind.

    The one that takes applications, else the next; without a round the first in use of each kind.
    """
    now = clock.now()
    runde = runder.taking(now, ansatt=ansatt) or runder.upcoming(
        clock.local_date(now), ansatt=ansatt
    )
    chosen = ordning.in_runde(runde) if runde else {}
    if chosen:
        return runde, chosen
    usual = {each.kind: each for each in reversed(ordning.latest(on=clock.today()))}
    return None, {str(kind.value): usual[kind] for kind in Slag if kind in usual}


def answer(
    ordninger: dict[str, Stotteordning],
    study: Study,
    *,
    exams: Sequence[date],
    weekdays: Collection[int],
    ansatt: Ansatt,
) -> Svar:
    """Return what the schemes give of the study, and what it binds to; two queries."""
    leave, days = ordninger.get(Slag.LEAVE), set[date]()
    if leave is not None:
        counted = satser.leave(leave, study)
        if exams:
            days = satser.exam_leave(leave, exams, weekdays=weekdays)
            counted = satser.leave_on(leave, exams, study, weekdays=weekdays)
        study = replace(study, leave_days=counted)
    found = dekning.of(ordninger, study)
    return Svar(found, tuple(sorted(days)), _binding(ordninger, study, found, ansatt))


def _binding(
    ordninger: dict[str, Stotteordning], study: Study, found: Dekning, ansatt: Ansatt
) -> Binding | None:
    parts = {each.kind: each.covered for each in found.linjer}
    regel = bindingstid.applying(
        avtale.active_rules(),
        amount=found.personal,
        leave_days=study.leave_days,
        linked=satser.linked(ordninger, parts, leave_days=study.leave_days),
    )
    return None if regel is None else _bound(regel, study, found, ansatt)


def _bound(regel: Bindingsregel, study: Study, found: Dekning, ansatt: Ansatt) -> Binding:
    today = clock.today()
    months = bindingstid.months_of(regel, starts=study.starts, ends=study.ends)
    most = bindingstid.expected(
        regel,
        amount=found.personal,
        leave_days=study.leave_days,
        position=avtale.position_of(ansatt, on=today) if regel.scales else satser.ALL,
    )
    first = study.ends if regel.begins == Begins.COMPLETED else study.starts
    terms = Terms(most, months, regel.falls, first or today)
    steps = tuple(bindingstid.by_month(terms)) if most else ()
    return Binding(regel.name, months, most, regel.get_begins_display(), steps)
