"""Granted education becomes a line of the joint training plan, which names no person."""

from collections.abc import Iterable, Sequence

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
        enhet = vedtak.soknad.ansatt.enhet
        opplaring.plan_education(origin, _measure(vedtak, _services([enhet])[enhet.pk]), by=by)
    else:
        opplaring.withdraw_education(origin, by=by)


def plan_each(vedtak: Sequence[Vedtak], *, by: Ansatt) -> None:
    """Do as `plan` for all of them, in a few statements."""
    granted = [each for each in vedtak if each.gives_support]
    services = _services([each.soknad.ansatt.enhet for each in granted])
    measures = {
        origin_of(each.soknad): _measure(each, services[each.soknad.ansatt.enhet_id])
        for each in granted
    }
    opplaring.plan_educations(measures, by=by)
    others = [origin_of(each.soknad) for each in vedtak if not each.gives_support]
    opplaring.withdraw_educations(others, by=by)


def withdraw(soknad: Soknad, *, by: Ansatt | None) -> None:
    """Cancel the line of education that the employee has declined."""
    opplaring.withdraw_education(origin_of(soknad), by=by)


def origin_of(soknad: Soknad) -> str:
    """Return the line's mark: one for each application, however often its decision is replaced."""
    return f"soknad:{soknad.pk}"


def _measure(vedtak: Vedtak, enhet: Enhet) -> Measure:
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
        enhet=enhet,
        fokusomrade=soknad.fokusomrade,
        amounts=_amounts(vedtak),
    )


def _services(enheter: Iterable[Enhet]) -> dict[int, Enhet]:
    """Return the virksomhet that each unit is part of; a department could show who it is.

    One query. A unit that stands in none is its own.
    """
    units = {enhet.pk: enhet for enhet in enheter}
    above = {pk for enhet in units.values() for pk in organisasjon.ancestors(enhet)}
    services = organisasjon.tree().filter(pk__in=above, kind=Enhet.Kind.VIRKSOMHET)
    # The tree is read from the top, so that the one nearest to the top is kept.
    found = [(enhet.pk, each) for each in services for enhet in units.values()
             if enhet.is_within(each.path)]  # fmt: skip
    return units | dict(reversed(found))


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
