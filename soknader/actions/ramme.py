"""Money moves into and out of a round's frames here, and nowhere else."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import F, Q
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.skall import norsk
from soknader.enums import Slag
from soknader.models import Enhetsramme, Rundeordning, Soknadsrunde, Vedtak


@dataclass(frozen=True, slots=True)
class Draw:
    """What is taken of the frames, or given back where it is below 0.

    `amount` is NOK of the round's frame, `kinds` NOK by kind (days for leave), `units` NOK by the
    id of a unit's frame.
    """

    amount: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[int, int] = field(default_factory=dict)


def draw(vedtak: Vedtak) -> Draw:
    """Return what a decision takes of the frames that it counts against, less what is given back.

    A no gives back all of it (`released`, `released_days`).
    """
    if vedtak.is_released:
        return Draw()
    kinds = {**vedtak.parts, Slag.LEAVE.value: vedtak.leave_days}
    return Draw(vedtak.amount, kinds, dict.fromkeys(vedtak.frames, vedtak.amount))


def together(draws: Iterable[Draw], *, less: Draw | None = None) -> Draw:
    """Return the draws as one, less what is given back."""
    amount, kinds, units = 0, Counter[str](), Counter[int]()
    for each in draws:
        amount += each.amount
        kinds.update(each.kinds)
        units.update(each.units)
    if less is not None:
        amount -= less.amount
        kinds.subtract(less.kinds)
        units.subtract(less.units)
    return Draw(amount, kinds, units)


def give_back(runde: Soknadsrunde, vedtak: Vedtak) -> None:
    """Give back to every frame what the decision took; the caller keeps that it is `released`."""
    move(runde, together([], less=draw(vedtak)))


def move(runde: Soknadsrunde, taken: Draw) -> None:
    """Let the round have granted so much more, and the frames inside it too.

    Each is one conditional UPDATE, so that two at once can never grant more than a frame; the
    database's own checks stand behind it.

    Raises:
        DomainError: a frame does not hold it.

    Source: docs/adr/0012-decisions-within-a-frame.md.
    """
    _move_round(runde, taken.amount)
    for each in Rundeordning.objects.filter(runde=runde).select_related("ordning").order_by("pk"):
        _move_scheme(each, taken.kinds.get(each.kind, 0))
    for pk in sorted(taken.units):
        _move_unit(pk, taken.units[pk])


def _move_round(runde: Soknadsrunde, amount: int) -> None:
    if amount == 0:
        return
    fits = Soknadsrunde.objects.filter(pk=runde.pk, granted__lte=F("budget") - amount)
    if not fits.update(granted=F("granted") + amount):
        now = Soknadsrunde.objects.get(pk=runde.pk)
        over = norsk.kroner(amount - now.left)
        raise DomainError(
            _("Dette er %(over)s over rammen. Senk beløpene, eller sett noen på venteliste.")
            % {"over": over}
        )
    runde.refresh_from_db(fields=["granted"])


def _move_scheme(each: Rundeordning, amount: int) -> None:
    if amount == 0:
        return
    holds = Q(frame__isnull=True) | Q(granted__lte=F("frame") - amount)
    if not Rundeordning.objects.filter(holds, pk=each.pk).update(granted=F("granted") + amount):
        now = Rundeordning.objects.get(pk=each.pk)
        raise _over(each.ordning.name, now.granted + amount - (now.frame or 0), kind=each.kind)


def _move_unit(pk: int, amount: int) -> None:
    if amount == 0:
        return
    fits = Enhetsramme.objects.filter(pk=pk, granted__lte=F("frame") - amount)
    if not fits.update(granted=F("granted") + amount):
        now = Enhetsramme.objects.select_related("enhet").get(pk=pk)
        raise _over(now.enhet.name, now.granted + amount - now.frame)


def _over(name: str, over: int, *, kind: str = "") -> DomainError:
    """Return the error that says which frame does not hold it, and by how much."""
    told = norsk.kroner(over)
    if kind == Slag.LEAVE:
        told = _("%(days)s dager") % {"days": norsk.tall(over)}
    return DomainError(
        _("Dette er %(over)s over rammen for «%(name)s». Senk beløpene, eller sett noen på "
          "venteliste.") % {"over": told, "name": name}
    )  # fmt: skip
