"""What an application means for the staffing of its unit: who else is away at the same time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Framdrift, Soknad, Vedtak
from soknader.queries.framdrift import ENDED

S, Outcome = Soknad.Status, Vedtak.Outcome
_APPLIES = (S.SUBMITTED, S.RECOMMENDED, S.DECIDED)


@dataclass(frozen=True, slots=True)
class Annen:
    """Someone else of the unit who applies or studies in the same time; leave in days."""

    name: str
    study: str
    starts: date
    ends: date
    leave_days: int
    studies: bool

    @property
    def word(self) -> str:
        return _("studerer") if self.studies else _("søker")


@dataclass(frozen=True, slots=True)
class Bemanning:
    """The unit of an applicant: how many are employed, and who else is away then."""

    headcount: int
    others: tuple[Annen, ...]

    @property
    def leave_days(self) -> int:
        return sum(each.leave_days for each in self.others)


def with_headcount(soknader: QuerySet[Soknad]) -> QuerySet[Soknad]:
    """Return the applications, each with how many are employed in its unit today."""
    employed = organisasjon.current().filter(enhet=OuterRef("ansatt__enhet")).order_by()
    counted = employed.values("enhet").annotate(number=Count("pk")).values("number")
    return soknader.annotate(headcount=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def of(soknad: Soknad, *, reader: Ansatt) -> Bemanning:
    """Return who else of the unit applies or studies then; one query.

    Names and studies alone, and never the reader's own. `soknad` is read `with_headcount`.
    """
    headcount: int = vars(soknad).get("headcount", 0)
    if soknad.starts is None or soknad.ends is None:
        return Bemanning(headcount, ())
    same_time = _at_the_time(soknad.starts, soknad.ends).exclude(pk=soknad.pk)
    others = same_time.filter(ansatt__enhet=soknad.ansatt.enhet_id)
    others = others.exclude(ansatt__in=(reader.pk, soknad.ansatt_id))
    rows: Iterable[Any] = others.order_by("starts", "pk").values_list(
        "ansatt__first_name", "ansatt__last_name", "study", "starts", "ends", "leave_days", "status"
    )
    return Bemanning(
        headcount,
        tuple(
            Annen(f"{first} {last}", study, starts, ends, days or 0, status == S.ACCEPTED)
            for first, last, study, starts, ends, days, status in rows
        ),
    )


def _at_the_time(starts: date, ends: date) -> QuerySet[Soknad]:
    """Return what is applied for, offered or studied in some of the days."""
    over = Framdrift.objects.filter(soknad=OuterRef("pk"), kind__in=ENDED).exclude(
        status=Framdrift.Status.RETURNED
    )
    offered = Vedtak.objects.filter(
        soknad=OuterRef("pk"), status=Vedtak.Status.DECIDED,
        outcome__in=Vedtak.GIVES,
    )  # fmt: skip
    standing = (
        Q(status__in=_APPLIES)
        | Q(Exists(offered), status=S.ANSWERED)
        | Q(~Exists(over), status=S.ACCEPTED)
    )
    return Soknad.objects.filter(standing, starts__lte=ends, ends__gte=starts)
