"""What a long training plan consists of, as page, PDF and spreadsheet show it: plain values."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from planer.queries import langrullering
from planer.queries.langrullering import RolledGoal


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure on a date; `note` says what was special."""

    on: date
    value: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A measurable goal with its measurements, the earliest first, the baseline not among them."""

    id: int
    goal: str
    indicator: str
    unit: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    deadline: date
    responsible: str
    change: str = ""
    measurements: tuple[Measurement, ...] = ()

    @property
    def series(self) -> tuple[Measurement, ...]:
        return (Measurement(self.baseline_on, self.baseline), *self.measurements)

    @property
    def latest(self) -> Measurement | None:
        return self.measurements[-1] if self.measurements else None

    @property
    def notes(self) -> tuple[Measurement, ...]:
        return tuple(each for each in self.measurements if each.note)

    @property
    def share(self) -> int:
        """How far the latest measurement is from baseline to target, per cent 0–100."""
        if self.latest is None:
            return 0
        way = (self.latest.value - self.baseline) / (self.target - self.baseline)
        return round(min(max(way, Decimal(0)), Decimal(1)) * 100)

    @property
    def is_reached(self) -> bool:
        if self.latest is None:
            return False
        return langrullering.is_past(self.latest.value, target=self.target, baseline=self.baseline)

    def state(self, on: date) -> tuple[str, str]:
        """Return how it goes on a day: words, and the colour of the status."""
        if self.is_reached:
            return _("Nådd"), "success"
        if on > self.deadline:
            return _("Ikke nådd"), "danger"
        if self.latest is None:
            return _("Ikke målt ennå"), "neutral"
        return (_("På vei"), "info") if self.share else (_("Ikke kommet i gang"), "warning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure of the years that serves the area."""

    id: int
    when: str
    theme: str
    target_group: str
    responsible: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    id: int
    name: str
    text: str
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LongPlan:
    """A long training plan, whole, as page, PDF and spreadsheet show it. `on` is its day."""

    id: int
    name: str
    period: str
    strategy: str
    status: str
    adopted: str
    on: date
    areas: tuple[Area, ...]
    rolled: tuple[RolledGoal, ...] = ()

    @property
    def goals(self) -> tuple[Goal, ...]:
        return tuple(goal for area in self.areas for goal in area.goals)

    @property
    def reached(self) -> int:
        return sum(goal.is_reached for goal in self.goals)

    @property
    def without_goals(self) -> tuple[str, ...]:
        """The areas that no goal is set for; a plan should have one for each."""
        return tuple(area.name for area in self.areas if not area.goals)


def freeze(plan: LongPlan) -> dict[str, Any]:
    """Return the document as values that JSON can hold; `thaw` makes it again."""
    return asdict(plan)


def thaw(frozen: dict[str, Any]) -> LongPlan:
    """Return the document that was frozen."""
    areas = tuple(_thawed_area(area) for area in frozen["areas"])
    told = {name: value for name, value in frozen.items() if name != "dropped"}
    on, rolled = date.fromisoformat(frozen["on"]), langrullering.thaw(frozen)
    return LongPlan(**told | {"areas": areas, "on": on, "rolled": rolled})


def _thawed_area(area: dict[str, Any]) -> Area:
    goals = tuple(_thawed_goal(each) for each in area["goals"])
    measures = tuple(Measure(**each) for each in area["measures"])
    return Area(**area | {"goals": goals, "measures": measures})


def _thawed_goal(goal: dict[str, Any]) -> Goal:
    dates = {name: date.fromisoformat(goal[name]) for name in ("baseline_on", "deadline")}
    figures = {name: Decimal(goal[name]) for name in ("baseline", "target")}
    measured = tuple(
        Measurement(date.fromisoformat(row["on"]), Decimal(row["value"]), row["note"])
        for row in goal["measurements"]
    )
    return replace(Goal(**goal | dates | figures), measurements=measured)
