"""Where an application stands, in the employee's words: a status, the way to the answer, what next.

A decision is not shown before its letter is sent: until then the application is «I prioritering».
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.models import Framdrift, Soknad, Sporsmal, Vedtak
from soknader.queries.framdrift import ENDED
from soknader.rules import termin

S, Outcome = Soknad.Status, Vedtak.Outcome

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


@dataclass(frozen=True, slots=True)
class Known:
    """What the sentence is told from beside the application itself; None or empty: nothing.

    `answer_by` is the day for an answer to the leader's question, `accept_by` for a yes or no;
    `told_term` is the last term that is reported on, `ended` and `ended_on` how the study ended.
    """

    answer_by: date | None = None
    outcome: str = ""
    accept_by: date | None = None
    told_term: date | None = None
    ended: str = ""
    ended_on: date | None = None


def with_known(soknader: QuerySet[Soknad]) -> QuerySet[Any]:
    """Return the applications, each with what `standing` tells from; no query more."""
    asked = Sporsmal.objects.filter(soknad=OuterRef("pk"), status=Sporsmal.Status.OPEN)
    decided = Vedtak.objects.filter(soknad=OuterRef("pk"), status=Vedtak.Status.DECIDED)
    day = Coalesce("accept_by", "soknad__runde__accept_by")
    reports = Framdrift.objects.filter(soknad=OuterRef("pk")).exclude(
        status=Framdrift.Status.RETURNED
    )
    over = reports.filter(kind__in=ENDED)
    return soknader.annotate(
        known_answer_by=Subquery(asked.values("answer_by")[:1]),
        known_outcome=Subquery(decided.values("outcome")[:1]),
        known_accept_by=Subquery(decided.annotate(day=day).values("day")[:1]),
        known_told_term=Subquery(reports.order_by("-term").values("term")[:1]),
        known_ended=Subquery(over.values("kind")[:1]),
        known_ended_on=Subquery(over.order_by(F("ended_on").desc()).values("ended_on")[:1]),
    )


def standing(soknad: Soknad, *, leader: str = "") -> Standing:
    """Return where it stands; `leader` names who states on it. Reads the round, no query.

    Of an application that was read `with_known`, the sentence says more.
    """
    status, known = S(soknad.status), _known(soknad)
    is_asked = status == S.SUBMITTED and known.answer_by is not None
    sentence = _ASKED if is_asked else _sentence(soknad, status, known)
    return Standing(
        word=_("Spørsmål til deg") if is_asked else _word(status),
        color="warning" if is_asked else _COLORS.get(status, "neutral"),
        next=str(sentence) % _told(soknad, known, leader=leader),
        stages=_stages(soknad),
    )


def what_happens(soknad: Soknad, *, leader: Ansatt | None) -> list[str]:
    """Return the steps from the receipt to the answer, with dates and who."""
    told = _told(soknad, Known(), leader=leader.full_name if leader else "")
    first = _("%(leader)s, som er leder, skriver en uttalelse innen %(leader_by)s.")
    nobody = _("Fagrådgiveren sørger for en uttalelse innen %(leader_by)s.")
    return [
        (first if leader else nobody) % told,
        _("Søknadene blir prioritert i et møte %(meeting)s. De tillitsvalgte er med.") % told,
        _("Du får svar her innen %(answer_by)s, og en e-post når svaret er klart.") % told,
    ]


def _known(soknad: Soknad) -> Known:
    told: dict[str, Any] = vars(soknad)
    names = [name for name in Known.__dataclass_fields__ if told.get(f"known_{name}")]
    values: dict[str, Any] = {name: told[f"known_{name}"] for name in names}
    return Known(**values)


def _sentence(soknad: Soknad, status: Soknad.Status, known: Known) -> str | Promise:
    if status == S.ANSWERED:
        return _ANSWERED.get(known.outcome, _NEXT[status])
    if status == S.ACCEPTED:
        return _studying(soknad, known)
    if status == S.DECLINED and soknad.replied_at is None and known.accept_by:
        return _LAPSED
    return _NEXT[status]


def _studying(soknad: Soknad, known: Known) -> str | Promise:
    if known.ended and known.ended_on:
        return _OVER[known.ended]
    on = clock.today()
    if soknad.starts is None:
        return _NEXT[S.ACCEPTED]
    if soknad.starts > on:
        return _BEFORE_START
    return _REPORT


def _told(soknad: Soknad, known: Known, *, leader: str) -> Mapping[str, str]:
    runde = soknad.runde
    return {
        "leader": leader or _("Lederen din"),
        "deadline": norsk.frist(runde.deadline),
        "leader_by": norsk.langdato(runde.leader_deadline),
        "meeting": norsk.langdato(runde.meeting_on),
        "answer_by": norsk.langdato(runde.answer_by),
        "asked_by": norsk.frist(known.answer_by) if known.answer_by else "",
        "accept_by": norsk.frist(known.accept_by) if known.accept_by else "",
        "accept_day": norsk.langdato(known.accept_by) if known.accept_by else "",
        "starts": norsk.langdato(soknad.starts) if soknad.starts else "",
        "report_by": norsk.langdato(_report_by(soknad, known)),
        "ended_on": norsk.langdato(known.ended_on) if known.ended_on else "",
    }


def _report_by(soknad: Soknad, known: Known) -> date:
    """Return when the next report is due: of the term asked for, or of the one after it."""
    on = clock.today()
    term = termin.term_of(on, starts=soknad.starts or on)
    if known.told_term and known.told_term >= term:
        ahead = termin.term_ends(since=max(on, known.told_term))
        term = next(end for end in ahead if end > known.told_term)
    return termin.deadline(term)


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
_NEXT: Mapping[Soknad.Status, Promise] = {
    S.DRAFT: gettext_lazy("Søknaden er ikke sendt ennå. Fristen er %(deadline)s."),
    S.SUBMITTED: gettext_lazy("%(leader)s skriver en uttalelse innen %(leader_by)s."),
    S.RECOMMENDED: _PRIORITISED,
    S.DECIDED: _PRIORITISED,
    S.ANSWERED: gettext_lazy("Svaret på søknaden er klart. Les svarbrevet."),
    S.ACCEPTED: gettext_lazy("Du har takket ja til støtten."),
    S.DECLINED: gettext_lazy("Du har takket nei til støtten."),
    S.WITHDRAWN: gettext_lazy("Søknaden er trukket og blir ikke behandlet."),
}
_ASKED = gettext_lazy("Lederen har et spørsmål til deg. Svar innen %(asked_by)s.")
_OFFERED = gettext_lazy("Du får støtte. Les svarbrevet, og takk ja eller nei innen %(accept_by)s.")
_ANSWERED: Mapping[str, Promise] = {
    Outcome.GRANTED: _OFFERED,
    Outcome.PARTLY: _OFFERED,
    Outcome.WAITING: gettext_lazy(
        "Du står på venteliste. Du får en e-post hvis en plass blir ledig. Les svarbrevet."
    ),
    Outcome.REFUSED: gettext_lazy("Du får ikke støtte denne gangen. Les svarbrevet."),
}
_LAPSED = gettext_lazy(
    "Fristen for å takke ja gikk ut %(accept_day)s, og støtten er falt bort. "
    "Ta kontakt med fagrådgiveren hvis det er feil."
)
_BEFORE_START = gettext_lazy("Du har takket ja til støtten. Studiet starter %(starts)s.")
_REPORT = gettext_lazy("Du har takket ja til støtten. Meld hvordan det går innen %(report_by)s.")
_OVER: Mapping[str, Promise] = {
    Framdrift.Kind.COMPLETED: gettext_lazy("Du fullførte studiet %(ended_on)s."),
    Framdrift.Kind.BROKEN_OFF: gettext_lazy("Du avbrøt studiet %(ended_on)s."),
}
