"""What the reader has narrowed the list to, and what it can be narrowed by."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse import alfabet
from kompetanse.organisasjon.models import Enhet
from soknader.models import Vedtak
from soknader.queries.rangering import Sak

Outcome = Vedtak.Outcome

# The states that are looked for, by the word in the address.
STATES: Mapping[str, tuple[str | Promise, Callable[[Sak], bool]]] = {
    "uten-poeng": (
        _("Mangler mine poeng"),
        lambda sak: not (sak.is_scored or sak.is_barred or sak.is_decided),
    ),
    "uten-uttalelse": (_("Mangler lederuttalelse"), lambda sak: not sak.verdict),
    "uten-utkast": (_("Uten utkast"), lambda sak: not (sak.outcome or sak.is_own)),
    "uten-grunn": (_("Mangler grunn til plassen"), lambda sak: sak.lacks_rank_reason),
    "innvilget": (_("Innvilget"), lambda sak: sak.outcome == Outcome.GRANTED),
    "delvis": (_("Delvis innvilget"), lambda sak: sak.outcome == Outcome.PARTLY),
    "venteliste": (_("Venteliste"), lambda sak: sak.outcome == Outcome.WAITING),
    "avslag": (_("Avslag"), lambda sak: sak.outcome == Outcome.REFUSED),
    "vedtatt": (_("Vedtatt"), lambda sak: sak.is_decided and not sak.is_own),
    "stottet-for": (_("Støttet tidligere"), lambda sak: bool(sak.earlier)),
    "ikke-stottet-for": (
        _("Ikke støttet tidligere"),
        lambda sak: bool(sak.name) and not sak.earlier,
    ),
    "unntak": (_("Unntak fra prioriteringene"), lambda sak: not sak.is_prioritised),
    "sen": (_("Kom etter fristen"), lambda sak: sak.is_late),
}
# Only for those who give points, and for those who see who applies.
OF_MEMBERS = frozenset({"uten-poeng"})
OF_NAMES = frozenset({"stottet-for", "ikke-stottet-for"})


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the reader has narrowed the list to; None and the empty state are all."""

    enhet: int | None = None
    sektor: int | None = None
    fokusomrade: int | None = None
    kategori: int | None = None
    status: str = ""

    def of(self, saker: Iterable[Sak]) -> tuple[Sak, ...]:
        """Return those that match. A hidden unit matches nothing, so it cannot be searched out."""
        return tuple(sak for sak in saker if self._matches(sak))

    def _matches(self, sak: Sak) -> bool:
        return (
            self.enhet in {None, sak.enhet_id}
            and (self.sektor is None or f"/{self.sektor}/" in sak.path)
            and self.fokusomrade in {None, sak.fokusomrade_id}
            and self.kategori in {None, sak.kategori_id}
            and (not self.status or STATES[self.status][1](sak))
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to narrow the list: the name in the address, its options and the chosen one."""

    name: str
    label: str
    options: Sequence[tuple[int | str, str]]
    chosen: int | str | None


def choices(
    saker: Sequence[Sak], chosen: Narrowing, *, is_member: bool, is_named: bool
) -> list[Choice]:
    """Return what the list can be narrowed by: only what the reader sees on it; one query."""
    enheter = _options((sak.enhet_id, sak.unit) for sak in saker)
    areas = _options((sak.fokusomrade_id, sak.area) for sak in saker)
    categories = _options((sak.kategori_id, sak.category) for sak in saker)
    hidden = (frozenset() if is_member else OF_MEMBERS) | (frozenset() if is_named else OF_NAMES)
    states = [
        (word, str(label))
        for word, (label, is_so) in STATES.items()
        if word not in hidden and (word == chosen.status or any(map(is_so, saker)))
    ]
    found = [
        Choice("sektor", gettext("Sektor"), _sectors(saker), chosen.sektor),
        Choice("enhet", gettext("Enhet"), enheter, chosen.enhet),
        Choice("fokus", gettext("Fokusområde"), areas, chosen.fokusomrade),
        Choice("kategori", gettext("Stilling"), categories, chosen.kategori),
        Choice("status", gettext("Status"), states, chosen.status),
    ]
    return [choice for choice in found if len(choice.options) > 1 or choice.chosen]


def _sectors(saker: Iterable[Sak]) -> list[tuple[int | str, str]]:
    """Return the sectors that the units shown stand in; one query."""
    above = {int(pk) for sak in saker for pk in sak.path.strip("/").split("/") if pk}
    sectors = Enhet.objects.filter(pk__in=above, kind=Enhet.Kind.SEKTOR)
    return [(pk, name) for pk, name in sectors.order_by("name").values_list("pk", "name")]


def _options(pairs: Iterable[tuple[int | None, str]]) -> list[tuple[int | str, str]]:
    known = {pk: text for pk, text in pairs if pk is not None}
    return sorted(known.items(), key=lambda pair: alfabet.key(pair[1]))
