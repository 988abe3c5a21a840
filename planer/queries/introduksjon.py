"""Introductions, read: how far each has come, and the plan as it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from planer.models import Introduksjon, Introduksjonssteg

S = Introduksjon.Status


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


def finished_before(moment: datetime) -> QuerySet[Introduksjon]:
    """Return the introductions that were completed, stopped or declined before the moment."""
    return Introduksjon.objects.filter(done_on__lt=clock.local_date(moment))


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
