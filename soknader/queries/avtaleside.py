"""A contract as its page shows it: what it comes to, what is left, and what can be done."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.models import Avtale, Avtalepause, Tilbakebetaling
from soknader.queries import oppgjor
from soknader.queries.oppgjor import Oppgjor
from soknader.rules import bindingstid

S = Avtale.Status

_COLORS = {
    S.DRAFT: "warning", S.HALF: "warning", S.SIGNED: "info", S.RUNNING: "info",
    S.FULFILLED: "success", S.BREACHED: "danger", S.REPAID: "success",
}  # fmt: skip
_COUNTS = (S.SIGNED, S.RUNNING)


@dataclass(frozen=True, slots=True)
class Avdrag:
    """An instalment: its day, its amount (NOK), and whether it is covered by what has come."""

    day: date
    amount: int
    is_paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What the page of a contract shows. `oppgjor` only while the contract is in force."""

    color: str
    next: str
    is_own: bool
    oppgjor: Oppgjor | None
    pauses: list[Avtalepause]
    instalments: list[Avdrag]
    repayments: list[Tilbakebetaling]

    @property
    def has_open_pause(self) -> bool:
        return any(pause.ends is None for pause in self.pauses)


def color(status: str) -> str:
    return _COLORS.get(S(status), "neutral")


def side(avtale: Avtale, *, actor: Ansatt, on: date) -> Side:
    """Return the page's content for the day; at most four queries."""
    counts = avtale.status in _COUNTS
    told = oppgjor.oppgjor(avtale, on=on) if counts else None
    was_broken = bool(avtale.debt)
    return Side(
        color=color(avtale.status),
        next=_next(avtale, told),
        is_own=avtale.soknad.ansatt_id == actor.pk,
        oppgjor=told,
        pauses=oppgjor.pause_rows(avtale) if avtale.binding_from else [],
        instalments=instalments(avtale) if was_broken else [],
        repayments=oppgjor.repayments(avtale) if was_broken else [],
    )


def instalments(avtale: Avtale) -> list[Avdrag]:
    """Return the plan of instalments, those covered by what has come marked; no query."""
    if not (avtale.debt and avtale.first_due):
        return []
    plan = bindingstid.instalments(
        avtale.debt, number=avtale.instalments, first_due=avtale.first_due
    )
    rows, due = [], 0
    for day, amount in plan:
        due += amount
        rows.append(Avdrag(day, amount, avtale.repaid >= due))
    return rows


def _next(avtale: Avtale, told: Oppgjor | None) -> str:
    if told is not None and avtale.status == S.RUNNING:
        return _running(told)
    sentences = {
        S.DRAFT: _("Avtalen gjelder når både den ansatte og kommunen har signert."),
        S.HALF: _("Den ansatte har signert. Kommunen signerer som siste part."),
        S.SIGNED: _("Begge har signert. Bindingstiden begynner når studiet er fullført."),
        S.FULFILLED: _("Bindingstiden er over. Ingenting skal betales tilbake."),
        S.BREACHED: _("Avtalen er brutt. %(owed)s er igjen å betale.")
        % {"owed": norsk.kroner(avtale.owed)},
        S.REPAID: _("Alt er betalt tilbake."),
        S.RELEASED: _("Kommunen krever ikke noe tilbake."),
        S.CANCELLED: _("Avtalen falt bort før den begynte å gjelde."),
    }
    return sentences[S(avtale.status)]


def _running(told: Oppgjor) -> str:
    if told.is_over:
        return _("Bindingstiden er over. Avtalen blir merket som oppfylt.")
    if told.ends_on is None:
        return _("Bindingstiden står stille så lenge fraværet varer.")
    return _("Bindingstiden er over %(day)s.") % {"day": norsk.langdato(told.ends_on)}
