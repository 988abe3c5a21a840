"""What the grant is spent on, line by line: granted, moved, spent, remaining. Whole NOK."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Concat

from kompetanse.organisasjon.models import Ansatt
from rapporter import rules
from rapporter.models import (
    Omdisponering,
    Postering,
    Regnskapsinnlesing,
    Svarlinje,
    Tilskuddsrapport,
    Tilskuddssvar,
)

Payer = Postering.Payer
WAITING = (Regnskapsinnlesing.Status.MAPPING, Regnskapsinnlesing.Status.CHECKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """A line's budget and accounts. `available` is granted, carried over and moved together."""

    pk: int
    tiltak_id: int
    priority: int
    theme: str
    area: str
    account: str
    own_budget: int
    other_budget: int
    applied: int
    granted: int
    carried: int
    moved: int
    spent: int
    own_spent: int
    other_spent: int

    @property
    def available(self) -> int:
        return self.granted + self.carried + self.moved

    @property
    def remaining(self) -> int:
        return self.available - self.spent

    @property
    def percent(self) -> int:
        """How much of what is available that is spent, 0–100."""
        return 100 * self.spent // self.available if self.available else 0


@dataclass(frozen=True, slots=True)
class Accounts:
    """All the lines, with their sums."""

    lines: tuple[Spent, ...]

    def _sum(self, name: str) -> int:
        return sum(getattr(line, name) for line in self.lines)

    @property
    def granted(self) -> int:
        return self._sum("granted")

    @property
    def carried(self) -> int:
        return self._sum("carried")

    @property
    def moved(self) -> int:
        return self._sum("moved")

    @property
    def available(self) -> int:
        return self._sum("available")

    @property
    def spent(self) -> int:
        return self._sum("spent")

    @property
    def own_spent(self) -> int:
        return self._sum("own_spent")

    @property
    def other_spent(self) -> int:
        return self._sum("other_spent")

    @property
    def remaining(self) -> int:
        return self._sum("remaining")


def accounts(svar: Tilskuddssvar) -> Accounts:
    """Return the lines in order of priority; one query whatever their number."""
    return Accounts(tuple(spent_on(row) for row in lines_of(svar)))


def lines_of(svar: Tilskuddssvar) -> QuerySet[Any]:
    """Return the answer's lines, each with what the other two payers have paid."""
    return (
        Svarlinje.objects.filter(svar=svar)
        .annotate(own_spent=_paid(Payer.OWN), other_spent=_paid(Payer.OTHER))
        .select_related("linje__tiltak")
    )


def visible_to(actor: Ansatt) -> QuerySet[Any]:
    """Return the county's answers that the actor may see the accounts of.

    Each with `is_closed`: the report is put forward, so that the accounts no longer change; and
    `has_files`: files from the ledger wait for a person.
    """
    reports = Tilskuddsrapport.objects.filter(svar=OuterRef("pk"))
    waiting = Regnskapsinnlesing.objects.filter(svar=OuterRef("pk"), status__in=WAITING)
    svar = Tilskuddssvar.objects.select_related("soknad__ordning").annotate(
        is_closed=Exists(reports.exclude(status=Tilskuddsrapport.Status.DRAFT)),
        has_files=Exists(waiting),
    )
    return svar if rules.may_see(actor) else svar.none()


def postings(svar: Tilskuddssvar) -> QuerySet[Any]:
    """Return the postings, the newest first; `other` is another grant with the same voucher."""
    found = Postering.objects.filter(svar=svar).annotate(other=_other_grant())
    return found.select_related("svarlinje__linje__tiltak").order_by("-posted_on", "-pk")


def moves(svar: Tilskuddssvar) -> QuerySet[Omdisponering]:
    return Omdisponering.objects.filter(svar=svar).select_related(
        "source__linje__tiltak", "target__linje__tiltak", "fil"
    )


def files_in(svar: Tilskuddssvar) -> QuerySet[Regnskapsinnlesing]:
    """Return the files from the ledger that wait for a person."""
    return Regnskapsinnlesing.objects.filter(svar=svar, status__in=WAITING)


def vouchers(svar: Tilskuddssvar, numbers: Sequence[str]) -> set[str]:
    """Return which of the voucher numbers are posted on this grant already."""
    found = Postering.objects.filter(svar=svar, voucher__in=numbers)
    return set(found.values_list("voucher", flat=True))


def in_other_grants(svar: Tilskuddssvar, numbers: Sequence[str]) -> dict[str, str]:
    """Return which of the voucher numbers another grant has paid of, with its name and year."""
    found = Postering.objects.filter(voucher__in=numbers).exclude(svar=svar)
    rows = found.values_list(
        "voucher", "svar__soknad__ordning__name", "svar__soknad__ordning__year"
    )
    return {voucher: f"{name} {year}" for voucher, name, year in rows}


def spent_on(row: Any) -> Spent:
    """Return a line of `lines_of` as plain values."""
    linje = row.linje
    return Spent(
        pk=row.pk,
        tiltak_id=linje.tiltak_id,
        priority=linje.priority,
        theme=linje.tiltak.theme,
        area=linje.area,
        account=row.account,
        own_budget=linje.own_share,
        other_budget=linje.other_financing,
        applied=linje.amount,
        granted=row.granted,
        carried=row.carried,
        moved=row.moved,
        spent=row.spent,
        own_spent=row.own_spent or 0,
        other_spent=row.other_spent or 0,
    )


def _paid(payer: str) -> Subquery:
    rows = Postering.objects.filter(svarlinje=OuterRef("pk"), payer=payer).order_by()
    return Subquery(rows.values("svarlinje").annotate(sum=Sum("amount")).values("sum"))


def _other_grant() -> Subquery:
    """Return the name and year of another grant that has paid of the outer posting's voucher."""
    same = Postering.objects.filter(voucher=OuterRef("voucher")).exclude(svar=OuterRef("svar"))
    scheme = "svar__soknad__ordning"
    named = same.annotate(
        told=Concat(f"{scheme}__name", Value(" "), f"{scheme}__year", output_field=CharField())
    )
    return Subquery(named.order_by("pk").values("told")[:1])
