"""Editions of a year's training plan, read: how they stand, and as they were adopted."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon.models import Ansatt, Enhet
from kompetanse.skall import norsk
from planer import rules
from planer.models import Opplaringsplan
from planer.queries import kolonne, opplaring
from planer.queries.kolonne import Layout, PlanColumn
from planer.queries.linje import Amount, Line
from planer.queries.opplaring import Filters, TrainingPlan

# What makes another line of it, seen from the plan that was adopted, and what it is called.
LABELS = {
    "theme": gettext_lazy("tema"),
    "need": gettext_lazy("behov"),
    "focus": gettext_lazy("fokusområde"),
    "competences": gettext_lazy("kompetanse"),
    "timing": gettext_lazy("tidspunkt"),
    "deadline": gettext_lazy("frist"),
    "half": gettext_lazy("halvår"),
    "target_group": gettext_lazy("målgruppe"),
    "groups": gettext_lazy("målgruppe"),
    "participants": gettext_lazy("antall deltakere"),
    "responsible": gettext_lazy("ansvarlig"),
    "enhet": gettext_lazy("enhet"),
    "arena": gettext_lazy("læringsarena"),
    "way": gettext_lazy("måte"),
    "amounts": gettext_lazy("beløp"),
    "status": gettext_lazy("status"),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as it was adopted, or as it stands: its lines and its columns."""

    plan: TrainingPlan
    layout: Layout


def visible_to(actor: Ansatt) -> QuerySet[Opplaringsplan]:
    """Return the editions that the actor may read: drafts are for those who write them."""
    planer = Opplaringsplan.objects.select_related("enhet", "earlier").order_by("-year", "-pk")
    if rules.may_edit_plans(actor):
        return planer
    own = Q(pk__in=[])
    for path in rules.measure_scopes(actor):
        own |= Q(enhet__path__startswith=path)
    return planer.filter(own | ~Q(status=Opplaringsplan.Status.DRAFT))


def editions(actor: Ansatt, *, year: int, enhet: Enhet | None) -> list[Opplaringsplan]:
    """Return the editions of a unit's short plan, or of the joint plan (None), newest first."""
    return list(visible_to(actor).filter(year=year, enhet=enhet))


def edition(plan: Opplaringsplan) -> Edition:
    """Return the edition as it was adopted; before that, the year's measures as they stand."""
    return thaw(plan.frozen) if plan.frozen else now(plan)


def now(plan: Opplaringsplan) -> Edition:
    """Return the measures of the plan as they stand today, in the Kommune's own columns if any."""
    found = kolonne.layouts(kolonne.own())
    if plan.kind == Opplaringsplan.Kind.JOINT:
        lines = TrainingPlan(year=plan.year, lines=opplaring.joint_lines(plan.year))
        return Edition(lines, found.get(kolonne.OWN) or kolonne.joint())
    lines = opplaring.training_plan(plan.year, filters=Filters(enhet=plan.enhet))
    return Edition(lines, found.get(kolonne.OWN) or found[kolonne.SEVEN])


def decision(plan: Opplaringsplan) -> str:
    """Return who adopted the plan, when and under which case number, in one sentence."""
    if plan.adopted_on is None:
        return ""
    told = {"body": plan.body, "day": norsk.langdato(plan.adopted_on)}
    case = _(", sak %(number)s") % {"number": plan.case_number} if plan.case_number else ""
    return _("Vedtatt av %(body)s %(day)s%(case)s.") % (told | {"case": case})


def freeze(found: Edition) -> dict[str, Any]:
    """Return the edition as values that JSON can hold; `thaw` makes it again."""
    return {
        "plan": asdict(found.plan),
        "columns": [[column.name, column.heading] for column in found.layout.columns],
    }


def thaw(frozen: dict[str, Any]) -> Edition:
    """Return the edition that was frozen."""
    told = dict(frozen["plan"])
    lines = tuple(_line(line) for line in told.pop("lines"))
    ready_by = _day(told.pop("ready_by"))
    columns = tuple(
        PlanColumn(name, heading) for name, heading in frozen["columns"] if name in kolonne.FIELDS
    )
    return Edition(
        TrainingPlan(lines=lines, ready_by=ready_by, **told),
        Layout("vedtatt", _("Slik den ble vedtatt"), columns),
    )


def _line(told: dict[str, Any]) -> Line:
    known = {field.name for field in fields(Line)}
    named = {name: value for name, value in told.items() if name in known}
    named |= {name: _day(named[name]) for name in ("deadline", "evaluate_on")}
    named |= {name: tuple(named[name]) for name in ("groups", "competences")}
    named["amounts"] = tuple(Amount(**each) for each in named["amounts"])
    return Line(**named | {"may_edit": False})


def _day(text: str | date | None) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text


@dataclass(frozen=True, slots=True)
class Changed:
    """A measure that is another than it was: which of its columns, by their usual headings."""

    line: Line
    before: Line
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What has become of the lines since a plan was adopted, or since the year before."""

    new: tuple[Line, ...] = ()
    changed: tuple[Changed, ...] = ()
    gone: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def since_adopted(plan: Opplaringsplan) -> Changes:
    """Return how the measures differ today from the plan as it was adopted."""
    return compare(thaw(plan.frozen or {}).plan.lines, now(plan).plan.lines)


def compare(before: Iterable[Line], after: Iterable[Line]) -> Changes:
    """Return what is new, changed and gone; a cancelled measure is gone."""
    then = {line.id: line for line in before if line.is_counted}
    today = {line.id: line for line in after if line.is_counted}
    both = [(then[pk], line) for pk, line in today.items() if pk in then]
    return Changes(
        new=tuple(line for pk, line in today.items() if pk not in then),
        changed=tuple(
            Changed(line, old, names) for old, line in both if (names := _differing(old, line))
        ),
        gone=tuple(line for pk, line in then.items() if pk not in today),
    )


def _differing(old: Line, new: Line) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            str(label) for name, label in LABELS.items() if getattr(old, name) != getattr(new, name)
        )
    )
