"""Who is not impartial in a case: own case, declared, and the derived rule for subordinates.

Who is not impartial takes no part in the case. A direct subordinate of someone who is not may
prepare it, but not decide it.

Source: forvaltningsloven § 6, first to third paragraph; its paragraph numbers live in letters.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Rolle
from soknader.models import Inhabilitet, Soknad

# Who stands above whom when both lead the same unit.
LEVEL = {
    Rolle.Kode.LEDER: 1,
    Rolle.Kode.VIRKSOMHETSLEDER: 2,
    Rolle.Kode.STABSLEDER: 2,
    Rolle.Kode.PERSONALSJEF: 2,
    Rolle.Kode.KOMMUNALSJEF: 3,
    Rolle.Kode.KOMMUNEDIREKTOR: 4,
}


class Ground(Enum):
    """Why someone may not decide a case, in words for that person."""

    OWN = _("det er din egen søknad")
    DECLARED = _("du har meldt deg inhabil")
    LEADERS_OWN = _("det er søknaden til lederen din")
    LEADER_DECLARED = _("lederen din er inhabil i saken")

    @property
    def bars_all(self) -> bool:
        """Whether the person may not even prepare the case."""
        return self in {Ground.OWN, Ground.DECLARED}


@dataclass(frozen=True, slots=True)
class Habilitet:
    """What is needed to tell who is impartial in a set of applications; ids only."""

    owners: dict[int, int]
    declared: frozenset[tuple[int, int]]
    superiors: dict[int, frozenset[int]]

    def ground(self, ansatt_id: int, soknad_id: int) -> Ground | None:
        """Return why the person may not decide the application, or None."""
        own = self._own(ansatt_id, soknad_id)
        if own:
            return own
        above = {self._own(leader, soknad_id) for leader in self.superiors.get(ansatt_id, ())}
        if Ground.OWN in above:
            return Ground.LEADERS_OWN
        return Ground.LEADER_DECLARED if Ground.DECLARED in above else None

    def barred(self, ansatt_id: int) -> set[int]:
        """Return the applications that the person may not even prepare."""
        return {pk for pk in self.owners if self._own(ansatt_id, pk)}

    def _own(self, ansatt_id: int, soknad_id: int) -> Ground | None:
        if self.owners[soknad_id] == ansatt_id:
            return Ground.OWN
        return Ground.DECLARED if (soknad_id, ansatt_id) in self.declared else None


def read(
    soknader: QuerySet[Soknad], *, people: Sequence[Ansatt], roles: Iterable[Rolle] | None = None
) -> Habilitet:
    """Return who among `people` is impartial in which of `soknader`; two queries.

    `roles` are the `leading` ones, when they have been read already.
    """
    rows = list(soknader.values_list("pk", "ansatt_id", "inhabile__ansatt_id"))
    owners = {pk: owner for pk, owner, _declared in rows}
    declared = frozenset((pk, declared) for pk, _owner, declared in rows if declared)
    return Habilitet(owners, declared, _superiors(people, leading() if roles is None else roles))


def leading() -> QuerySet[Rolle]:
    """Return the roles in force that put someone above others."""
    return organisasjon.roles_in_force().filter(kode__in=LEVEL)


def ground(actor: Ansatt, soknad: Soknad) -> Ground | None:
    """Return why the actor may not decide the one application, or None."""
    return read(Soknad.objects.filter(pk=soknad.pk), people=[actor]).ground(actor.pk, soknad.pk)


def is_barred(actor: Ansatt, soknad: Soknad) -> bool:
    """Return whether the actor may not even prepare the case: own, or declared."""
    if soknad.ansatt_id == actor.pk:
        return True
    return Inhabilitet.objects.filter(soknad=soknad, ansatt=actor).exists()


def _superiors(people: Iterable[Ansatt], roles: Iterable[Rolle]) -> dict[int, frozenset[int]]:
    """Return the direct leaders of each: of the nearest unit that someone above them leads."""
    by_unit: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for role in roles:
        by_unit[role.enhet_id].append((role.ansatt_id, LEVEL[Rolle.Kode(role.kode)]))
    return {person.pk: _direct_leaders(person, by_unit) for person in people}


def _direct_leaders(person: Ansatt, by_unit: dict[int, list[tuple[int, int]]]) -> frozenset[int]:
    up = organisasjon.ancestors(person.enhet)
    own = [max((n for pk, n in by_unit.get(e, ()) if pk == person.pk), default=0) for e in up]
    # Who leads a unit further up is not led by those who lead the units below it.
    start = max((index for index, level in enumerate(own) if level), default=0)
    for index, enhet_id in enumerate(up[start:], start):
        above = frozenset(pk for pk, level in by_unit.get(enhet_id, ()) if level > own[index])
        if above:
            return above
    return frozenset()
