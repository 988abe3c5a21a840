"""The decisions: drafted case by case, decided together, and later only replaced."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.actions import avtale, opplaring, prioritering, ramme
from soknader.actions import endring as endringer
from soknader.enums import MONEY, Slag
from soknader.models import Endring, Soknad, Soknadsrunde, Vedtak
from soknader.queries import ordning
from soknader.queries import prioritering as ranking
from soknader.queries import vedtak as queries
from soknader.rules import ordning as satser
from soknader.rules import prioritering as rules
from soknader.rules import svarfrist
from soknader.workflow import runde as runde_workflow
from soknader.workflow import soknad as soknad_workflow
from soknader.workflow import vedtak as workflow

Outcome = Vedtak.Outcome

TOLD = ("outcome", "amount", "leave_days", "reason", "conditions")
# The role of who decides because nobody else is impartial.
NAMED = "settestedfortreder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a decision says. `amount` is NOK, `parts` the same by kind; without support all are 0.

    A sum without parts is divided in the order of the kinds, within what is applied for.
    `accept_by` is the last day for a yes, when it is not the round's.
    """

    outcome: str
    amount: int = 0
    leave_days: int = 0
    reason: str = ""
    conditions: str = ""
    parts: Mapping[str, int] | None = None
    accept_by: date | None = None

    def fields(self) -> dict[str, Any]:
        """Return it as the decision's own fields."""
        told = {name: getattr(self, name) for name in TOLD}
        own_day = {"accept_by": self.accept_by} if self.accept_by else {}
        return told | own_day | dict.fromkeys(MONEY, 0) | dict(self.parts or {})


@transaction.atomic
def draft(soknad: Soknad, content: Content, *, version: int, by: Ansatt) -> Endring:
    """Propose a decision, or change the proposal.

    Raises:
        DomainError: more than applied for, or a support of nothing.
        StaleError: the case has changed since `version`.
        TransitionError: the round is not being prioritised, or the case is decided.
        PermissionDenied: `by` is not in the group, or not impartial in the case.
    """
    soknad = prioritering.lock_case(soknad, version=version, by=by)
    content = _sound(content, soknad)

    was = Vedtak.objects.filter(soknad=soknad, status=Vedtak.Status.DRAFT).first()
    before = _content(was) if was else None
    vedtak, _is_new = Vedtak.objects.update_or_create(
        soknad=soknad, status=Vedtak.Status.DRAFT, defaults=content.fields()
    )
    audit.record(
        "vedtak.draft", vedtak, by=by, role=rules.capacity(by, Act.PRIORITISE), **_figures(content)
    )
    return endringer.remember(
        Endring.Kind.DRAFT,
        soknad.runde,
        by=by,
        text=_told(soknad.number, content.outcome),
        before=before,
        soknad=soknad,
    )


@transaction.atomic
def suggest(runde: Soknadsrunde, *, by: Ansatt) -> int:
    """Draft by the order for those without a draft: support within the frame, else waiting list.

    Cases where `by` is not impartial are left alone. Returns how many were drafted.

    Raises:
        TransitionError: the round is not being prioritised.
        PermissionDenied: `by` is not in the group.
    """
    runde = endringer.lock_round(runde)
    if not access.may(by, Act.PRIORITISE):
        raise PermissionDenied
    listed = ranking.ranked(runde, reader=rules.reader(by))
    ordninger = ordning.in_runde(runde)
    undrafted = [
        sak for sak in listed.saker if not (sak.outcome or sak.is_decided or sak.is_barred)
    ]
    soknader = Soknad.objects.select_related("ansatt__enhet").in_bulk([s.pk for s in undrafted])
    wanted = [_wanted(soknader[sak.pk], ordninger) for sak in undrafted]
    fits = _within_frames(listed.ramme.left, ordning.delrammer(runde), wanted)
    made = [_proposed(each, is_held) for each, is_held in zip(wanted, fits, strict=True)]
    Vedtak.objects.bulk_create(made)
    role = rules.capacity(by, Act.PRIORITISE)
    for vedtak in made:
        soknad = vedtak.soknad
        text = _told(soknad.number, vedtak.outcome)
        endringer.remember(Endring.Kind.DRAFT, runde, by=by, text=text, before=None, soknad=soknad)
        audit.record("vedtak.draft", vedtak, by=by, role=role, **_figures(vedtak))
    return len(made)


@transaction.atomic
def decide(runde: Soknadsrunde, *, by: Ansatt) -> queries.Ready:
    """Decide every draft that `by` may decide; the others stay, with why and who instead.

    Raises:
        TransitionError: the round is not being prioritised.
        PermissionDenied: `by` decides nothing.
        DomainError: nothing to decide, a reason is missing, or the frame does not hold them.
    """
    runde = Soknadsrunde.objects.select_for_update().get(pk=runde.pk)
    runde_workflow.check("decide", runde, by=by)
    locked = queries.drafts(runde).select_for_update(of=("self", "soknad"))
    list(locked)
    ready = queries.ready(runde, actor=by)
    _must_be_decidable(ready)

    _count_against(runde, ready.mine)
    ramme.move(runde, ramme.together(ramme.draw(vedtak) for vedtak in ready.mine))
    for vedtak in ready.mine:
        _decide(vedtak, by=by)
    endringer.forget(runde)
    _close_when_all_decided(runde, by=by)
    return ready


@transaction.atomic
def decide_named(soknad: Soknad, *, by: Ansatt) -> Vedtak:
    """Decide the one draft as the one who is named for the case.

    Raises:
        TransitionError: the round is not being prioritised, or the case is decided.
        PermissionDenied: `by` is not named for it, or not impartial.
        DomainError: there is no draft, its reason is missing, or the frame does not hold it.
    """
    runde = endringer.lock_round(soknad.runde)
    drafts = queries.drafts(runde).filter(soknad=soknad).select_for_update(of=("self", "soknad"))
    vedtak = drafts.first()
    if vedtak is None:
        raise DomainError(_("Saken har ikke noe utkast som kan vedtas."))
    workflow.check("decide", vedtak, by=by)
    _must_be_decidable(queries.Ready((vedtak,), ()))
    _count_against(runde, [vedtak])
    ramme.move(runde, ramme.draw(vedtak))
    _decide(vedtak, by=by)
    _close_when_all_decided(runde, by=by)
    return vedtak


@transaction.atomic
def replace(vedtak: Vedtak, content: Content, *, by: Ansatt) -> Vedtak:
    """Make a new decision that stands instead of a decided one, which is kept as it was.

    Raises:
        TransitionError: the decision is not in force.
        PermissionDenied: `by` may not decide the case.
        DomainError: the reason is missing, or the frame does not hold it.
    """
    soknad = Soknad.objects.select_related("ansatt__enhet", "runde").get(pk=vedtak.soknad_id)
    runde = Soknadsrunde.objects.select_for_update().get(pk=soknad.runde_id)
    vedtak = Vedtak.objects.select_for_update().get(pk=vedtak.pk)
    vedtak.soknad = soknad
    step = workflow.check("replace", vedtak, by=by)
    onwards = soknad_workflow.check("redecide", soknad, by=by)
    content = _sound(content, soknad)
    if not content.reason.strip():
        raise DomainError(_("Skriv hvorfor vedtaket erstattes."))
    content = _with_day(content, runde)

    successor = Vedtak(
        soknad=soknad,
        status=Vedtak.Status.DECIDED,
        supersedes=vedtak,
        **_signature(soknad, by=by),
        **content.fields(),
    )
    _count_against(runde, [successor])
    ramme.move(runde, ramme.together([ramme.draw(successor)], less=ramme.draw(vedtak)))
    vedtak.status = step.target
    vedtak.save(update_fields=["status"])
    successor.save()
    avtale.cancel_unpaid(soknad, by=by)
    soknad.status = onwards.target
    soknad.save(update_fields=["status"])
    audit.record(
        "vedtak.replace", successor, by=by, role=successor.role, was=vedtak.pk, **_figures(content)
    )
    opplaring.plan(successor, by=by)
    return successor


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a case asks for: NOK by kind, and days of leave."""

    soknad: Soknad
    parts: Mapping[str, int]

    @property
    def amount(self) -> int:
        return sum(self.parts.values())

    @property
    def leave_days(self) -> int:
        return self.soknad.leave_days or 0


def _wanted(soknad: Soknad, ordninger: satser.Ordninger) -> _Wanted:
    return _Wanted(soknad, satser.offered(ordninger, soknad))


def _within_frames(
    left: int, delrammer: Sequence[ordning.Delramme], wanted: Sequence[_Wanted]
) -> list[bool]:
    """Return whether the frames hold each case, in order; `left` is NOK of the round's frame.

    The first that a frame does not hold ends that frame for those below it: the round's as the
    line on the list does, that of a scheme or a unit for those who need it.
    """
    room = [each.left for each in delrammer]
    held = []
    for each in wanted:
        parts = {**each.parts, Slag.LEAVE.value: each.leave_days}
        path = each.soknad.ansatt.enhet.path
        taken = [ramme.takes(parts, path=path) for ramme in delrammer]
        short = [n for n, amount in enumerate(taken) if amount > max(0, room[n])]
        is_held = each.amount <= left and not short
        left = left - each.amount if is_held else left if each.amount <= left else 0
        room = [
            rest - amount if is_held else (0 if n in short else rest)
            for n, (rest, amount) in enumerate(zip(room, taken, strict=True))
        ]
        held.append(is_held)
    return held


def _proposed(wanted: _Wanted, is_held: bool) -> Vedtak:  # noqa: FBT001 (a pair of zip)
    if not is_held:
        return Vedtak(soknad=wanted.soknad, outcome=Outcome.WAITING)
    return Vedtak(
        soknad=wanted.soknad,
        outcome=Outcome.GRANTED,
        amount=wanted.amount,
        leave_days=wanted.leave_days,
        **wanted.parts,
    )


def _told(number: int | None, outcome: str) -> str:
    values = {"number": number, "outcome": Outcome(outcome).label}
    return _("Satte utkast på sak %(number)s: %(outcome)s.") % values


def _count_against(runde: Soknadsrunde, decisions: Iterable[Vedtak]) -> None:
    """Let each keep which units' frames it counts against."""
    frames = ordning.unit_frames(runde)
    for vedtak in decisions:
        vedtak.frames = ordning.frames_of(vedtak.soknad.ansatt, frames)


def _decide(vedtak: Vedtak, *, by: Ansatt) -> None:
    soknad = vedtak.soknad
    for name, value in _signature(soknad, by=by).items():
        setattr(vedtak, name, value)
    vedtak.status = workflow.STEPS["decide"].target
    vedtak.save(update_fields=["status", "decided_at", "decided_by", "role", "frames"])
    soknad.status = soknad_workflow.STEPS["decide"].target
    soknad.save(update_fields=["status"])
    audit.record(
        "vedtak.decide", vedtak, by=by, role=vedtak.role,
        outcome=vedtak.outcome, amount=vedtak.amount,
    )  # fmt: skip
    opplaring.plan(vedtak, by=by)


def _must_be_decidable(ready: queries.Ready) -> None:
    if not ready.mine:
        raise DomainError(_("Det er ingen utkast som du kan vedta."))
    if ready.unreasoned:
        numbers = _numbers(ready.unreasoned)
        raise DomainError(_("Begrunnelse mangler i sak %(numbers)s.") % {"numbers": numbers})


def _close_when_all_decided(runde: Soknadsrunde, *, by: Ansatt) -> None:
    """Take the round onwards when no application of the list waits for a decision."""
    if ranking.cases(runde).filter(status__in=ranking.UNDECIDED).exists():
        return
    runde.status = runde_workflow.STEPS["decide"].target
    runde.save(update_fields=["status"])
    audit.record("soknadsrunde.decide", runde, by=by, granted=runde.granted)


def _sound(content: Content, soknad: Soknad) -> Content:
    """Return the content with 0 NOK and days where there is no support.

    Raises:
        DomainError: more than applied for, or a support of nothing.
    """
    if content.outcome not in {Outcome.GRANTED, Outcome.PARTLY}:
        return Content(
            outcome=content.outcome, reason=content.reason, conditions=content.conditions
        )
    if content.amount > soknad.amount or content.leave_days > (soknad.leave_days or 0):
        raise DomainError(
            _("Det er søkt om %(amount)s og %(days)s dager fri. Støtten kan ikke være større.")
            % {"amount": norsk.kroner(soknad.amount), "days": soknad.leave_days or 0}
        )
    if content.amount == 0 and content.leave_days == 0:
        raise DomainError(_("Skriv beløp eller dager fri, eller velg et annet utfall."))
    return _divided(content, soknad)


def _with_day(content: Content, runde: Soknadsrunde) -> Content:
    """Return the content with a day for a yes that has not passed.

    Raises:
        DomainError: the day that is chosen has passed.
    """
    today = clock.today()
    if content.outcome not in {Outcome.GRANTED, Outcome.PARTLY}:
        return changed(content, accept_by=None)
    if content.accept_by is not None and content.accept_by < today:
        raise DomainError(_("Fristen for å takke ja må være i dag eller senere."))
    return changed(content, accept_by=content.accept_by or svarfrist.proposed(runde, on=today))


def _divided(content: Content, soknad: Soknad) -> Content:
    """Return the content with its sum by kind.

    Raises:
        DomainError: the parts are not the sum, or more than is applied for of a kind.
    """
    offered = satser.offered(ordning.in_runde(soknad.runde), soknad)
    if content.parts is None:
        return changed(content, parts=satser.split(content.amount, offered=offered))
    if sum(content.parts.values()) != content.amount:
        raise DomainError(_("Beløpene for hver ordning blir ikke summen. Regn over dem."))
    for kind, amount in content.parts.items():
        if amount > offered[kind]:
            told = {"kind": Slag(kind).label, "most": norsk.kroner(offered[kind])}
            raise DomainError(_("%(kind)s: det kan innvilges høyst %(most)s.") % told)
    return content


def _signature(soknad: Soknad, *, by: Ansatt) -> dict[str, Any]:
    role = rules.capacity(by, Act.DECIDE, soknad.ansatt.enhet) or NAMED
    return {"decided_at": clock.now(), "decided_by": by, "role": role}


def _content(vedtak: Vedtak) -> dict[str, Any]:
    return {name: getattr(vedtak, name) for name in TOLD} | vedtak.parts


def _figures(content: Content | Vedtak) -> dict[str, Any]:
    return {
        "outcome": str(content.outcome),
        "amount": content.amount,
        "leave_days": content.leave_days,
    }


def _numbers(vedtak: Sequence[Vedtak]) -> str:
    return norsk.oppramsing([str(v.soknad.number) for v in vedtak])
