"""The decisions: drafted case by case, decided together, and later only replaced."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.actions import avtale, forslag, innhold, locked, opplaring, ramme, sak, signatur
from soknader.actions import endring as endringer
from soknader.actions.innhold import Content
from soknader.models import Endring, Soknad, Soknadsrunde, Tilsagn, Vedtak
from soknader.queries import ordning
from soknader.queries import prioritering as ranking
from soknader.queries import vedtak as queries
from soknader.rules import prioritering as rules
from soknader.rules import vedtak as deciding
from soknader.workflow import runde as runde_workflow
from soknader.workflow import soknad as soknad_workflow
from soknader.workflow import vedtak as workflow

Outcome = Vedtak.Outcome


@transaction.atomic
def draft(soknad: Soknad, content: Content, *, version: int, by: Ansatt) -> Endring:
    """Propose a decision, or change the proposal.

    Raises:
        DomainError: more than applied for, a support of nothing, or all of it called a part.
        StaleError: the case has changed since `version`.
        TransitionError: the round is not being prioritised, or the case is decided.
        PermissionDenied: `by` is not in the group, or not impartial in the case.
    """
    soknad = sak.lock_case(soknad, version=version, by=by)
    before, text = write_draft(soknad, content, by=by)
    return endringer.remember(
        Endring.Kind.DRAFT, soknad.runde, by=by, text=text, before=before, soknad=soknad
    )


def write_draft(
    soknad: Soknad, content: Content, *, by: Ansatt
) -> tuple[dict[str, Any] | None, str]:
    """Write the draft of the locked case; return what it replaced, and what was done.

    Raises:
        DomainError: more than applied for, a support of nothing, or all of it called a part.
    """
    content = innhold.sound(content, soknad)
    was = Vedtak.objects.filter(soknad=soknad, status=Vedtak.Status.DRAFT).first()
    before = innhold.kept(was) if was else None
    vedtak, _is_new = Vedtak.objects.update_or_create(
        soknad=soknad, status=Vedtak.Status.DRAFT, defaults=content.fields()
    )
    role = rules.capacity(by, Act.PRIORITISE)
    audit.record("vedtak.draft", vedtak, by=by, role=role, **_figures(content))
    return before, _told(soknad.number, content.outcome)


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
    reader = rules.reader(by)
    left = ranking.frame(runde, reader=reader).left
    listed = ranking.ranked(runde, reader=reader)
    ordninger = ordning.in_runde(runde)
    undrafted = [
        line for line in listed.saker if not (line.outcome or line.is_decided or line.is_barred)
    ]
    if not undrafted:
        return 0
    soknader = Soknad.objects.select_related("ansatt__enhet").in_bulk([s.pk for s in undrafted])
    wanted = [forslag.wanted(soknader[line.pk], ordninger) for line in undrafted]
    fits = forslag.within_frames(left, ordning.delrammer(runde), wanted)
    made = [
        forslag.proposed(each, is_held=is_held) for each, is_held in zip(wanted, fits, strict=True)
    ]
    Vedtak.objects.bulk_create(made)
    number = len(made)
    text = ngettext(
        "Laget utkast til %(number)d sak.", "Laget utkast til %(number)d saker.", number
    )
    whole = endringer.remember(Endring.Kind.SEVERAL, runde, by=by, text=text % {"number": number})
    told = ((each.soknad, _told(each.soknad.number, each.outcome), None) for each in made)
    endringer.remember_each(Endring.Kind.DRAFT, told, whole=whole)
    role = rules.capacity(by, Act.PRIORITISE)
    audit.record_each("vedtak.draft", ((each, _figures(each)) for each in made), by=by, role=role)
    return number


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
    signatur.sign(ready.mine, by=by)
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
    if not deciding.is_named(by, soknad):
        raise PermissionDenied
    _must_be_decidable(queries.Ready((vedtak,), ()))
    _count_against(runde, [vedtak])
    ramme.move(runde, ramme.draw(vedtak))
    signatur.sign([vedtak], by=by)
    _close_when_all_decided(runde, by=by)
    return vedtak


@transaction.atomic
def replace(vedtak: Vedtak, content: Content, *, by: Ansatt) -> Vedtak:
    """Make a new decision that stands instead of a decided one, which is kept as it was.

    Raises:
        TransitionError: the decision is not in force.
        PermissionDenied: `by` may not decide the case.
        DomainError: the reason is missing, the frame does not hold it, or more is paid.
    """
    runde = Soknadsrunde.objects.select_for_update().get(pk=vedtak.soknad.runde_id)
    soknad = locked.soknad(vedtak.soknad_id)
    vedtak = Vedtak.objects.select_for_update().get(pk=vedtak.pk)
    vedtak.soknad = soknad
    step = workflow.check("replace", vedtak, by=by)
    onwards = soknad_workflow.check("redecide", soknad, by=by)
    content = innhold.sound(content, soknad)
    if not content.reason.strip():
        raise DomainError(_("Skriv hvorfor vedtaket erstattes."))
    content = innhold.with_day(content, runde)
    _must_hold_what_is_paid(content, soknad)

    successor = Vedtak(
        soknad=soknad,
        status=Vedtak.Status.DECIDED,
        supersedes=vedtak,
        **signatur.of(soknad, by=by),
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


def _told(number: int | None, outcome: str) -> str:
    values = {"number": number, "outcome": Outcome(outcome).label}
    return _("Satte utkast på sak %(number)s: %(outcome)s.") % values


def _count_against(runde: Soknadsrunde, decisions: Iterable[Vedtak]) -> None:
    """Let each keep which units' frames it counts against."""
    frames = ordning.unit_frames(runde)
    for vedtak in decisions:
        vedtak.frames = ordning.frames_of(vedtak.soknad.ansatt, frames)


def _must_hold_what_is_paid(content: Content, soknad: Soknad) -> None:
    parts = content.parts or {}
    for each in Tilsagn.objects.filter(soknad=soknad, paid__gt=0):
        if parts.get(each.kind, 0) < each.paid:
            told = {"paid": norsk.kroner(each.paid), "kind": each.get_kind_display().lower()}
            raise DomainError(
                _("Det er betalt ut %(paid)s til %(kind)s. Støtten kan ikke settes lavere.") % told
            )


def _must_be_decidable(ready: queries.Ready) -> None:
    if not ready.mine:
        raise DomainError(_("Det er ingen utkast som du kan vedta."))
    if ready.unreasoned:
        numbers = _numbers(ready.unreasoned)
        raise DomainError(_("Begrunnelse mangler i sak %(numbers)s.") % {"numbers": numbers})
    if ready.unexplained:
        numbers = _numbers(ready.unexplained)
        raise DomainError(
            _("Sak %(numbers)s står foran noen med flere poeng. Skriv hvorfor, eller flytt.")
            % {"numbers": numbers}
        )


def _close_when_all_decided(runde: Soknadsrunde, *, by: Ansatt) -> None:
    """Take the round onwards when no application of the list waits for a decision."""
    if ranking.cases(runde).filter(status__in=ranking.UNDECIDED).exists():
        return
    endringer.forget(runde)
    runde.status = runde_workflow.STEPS["decide"].target
    runde.save(update_fields=["status"])
    audit.record("soknadsrunde.decide", runde, by=by, granted=runde.granted)


def _figures(content: Content | Vedtak) -> dict[str, Any]:
    return {
        "outcome": str(content.outcome),
        "amount": content.amount,
        "leave_days": content.leave_days,
    }


def _numbers(vedtak: Sequence[Vedtak]) -> str:
    return norsk.oppramsing([str(v.soknad.number) for v in vedtak])
