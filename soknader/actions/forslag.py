"""What is proposed by the order: support within every frame, else the waiting list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from soknader.enums import Slag
from soknader.models import Soknad, Vedtak
from soknader.queries import ordning
from soknader.rules import ordning as satser

Outcome = Vedtak.Outcome


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a case asks for: NOK by kind, and days of leave."""

    soknad: Soknad
    parts: Mapping[str, int]

    @property
    def amount(self) -> int:
        return sum(self.parts.values())

    @property
    def leave_days(self) -> int:
        return self.soknad.leave_days or 0


def wanted(soknad: Soknad, ordninger: satser.Ordninger) -> Wanted:
    return Wanted(soknad, satser.offered(ordninger, soknad))


def within_frames(
    left: int, delrammer: Sequence[ordning.Delramme], asked: Sequence[Wanted]
) -> list[bool]:
    """Return whether the frames hold each case, in order; `left` is NOK of the round's frame.

    The first that a frame does not hold ends that frame for those below it: the round's as the
    line on the list does, that of a scheme or a unit for those who need it.
    """
    room = [each.left for each in delrammer]
    held = []
    for each in asked:
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


def proposed(wanted: Wanted, *, is_held: bool) -> Vedtak:
    """Return the draft: all that is asked for when the frames hold it, else the waiting list."""
    if not is_held:
        return Vedtak(soknad=wanted.soknad, outcome=Outcome.WAITING)
    return Vedtak(
        soknad=wanted.soknad,
        outcome=Outcome.GRANTED,
        amount=wanted.amount,
        leave_days=wanted.leave_days,
        **wanted.parts,
    )
