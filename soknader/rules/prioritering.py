"""Who may read, weigh and comment in the prioritising."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kompetanse.errors import TransitionError
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import UNIONS, Act
from kompetanse.organisasjon.models import Ansatt, Enhet
from soknader.models import Soknad, Soknadsrunde
from soknader.rules import habilitet


@dataclass(frozen=True, slots=True)
class Reader:
    """What someone sees of the list. `lines` are the units where they see who applies, and why.

    Who neither prioritises nor decides sees small groups without their unit, as a projected
    page does (`on_screen`).
    """

    ansatt_id: int
    lines: tuple[str, ...]
    is_group: bool
    is_decider: bool
    on_screen: bool = False

    @property
    def hides_small_groups(self) -> bool:
        return self.on_screen or not (self.is_group or self.is_decider)

    def sees_person(self, path: str) -> bool:
        """Return whether name, reason and attachments from the unit of `path` are shown."""
        return any(path.startswith(line) for line in self.lines)


def reader(actor: Ansatt, *, on_screen: bool = False) -> Reader:
    """Return what the actor sees of the list; no query once the roles are read."""
    is_group = access.may(actor, Act.PRIORITISE)
    # A union representative who also leads a unit reads the list as a representative.
    is_named = is_group and not on_screen
    return Reader(
        ansatt_id=actor.pk,
        lines=tuple(access.scopes(actor, Act.SEE_PRIVATE)) if is_named else (),
        is_group=is_group,
        is_decider=access.may(actor, Act.DECIDE),
        on_screen=on_screen,
    )


def is_prioritising(runde: Soknadsrunde) -> bool:
    return runde.status == Soknadsrunde.Status.PRIORITISING


def must_be_prioritising(runde: Soknadsrunde) -> None:
    """Raise TransitionError, with a sentence, unless the list can be worked on now."""
    if not is_prioritising(runde):
        state = runde.get_status_display().lower()
        raise TransitionError(
            _("Runden er «%(state)s», så prioriteringen kan ikke endres nå.") % {"state": state}
        )


def is_union(actor: Ansatt) -> bool:
    """Return whether the actor comments on behalf of a union or as safety representative."""
    return access.has_role(actor, *UNIONS) and not access.may(actor, Act.PRIORITISE)


def may_prioritise(actor: Ansatt, soknad: Soknad) -> bool:
    """The group weighs every case but those where the member is not impartial."""
    return access.may(actor, Act.PRIORITISE) and not habilitet.is_barred(actor, soknad)


def may_comment(actor: Ansatt, soknad: Soknad) -> bool:
    return access.may(actor, Act.COMMENT) and not habilitet.is_barred(actor, soknad)


def may_recuse(actor: Ansatt, soknad: Soknad) -> bool:
    """Who takes part in the case may declare not to be impartial; in an own case it is known."""
    takes_part = access.may(actor, Act.PRIORITISE) or access.may(actor, Act.DECIDE)
    return takes_part and not habilitet.is_barred(actor, soknad)


def may_follow(actor: Ansatt) -> bool:
    """Return whether the actor sees the list and its cases when they are on the wall."""
    return access.may(actor, Act.SEE_PRIORITIES)


def capacity(actor: Ansatt, act: Act, enhet: Enhet | None = None) -> str:
    """Return the role in which the actor does it, for the audit trail and the decision."""
    return access.capacity(actor, act, enhet)
