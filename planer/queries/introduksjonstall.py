"""Introductions counted: how many are begun, completed and late, by unit and year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from kompetanse.kommuner.persondata import FEWEST
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from planer.models import Introduksjon, Introduksjonssteg

S = Introduksjon.Status


@dataclass(frozen=True, slots=True)
class Enhetstall:
    """A unit's introductions of a year: begun, completed, and how many have steps that are late.

    None stands for figures of too few people to show.
    """

    enhet: str
    begun: int
    completed: int | None
    late: int | None

    @property
    def share(self) -> int | None:
        """Share that is completed, per cent 0–100."""
        return None if self.completed is None else round(self.completed * 100 / self.begun)


def figures(actor: Ansatt, year: int, *, on: date) -> list[Enhetstall]:
    """Return the year's introductions by unit; units with fewer than five only to their leader."""
    late = Introduksjonssteg.objects.filter(
        introduksjon=OuterRef("pk"), done_on__isnull=True, due_on__lt=on
    )
    rows = (
        Introduksjon.objects.filter(
            access.within(actor, Act.FOLLOW_INTRODUCTION, enhet="ansatt__enhet"),
            starts_on__year=year,
        )
        .exclude(status=S.DECLINED)
        .order_by("ansatt__enhet__path")
        .values_list("ansatt__enhet__path", "ansatt__enhet__name")
        .annotate(
            begun=Count("pk"),
            completed=Count("pk", filter=Q(status=S.DONE)),
            late=Count("pk", filter=Q(Exists(late), status=S.ONGOING)),
        )
    )
    led = tuple(access.scopes(actor, Act.PLAN_MEASURES))
    return [_shown(row, is_led=row[0].startswith(led)) for row in rows]


def _shown(row: tuple[str, str, int, int, int], *, is_led: bool) -> Enhetstall:
    _path, enhet, begun, completed, late = row
    if begun < FEWEST and not is_led:
        return Enhetstall(enhet, begun, None, None)
    return Enhetstall(enhet, begun, completed, late)


def whole(rows: Iterable[Enhetstall]) -> Enhetstall:
    """Return all units as one, those hidden left out on both sides."""
    shown = [row for row in rows if row.completed is not None]
    return Enhetstall(
        "",
        sum(row.begun for row in shown),
        sum(row.completed or 0 for row in shown),
        sum(row.late or 0 for row in shown),
    )
