"""The page «Organisasjon»: the units of a day with leaders and number of employees."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kompetanse import clock
from kompetanse.organisasjon import access, history
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import (
    Ansatt,
    Enhet,
    Enhetsversjon,
    Permisjon,
    Rolle,
    Stilling,
)
from kompetanse.organisasjon.queries.enhet import Plass, tree_on

# The head of a sector and the chief executive lead their units too.
LEADS = (
    Rolle.Kode.LEDER,
    Rolle.Kode.VIRKSOMHETSLEDER,
    Rolle.Kode.KOMMUNALSJEF,
    Rolle.Kode.KOMMUNEDIREKTOR,
)

# Someone with positions in two units below counts once. The tree is that of the day.
_EMPLOYEES = (
    history.TREE
    + """
SELECT opp.id::bigint, count(DISTINCT s.ansatt_id)
FROM organisasjon_stilling s
JOIN organisasjon_ansatt a ON a.kommune_id = s.kommune_id AND a.id = s.ansatt_id
JOIN tre t ON t.enhet_id = s.enhet_id
CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM t.path), '/')) AS opp(id)
WHERE (s.starts IS NULL OR s.starts <= %(on)s) AND (s.ends IS NULL OR s.ends >= %(on)s)
  AND (a.left_on IS NULL OR a.left_on > %(on)s)
GROUP BY 1
"""
)


@dataclass(frozen=True, slots=True)
class Rad:
    """A line of the table. `employees` are those in the unit and all below; `under` its place."""

    plass: Plass
    leaders: tuple[str, ...]
    employees: int
    under: str
    indent: int

    def tells(self, word: str) -> bool:
        """Whether the word is in the unit's name, code or leaders; letters' case is ignored."""
        texts = (self.plass.name, self.plass.code, *self.leaders)
        return any(word in text.casefold() for text in texts)


def rows(actor: Ansatt, *, on: date) -> list[Rad]:
    """Return the units of the day that the actor sees, each after the one it stood under.

    Who sees follows today's tree. Four queries.
    """
    seen = set(access.units(actor, Act.SEE_UNITS).values_list("pk", flat=True))
    places = [plass for plass in tree_on(on) if plass.pk in seen]
    leaders, employees = leaders_on(on), employees_on(on)
    names = {plass.pk: plass.name for plass in places}
    top = min((plass.depth for plass in places), default=0)
    return [
        Rad(
            plass,
            leaders=tuple(leaders.get(plass.pk, ())),
            employees=employees.get(plass.pk, 0),
            under=names.get(plass.parent_id or 0, ""),
            indent=plass.depth - top,
        )
        for plass in places
    ]


def found(lines: Iterable[Rad], *, text: str = "", kind: str = "") -> list[Rad]:
    """Return the lines that tell every word of the text and are of the kind."""
    words = text.casefold().split()
    return [
        line
        for line in lines
        if (not kind or line.plass.kind == kind) and all(line.tells(word) for word in words)
    ]


def leaders_on(on: date) -> dict[int, list[str]]:
    """Return the names of those who led on the day, by unit."""
    roles = (
        Rolle.objects.filter(access.in_force(on), kode__in=LEADS)
        .order_by("ansatt__last_name", "ansatt__first_name")
        .values_list("enhet_id", "ansatt__first_name", "ansatt__last_name")
        .distinct()
    )
    found_leaders: dict[int, list[str]] = defaultdict(list)
    for enhet_id, first, last in roles:
        found_leaders[enhet_id].append(f"{first} {last}")
    return found_leaders


def employees_on(on: date) -> dict[int, int]:
    """Return how many have a position in the unit or below on the day, by unit. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPLOYEES, {"on": on})
        return dict(cursor.fetchall())


def visible_to(actor: Ansatt) -> QuerySet[Enhet]:
    """Return the units that the actor may look at, closed ones too; `employees`: here and below."""
    on = clock.today()
    held = (
        Stilling.objects.filter(
            access.in_force(on),
            access.still_employed(on, "ansatt__"),
            enhet__path__startswith=OuterRef("path"),
        )
        .order_by()
        .values("kommune")
        .annotate(n=Count("ansatt", distinct=True))
        .values("n")
    )
    units = access.units(actor, Act.SEE_UNITS).select_related("parent")
    return units.annotate(employees=Coalesce(Subquery(held), 0))


def positions_in(enhet: Enhet, *, on: date) -> QuerySet[Stilling]:
    """Return the positions in the unit itself on the day, with person, category and leave."""
    away = Permisjon.objects.filter(ansatt=OuterRef("ansatt"), starts__lte=on).exclude(ends__lt=on)
    return (
        Stilling.objects.filter(
            access.in_force(on), access.still_employed(on, "ansatt__"), enhet=enhet
        )
        .annotate(is_away=Exists(away))
        .select_related("ansatt", "kategori")
        .order_by("ansatt__last_name", "ansatt__first_name", "-percentage")
    )


def history_of(enhet: Enhet) -> Sequence[Enhetsversjon]:
    """Return the unit's versions, the newest first."""
    return list(enhet.versjoner.select_related("parent").order_by("-starts"))
