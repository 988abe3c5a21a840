"""Who is not impartial: own case, declared, and the derived rule for subordinates and deputies.

One rule for every verb that decides about a person. Who is not impartial takes no part in the
case. A direct subordinate of someone who is not, or the one who stands in for them, may prepare it
but not decide it. Apps ask `towards` when a case is a person, and `Habilitet` for many cases with
declarations of their own.

Source: forvaltningsloven § 6, first to third paragraph; its paragraph numbers live in letters.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.organisasjon import access, queries
from kompetanse.organisasjon.models import Ansatt, Habilitetserklaring, Rolle

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

    OWN = _("det er din egen sak")
    DECLARED = _("du har meldt deg inhabil")
    LEADERS_OWN = _("det er saken til lederen din")
    LEADER_DECLARED = _("lederen din er inhabil i saken")
    STANDS_FOR_OWN = _("det er saken til den du er stedfortreder for")
    STANDS_FOR_DECLARED = _("den du er stedfortreder for, er inhabil i saken")

    @property
    def bars_all(self) -> bool:
        """Whether the person may not even prepare the case."""
        return self in {Ground.OWN, Ground.DECLARED}


DERIVED = {
    Ground.OWN: (Ground.LEADERS_OWN, Ground.STANDS_FOR_OWN),
    Ground.DECLARED: (Ground.LEADER_DECLARED, Ground.STANDS_FOR_DECLARED),
}


@dataclass(frozen=True, slots=True)
class Habilitet:
    """What is needed to tell who is impartial in a set of cases; ids only.

    `owners` says whom each case is about; `declared` holds (case, person), said of the one case
    or of its owner once and for all.
    """

    owners: Mapping[int, int]
    declared: frozenset[tuple[int, int]]
    superiors: Mapping[int, frozenset[int]]
    absent: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def ground(self, ansatt_id: int, case_id: int) -> Ground | None:
        """Return why the person may not decide the case, or None."""
        own = self._own(ansatt_id, case_id)
        if own:
            return own
        led_by = {self._own(pk, case_id) for pk in self.superiors.get(ansatt_id, ())}
        stands_for = {self._own(pk, case_id) for pk in self.absent.get(ansatt_id, ())}
        for cause, (of_leader, of_absent) in DERIVED.items():
            if cause in led_by:
                return of_leader
            if cause in stands_for:
                return of_absent
        return None

    def barred(self, ansatt_id: int) -> set[int]:
        """Return the cases that the person may not even prepare."""
        return {pk for pk in self.owners if self._own(ansatt_id, pk)}

    def _own(self, ansatt_id: int, case_id: int) -> Ground | None:
        if self.owners[case_id] == ansatt_id:
            return Ground.OWN
        return Ground.DECLARED if (case_id, ansatt_id) in self.declared else None


def of(
    owners: Mapping[int, int],
    declared: Iterable[tuple[int, int]],
    *,
    people: Sequence[Ansatt],
    roles: Iterable[Rolle] | None = None,
) -> Habilitet:
    """Return who among `people` is impartial in which cases; `roles` are the `leading` ones."""
    known = list(leading() if roles is None else roles)
    superiors = _superiors(people, known)
    absent = _absent(people, known)
    return Habilitet(owners, frozenset(declared), superiors, absent)


def leading() -> QuerySet[Rolle]:
    """Return the roles in force that put someone above others or can be stood in for."""
    roles = queries.roles_in_force().filter(kode__in=LEVEL.keys() | access.DEPUTISED)
    return with_deputies(roles)


def with_deputies(roles: QuerySet[Rolle]) -> QuerySet[Rolle]:
    """Return the roles, each with the ids of who stands in for its holder today."""
    rows = access.deputyships(clock.today()).filter(ansatt=OuterRef("ansatt"))
    return roles.annotate(deputies=ArraySubquery(rows.values("stedfortreder")))


def declared_towards(lookup: str) -> ArraySubquery:
    """Return the ids of those who have declared themselves towards the Ansatt of `lookup`."""
    rows = Habilitetserklaring.objects.filter(other=OuterRef(lookup), ended_at__isnull=True)
    return ArraySubquery(rows.values("ansatt"))


def towards(actor: Ansatt, ansatt: Ansatt) -> Ground | None:
    """Return why the actor may not decide about the person, or None; two queries."""
    rows = Habilitetserklaring.objects.filter(other=ansatt, ended_at__isnull=True)
    declared = [(ansatt.pk, pk) for pk in rows.values_list("ansatt_id", flat=True)]
    found = of({ansatt.pk: ansatt.pk}, declared, people=[actor])
    return found.ground(actor.pk, ansatt.pk)


def require(actor: Ansatt, ansatt: Ansatt) -> None:
    """Raise PermissionDenied unless the actor may decide about the person."""
    if towards(actor, ansatt) is not None:
        raise PermissionDenied


def _absent(people: Iterable[Ansatt], roles: Iterable[Rolle]) -> dict[int, frozenset[int]]:
    """Return for whom each stands in today, but for those whom they lead themselves."""
    found: dict[int, set[int]] = defaultdict(set)
    own = defaultdict(list)
    for role in roles:
        own[role.ansatt_id].append(role)
    for role in roles:
        for deputy in getattr(role, "deputies", None) or ():
            if not _is_above(own[deputy], role):
                found[deputy].add(role.ansatt_id)
    return {person.pk: frozenset(found[person.pk]) for person in people}


def _is_above(own: Iterable[Rolle], role: Rolle) -> bool:
    return any(
        LEVEL.get(Rolle.Kode(each.kode), 0) > LEVEL.get(Rolle.Kode(role.kode), 0) for each in own
    )


def _superiors(people: Iterable[Ansatt], roles: Iterable[Rolle]) -> dict[int, frozenset[int]]:
    """Return the direct leaders of each: of the nearest unit that someone above them leads."""
    by_unit: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for role in roles:
        level = LEVEL.get(Rolle.Kode(role.kode))
        if level:
            by_unit[role.enhet_id].append((role.ansatt_id, level))
    return {person.pk: _direct_leaders(person, by_unit) for person in people}


def _direct_leaders(person: Ansatt, by_unit: dict[int, list[tuple[int, int]]]) -> frozenset[int]:
    up = queries.ancestors(person.enhet)
    own = [max((n for pk, n in by_unit.get(e, ()) if pk == person.pk), default=0) for e in up]
    # Who leads a unit further up is not led by those who lead the units below it.
    start = max((index for index, level in enumerate(own) if level), default=0)
    for index, enhet_id in enumerate(up[start:], start):
        above = frozenset(pk for pk, level in by_unit.get(enhet_id, ()) if level > own[index])
        if above:
            return above
    return frozenset()
