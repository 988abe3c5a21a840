"""Årsverk by education group, from the positions: what the county asks for beside the grant."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.access import in_force, still_employed
from kompetanse.organisasjon.models import Fellesgruppe, Stilling
from soknader.models import Framdrift, Soknad

F = Fellesgruppe
NUMBER = DecimalField(max_digits=12, decimal_places=2)
NOTHING = Value(Decimal(0), output_field=NUMBER)
ENDED = (Framdrift.Kind.COMPLETED, Framdrift.Kind.BROKEN_OFF)
# By the length of the education that the profession asks for in Norway. Source: utdanning.no.
GROUPS: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (
        _("Videreutdanning på høgskolenivå"),
        frozenset({F.SPESIALSYKEPLEIER, F.HELSESYKEPLEIER, F.JORDMOR}),
    ),
    (
        _("Høgskole og universitet, minst tre år"),
        frozenset(
            {
                F.SYKEPLEIER, F.VERNEPLEIER, F.LEGE, F.FYSIOTERAPEUT, F.ERGOTERAPEUT, F.SOSIONOM,
                F.BARNEVERNSPEDAGOG, F.LAERER, F.BARNEHAGELAERER, F.INGENIOR,
            }
        ),
    ),
    (
        _("Fagbrev"),
        frozenset({F.HELSEFAGARBEIDER, F.BARNE_UNGDOM, F.FAGARBEIDER, F.KJOKKEN}),
    ),
    (_("Lærlinger"), frozenset({F.LAERLING})),
    (_("Uten fagutdanning"), frozenset({F.ASSISTENT})),
)  # fmt: skip
REST = _("Ledere, rådgivere og andre")


@dataclass(frozen=True, slots=True)
class Staff:
    """A group's årsverk at the start and the end of the year, one decimal, and who study."""

    group: str
    before: float
    after: float
    in_education: int

    @property
    def change(self) -> float:
        return round(self.after - self.before, 1)


def development(year: int, *, on: date) -> list[Staff]:
    """Return the groups on 1 January and on 31 December of the year, or `on` when that is sooner.

    One query. What the register no longer holds of earlier positions is not counted.
    """
    first, last = date(year, 1, 1), min(on, date(year, 12, 31))
    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    for group, *numbers in _positions(first, last).union(_students(last), all=True):
        kept = sums[_group_of(group or "")]
        sums[_group_of(group or "")] = [a + b for a, b in zip(kept, numbers, strict=True)]
    names = [*(str(name) for name, _members in GROUPS), str(REST)]
    return [
        Staff(name, _arsverk(sums[name][0]), _arsverk(sums[name][1]), int(sums[name][2]))
        for name in names
    ]


def _positions(first: date, last: date) -> QuerySet[Any]:
    """Return (common group, per cent on the first day, on the last day, 0) of the positions."""
    rows = Stilling.objects.order_by().values_list("kategori__group")
    return rows.annotate(
        before=Coalesce(Sum("percentage", filter=_held(first)), NOTHING),
        after=Coalesce(Sum("percentage", filter=_held(last)), NOTHING),
        studying=NOTHING,
    )


def _students(on: date) -> QuerySet[Any]:
    """Return (common group, 0, 0, how many) of the granted studies that go on that day."""
    over = Framdrift.objects.filter(kind__in=ENDED, ended_on__lte=on)
    over = over.exclude(status=Framdrift.Status.RETURNED)
    begun = Soknad.objects.filter(status=Soknad.Status.ACCEPTED, starts__lte=on)
    rows = begun.exclude(pk__in=over.values("soknad")).order_by()
    return rows.values_list("ansatt__kategori__group").annotate(
        before=NOTHING, after=NOTHING, studying=Cast(Count("pk"), NUMBER)
    )


def _held(on: date) -> Q:
    """Return the filter that keeps the positions that someone employed is in that day."""
    begun = Q(ansatt__employed_from__isnull=True) | Q(ansatt__employed_from__lte=on)
    return in_force(on) & begun & still_employed(on, "ansatt__")


def _group_of(fellesgruppe: str) -> str:
    named = (name for name, members in GROUPS if fellesgruppe in members)
    return str(next(named, REST))


def _arsverk(percent: Decimal) -> float:
    return round(float(percent) / 100, 1)
