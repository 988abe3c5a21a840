"""The answers of an application as people read them: summary, leader's page, the copy."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from soknader.models import Soknad, Sporsmal
from soknader.queries import soknad as soknader
from soknader.queries import sporsmal
from soknader.rules import maalform, utfylling

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one step: its number and name, labels and values."""

    step: int
    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An application as it was sent, for the employee's own papers."""

    reference: str
    study: str
    name: str
    unit: str
    registered_by: str
    submitted_at: datetime | None
    is_late: bool
    late_reason: str
    groups: tuple[Group, ...]
    attachments: tuple[str, ...]
    asked: tuple[Sporsmal, ...]
    happens: tuple[str, ...]


def groups(soknad: Soknad) -> tuple[Group, ...]:
    """Return the answers by step. Reads the education and the focus area; 2 queries at most."""
    facts = {
        utfylling.STUDY: _study(soknad),
        utfylling.TIME: _time(soknad),
        utfylling.MONEY: _money(soknad),
        utfylling.WHY: _why(soknad),
    }
    return tuple(Group(step, str(utfylling.STEP_NAMES[step]), facts[step]) for step in facts)


def copy(soknad: Soknad, *, happens: list[str]) -> Copy:
    by = soknad.registered_by
    return Copy(
        reference=soknad.reference,
        study=soknad.study,
        name=soknad.ansatt.full_name,
        unit=soknad.ansatt.enhet.name,
        registered_by=by.full_name if by else "",
        submitted_at=soknad.submitted_at,
        is_late=soknad.is_late,
        late_reason=soknad.late_reason,
        groups=groups(soknad),
        attachments=tuple(each.fil.name for each in soknader.attachments_of(soknad)),
        asked=tuple(sporsmal.of(soknad)),
        happens=tuple(happens),
    )


def _study(soknad: Soknad) -> tuple[Fact, ...]:
    return (
        *_education(soknad),
        (_("Studium"), soknad.study),
        (_("Studiested"), soknad.institution),
        (_("Studiepoeng"), norsk.tall(soknad.credits) if soknad.credits else ""),
    )


def _education(soknad: Soknad) -> tuple[Fact, ...]:
    if soknad.utlysning is not None:
        title, other = soknad.utlysning.title, soknad.utlysning.title_other
        told = maalform.told(title, other, lang=soknad.runde.lang)
        return ((_("Prioritert utdanning"), told),)
    if not soknad.exception:
        return ()
    return (
        (_("Prioritert utdanning"), _("Nei, utdanningen står ikke på lista")),
        (_("Grunn til unntak"), soknad.exception),
    )


def _time(soknad: Soknad) -> tuple[Fact, ...]:
    days = "" if soknad.leave_days is None else norsk.tall(soknad.leave_days)
    return (
        (_("Starter"), norsk.langdato(soknad.starts) if soknad.starts else ""),
        (_("Er ferdig"), norsk.langdato(soknad.ends) if soknad.ends else ""),
        *_leave(soknad),
        (_("Dager fri med lønn"), days),
        (_("Hvordan vaktene kan løses"), soknad.shifts),
    )


def _leave(soknad: Soknad) -> tuple[Fact, ...]:
    """Return what the days of leave are counted from, where they are counted."""
    asked = ((_("Eksamener"), soknad.exams), (_("Samlingsdager"), soknad.gatherings))
    return tuple((label, norsk.tall(number)) for label, number in asked if number is not None)


def _money(soknad: Soknad) -> tuple[Fact, ...]:
    asked = tuple((label, norsk.kroner(amount)) for label, amount in soknad.lines)
    total = (_("I alt"), norsk.kroner(soknad.cost))
    if soknad.covered is None:
        return (*asked, total)
    return (*asked, total, (_("Ordningene kan dekke"), norsk.kroner(soknad.covered)))


def _why(soknad: Soknad) -> tuple[Fact, ...]:
    area = soknad.fokusomrade.name if soknad.fokusomrade else _("Jeg er ikke sikker")
    return (
        (_("Fokusområde"), area),
        (_("Hvorfor jeg søker"), soknad.reason),
        (_("Hvordan arbeidsplassen kan bruke det"), soknad.use_at_work),
    )
