"""The needs of all units in three kinds: mobilised, learnt and acquired (A3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from kartlegging import rules
from kartlegging.models import Behov
from kartlegging.queries.behov import sent
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt


@dataclass(frozen=True, slots=True)
class Slag:
    """The needs that are met in one way."""

    kind: Behov.Kind
    needs: Sequence[Behov]

    @property
    def people(self) -> int:
        """How many people the needs are about."""
        return sum(each.number for each in self.needs)


def by_kind(actor: Ansatt, *, year: int) -> list[Slag]:
    """Return the needs that are sent in, of units the actor follows, in their three kinds."""
    paths = [*rules.followed(actor), *access.scopes(actor, Act.FILL_NEEDS)]
    seen = reduce(or_, (Q(skjema__enhet__path__startswith=path) for path in paths), Q(pk__in=[]))
    needs = list(sent(year).filter(seen))
    return [Slag(kind, [each for each in needs if each.kind == kind]) for kind in Behov.Kind]
