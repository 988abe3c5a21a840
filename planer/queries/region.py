"""What the plans publish to the region: strategy plans in force, by their titles alone."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kompetanse.plattform.regionstoff import Draft
from planer.models import Strategiplan


def plans_in_force() -> Iterator[Draft]:
    """Return name, years, who adopted it and the focus areas of each plan in force."""
    plans = Strategiplan.objects.filter(status=Strategiplan.Status.IN_FORCE)
    for plan in plans.prefetch_related("planvedtak", "fokusomrader").order_by("-first_year"):
        adopted = [vedtak.body for vedtak in plan.planvedtak.all()]
        areas = [area.name for area in plan.fokusomrader.all() if area.parent_id is None]
        yield Draft(
            f"plan:{plan.pk}",
            plan.name,
            (
                (str(_("Gjelder")), f"{plan.first_year}–{plan.last_year}"),
                (str(_("Vedtatt av")), adopted[-1] if adopted else "–"),
                (str(_("Fokusområder")), "; ".join(areas) or "–"),
            ),
        )
