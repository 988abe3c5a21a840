"""What is applied for, granted and paid: year by year, and by sector, category and focus area.

Only answers that are sent count as such, so that no figure tells of a decision before its letter.
Nothing here knows a person's sex or age, and a figure on fewer than five people is hidden.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet
from soknader.models import Soknad, Svarbrev, Tilsagn, Vedtak
from soknader.queries import ordning
from soknader.rules.tall import (
    DECIDED,
    SUPPORTED,
    Gruppe,
    Rad,
    Sak,
    Utfall,
    merged,
    shared_out,
    years,
)

S = Soknad.Status
ANSWERED = frozenset({S.ANSWERED, S.ACCEPTED})


class Deling(StrEnum):
    """What the applications are shared out by."""

    SEKTOR = "sektor"
    KATEGORI = "kategori"
    FOKUSOMRADE = "fokusomrade"

    @property
    def label(self) -> str:
        return str(DELINGER[self])


DELINGER: dict[Deling, str | Promise] = {
    Deling.SEKTOR: gettext_lazy("Sektor"),
    Deling.KATEGORI: gettext_lazy("Stillingskategori"),
    Deling.FOKUSOMRADE: gettext_lazy("Fokusområde"),
}


@dataclass(frozen=True, slots=True)
class Tall:
    """The figures of a page: the years, newest first, and one year shared out, with its sum."""

    years: tuple[Rad, ...]
    year: int | None
    deling: Deling
    groups: tuple[Rad, ...]
    total: Rad | None

    @property
    def latest(self) -> Rad | None:
        """The newest year with answers; when there is none, the newest."""
        return next(
            (row for row in self.years if row.days is not None), next(iter(self.years), None)
        )


def figures(actor: Ansatt, *, year: int | None = None, deling: Deling = Deling.SEKTOR) -> Tall:
    """Return the figures on those whom the actor follows. Two queries.

    `year` is the one to share out: one that is not there gives the newest.
    """
    saker = _saker(actor)
    by_year: dict[int, Gruppe] = {}
    for sak in saker:
        by_year.setdefault(sak.year, Gruppe(str(sak.year))).saker.append(sak)
    newest_first = [by_year[key] for key in sorted(by_year, reverse=True)]
    shown = year if year in by_year else max(by_year, default=None)
    parted = _parted(by_year[shown].saker, deling) if shown else []
    whole = Gruppe(_("I alt"), by_year[shown].saker if shown else [])
    lines, total = shared_out(parted, year=whole) if parted else ([], None)
    return Tall(
        years=tuple(years(newest_first)), year=shown, deling=deling,
        groups=tuple(lines), total=total,
    )  # fmt: skip


def _saker(actor: Ansatt) -> list[Sak]:
    paid = Tilsagn.objects.filter(soknad=OuterRef("pk")).order_by().values("soknad")
    sent = Svarbrev.objects.filter(vedtak__soknad=OuterRef("pk"), sent_at__isnull=False)
    read = (
        Soknad.objects.filter(access.within(actor, Act.SEE_FIGURES, enhet="ansatt__enhet"))
        .filter(number__isnull=False)
        .annotate(
            gjeldende=FilteredRelation(
                "vedtak", condition=Q(vedtak__status=Vedtak.Status.DECIDED)
            ),
            paid=Coalesce(Subquery(paid.annotate(sum=Sum("paid")).values("sum")), 0),
            asked=ordning.asked(),
            answered_at=Subquery(sent.order_by("sent_at").values("sent_at")[:1]),
        )
        .values_list(
            "ansatt_id", "runde__year", "ansatt__enhet__path", "ansatt__kategori__name",
            "fokusomrade__name", "status", "gjeldende__outcome",
            "asked",
            F("gjeldende__amount") - F("gjeldende__released"), "paid",
            "answered_at", "runde__deadline", "runde__answer_by",
        )
    )  # fmt: skip
    return [_sak(*row) for row in read]


def _sak(  # noqa: PLR0913, PLR0917 (one row of the query)
    ansatt_id: int, year: int, path: str, kategori: str | None, fokusomrade: str | None,
    status: str, outcome: str | None,
    asked: int, held: int | None, paid: int,
    answered_at: datetime | None, deadline: date, answer_by: date,
) -> Sak:  # fmt: skip
    utfall = _utfall(status, outcome)
    is_answered = utfall in DECIDED and answered_at is not None
    sent_on = clock.local_date(answered_at) if is_answered and answered_at else None
    return Sak(
        ansatt_id, year, path, kategori, fokusomrade, utfall,
        asked=asked,
        granted=(held or 0) if utfall in SUPPORTED else 0,
        paid=paid,
        days=(sent_on - deadline).days if sent_on else None,
        is_in_time=sent_on is not None and sent_on <= answer_by,
    )  # fmt: skip


def _utfall(status: str, outcome: str | None) -> Utfall:
    if status == S.WITHDRAWN:
        return Utfall.WITHDRAWN
    if status == S.DECLINED:
        return Utfall.DECLINED
    return Utfall(outcome) if status in ANSWERED and outcome else Utfall.PENDING


# --- shared out -------------------------------------------------------------------------------


def _parted(saker: Iterable[Sak], deling: Deling) -> list[Gruppe]:
    """Return the groups, the largest first and the small ones together as «Andre»."""
    name = _namer(deling)
    groups: dict[str, Gruppe] = {}
    for sak in saker:
        label = name(sak)
        groups.setdefault(label, Gruppe(label)).saker.append(sak)
    return merged(sorted(groups.values(), key=lambda group: (-len(group.saker), group.label)))


def _namer(deling: Deling) -> Callable[[Sak], str]:
    if deling is Deling.KATEGORI:
        return lambda sak: sak.kategori or _("Uten kategori")
    if deling is Deling.FOKUSOMRADE:
        return lambda sak: sak.fokusomrade or _("Utenfor fokusområdene")
    names = dict(Enhet.objects.values_list("path", "name"))
    return lambda sak: names.get(_sektor(sak.path), _("Felles"))


def _sektor(path: str) -> str:
    """Return the path of the sector above a unit: the level under the Kommune itself."""
    return "/".join([*path.split("/")[:3], ""])
