"""Granted education becomes a line of the joint training plan, which names no person."""

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer.actions import opplaring
from planer.actions.linje import Measure
from planer.models import Belopslinje, Tiltak
from soknader.models import Soknad, Vedtak

JULY = 7
Line = Belopslinje.Kind


def plan(vedtak: Vedtak, *, by: Ansatt) -> None:
    """Put the education in the plan of the year it begins; take it out when nothing is granted."""
    origin = origin_of(vedtak.soknad)
    if vedtak.gives_support:
        opplaring.plan_education(origin, _measure(vedtak), by=by)
    else:
        opplaring.withdraw_education(origin, by=by)


def withdraw(soknad: Soknad, *, by: Ansatt | None) -> None:
    """Cancel the line of education that the employee has declined."""
    opplaring.withdraw_education(origin_of(soknad), by=by)


def origin_of(soknad: Soknad) -> str:
    """Return the line's mark: one for each application, however often its decision is replaced."""
    return f"soknad:{soknad.pk}"


def _measure(vedtak: Vedtak) -> Measure:
    soknad = vedtak.soknad
    ansatt, starts = soknad.ansatt, soknad.starts
    is_spring = starts is not None and starts.month <= JULY
    return Measure(
        year=starts.year if starts else soknad.runde.year + 1,
        half=Tiltak.Halvar.SPRING if is_spring else Tiltak.Halvar.AUTUMN,
        kind=Tiltak.Kind.EDUCATION,
        theme=soknad.study,
        target_group=ansatt.kategori.name if ansatt.kategori else "",
        participants=1,
        responsible=soknad.institution[:120],
        enhet=_service(ansatt.enhet),
        fokusomrade=soknad.fokusomrade,
        amounts=_amounts(vedtak),
    )


def _service(enhet: Enhet) -> Enhet:
    """Return the virksomhet that the unit is part of; a department could show who it is."""
    above = organisasjon.tree().filter(
        pk__in=organisasjon.ancestors(enhet), kind=Enhet.Kind.VIRKSOMHET
    )
    return above.first() or enhet


def _amounts(vedtak: Vedtak) -> dict[str, int]:
    """Return what is granted as cost lines, and all of it as own financing; NOK."""
    return {
        Line.FEE: vedtak.tuition,
        Line.LITERATURE: vedtak.books,
        Line.TRAVEL: vedtak.travel,
        Line.SUBSTITUTE: vedtak.substitute,
        Line.OTHER_COST: vedtak.other_cost,
        Line.OWN: vedtak.amount,
    }
