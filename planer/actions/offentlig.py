"""Make an adopted plan public, without persons."""

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import translation

from kompetanse import clock
from planer.models import Offentligplan, Strategiplan
from planer.queries import offentlig as queries
from planer.queries.offentlig import Plan


def publish(plan: Plan) -> Offentligplan:
    """Write the plan's public page anew, at the address it has or gets; called as it is adopted.

    The page of the edition before stays, and says what it is replaced by.
    """
    with translation.override(plan.kommune.maalform):
        content = queries.content(plan)
    page: Offentligplan
    of_plan: dict[str, Any] = {queries.field_of(plan): plan}
    values = {
        "title": content.title[:250],
        "adopted_on": _adopted_on(plan),
        "content": queries.freeze(content),
        "published_at": clock.now(),
    }
    page, _made = Offentligplan.objects.update_or_create(**of_plan, defaults=values)
    _replace(plan, page)
    return page


def _replace(plan: Plan, page: Offentligplan) -> None:
    """Let the page of the edition before say that this one replaces it."""
    earlier = getattr(plan, "earlier", None)
    if earlier is not None:
        name = queries.field_of(plan)
        Offentligplan.objects.filter(**{name: earlier}).update(replaced_by=page)


def _adopted_on(plan: Plan) -> date:
    """Return the day of the decision; a strategy plan has several bodies, the last one counts."""
    if not isinstance(plan, Strategiplan):
        return plan.adopted_on or clock.today()
    latest: date = plan.planvedtak.aggregate(day=Max("adopted_on"))["day"]
    return latest
