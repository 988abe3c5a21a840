"""Introductions, read: who is new, whose step is next, how far each has come, and the share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import StrIndex

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle, Stilling
from kompetanse.organisasjon.queries.kategori import group_of
from planer.models import Ansvar, Introduksjon, Introduksjonsmal, Introduksjonssteg, Malsteg
from planer.rules import FEWEST

S = Introduksjon.Status
# Who began so long ago, or begins so soon, is new.
NEW_SINCE, NEW_UNTIL = timedelta(days=60), timedelta(days=30)
# A step is a duty so long before its day.
AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Framgang:
    """How far an employee's introduction has come."""

    id: int
    name: str
    ansatt: str
    enhet: str
    starts_on: date
    status: str
    steps: int
    done: int
    late: int
    fadder: str

    @property
    def status_label(self) -> str:
        return str(S(self.status).label)

    @property
    def share(self) -> int:
        """Share of the steps that are done, per cent 0–100."""
        return round(self.done * 100 / self.steps) if self.steps else 0


@dataclass(frozen=True, slots=True)
class Enhetstall:
    """A unit's introductions of a year: begun, completed, and how many have steps that are late.

    None stands for figures of too few people to show.
    """

    enhet: str
    begun: int
    completed: int | None
    late: int | None

    @property
    def share(self) -> int | None:
        """Share that is completed, per cent 0–100."""
        return None if self.completed is None else round(self.completed * 100 / self.begun)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionDocument:
    """An employee's plan as it is printed: steps in order, who does each, and where it stands."""

    name: str
    ansatt: str
    enhet: str
    starts_on: date
    fadder: str
    steps: Sequence[Introduksjonssteg]
    on: date

    @property
    def done(self) -> int:
        return sum(each.is_done for each in self.steps)


def visible_to(actor: Ansatt) -> QuerySet[Introduksjon]:
    """Return one's own, those one is sponsor for, and those of people one follows up."""
    followed = access.within(actor, Act.FOLLOW_INTRODUCTION, enhet="ansatt__enhet")
    return Introduksjon.objects.filter(followed | Q(ansatt=actor) | Q(fadder=actor)).select_related(
        "ansatt__enhet", "ansatt__kategori", "fadder", "mal"
    )


def steps_visible_to(actor: Ansatt) -> QuerySet[Introduksjonssteg]:
    return Introduksjonssteg.objects.filter(
        introduksjon__in=visible_to(actor).values("pk")
    ).select_related("introduksjon__ansatt__enhet", "introduksjon__fadder", "kompetanse")


def own(actor: Ansatt) -> list[Framgang]:
    """Return the actor's own introductions and those the actor is sponsor for."""
    mine = Q(ansatt=actor) | Q(fadder=actor)
    return _progress(Introduksjon.objects.filter(mine).exclude(status=S.DECLINED))


def followed(actor: Ansatt, *, on: date, ended: bool = False) -> list[Framgang]:
    """Return how far those whom the actor follows up have come; those who are late first."""
    rows = Introduksjon.objects.filter(
        access.within(actor, Act.FOLLOW_INTRODUCTION, enhet="ansatt__enhet"),
        ansatt__in=organisasjon.current(),
    ).exclude(ansatt=actor)
    rows = rows.exclude(status=S.ONGOING) if ended else rows.filter(status=S.ONGOING)
    return sorted(_progress(rows, on=on), key=lambda each: (-each.late, each.starts_on))


def steps(introduksjon: Introduksjon) -> list[Introduksjonssteg]:
    """Return the steps by day, each with its introduction at hand."""
    rows = list(introduksjon.steg.select_related("kompetanse", "done_by").order_by("day", "pk"))
    for row in rows:
        row.introduksjon = introduksjon
    return rows


def document(introduksjon: Introduksjon, *, on: date) -> IntroductionDocument:
    return IntroductionDocument(
        name=introduksjon.name,
        ansatt=introduksjon.ansatt.full_name,
        enhet=introduksjon.ansatt.enhet.name,
        starts_on=introduksjon.starts_on,
        fadder=introduksjon.fadder.full_name if introduksjon.fadder else "",
        steps=steps(introduksjon),
        on=on,
    )


# --- templates ---------------------------------------------------------------------------------


def templates() -> QuerySet[Introduksjonsmal]:
    return Introduksjonsmal.objects.annotate(steps=Count("steg")).order_by("name")


def template_steps() -> QuerySet[Malsteg]:
    return Malsteg.objects.select_related("mal", "kompetanse").order_by("day", "pk")


def proposed_for(ansatt: Ansatt) -> QuerySet[Introduksjonsmal]:
    """Return the templates that are offered for everyone in the employee's group."""
    return _fitting(ansatt).filter(is_proposed=True)


def _fitting(ansatt: Ansatt) -> QuerySet[Introduksjonsmal]:
    kategori = ansatt.kategori
    group = group_of(kategori.name, kategori.group) if kategori else ""
    return Introduksjonsmal.objects.filter(group__in={"", group}, is_active=True)


def choosable_for(ansatt: Ansatt) -> QuerySet[Introduksjonsmal]:
    """Return the templates that fit the employee and are not begun or declined."""
    known = begun(ansatt, on=clock.today()).values("mal")
    return _fitting(ansatt).exclude(pk__in=known).order_by("-is_proposed", "name")


def begun(ansatt: Ansatt, *, on: date) -> QuerySet[Introduksjon]:
    """Return the plans that stand in the way of beginning the same anew: those of this time.

    One of an earlier position that is ended does not.
    """
    lately = Q(starts_on__gte=on - NEW_SINCE - NEW_UNTIL) | Q(status=S.ONGOING)
    return Introduksjon.objects.filter(lately, ansatt=ansatt, mal__isnull=False)


# --- who is new --------------------------------------------------------------------------------


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
    lately = decided.filter(starts_on__gte=on - NEW_SINCE - NEW_UNTIL)
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


# --- whose step --------------------------------------------------------------------------------


def waiting_for(actor: Ansatt, *, on: date) -> QuerySet[Introduksjonssteg]:
    """Return the steps that are the actor's and have their day within a week, or are late."""
    mine = (
        Q(role=Ansvar.EMPLOYEE, introduksjon__ansatt=actor)
        | Q(role=Ansvar.SPONSOR, introduksjon__fadder=actor)
        | Q(role=Ansvar.LEADER)
        & ~Q(introduksjon__ansatt=actor)
        & nearest_led(actor, ansatt="introduksjon__ansatt", enhet="introduksjon__ansatt__enhet")
    )
    if access.has_role(actor, Rolle.Kode.PERSONALSJEF):
        mine |= Q(role=Ansvar.HR) & access.within(
            actor, Act.FOLLOW_INTRODUCTION, enhet="introduksjon__ansatt__enhet"
        )
    return _open_steps().filter(mine, due_on__lte=on + AHEAD)


def due_on(day: date) -> QuerySet[Introduksjonssteg]:
    """Return the open steps of the day, with all whom a reminder of them goes to."""
    return _open_steps().filter(due_on=day).select_related("introduksjon__ansatt__enhet")


def doers(steg: Introduksjonssteg) -> QuerySet[Ansatt]:
    """Return who is to do the step: one person with a deputy, or those who head HR."""
    introduksjon = steg.introduksjon
    if steg.role == Ansvar.HR:
        return organisasjon.holders(Rolle.Kode.PERSONALSJEF)
    if steg.role == Ansvar.LEADER:
        leader = organisasjon.leader_for(introduksjon.ansatt)
        return organisasjon.with_deputies([leader.pk] if leader else [])
    doer = introduksjon.ansatt_id if steg.role == Ansvar.EMPLOYEE else introduksjon.fadder_id
    return organisasjon.current().filter(pk=doer)


def _open_steps() -> QuerySet[Introduksjonssteg]:
    return Introduksjonssteg.objects.filter(
        done_on__isnull=True,
        introduksjon__status=S.ONGOING,
        introduksjon__ansatt__in=organisasjon.current(),
    )


# --- figures -----------------------------------------------------------------------------------


def figures(actor: Ansatt, year: int, *, on: date) -> list[Enhetstall]:
    """Return the year's introductions by unit; units with fewer than five only to their leader."""
    late = Introduksjonssteg.objects.filter(
        introduksjon=OuterRef("pk"), done_on__isnull=True, due_on__lt=on
    )
    rows = (
        Introduksjon.objects.filter(
            access.within(actor, Act.FOLLOW_INTRODUCTION, enhet="ansatt__enhet"),
            starts_on__year=year,
        )
        .exclude(status=S.DECLINED)
        .order_by("ansatt__enhet__path")
        .values_list("ansatt__enhet__path", "ansatt__enhet__name")
        .annotate(
            begun=Count("pk"),
            completed=Count("pk", filter=Q(status=S.DONE)),
            late=Count("pk", filter=Q(Exists(late), status=S.ONGOING)),
        )
    )
    led = tuple(access.scopes(actor, Act.PLAN_MEASURES))
    return [_shown(row, is_led=row[0].startswith(led)) for row in rows]


def _shown(row: tuple[str, str, int, int, int], *, is_led: bool) -> Enhetstall:
    _path, enhet, begun, completed, late = row
    if begun < FEWEST and not is_led:
        return Enhetstall(enhet, begun, None, None)
    return Enhetstall(enhet, begun, completed, late)


def whole(rows: Iterable[Enhetstall]) -> Enhetstall:
    """Return all units as one, those hidden left out on both sides."""
    shown = [row for row in rows if row.completed is not None]
    return Enhetstall(
        "",
        sum(row.begun for row in shown),
        sum(row.completed or 0 for row in shown),
        sum(row.late or 0 for row in shown),
    )


def finished_before(moment: datetime) -> QuerySet[Introduksjon]:
    """Return the introductions that ended, or were declined, before the moment."""
    ended = Q(done_on__lt=clock.local_date(moment)) | Q(status=S.DECLINED, started_at__lt=moment)
    return Introduksjon.objects.filter(ended)


def _progress(rows: QuerySet[Introduksjon], *, on: date | None = None) -> list[Framgang]:
    """Return how far each has come; one query."""
    is_late = Q(steg__done_on__isnull=True, steg__due_on__lt=on) if on else Q(pk__in=[])
    counted = rows.annotate(
        steps=Count("steg"),
        ticked=Count("steg", filter=Q(steg__done_on__isnull=False)),
        late=Count("steg", filter=is_late),
    ).order_by("-starts_on", "pk")
    return [
        Framgang(pk, name, f"{first} {last}", enhet, starts, status, steps, done, late, fadder)
        for pk, name, first, last, enhet, starts, status, steps, done, late, fadder in (
            (*row[:-2], f"{row[-2] or ''} {row[-1] or ''}".strip())
            for row in counted.values_list(
                "pk", "name", "ansatt__first_name", "ansatt__last_name", "ansatt__enhet__name",
                "starts_on", "status", "steps", "ticked", "late",
                "fadder__first_name", "fadder__last_name",
            )
        )
    ]  # fmt: skip
