"""What an application must hold before it can be sent, and the sentences that say so.

The forms of the steps use the same sentences, so that a page and the verb never disagree.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from soknader.models import Soknad

STUDY, TIME, MONEY, WHY = 1, 2, 3, 4

STEP_FIELDS: dict[int, tuple[str, ...]] = {
    STUDY: ("utlysning", "exception", "study", "institution", "credits"),
    TIME: ("starts", "ends", "leave_days", "shifts"),
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


def missing(soknad: Soknad, *, has_list: bool) -> list[Missing]:
    """Return what must be answered before the application can be sent, in the steps' order.

    `has_list` says whether the round announces prioritised education; then an application
    outside the list must say why an exception should be made.
    """
    lacks = [
        Missing(_step_of(name), name, text)
        for name, text in REQUIRED.items()
        if getattr(soknad, name) in {None, ""}
    ]
    if has_list and soknad.utlysning_id is None and not soknad.exception:
        lacks.append(Missing(STUDY, "utlysning", CHOOSE_EDUCATION))
    if not soknad.amount and not soknad.leave_days:
        lacks.append(Missing(MONEY, "tuition", NOTHING_APPLIED_FOR))
    return sorted(lacks, key=lambda lack: lack.step)


def _step_of(field: str) -> int:
    return next(step for step, fields in STEP_FIELDS.items() if field in fields)
