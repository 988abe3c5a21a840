"""Where an application stands, in the employee's words: a status, the way to the answer, what next.

A decision is not shown before its letter is sent: until then the application is «I prioritering».
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.models import Soknad

S = Soknad.Status

DONE, NOW, TODO = "done", "now", "todo"
_COLORS = {S.DRAFT: "warning", S.ACCEPTED: "success", S.ANSWERED: "info"}
# How far each status has come on the way «Sendt, Hos leder, I prioritering, Svar».
_REACHED = {S.DRAFT: 0, S.SUBMITTED: 1, S.RECOMMENDED: 2, S.DECIDED: 2, S.ANSWERED: 3}


@dataclass(frozen=True, slots=True)
class Standing:
    """The status in a word with its colour, one sentence on what happens next, and the way."""

    word: str
    color: str
    next: str
    stages: tuple[tuple[str, str, str], ...] = ()


def standing(soknad: Soknad, *, leader: str = "") -> Standing:
    """Return where it stands; `leader` names who states on it. Reads the round, no query."""
    status = S(soknad.status)
    return Standing(
        word=_word(status),
        color=_COLORS.get(status, "neutral"),
        next=str(_NEXT[status]) % _told(soknad, leader=leader),
        stages=_stages(soknad),
    )


def what_happens(soknad: Soknad, *, leader: Ansatt | None) -> list[str]:
    """Return the steps from the receipt to the answer, with dates and who."""
    told = _told(soknad, leader=leader.full_name if leader else "")
    first = _("%(leader)s, som er leder, skriver en uttalelse innen %(leader_by)s.")
    nobody = _("Fagrådgiveren sørger for en uttalelse innen %(leader_by)s.")
    return [
        (first if leader else nobody) % told,
        _("Søknadene blir prioritert i et møte %(meeting)s. De tillitsvalgte er med.") % told,
        _("Du får svar her innen %(answer_by)s, og en e-post når svaret er klart.") % told,
    ]


def _told(soknad: Soknad, *, leader: str) -> dict[str, str]:
    runde = soknad.runde
    return {
        "leader": leader or _("Lederen din"),
        "deadline": norsk.frist(runde.deadline),
        "leader_by": norsk.langdato(runde.leader_deadline),
        "meeting": norsk.langdato(runde.meeting_on),
        "answer_by": norsk.langdato(runde.answer_by),
    }


def _word(status: Soknad.Status) -> str:
    return str(S.RECOMMENDED.label if status == S.DECIDED else status.label)


def _stages(soknad: Soknad) -> tuple[tuple[str, str, str], ...]:
    if soknad.status == S.WITHDRAWN:
        return ()
    runde = soknad.runde
    reached = _REACHED.get(S(soknad.status), len(_REACHED))
    answered = soknad.status in {S.ANSWERED, S.ACCEPTED, S.DECLINED}
    way = (
        (_("Sendt"), norsk.langdato(soknad.submitted_at) if soknad.submitted_at else ""),
        (_("Hos leder"), _by(norsk.langdato(runde.leader_deadline))),
        (_("I prioritering"), norsk.langdato(runde.meeting_on)),
        (_("Svar"), "" if answered else _by(norsk.langdato(runde.answer_by))),
    )
    return tuple(
        (label, _state(index, reached, is_over=answered), when)
        for index, (label, when) in enumerate(way)
    )


def _state(index: int, reached: int, *, is_over: bool) -> str:
    if index < reached or is_over:
        return DONE
    return NOW if index == reached else TODO


def _by(day: str) -> str:
    return _("innen %(day)s") % {"day": day}


_PRIORITISED = gettext_lazy(
    "Søknadene blir prioritert i møtet %(meeting)s. Du får svar innen %(answer_by)s."
)
_NEXT = {
    S.DRAFT: gettext_lazy("Søknaden er ikke sendt ennå. Fristen er %(deadline)s."),
    S.SUBMITTED: gettext_lazy("%(leader)s skriver en uttalelse innen %(leader_by)s."),
    S.RECOMMENDED: _PRIORITISED,
    S.DECIDED: _PRIORITISED,
    S.ANSWERED: gettext_lazy("Svaret på søknaden er klart. Les svarbrevet."),
    S.ACCEPTED: gettext_lazy("Du har takket ja til støtten."),
    S.DECLINED: gettext_lazy("Du har takket nei til støtten."),
    S.WITHDRAWN: gettext_lazy("Søknaden er trukket og blir ikke behandlet."),
}
