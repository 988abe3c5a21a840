"""New employees: some wait for their leader, some are on their way, one is late, one is done."""

from datetime import date, timedelta
from typing import NamedTuple

from kompetanse import clock
from kompetanse.kommuner.maler import Mal
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from planer.actions import introduksjon, introduksjonssteg, mal
from planer.models import Introduksjon, Introduksjonsmal

MORNING = 9


class Newcomer(NamedTuple):
    """Someone who began that day: how many of the steps are done, None when nothing is begun."""

    first_day: date
    done: int | None
    group: str = ""


NEW = (
    Newcomer(date(2026, 8, 31), None),
    Newcomer(date(2026, 9, 14), None),
    Newcomer(date(2026, 8, 17), 6),
    Newcomer(date(2026, 6, 15), 4),
    Newcomer(date(2026, 3, 2), 99),
    Newcomer(date(2026, 8, 3), 5, "sykepleier"),
)


def load() -> None:
    """Make the templates, and let six of those with the latest first day be new this year."""
    mal.load_introductions(Mal.MODUM)
    taken: set[int] = set()
    for newcomer in NEW:
        ansatt = _pick(newcomer, taken)
        if ansatt is None:
            continue
        taken.add(ansatt.pk)
        ansatt.employed_from = newcomer.first_day
        ansatt.save(update_fields=["employed_from"])
        if newcomer.done is not None:
            _begin(ansatt, newcomer)


def _pick(newcomer: Newcomer, taken: set[int]) -> Ansatt | None:
    """Return an employee of a unit with a leader of its own; the same each time."""
    rows = organisasjon.current().filter(kategori__isnull=False, roller__isnull=True)
    if newcomer.group:
        rows = rows.filter(kategori__name__iexact=newcomer.group)
    rows = rows.exclude(pk__in=taken).select_related("enhet", "kategori")
    return rows.order_by("-employed_from", "number").first()


def _begin(ansatt: Ansatt, newcomer: Newcomer) -> None:
    leader = organisasjon.leader_for(ansatt)
    if leader is None:
        return
    with clock.frozen(clock.start_of(newcomer.first_day - timedelta(days=7), hour=MORNING)):
        maler = Introduksjonsmal.objects.filter(group__in=("", newcomer.group))
        begun = introduksjon.start(
            ansatt,
            list(maler),
            starts_on=newcomer.first_day,
            fadder=_sponsor(ansatt),
            by=leader,
        )
    for each in begun:
        _tick(each, newcomer.done or 0, by=leader)


def _tick(plan: Introduksjon, count: int, *, by: Ansatt) -> None:
    """Tick the first steps, each on its own day or the day before the demonstration begins."""
    yesterday = clock.today() - timedelta(days=1)
    for steg in plan.steg.order_by("day", "pk")[:count]:
        day = min(steg.due_on or yesterday, yesterday)
        with clock.frozen(clock.start_of(day, hour=MORNING)):
            introduksjonssteg.tick(steg, by=by)


def _sponsor(ansatt: Ansatt) -> Ansatt | None:
    colleagues = organisasjon.current().filter(enhet=ansatt.enhet, roller__isnull=True)
    return colleagues.exclude(pk=ansatt.pk).order_by("employed_from", "number").first()
