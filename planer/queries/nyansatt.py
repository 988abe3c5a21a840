"""Who is new at work, or in a new position, and who leads them nearest."""

from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import StrIndex

from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Stilling
from planer.models import Introduksjon, Introduksjonsmal

# Who began so long ago, or begins so soon, is new.
NEW_SINCE, NEW_UNTIL = timedelta(days=60), timedelta(days=30)
# A plan that began so long ago, or later, is of the same arrival.
ARRIVAL = NEW_SINCE + NEW_UNTIL


def newcomers(actor: Ansatt, *, on: date) -> QuerySet[Ansatt]:
    """Return the new employees whom the actor leads nearest, and whom nobody has decided for.

    New is who was employed from a day near this one, or got a new position in another unit or
    category: `new_from` is the day. Without a template that is proposed for everyone, nobody is
    asked.
    """
    return (
        _undecided(on).filter(nearest_led(actor, ansatt="pk", enhet="enhet")).exclude(pk=actor.pk)
    )


def undecided(actor: Ansatt, *, on: date) -> QuerySet[Ansatt]:
    """Return the new employees of all units that the actor follows up, nearest led or not."""
    followed = access.within(actor, Act.FOLLOW_INTRODUCTION, enhet="enhet")
    people = _undecided(on).filter(followed).exclude(pk=actor.pk)
    return people.select_related("enhet", "kategori").order_by("new_from", "last_name", "pk")


def _undecided(on: date) -> QuerySet[Any]:
    near = (on - NEW_SINCE, on + NEW_UNTIL)
    decided = Introduksjon.objects.filter(ansatt=OuterRef("pk"))
    lately = decided.filter(starts_on__gte=on - ARRIVAL)
    offered = Introduksjonsmal.objects.filter(is_proposed=True, is_active=True)
    hired = Q(employed_from__range=near) & ~Exists(decided)
    moved = Q(moved_on__range=near) & ~Exists(lately)
    return (
        organisasjon.current()
        .annotate(moved_on=Subquery(_new_positions().values("starts")[:1]))
        .annotate(
            is_moved=Case(When(employed_from__range=near, then=False), default=True),
            new_from=Case(
                When(employed_from__range=near, then="employed_from"), default="moved_on"
            ),
        )
        .filter(hired | moved)
        .filter(Exists(offered))
    )


def _new_positions() -> QuerySet[Stilling]:
    """Return the outer Ansatt's positions, latest first, that are not just more of an older one."""
    before = Stilling.objects.filter(
        Q(starts__isnull=True) | Q(starts__lt=OuterRef("starts")), ansatt=OuterRef("ansatt")
    )
    same = before.filter(enhet=OuterRef("enhet"), kategori=OuterRef("kategori"))
    mine = Stilling.objects.filter(ansatt=OuterRef("pk"), starts__isnull=False)
    return mine.filter(Exists(before), ~Exists(same)).order_by("-starts")


def new_from(ansatt: Ansatt, *, on: date) -> date:
    """Return the first day of what is new to the employee: hired, or in another position."""
    found = _undecided(on).filter(pk=ansatt.pk).values_list("new_from", flat=True).first()
    return found or ansatt.employed_from or on


def nearest_led(actor: Ansatt, *, ansatt: str, enhet: str) -> Q:
    """Return the filter of rows about people whom the actor leads and no one leads nearer by.

    `ansatt` and `enhet` lead from the row to the person and the unit. Nobody leads oneself.
    """
    paths = access.scopes(actor, Act.PLAN_MEASURES)
    return reduce(or_, (_led_from(path, ansatt, enhet) for path in paths), Q(pk__in=[]))


def _led_from(path: str, ansatt: str, enhet: str) -> Q:
    nearer = (
        organisasjon.roles_in_force()
        .filter(kode__in=organisasjon.LEADING, enhet__path__startswith=path)
        .exclude(enhet__path=path)
        .exclude(ansatt=OuterRef(ansatt))
        .annotate(at=StrIndex(OuterRef(f"{enhet}__path"), F("enhet__path")))
        .filter(at=1)
    )
    return Q(**{f"{enhet}__path__startswith": path}) & Q(~Exists(nearer))
