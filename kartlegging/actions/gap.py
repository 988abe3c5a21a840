"""The year's GAP analysis is settled: figures frozen, conclusions written, focus areas in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kartlegging import rules
from kartlegging.models import Gapanalyse, Gapprioritet
from kartlegging.queries import gap as queries
from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt

TOO_LATE = gettext_lazy("En annen har låst en GAP-analyse for dette året siden du åpnet siden.")


@dataclass(frozen=True, slots=True)
class Prioritet:
    """A focus area that the analysis ends in, and why. Their order is the rank."""

    fokusomrade_id: int
    reason: str = ""


@transaction.atomic
def settle(
    *, year: int, comment: str, priorities: Sequence[Prioritet], seen: int | None, by: Ansatt
) -> Gapanalyse:
    """Freeze the year's figures with the conclusion. It supersedes an earlier one of the year.

    `seen` is the id of the analysis that held when `by` opened the page, None when there was none.

    Raises:
        PermissionDenied: `by` is not the advisor.
        DomainError: no focus area is prioritised, or one twice.
        StaleError: another analysis was settled meanwhile.
    """
    rules.require(access.may(by, Act.SETTLE_GAP))
    areas = [each.fokusomrade_id for each in priorities]
    if not areas or len(set(areas)) != len(areas):
        raise DomainError(_("Velg minst ett fokusområde, og hvert område bare én gang."))
    rows = queries.gap(access.scopes(by, Act.SETTLE_GAP), year=year, on=clock.today())
    analyse = _freeze(rows, year=year, comment=comment, seen=seen, by=by)
    Gapprioritet.objects.bulk_create(
        Gapprioritet(
            gapanalyse=analyse, fokusomrade_id=each.fokusomrade_id, rank=rank, reason=each.reason
        )
        for rank, each in enumerate(priorities, start=1)
    )
    audit.record(
        "gapanalyse.settle", analyse, by=by,
        year=year, rows=len(rows), lack=queries.sums(rows).lack, fokusomrade_ids=areas,
    )  # fmt: skip
    return analyse


def _freeze(
    rows: Sequence[queries.GapRow], *, year: int, comment: str, seen: int | None, by: Ansatt
) -> Gapanalyse:
    """Store the analysis above the one that was seen; the database lets one such in."""
    last = queries.current(year)
    if (last.pk if last else None) != seen:
        raise StaleError(TOO_LATE)
    analyse = Gapanalyse(
        year=year,
        comment=comment,
        figures=[row.figures() for row in rows],
        settled_at=clock.now(),
        settled_by=by,
        supersedes=last,
    )
    try:
        with transaction.atomic():
            analyse.save()
    except IntegrityError as error:
        raise StaleError(TOO_LATE) from error
    return analyse
