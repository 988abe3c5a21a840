"""The ranked list as one reader may see it: its lines, its frame, and where the line stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from soknader.models import Uttalelse, Vedtak

# That the leader has said something, for those who may not know what.
GIVEN = "given"
VERDICTS = {str(value): label for value, label in Uttalelse.Verdict.choices}
OUTCOMES = {str(value): label for value, label in Vedtak.Outcome.choices}


@dataclass(frozen=True, slots=True)
class Sak:
    """One application of the list as a reader may see it; amounts are NOK.

    `cost` is what is applied for, `planned` what it takes of the frame as things stand, and
    `running` the sum of `planned` down to here. `points` is the mean of the members' weighted
    sums. `earlier` is the years and amounts of support in the years before. `deviates` says that
    the place is another than the points that are shown would give. Empty texts are hidden or
    missing.
    """

    pk: int
    number: int
    place: int
    name: str
    enhet_id: int | None
    unit: str
    path: str
    kategori_id: int | None
    category: str
    study: str
    fokusomrade_id: int | None
    area: str
    is_prioritised: bool
    is_late: bool
    verdict: str
    points: float | None
    is_scored: bool
    earlier: tuple[tuple[int, int], ...]
    cost: int
    planned: int
    running: int
    outcome: str
    is_decided: bool
    is_own: bool
    is_barred: bool
    rank_reason: str
    deviates: bool = False

    @property
    def label(self) -> str:
        """The outcome in words."""
        return str(OUTCOMES.get(self.outcome, ""))

    @property
    def lacks_rank_reason(self) -> bool:
        """Whether it stands where the points would not put it, and nobody has said why."""
        return self.deviates and not self.rank_reason


@dataclass(frozen=True, slots=True)
class Ramme:
    """The frame of the round, NOK: decided, proposed in drafts, and what is left (or less)."""

    budget: int
    decided: int
    drafted: int

    @property
    def used(self) -> int:
        return self.decided + self.drafted

    @property
    def left(self) -> int:
        return self.budget - self.used

    @property
    def over(self) -> int:
        return max(0, -self.left)


@dataclass(frozen=True, slots=True)
class Rangering:
    """The whole list in order, and its frame."""

    ramme: Ramme
    saker: tuple[Sak, ...]

    def find(self, soknad_id: int) -> Sak | None:
        return next((sak for sak in self.saker if sak.pk == soknad_id), None)


def cut(saker: Sequence[Sak], ramme: Ramme) -> tuple[int, str]:
    """Return how many stand above the list's line, all when there is none, and what it says.

    It stands where the frame is used up. When the drafts keep the sum within the frame, it
    stands above the first on the waiting list.
    """
    over = next((i for i, sak in enumerate(saker) if sak.running > ramme.budget), None)
    if over is not None:
        return over, _("Her er rammen brukt opp")
    waiting = Vedtak.Outcome.WAITING
    first = next((i for i, sak in enumerate(saker) if sak.outcome == waiting), len(saker))
    return first, _("Her begynner ventelisten")
