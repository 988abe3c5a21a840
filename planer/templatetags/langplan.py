"""What the pages of the long plan write: figures with their unit, and goals with how they go."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django import template

from kompetanse.skall.charts.bars import figure
from planer.queries.langplaninnhold import Goal

register = template.Library()


@register.filter
def maltall(value: Decimal, unit: str) -> str:
    """`{{ goal.target|maltall:goal.unit }}` → 75 %."""
    return figure(float(value), unit)


@register.filter
def with_state(goals: Iterable[Goal], on: date) -> list[tuple[Goal, tuple[str, str]]]:
    """Return each goal with how it goes on the day: words, and the colour of the status."""
    return [(goal, goal.state(on)) for goal in goals]
