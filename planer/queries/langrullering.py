"""What of a long plan's goals is carried on, reached, dropped and new since the edition before."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.skall import norsk
from planer.enums import Outcome
from planer.models import Langplan, Resultatmal

# What makes another goal of it, seen from the edition before, and what it is called.
LABELS = {
    "goal": gettext_lazy("mål"),
    "indicator": gettext_lazy("måles ved"),
    "unit": gettext_lazy("måleenhet"),
    "target": gettext_lazy("måltall"),
    "deadline": gettext_lazy("frist"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledGoal:
    """A goal seen from both editions; `why` is what is changed, or why it is not carried on."""

    goal: str
    outcome: str
    why: str = ""

    @property
    def label(self) -> str:
        if self.outcome == Outcome.DONE:
            return _("Nådd")
        return str(Outcome(self.outcome).label)


def rolled(plan: Langplan) -> tuple[RolledGoal, ...]:
    """Return each goal of this edition and the one before, in two queries; none for the first."""
    if plan.earlier_id is None:
        return ()
    goals = list(plan.resultatmal.select_related("earlier"))
    kept = [mal.earlier_id for mal in goals if mal.earlier_id]
    before = Resultatmal.objects.filter(plan_id=plan.earlier_id).exclude(pk__in=kept)
    return tuple(_of_both(goals)) + tuple(map(_left, before.prefetch_related("malinger")))


def is_changed(mal: Resultatmal) -> bool:
    """Return whether the goal is another than in the edition before."""
    return any(getattr(mal, name) != getattr(mal.earlier, name) for name in LABELS)


def thaw(frozen: dict[str, Any]) -> tuple[RolledGoal, ...]:
    """Return the comparison that was frozen; of older plans only what was dropped is known."""
    if "rolled" in frozen:
        return tuple(RolledGoal(**row) for row in frozen["rolled"])
    dropped = frozen.get("dropped", ())
    return tuple(RolledGoal(goal=name, outcome=Outcome.DROPPED.value) for name in dropped)


def is_reached(mal: Resultatmal) -> bool:
    """Return whether the latest measurement is at the target or past it."""
    measured = sorted(mal.malinger.all(), key=lambda each: each.on)
    if not measured:
        return False
    return is_past(measured[-1].value, target=mal.target, baseline=mal.baseline)


def is_past(value: Decimal, *, target: Decimal, baseline: Decimal) -> bool:
    """Return whether a figure is at the target or past it, seen from where it began."""
    return value >= target if target > baseline else value <= target


def _of_both(goals: Iterable[Resultatmal]) -> Iterable[RolledGoal]:
    for mal in goals:
        is_new = mal.earlier is None
        yield RolledGoal(
            goal=mal.goal,
            outcome=(Outcome.NEW if is_new else Outcome.CARRIED).value,
            why="" if is_new else _change(mal),
        )


def _left(mal: Resultatmal) -> RolledGoal:
    if mal.dropped_because or not is_reached(mal):
        return RolledGoal(goal=mal.goal, outcome=Outcome.DROPPED.value, why=mal.dropped_because)
    last = max(mal.malinger.all(), key=lambda each: each.on)
    told = {"value": _figure(last.value), "unit": mal.unit, "day": norsk.langdato(last.on)}
    why = _("%(value)s %(unit)s %(day)s") % told
    return RolledGoal(goal=mal.goal, outcome=Outcome.DONE.value, why=why.replace("  ", " "))


def _change(mal: Resultatmal) -> str:
    told = [
        _("%(what)s: %(before)s, nå %(after)s")
        % {
            "what": label,
            "before": _said(getattr(mal.earlier, name)),
            "after": _said(getattr(mal, name)),
        }
        for name, label in LABELS.items()
        if getattr(mal, name) != getattr(mal.earlier, name)
    ]
    text = "; ".join(told)
    return text[:1].upper() + text[1:] if text else _("Som før")


def _said(value: Any) -> str:
    if isinstance(value, Decimal):
        return _figure(value)
    return str(value or "–") if isinstance(value, str) else norsk.dato(value)


def _figure(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
