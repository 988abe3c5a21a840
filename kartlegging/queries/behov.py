"""Needs forms, read: which are due, who has delivered, and what one holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kartlegging import rules
from kartlegging.models import Behov, Behovsskjema, Onske, UnderUtdanning
from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer.models import Aktivitet

S = Behovsskjema.Status

# The wheel's activity that gives the deadline; without it, the product's own default: 20 September.
ACTIVITY = "behov"
DEFAULT_DEADLINE = (9, 20)


def planning_year(on: date) -> int:
    """Return the year that is being planned: the next."""
    return on.year + 1


def deadline(year: int) -> date:
    """Return the last day for the forms of `year`; the year wheel before it says when."""
    return _in_wheel(year).first() or _default_deadline(year)


def deadline_of(year: int) -> Coalesce:
    """Return the same as an expression, to be asked for together with other rows."""
    return Coalesce(Subquery(_in_wheel(year)[:1]), Value(_default_deadline(year)))


def _in_wheel(year: int) -> QuerySet[Aktivitet, date]:
    wheel = Aktivitet.objects.filter(year=year - 1, code=ACTIVITY).order_by("ends")
    return wheel.values_list("ends", flat=True)


def _default_deadline(year: int) -> date:
    return date(year - 1, *DEFAULT_DEADLINE)


def forms(year: int) -> QuerySet[Behovsskjema]:
    return Behovsskjema.objects.filter(year=year).select_related("enhet", "submitted_by")


def form_of(enhet: Enhet, *, year: int) -> Behovsskjema | None:
    return forms(year).filter(enhet=enhet).first()


@dataclass(frozen=True, slots=True)
class Levering:
    """Where a unit stands with its form: not begun (`status` empty), draft or submitted."""

    enhet_id: int
    enhet: str
    path: str
    status: str
    saved_at: datetime | None
    submitted_at: datetime | None
    needs: int
    lifted: int
    is_late: bool
    is_expected: bool

    @property
    def is_submitted(self) -> bool:
        return self.status == S.SUBMITTED


def own(actor: Ansatt, *, kind: str = "kind") -> Q:
    """Return the filter of units whose form the actor fills in: those led, and services below.

    `kind` leads to what kind they are, or were on the day that is asked for.
    """
    paths = access.scopes(actor, Act.FILL_NEEDS)
    return Q(path__in=paths) | (_within(paths) & Q(**{kind: Enhet.Kind.VIRKSOMHET}))


def expected(actor: Ansatt, *, kind: str = "kind") -> Q:
    """Return the filter of units that should deliver, of those the actor follows: the services."""
    return _within(rules.followed(actor)) & Q(**{kind: Enhet.Kind.VIRKSOMHET})


def tree_day(year: int, *, due: date) -> date:
    """Return the day whose tree the year's forms show: today, or an older year's deadline."""
    today = clock.today()
    return today if year >= planning_year(today) else due


def undelivered(units: Q, *, year: int) -> QuerySet[Enhet]:
    """Return the services among the units whose form is not submitted."""
    sent = Behovsskjema.objects.filter(enhet=OuterRef("pk"), year=year, status=S.SUBMITTED)
    services = Enhet.objects.filter(units, kind=Enhet.Kind.VIRKSOMHET, is_open=True)
    return services.exclude(Exists(sent))


# The unit as it was on the day that is shown.
THEN = "versjon__kind"


def leveringer(units: Q, *, year: int, due: date) -> list[Levering]:
    """Return where each of the units stands, those that are missing first. One query.

    The units are those of `tree_day`, by the names they had then; `units` asks for `THEN`.
    """
    on = tree_day(year, due=due)
    rows = (
        Enhet.objects.annotate(
            versjon=FilteredRelation(
                "versjoner", condition=organisasjon.in_force(on, versjon="versjoner")
            )
        )
        .filter(units, versjon__isnull=False)
        .annotate(skjema=FilteredRelation("behovsskjema", condition=Q(behovsskjema__year=year)))
        .annotate(
            needs=Count("skjema__behov"),
            lifted=Count("skjema__behov", filter=Q(skjema__behov__is_lifted=True)),
        )
        .order_by("versjon__name")
        .values_list(
            "pk",
            "versjon__name",
            "path",
            "skjema__status",
            "skjema__saved_at",
            "skjema__submitted_at",
            "needs",
            "lifted",
            THEN,
        )
    )
    lines = [_levering(row, due=due) for row in rows]
    return sorted(lines, key=lambda line: _ORDER[line.status])


def _levering(row: tuple[Any, ...], *, due: date) -> Levering:
    *told, needs, lifted, kind = row
    pk, name, path, status, saved_at, submitted_at = told
    return Levering(
        pk, name, path, status or "", saved_at, submitted_at, needs, lifted,
        is_late=(submitted_at or clock.now()) > clock.end_of(due),
        is_expected=kind == Enhet.Kind.VIRKSOMHET,
    )  # fmt: skip


_ORDER = {"": 0, S.DRAFT: 1, S.SUBMITTED: 2}


@dataclass(frozen=True, slots=True)
class Mangel:
    """A unit whose form is missing, and the leaders to ask: its own, else the nearest above."""

    enhet_id: int
    enhet: str
    leaders: tuple[Ansatt, ...]


def mangler(actor: Ansatt, *, year: int, due: date) -> list[Mangel]:
    """Return the units that have not delivered, of those the actor follows. Two queries."""
    missing = [
        line
        for line in leveringer(expected(actor, kind=THEN), year=year, due=due)
        if not line.is_submitted
    ]
    leaders = _leaders_by_path(line.path for line in missing)
    return [Mangel(line.enhet_id, line.enhet, _nearest(line.path, leaders)) for line in missing]


def _leaders_by_path(paths: Iterable[str]) -> dict[str, list[Ansatt]]:
    up = {int(part) for path in paths for part in path.strip("/").split("/")}
    roles = organisasjon.roles_in_force().filter(kode__in=organisasjon.LEADING, enhet__in=up)
    found: dict[str, list[Ansatt]] = {}
    for role in roles.select_related("ansatt", "enhet").order_by("ansatt__last_name"):
        people = found.setdefault(role.enhet.path, [])
        if role.ansatt not in people:
            people.append(role.ansatt)
    return found


def _nearest(path: str, leaders: dict[str, list[Ansatt]]) -> tuple[Ansatt, ...]:
    while path != "/":
        if path in leaders:
            return tuple(leaders[path])
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
    return ()


@dataclass(frozen=True, slots=True)
class Del:
    """A section of the form: its key in the address, its heading, and whether it is answered."""

    key: str
    title: str
    count: int = 0
    is_required: bool = False
    is_answered: bool = False

    @property
    def status(self) -> str:
        if self.count:
            return ngettext("%(n)d lagt inn", "%(n)d lagt inn", self.count) % {"n": self.count}
        if self.is_answered:
            return _("Utfylt")
        return _("Må fylles ut") if self.is_required else _("Valgfritt")

    @property
    def color(self) -> str:
        if self.count or self.is_answered:
            return "success"
        return "warning" if self.is_required else "neutral"


@dataclass(frozen=True, slots=True)
class Innhold:
    """What a form holds, ready to be read on one page."""

    goals: str
    strengths: str
    surplus: str
    needs: Sequence[Behov]
    studying: Sequence[UnderUtdanning]
    wishes: Sequence[Onske]

    @property
    def missing(self) -> list[Del]:
        """The sections that must be answered before the form can be sent."""
        return [
            part for part in self.parts if part.is_required and not (part.count or part.is_answered)
        ]

    @property
    def parts(self) -> list[Del]:
        """The five sections in order, and where each stands."""
        return [
            Del("mal", _("Mål for enheten"), is_answered=bool(self.goals), is_required=True),
            Del("kan", _("Hva kan vi?"), is_answered=bool(self.strengths), is_required=True),
            Del("mangler", _("Hva mangler vi?"), count=len(self.needs), is_required=True),
            Del("utdanning", _("Ansatte under utdanning"), count=len(self.studying)),
            Del("onsker", _("Ønsker om satsningsområder"), count=len(self.wishes)),
        ]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is answered; those under education stand there by themselves."""
        return not any((self.goals, self.strengths, self.surplus, self.needs, self.wishes))


EMPTY = Innhold("", "", "", (), (), ())


def innhold(skjema: Behovsskjema) -> Innhold:
    """Return the whole form, in three queries however long it is."""
    return Innhold(
        skjema.goals,
        skjema.strengths,
        skjema.surplus,
        needs=list(skjema.behov.select_related("fokusomrade", "kompetanse")),
        studying=list(skjema.under_utdanning.select_related("ansatt", "kompetanse")),
        wishes=list(skjema.onsker.select_related("fokusomrade")),
    )


def lifted(year: int) -> QuerySet[Behov]:
    """Return the needs that the units lift to the joint plan, the urgent first."""
    return sent(year).filter(is_lifted=True)


def sent(year: int) -> QuerySet[Behov]:
    """Return the needs of the forms that are sent in, solved inside or lifted, the urgent first."""
    return (
        Behov.objects.filter(skjema__year=year, skjema__status=S.SUBMITTED)
        .select_related("skjema__enhet", "fokusomrade", "kompetanse")
        .order_by("urgency", F("fokusomrade__order").asc(nulls_last=True), "pk")
    )


def _within(paths: Iterable[str]) -> Q:
    return reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=[]))
