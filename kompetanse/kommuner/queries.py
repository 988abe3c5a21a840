"""Which Kommune, what the demonstration's clock says, and whether all processes live."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet

from kompetanse import clock
from kompetanse.kommuner.models import Klokke, Kommune, Puls

PULSE_LIMIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Sign:
    """The state of one part of the system: its name, whether it is well, and why not."""

    name: str
    is_well: bool
    told: str


def kommuner() -> QuerySet[Kommune]:
    return Kommune.objects.order_by("name")


def running() -> QuerySet[Kommune]:
    """Return those that work is done for: all that are not paused."""
    return Kommune.objects.filter(paused_at__isnull=True).order_by("name")


def kommune_by_slug(slug: str) -> Kommune | None:
    return _found(Kommune.objects.filter(slug=slug))


def kommune_by_host(host: str) -> Kommune | None:
    """Return the Kommune that owns the host name; no query for the platform's own hosts."""
    if host in settings.PLATFORM_HOSTS:
        return None
    return _found(Kommune.objects.filter(host=host))


def _found(kommuner: QuerySet[Kommune]) -> Kommune | None:
    """Return the one, in the demonstration together with what its clock says."""
    if settings.KOMPETANSE_DEMO:
        kommuner = kommuner.annotate(clock_offset=Klokke.objects.values("offset")[:1])
    return kommuner.first()


def clock_offset() -> int:
    """Return how many seconds the demonstration's clock runs beside the real one."""
    return Klokke.objects.values_list("offset", flat=True).first() or 0


def pulse(name: str) -> Sign:
    """Return whether the process gave a sign of life in the last five minutes of real time."""
    row = Puls.objects.filter(name=name).first()
    if row is None:
        return Sign(name, is_well=False, told="har ikke meldt seg")
    is_fresh = clock.real_now() - row.at <= PULSE_LIMIT
    return Sign(name, is_well=is_fresh, told=f"sist {row.at:%Y-%m-%dT%H:%M:%SZ}")


def waiting_notices() -> Sign:
    """Return whether any notice has waited over ten minutes past its time; counts only."""
    row = Puls.objects.filter(name="varsler").first()
    figures = row.figures if row else {}
    overdue = figures.get("overdue", 0)
    told = f"{figures.get('pending', 0)} venter, {overdue} er forsinket"
    return Sign("varsler", is_well=overdue == 0, told=told)
