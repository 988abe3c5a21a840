"""Who has the power to decide a case, and who can do it when someone is not impartial."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import ALLOWED, Act, Held
from kompetanse.organisasjon.models import Ansatt, Rolle
from soknader.models import Settestedfortreder, Vedtak
from soknader.rules import habilitet


def named() -> dict[str, Subquery | Exists]:
    """Return who is named to decide the case, and whether someone has asked for it."""
    rows = Settestedfortreder.objects.filter(soknad=OuterRef("soknad"))
    return {"named_id": Subquery(rows.values("ansatt")[:1]), "is_asked": Exists(rows)}


def roles_that_count() -> list[Rolle]:
    """Return the roles that decide, and those that put someone above others; one query."""
    roles = organisasjon.roles_in_force().filter(
        kode__in=ALLOWED[Act.DECIDE] | habilitet.LEVEL.keys() | access.DEPUTISED
    )
    people = roles.select_related("ansatt__enhet", "enhet").order_by("ansatt__last_name")
    return list(habilitet.with_deputies(people))


def able(roles: Iterable[Rolle] | None = None) -> dict[Ansatt, list[Held]]:
    """Return everyone who is employed and decides, with those roles; deputies with whom for."""
    known = roles_that_count() if roles is None else list(roles)
    on = clock.today()
    held: dict[Ansatt, list[Held]] = defaultdict(list)
    deciding = [role for role in known if role.kode in ALLOWED[Act.DECIDE]]
    stand_ins = _stand_ins(deciding)
    for role in deciding:
        if role.ansatt.left_on is not None and role.ansatt.left_on <= on:
            continue
        kode, path, unit = Rolle.Kode(role.kode), role.enhet.path, role.enhet.name
        held[role.ansatt].append(Held(kode, path, unit))
        for pk in role.deputies:  # type: ignore[attr-defined]
            if pk in stand_ins:
                away = Held(kode, path, unit, role.ansatt_id, role.ansatt.full_name)
                held[stand_ins[pk]].append(away)
    return held


def _stand_ins(roles: Iterable[Rolle]) -> dict[int, Ansatt]:
    """Return those who stand in for a holder, by id; no query when nobody is away."""
    ids = {pk for role in roles for pk in role.deputies}  # type: ignore[attr-defined]
    if not ids:
        return {}
    return organisasjon.current().select_related("enhet").in_bulk(list(ids))


def instead(
    vedtak: Vedtak, deciders: dict[Ansatt, list[Held]], impartial: habilitet.Habilitet
) -> tuple[str, ...]:
    """Return those who may decide the case, with name and role: the next in line first."""
    found = []
    for person, roles in deciders.items():
        role = _reaching(vedtak, roles)
        is_named = vedtak.named_id == person.pk  # type: ignore[attr-defined]
        if (role is None and not is_named) or impartial.ground(person.pk, vedtak.soknad_id):
            continue
        found.append((_distance(role), person.full_name, role.label if role else _("utpekt")))
    return tuple(f"{name} ({role})" for _far, name, role in sorted(found, key=lambda f: f[:2]))


def _distance(role: Held | None) -> tuple[int, int]:
    """Return how far up the line a role stands: the nearest unit first, then the lowest level."""
    if role is None:
        return (0, 0)
    return (-role.path.count("/"), habilitet.LEVEL.get(role.kode, 0))


def _reaching(vedtak: Vedtak, roles: Sequence[Held]) -> Held | None:
    enhet = vedtak.soknad.ansatt.enhet
    return next((role for role in roles if enhet.is_within(role.path)), None)
