"""Who may do what, asked of the table in `acts`: by pages, verbs, filters and rules.

A role counts for its unit and all below it. Every employee has the role `ansatt`. What depends
on the object too (own case, habilitet, state) is asked in the apps' `rules.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce, wraps
from operator import or_
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon.acts import (
    ADVISOR,
    ALLOWED,
    DEPUTISED,
    EVERYONE,
    EXECUTIVES,
    LEADERS,
    OWN,
    PRIVATE,
    UNIONS,
    Act,
    Kode,
)
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle, Stedfortreder

# The one name by which the rest asks: `access.Act`, `access.may`.
__all__ = [
    "ADVISOR", "ALLOWED", "DEPUTISED", "EVERYONE", "EXECUTIVES", "LEADERS", "UNIONS", "Act",
    "ActorRequest", "Held", "Kode", "OwnPage", "absent_in", "asks", "capacity", "deputyships",
    "has_role", "held", "in_force", "in_words", "is_looked_through", "looked_through", "may",
    "page", "public", "reach", "scopes", "still_employed", "units", "within",
]  # fmt: skip


class ActorRequest(HttpRequest):
    """A request behind `@page`: one Kommune is active, and the Ansatt is known."""

    actor: Ansatt
    kommune: Kommune
    received_at: datetime
    htmx: HtmxDetails


class OwnPage(PermissionDenied):
    """The page is for the person alone, also when someone looks through their eyes."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role that is in force: what, and from which unit downwards.

    A deputy's role says for whom: id and name of the one who is away.
    """

    kode: Rolle.Kode
    path: str
    enhet_name: str
    for_id: int | None = None
    for_name: str = ""

    @property
    def mark(self) -> str:
        """The role as the audit trail keeps it: `leder`, or `leder for 17` for a deputy."""
        return f"{self.kode} for {self.for_id}" if self.for_id else str(self.kode)

    @property
    def label(self) -> str:
        """The role in words, with whom a deputy stands in for."""
        if not self.for_id:
            return str(self.kode.label)
        told = {"role": self.kode.label, "name": self.for_name}
        return _("%(role)s, som stedfortreder for %(name)s") % told


def absent_in(mark: str) -> int | None:
    """Return the id of the one whom a deputy's `mark` stands in for; None for an own role."""
    pk = mark.partition(" for ")[2]
    return int(pk) if pk.isdigit() else None


def in_words(mark: str, names: Mapping[int, str] | None = None) -> str:
    """Say a role that a `mark` has kept; with the name of the one who was away, where known."""
    kode, deputised, _pk = mark.partition(" for ")
    label = str(Kode(kode).label) if kode in Kode else kode.capitalize()
    if not deputised:
        return label
    name = (names or {}).get(absent_in(mark) or 0)
    if name is None:
        return _("%(role)s, som stedfortreder") % {"role": label}
    return _("%(role)s, som stedfortreder for %(name)s") % {"role": label, "name": name}


def held(actor: Ansatt) -> tuple[Held, ...]:
    """Return the roles that the actor holds today, read once for each instance."""
    known: tuple[Held, ...] | None = actor.__dict__.get("_held")
    if known is None:
        known = tuple(_read_held(actor))
        actor.__dict__["_held"] = known
    return known


def reach(actor: Ansatt) -> list[str]:
    """Return the roles held today with their units, in an order that tells two days apart.

    What is kept of it, and still the same, says that the person may see as much as then.
    """
    return sorted({f"{role.mark} {role.path}" for role in held(actor)})


def looked_through(actor: Ansatt) -> Ansatt:
    """Return the actor, marked as someone through whose eyes another looks."""
    actor.__dict__["_is_looked_through"] = True
    return actor


def is_looked_through(actor: Ansatt) -> bool:
    return bool(actor.__dict__.get("_is_looked_through", False))


Rule = TypeVar("Rule", bound=Callable[..., bool])


def asks(act: Act) -> Callable[[Rule], Rule]:
    """Say which act a rule of a workflow asks for, so that the table of steps tells when."""

    def mark(rule: Rule) -> Rule:
        rule.act = act  # type: ignore[attr-defined]
        return rule

    return mark


def may(actor: Ansatt | None, act: Act, enhet: Enhet | None = None) -> bool:
    """Return whether the actor may do it in `enhet`, or anywhere when no unit is named."""
    if actor is None:
        return False
    paths = scopes(actor, act)
    return bool(paths) if enhet is None else any(enhet.is_within(path) for path in paths)


def scopes(actor: Ansatt, act: Act) -> list[str]:
    """Return the paths of the units where the actor may do it, each with all below."""
    if act in PRIVATE and is_looked_through(actor):
        return []
    allowed = ALLOWED[act]
    return [role.path for role in held(actor) if role.kode in allowed]


def has_role(actor: Ansatt, *koder: Rolle.Kode) -> bool:
    return any(role.kode in koder for role in held(actor))


def capacity(actor: Ansatt, act: Act, enhet: Enhet | None = None) -> str:
    """Return the role in which the actor does it, for the audit trail and the decision.

    The own role goes before one that is held for someone who is away.
    """
    for role in held(actor):
        if role.kode in ALLOWED[act] and (enhet is None or enhet.is_within(role.path)):
            return role.mark
    return ""


def within(actor: Ansatt, act: Act, *, enhet: str = "") -> Q:
    """Return the filter that keeps rows of the units where the actor may do it.

    `enhet` is the lookup from the row to its Enhet, for instance `"ansatt__enhet"`.
    """
    lookup = f"{enhet}__path__startswith" if enhet else "path__startswith"
    paths = scopes(actor, act)
    return reduce(or_, (Q(**{lookup: path}) for path in paths), Q(pk__in=[]))


def units(actor: Ansatt, act: Act) -> QuerySet[Enhet]:
    """Return the units where the actor may do it."""
    return Enhet.objects.filter(within(actor, act))


def page(
    act: Act, *, is_own: bool | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Guard a view: logged in as an Ansatt who may do `act` somewhere; else log in, or 403.

    `is_own` says that the page is for that person's eyes only, so that it stays closed to who
    looks through them. Without it, that is so for the acts in OWN.
    """
    is_closed = act in OWN if is_own is None else is_own

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if request.actor is None:
                return redirect_to_login(request.get_full_path())
            if is_closed and is_looked_through(request.actor):
                raise OwnPage
            if not may(request.actor, act):
                raise PermissionDenied
            if request.method == "HEAD":
                request.method = "GET"  # the same headers; the server leaves the body out
            return view(request, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]
        guarded.is_own = is_closed  # type: ignore[attr-defined]
        return guarded

    return guard


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that anyone may see, also without logging in."""
    view.act = None  # type: ignore[attr-defined]
    return view


def with_roles(people: QuerySet[Ansatt]) -> QuerySet[Ansatt]:
    """Return the people, each read together with what `held` asks for."""
    own, lent = OuterRef("pk"), OuterRef(OuterRef("pk"))
    return people.annotate(role_rows=ArraySubquery(_role_rows(own, stedfortreder=lent)))


def _read_held(actor: Ansatt) -> Iterable[Held]:
    """Yield the actor's own roles first, then those held as a deputy; one query at the most."""
    yield Held(Kode.ANSATT, actor.enhet.path, actor.enhet.name)
    rows = actor.__dict__.get("role_rows")
    if rows is None:
        rows = _role_rows(actor.pk, stedfortreder=actor.pk)
    roles = [_as_held(row, actor) for row in rows]
    yield from sorted(roles, key=lambda role: role.for_id is not None)


def _role_rows(ansatt: Any, *, stedfortreder: Any) -> QuerySet[Rolle, dict[str, Any]]:
    """Return the roles in force that someone has, or holds for one who is away.

    Only the absent person's own roles are taken over, so that a deputy has no deputy.
    """
    on = clock.today()
    absent = deputyships(on).filter(stedfortreder=stedfortreder).values("ansatt")
    taken_over = Q(ansatt__in=absent, kode__in=DEPUTISED) & still_employed(on, "ansatt__")
    rows = Rolle.objects.filter(in_force(on), Q(ansatt=ansatt) | taken_over)
    told = JSONObject(
        kode="kode",
        path="enhet__path",
        unit="enhet__name",
        by="ansatt",
        first="ansatt__first_name",
        last="ansatt__last_name",
    )
    return rows.values_list(told, flat=True)


def _as_held(row: dict[str, Any], actor: Ansatt) -> Held:
    kode = Kode(row["kode"])
    if row["by"] == actor.pk:
        return Held(kode, row["path"], row["unit"])
    return Held(kode, row["path"], row["unit"], row["by"], f"{row['first']} {row['last']}")


def in_force(on: date) -> Q:
    """Return the filter that keeps what is in force that day, by `starts` and `ends`."""
    begun = Q(starts__isnull=True) | Q(starts__lte=on)
    return begun & (Q(ends__isnull=True) | Q(ends__gte=on))


def still_employed(on: date, lookup: str = "") -> Q:
    """Return the filter that keeps those who are employed that day."""
    return Q(**{f"{lookup}left_on__isnull": True}) | Q(**{f"{lookup}left_on__gt": on})


def deputyships(on: date) -> QuerySet[Stedfortreder]:
    """Return who stands in for whom that day."""
    return Stedfortreder.objects.filter(in_force(on), ended_at__isnull=True)
