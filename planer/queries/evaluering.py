"""Evaluations, read: the list, one as a document, and the figures beside its questions."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer import rules
from planer.models import Evaluering, Langplan, Planendring, Tiltak
from planer.queries import langplan
from planer.queries.langplaninnhold import Goal

YEARLY_EXISTS = gettext_lazy("Planen for %(year)d har en årlig evaluering fra før.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the year's measures and the long plan's goals stand; counts."""

    planned: int = 0
    ongoing: int = 0
    done: int = 0
    postponed: int = 0
    cancelled: int = 0
    goals: int = 0
    reached: int = 0

    @property
    def measures(self) -> int:
        return self.planned + self.ongoing + self.done + self.postponed + self.cancelled


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in the plan, from what to what, and why."""

    kind: str
    theme: str
    before: str
    after: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationDocument:
    """An evaluation, whole, as page and PDF show it."""

    id: int
    year: int
    kind: str
    is_yearly: bool
    where: str
    held_on: date
    meeting: str
    is_done: bool
    carried_out: str
    goals_met: str
    must_change: str
    figures: Figures
    changes: tuple[Change, ...]


def visible_to(actor: Ansatt) -> QuerySet[Evaluering]:
    """Return finished evaluations to all; drafts to those who write them."""
    evalueringer = Evaluering.objects.select_related("enhet", "mote")
    done = Q(status=Evaluering.Status.DONE)
    if rules.may_edit_plans(actor):
        return evalueringer
    paths = rules.measure_scopes(actor)
    own = [pk for pk, path in _drafted_units() if path.startswith(tuple(paths))] if paths else []
    return evalueringer.filter(done | Q(enhet__in=own))


def yearly(year: int, enhet: Enhet | None) -> QuerySet[Evaluering]:
    """Return the yearly evaluation of the plan of a unit, or of all units (None); one at most."""
    return Evaluering.objects.filter(year=year, enhet=enhet, kind=Evaluering.Kind.YEARLY)


def has_yearly(year: int) -> bool:
    """Return whether the year's plan has been evaluated for the whole."""
    return yearly(year, None).filter(status=Evaluering.Status.DONE).exists()


def document(evaluering: Evaluering, *, on: date) -> EvaluationDocument:
    """Return the evaluation as a document; its own figures once finished, else those of the day."""
    frozen = evaluering.figures
    return EvaluationDocument(
        id=evaluering.pk,
        year=evaluering.year,
        kind=str(evaluering.get_kind_display()),
        is_yearly=evaluering.kind == Evaluering.Kind.YEARLY,
        where=evaluering.enhet.name if evaluering.enhet else "",
        held_on=evaluering.held_on,
        meeting=evaluering.mote.title if evaluering.mote else "",
        is_done=evaluering.status == Evaluering.Status.DONE,
        carried_out=evaluering.carried_out,
        goals_met=evaluering.goals_met,
        must_change=evaluering.must_change,
        figures=Figures(**frozen) if frozen else figures(evaluering, on=on),
        changes=_changes(evaluering),
    )


def figures(evaluering: Evaluering, *, on: date) -> Figures:
    """Return how the evaluated measures stand, and for the whole also the adopted goals."""
    rows = measures(evaluering).values_list("status").annotate(n=Count("pk"))
    found = Counter(dict(rows.order_by()))
    S = Tiltak.Status  # noqa: N806 (short for the five below)
    goals = _goals(on) if evaluering.enhet is None else ()
    return Figures(
        planned=found[S.PLANNED],
        ongoing=found[S.ONGOING],
        done=found[S.DONE],
        postponed=found[S.POSTPONED],
        cancelled=found[S.CANCELLED],
        goals=len(goals),
        reached=sum(goal.is_reached for goal in goals),
    )


def freeze(found: Figures) -> dict[str, int]:
    return asdict(found)


def measures(evaluering: Evaluering) -> QuerySet[Tiltak]:
    """Return the measures that the evaluation is about: the year's, in the unit and below."""
    tiltak = Tiltak.objects.filter(year=evaluering.year, merged_into__isnull=True).order_by(
        "-half", "theme"
    )
    if evaluering.enhet is None:
        return tiltak
    return tiltak.filter(enhet__path__startswith=evaluering.enhet.path)


def changes_of(tiltak: Tiltak) -> list[Change]:
    """Return what evaluations have changed in the measure, the latest first."""
    rows = Planendring.objects.filter(tiltak=tiltak).order_by("-pk")
    return [_change(row) for row in rows.select_related("tiltak")]


def _changes(evaluering: Evaluering) -> tuple[Change, ...]:
    rows = evaluering.endringer.select_related("tiltak").order_by("pk")
    return tuple(_change(row) for row in rows)


def _change(row: Planendring) -> Change:
    return Change(
        kind=str(row.get_kind_display()),
        theme=row.tiltak.theme,
        before=row.before,
        after=row.after,
        reason=row.reason,
        on=clock.local_date(row.at),
    )


def _goals(on: date) -> tuple[Goal, ...]:
    adopted = Langplan.objects.filter(
        status=Langplan.Status.ADOPTED, first_year__lte=on.year, last_year__gte=on.year
    ).select_related("strategiplan")
    return tuple(goal for plan in adopted for goal in langplan.document(plan, on=on).goals)


def _drafted_units() -> QuerySet[Enhet, tuple[int, str]]:
    drafts = Evaluering.objects.filter(enhet__isnull=False).values("enhet")
    return Enhet.objects.filter(pk__in=drafts).values_list("pk", "path")
