"""The forms in which a long plan's goals are carried on, told as reached, or dropped."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import DatoField
from kompetanse.skall.layout import Layout, SideBySide
from planer.enums import Outcome
from planer.forms.langplan import figure
from planer.forms.rullering import RowForm
from planer.models import Langplan, Resultatmal
from planer.queries import langrullering as queries


class RollGoalForm(RowForm):
    """What becomes of one goal in the next edition."""

    outcome = forms.ChoiceField(label=_("Hva gjør dere med målet?"))
    target = figure(_("Måltall"))
    deadline = DatoField(label=_("Frist"))
    reason = forms.CharField(
        label=_("Hvorfor er det ikke med videre?"), max_length=300, required=False
    )

    def __init__(self, *args: Any, mal: Resultatmal, plan: Langplan, **kwargs: Any) -> None:
        self.mal, self.is_reached = mal, queries.is_reached(mal)
        initial = {
            "outcome": Outcome.DONE if self.is_reached else Outcome.CARRIED,
            "target": mal.target,
            "deadline": _proposed(mal.deadline, first_year=plan.first_year + 1),
        }
        super().__init__(*args, prefix=f"m{mal.pk}", initial=initial, **kwargs)
        self.offer("outcome", self._choices)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        outcome, named = answers.get("outcome"), {"goal": self.mal.goal}
        deadline = answers.get("deadline")
        if outcome == Outcome.DROPPED and not answers.get("reason"):
            self.add_error("reason", _("Skriv hvorfor «%(goal)s» ikke er med videre.") % named)
        if outcome == Outcome.CARRIED and answers.get("target") == self.mal.baseline:
            self.add_error("target", _("Målet må være et annet tall enn utgangspunktet."))
        if outcome == Outcome.CARRIED and deadline and deadline <= self.mal.baseline_on:
            self.add_error("deadline", _("Fristen må være etter dagen utgangspunktet ble målt."))
        return answers

    def build_layout(self) -> Layout:
        return Layout(SideBySide("outcome", "target", "deadline"), "reason")

    @property
    def _choices(self) -> list[tuple[str, Any]]:
        """Only what is reached can be told as reached."""
        done = [(Outcome.DONE.value, _("Det er nådd"))] if self.is_reached else []
        return [
            (Outcome.CARRIED.value, _("Ta det med videre")),
            *done,
            (Outcome.DROPPED.value, _("Det er ikke med videre")),
        ]


def rows(data: Any, *, plan: Langplan) -> list[RollGoalForm]:
    """Return a form for each goal of the plan, in two queries."""
    goals = plan.resultatmal.prefetch_related("malinger").order_by("deadline", "pk")
    return [RollGoalForm(data, mal=mal, plan=plan) for mal in goals]


def _proposed(deadline: date, *, first_year: int) -> date:
    """Return the deadline; one that is past when the edition begins, in its first year."""
    return deadline if deadline.year >= first_year else date(first_year, 12, 31)
