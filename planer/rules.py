"""Who may do what with plans, the wheel and measures. No writing, no request, no messages."""

from datetime import datetime, timedelta

from django.db.models import Q

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import UNIONS, Act, asks
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from planer.models import (
    Aktivitet,
    Ansvar,
    Arrangement,
    Evaluering,
    Fagsystem,
    Handlingsplan,
    Horing,
    Introduksjonssteg,
    Langplan,
    Mote,
    Motedeltaker,
    Nettverk,
    Nettverksmedlem,
    Opplaringsplan,
    Protokoll,
    Strategiplan,
    Tiltak,
)

# How long the one who ticked off an activity may take it back.
REGRET = timedelta(minutes=10)
# People come in before it begins.
DOORS_OPEN = timedelta(minutes=30)

OPEN_STATUSES = (
    Strategiplan.Status.HEARING,
    Strategiplan.Status.ADOPTED,
    Strategiplan.Status.IN_FORCE,
    Strategiplan.Status.SUPERSEDED,
)


def may_edit_plans(actor: Ansatt | None) -> bool:
    return access.may(actor, Act.EDIT_PLAN)


@asks(Act.EDIT_PLAN)
def may_edit_plan(actor: Ansatt, plan: Strategiplan) -> bool:
    """Return whether every unit of the plan is the advisor's; a plan without units is anyone's."""
    scopes = tuple(access.scopes(actor, Act.EDIT_PLAN))
    return bool(scopes) and all(path.startswith(scopes) for path in _covered(plan))


@asks(Act.EDIT_PLAN)
def may_edit_langplan(actor: Ansatt, plan: Langplan) -> bool:
    """Return whether the actor writes the strategy plan that the long plan stands on."""
    return may_edit_plan(actor, plan.strategiplan)


def measure_scopes(actor: Ansatt) -> list[str]:
    """Return the paths of the units whose measures the actor may make and follow up.

    The advisor's sector, and a leader's own unit: who reports its needs also plans for them.
    """
    return access.scopes(actor, Act.EDIT_PLAN) + access.scopes(actor, Act.PLAN_MEASURES)


def may_plan_for(actor: Ansatt, enhet: Enhet | None) -> bool:
    """Return whether the actor may make measures for the unit; None is common to all units."""
    if enhet is None:
        return may_edit_plans(actor)
    return any(enhet.is_within(path) for path in measure_scopes(actor))


def may_edit_tiltak(actor: Ansatt, tiltak: Tiltak) -> bool:
    return may_plan_for(actor, tiltak.enhet)


@asks(Act.PLAN_MEASURES)
def may_edit_opplaringsplan(actor: Ansatt, plan: Opplaringsplan) -> bool:
    """Return whether the actor writes the plan: the joint one the advisor, a unit's its leader."""
    return may_plan_for(actor, plan.enhet)


@asks(Act.COMMENT)
def may_answer(actor: Ansatt, horing: Horing) -> bool:
    """Return whether the actor answers for a unit or a union in the hearing.

    On the plan of one unit, those of the unit do; on the others, everyone who speaks for someone.
    """
    paths = access.scopes(actor, Act.PLAN_MEASURES) + access.scopes(actor, Act.COMMENT)
    enhet = horing.opplaringsplan.enhet if horing.opplaringsplan else None
    return bool(paths) if enhet is None else any(enhet.is_within(path) for path in paths)


@asks(Act.PLAN_MEASURES)
def may_evaluate(actor: Ansatt, evaluering: Evaluering) -> bool:
    """Return whether the actor plans for what is evaluated: all units, or the one unit."""
    return may_plan_for(actor, evaluering.enhet)


def led_paths(actor: Ansatt) -> list[str]:
    """Return the paths of the units that the actor leads; there no cell is too small to show."""
    return access.scopes(actor, Act.PLAN_MEASURES)


@asks(Act.PLAN_MEASURES)
def may_arrange(actor: Ansatt, arrangement: Arrangement) -> bool:
    """Return whether the actor plans for those it is for: all units, or the one unit."""
    return may_plan_for(actor, arrangement.enhet)


def is_for(actor: Ansatt, arrangement: Arrangement) -> bool:
    """Return whether the employee works in the unit it is for, or below it."""
    return arrangement.enhet is None or actor.enhet.is_within(arrangement.enhet.path)


def may_sign_up(ansatt: Ansatt, arrangement: Arrangement, *, by: Ansatt) -> bool:
    """Return whether `by` may sign the employee up: oneself, or someone one plans for."""
    if not is_for(ansatt, arrangement):
        return False
    return by.pk == ansatt.pk or may_plan_for(by, ansatt.enhet)


def takes_sign_ups(arrangement: Arrangement, *, at: datetime) -> bool:
    """Return whether one can sign up: planned, not begun, and within the deadline's day."""
    if arrangement.status != Arrangement.Status.PLANNED or at >= arrangement.starts_at:
        return False
    last = arrangement.sign_up_by or arrangement.on
    return at.astimezone(arrangement.starts_at.tzinfo).date() <= last


def is_meeting_now(arrangement: Arrangement, *, at: datetime) -> bool:
    """Return whether one can say that one is there: half an hour before, and until it ends."""
    if arrangement.status == Arrangement.Status.CANCELLED:
        return False
    return arrangement.starts_at - DOORS_OPEN <= at <= arrangement.ends_at


def may_tick(actor: Ansatt, aktivitet: Aktivitet) -> bool:
    """Return whether the actor holds a responsible role, or runs the wheel.

    The role `ansatt` alone does not count: nobody ticks off for all employees.
    """
    koder = {Rolle.Kode(rolle.kode) for rolle in aktivitet.roller.all()} - {Rolle.Kode.ANSATT}
    return may_edit_plans(actor) or access.has_role(actor, *koder)


def may_untick(actor: Ansatt, aktivitet: Aktivitet, *, at: datetime) -> bool:
    """Return whether the tick may be taken back: own for ten minutes, by the advisor always."""
    if not aktivitet.is_done:
        return False
    is_own = aktivitet.done_by_id == actor.pk and is_just_done(aktivitet, at=at)
    return is_own or may_edit_plans(actor)


def is_just_done(aktivitet: Aktivitet, *, at: datetime) -> bool:
    """Return whether the activity was ticked off within the time in which one may regret it."""
    return aktivitet.done_at is not None and at - aktivitet.done_at <= REGRET


def sees_all_moter(actor: Ansatt) -> bool:
    """Return whether the actor takes part in the work: advisor, leaders, executives, unions."""
    return access.may(actor, Act.SEE_PRIORITIES) or access.may(actor, Act.SEE_OVERVIEW)


def may_edit_moter(actor: Ansatt) -> bool:
    return may_edit_plans(actor)


@asks(Act.FOLLOW_INTRODUCTION)
def may_introduce(actor: Ansatt, ansatt: Ansatt) -> bool:
    """Return whether the actor follows up the new employee: another, in a unit of the actor's."""
    return actor.pk != ansatt.pk and access.may(actor, Act.FOLLOW_INTRODUCTION, ansatt.enhet)


def may_tick_step(actor: Ansatt, steg: Introduksjonssteg) -> bool:
    """Return whether the step is the actor's to tick; those who follow up tick them all."""
    introduksjon = steg.introduksjon
    if not introduksjon.is_ongoing:
        return False
    does = {Ansvar.EMPLOYEE: introduksjon.ansatt_id, Ansvar.SPONSOR: introduksjon.fadder_id}
    is_mine = does.get(Ansvar(steg.role)) == actor.pk
    return is_mine or may_introduce(actor, introduksjon.ansatt)


def may_edit_introduction(actor: Ansatt) -> bool:
    return access.may(actor, Act.EDIT_INTRODUCTION)


@asks(Act.PROPOSE_ACTIONS)
def may_propose_actions(actor: Ansatt, plan: Handlingsplan) -> bool:  # noqa: ARG001
    return access.may(actor, Act.PROPOSE_ACTIONS)


@asks(Act.DECIDE_ACTIONS)
def may_decide_actions(actor: Ansatt, plan: Handlingsplan) -> bool:
    """Return whether the actor decides for the leader group; never on one's own proposal."""
    return access.may(actor, Act.DECIDE_ACTIONS) and plan.proposed_by_id != actor.pk


def may_edit_common(actor: Ansatt) -> bool:
    return access.may(actor, Act.EDIT_COMMON)


def may_edit_system(actor: Ansatt, system: Fagsystem) -> bool:
    """Those who keep the common needs, and the system's owner and responsible."""
    return may_edit_common(actor) or actor.pk in {system.owner_id, system.responsible_id}


def may_follow_effect(actor: Ansatt, enhet: Enhet) -> bool:
    """Return whether the actor measures the effect of measures in the unit."""
    return any(enhet.is_within(path) for path in measure_scopes(actor))


@asks(Act.EDIT_PLAN)
def may_run_mote(actor: Ansatt, mote: Mote) -> bool:  # noqa: ARG001
    return may_edit_moter(actor)


def is_called(actor: Ansatt, mote: Mote) -> bool:
    """Return whether the actor is called to the meeting, or comes instead of someone who is."""
    called = Motedeltaker.objects.filter(mote=mote)
    return called.filter(Q(ansatt=actor) | Q(deputy=actor)).exists()


def may_speak(actor: Ansatt, mote: Mote) -> bool:
    """Return whether what the actor says to a point is written down: those called, while it lasts.

    Before the meeting too, so that a representative can prepare it in writing.
    """
    return takes_words(mote) and is_called(actor, mote)


def takes_words(mote: Mote) -> bool:
    """Return whether something can be said to the points now."""
    return mote.status in {Mote.Status.INVITED, Mote.Status.OPEN}


def may_dissent(actor: Ansatt) -> bool:
    """Return whether the actor speaks for a union, or is safety representative."""
    return access.has_role(actor, *UNIONS)


def may_ask_drofting(actor: Ansatt) -> bool:
    return access.may(actor, Act.COMMENT)


def sees_cases(actor: Ansatt) -> bool:
    """Return whether the actor may read what a meeting says of applications."""
    return access.may(actor, Act.SEE_PRIORITIES)


@asks(Act.EDIT_PLAN)
def may_write_protokoll(actor: Ansatt, protokoll: Protokoll) -> bool:  # noqa: ARG001
    return may_edit_moter(actor)


@asks(Act.SEE_PLAN)
def may_remark(actor: Ansatt, protokoll: Protokoll) -> bool:
    return is_called(actor, protokoll.mote)


@asks(Act.EDIT_PLAN)
def may_run_nettverk(actor: Ansatt, nettverk: Nettverk) -> bool:
    """Return whether the actor is the advisor, or one of the network's contact persons."""
    return may_edit_plans(actor) or _membership(actor, nettverk) is True


@asks(Act.USE)
def may_join_nettverk(actor: Ansatt, nettverk: Nettverk) -> bool:
    """Return whether the actor can become a member: a network, and not one already."""
    return nettverk.kind == Nettverk.Kind.NETWORK and _membership(actor, nettverk) is None


def _membership(actor: Ansatt, nettverk: Nettverk) -> bool | None:
    """Return whether the actor is a contact person, or None when not even a member; read once."""
    known: dict[int, bool | None] = nettverk.__dict__.setdefault("_membership", {})
    if actor.pk not in known:
        own = Nettverksmedlem.objects.filter(nettverk=nettverk, ansatt=actor)
        known[actor.pk] = own.values_list("is_contact", flat=True).first()
    return known[actor.pk]


def _covered(plan: Strategiplan) -> list[str]:
    """Return the paths of the plan's units, read once for each instance."""
    known: list[str] | None = plan.__dict__.get("_covered")
    if known is None:
        known = list(plan.omfang.values_list("enhet__path", flat=True))
        plan.__dict__["_covered"] = known
    return known
