"""What a region's members show each other."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from kompetanse.kommuner.models import Kommune, Region
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from kompetanse.plattform import regionstoff
from kompetanse.plattform.models import Regionkontakt, Regionoppslag
from kompetanse.plattform.regionstoff import Draft


@dataclass(slots=True)
class Member:
    """A Kommune of the region: whom to contact, and what it has published."""

    kommune: Kommune
    contact: Regionkontakt | None = None
    oppslag: list[Regionoppslag] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Together:
    """The region as its members see it."""

    region: Region
    coordinator: Regionkontakt | None
    members: list[Member]


def together(kommune: Kommune) -> Together | None:
    """Return the region of the active Kommune, or None when it is in none; four queries."""
    if kommune.region_id is None:
        return None
    region = Region.objects.get(pk=kommune.region_id)
    members: dict[int | None, Member] = {
        each.pk: Member(each) for each in region.kommuner.order_by("name")
    }
    coordinator = None
    for kontakt in Regionkontakt.shared.filter(kommune__in=members):
        if kontakt.is_coordinator:
            coordinator = kontakt
        else:
            members[kontakt.kommune_id].contact = kontakt
    for oppslag in Regionoppslag.shared.filter(kommune__in=members).order_by("title"):
        members[oppslag.kommune_id].oppslag.append(oppslag)
    return Together(region, coordinator, list(members.values()))


def contact(*, is_coordinator: bool) -> Regionkontakt | None:
    return Regionkontakt.objects.filter(is_coordinator=is_coordinator).first()


def figures() -> Iterator[Draft]:
    """Return how many work as what in the active Kommune: a source for `regionstoff`."""
    counts: dict[str, int] = {}
    for group, count in _by_group(organisasjon.current()):
        counts[group or regionstoff.OTHERS] = counts.get(group or regionstoff.OTHERS, 0) + count
    shown = regionstoff.together(counts)
    if shown:
        lines = sorted(shown.items(), key=lambda pair: (pair[0] == regionstoff.OTHERS, -pair[1]))
        yield Draft(
            "tall:ansatte",
            str(_("Ansatte etter yrkesgruppe")),
            tuple((name, str(count)) for name, count in lines),
        )


def _by_group(ansatte: QuerySet[Ansatt]) -> list[tuple[str | None, int]]:
    groups = ansatte.values_list("kategori__group").annotate(count=Count("pk"))
    return list(groups.order_by("kategori__group"))
