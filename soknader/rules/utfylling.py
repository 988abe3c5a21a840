"""What an application must hold before it can be sent, and the sentences that say so.

The forms of the steps use the same sentences, so that a page and the verb never disagree.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from soknader.enums import PERSONAL, Slag
from soknader.models import Soknad

STUDY, TIME, MONEY, WHY = 1, 2, 3, 4

STEP_FIELDS: dict[int, tuple[str, ...]] = {
    STUDY: ("utlysning", "exception", "study", "institution", "credits"),
    TIME: ("starts", "ends", "exams", "gatherings", "leave_days", "shifts"),
    MONEY: ("tuition", "books", "travel", "other_cost"),
    WHY: ("fokusomrade", "reason", "use_at_work"),
}
STEP_NAMES: dict[int, Promise] = {
    STUDY: _("Om studiet"),
    TIME: _("Tid og vakter"),
    MONEY: _("Støtte og kostnad"),
    WHY: _("Hvorfor"),
}

REQUIRED: dict[str, Promise] = {
    "study": _("Skriv hva du vil studere."),
    "institution": _("Skriv hvor du skal studere."),
    "starts": _("Skriv når studiet starter."),
    "ends": _("Skriv når studiet er ferdig."),
    "leave_days": _("Skriv hvor mange dager du ber om fri med lønn, eller 0."),
    "exams": _("Skriv hvor mange eksamener studiet har, eller 0."),
    "gatherings": _("Skriv hvor mange samlingsdager som faller på arbeidsdagene dine, eller 0."),
    "reason": _("Skriv hvorfor du søker."),
    "use_at_work": _("Skriv hvordan arbeidsplassen kan bruke det du lærer."),
}
ENDS_BEFORE_START = _("Sluttdatoen må være etter startdatoen.")
CHOOSE_EDUCATION = _(
    "Velg en utdanning fra lista. Står den ikke der, skriv hvorfor vi bør gjøre unntak."
)
EXCEPTION_REASON = _("Skriv hvorfor kommunen bør gjøre unntak og støtte denne utdanningen.")
NOTHING_APPLIED_FOR = _(
    "Skriv hva du søker støtte til: minst ett beløp, eller dager fri med lønn i steg 2."
)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: in which step, at which field, and the sentence."""

    step: int
    field: str
    text: str | Promise


def missing(soknad: Soknad, *, has_list: bool, schemes: Collection[str] = ()) -> list[Missing]:
    """Return what must be answered before the application can be sent, in the steps' order.

    `has_list` says whether the round announces prioritised education; then an application
    outside the list must say why an exception should be made. `schemes` are the kinds of support
    that the round has schemes for.
    """
    unasked = not_asked(schemes)
    lacks = [
        Missing(_step_of(name), name, text)
        for name, text in REQUIRED.items()
        if name not in unasked and getattr(soknad, name) in {None, ""}
    ]
    if has_list and soknad.utlysning_id is None and not soknad.exception:
        lacks.append(Missing(STUDY, "utlysning", CHOOSE_EDUCATION))
    if not soknad.amount and not soknad.leave_days:
        lacks.append(Missing(MONEY, "tuition", NOTHING_APPLIED_FOR))
    return sorted(lacks, key=lambda lack: lack.step)


def not_asked(schemes: Collection[str]) -> set[str]:
    """Return the questions that are not asked: days of leave are written, or counted by a scheme.

    Only what the round has schemes for is asked for; without schemes all is.
    """
    if not schemes:
        return {"exams", "gatherings"}
    asked = {str(kind) for kind in schemes}
    unasked = {str(kind) for kind in PERSONAL} - asked
    time = {"leave_days"} if Slag.LEAVE in asked else {"leave_days", "exams", "gatherings"}
    return unasked | time


def _step_of(field: str) -> int:
    return next(step for step, fields in STEP_FIELDS.items() if field in fields)
