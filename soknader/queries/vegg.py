"""What is on the wall in a meeting: a point, a page of its list, or one of its cases.

Everything here is read as it is projected: no names, no private words, small groups hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planer.models import Mote, Motepunkt, Visning
from soknader.models import Motesak
from soknader.queries import prioritering
from soknader.queries.motesak import Group, belongs
from soknader.queries.prioritering import Rangering, Sak
from soknader.rules.prioritering import Reader

# What a room can read without scrolling.
ROWS = 7


@dataclass(frozen=True, slots=True)
class Stop:
    """Somewhere the wall can be: a point, a page of its list, or one of its cases."""

    punkt: int
    page: int = 1
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Wall:
    """What is on the wall, and what comes before and after it.

    `punkter` is the whole agenda. A point with applications has `listed`; then either `sak` is
    one of them, or `saker` a page.
    """

    mote: Mote
    punkter: Sequence[Motepunkt]
    number: int
    total: int
    punkt: Motepunkt | None
    motesak: Motesak | None = None
    listed: Rangering | None = None
    saker: Sequence[Sak] = ()
    sak: Sak | None = None
    page: int = 1
    pages: int = 1
    cut_at: int = 0
    cut_says: str = ""
    place: int = 0
    cases: int = 0
    previous: Stop | None = None
    following: Stop | None = None
    is_closed: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the sum down to the case is more than the frame."""
        return bool(self.sak and self.listed and self.sak.running > self.listed.ramme.budget)

    @property
    def list_stop(self) -> Stop | None:
        """Where the list stands that the case is in."""
        if not self.punkt or not self.sak:
            return None
        return Stop(self.punkt.pk, page=-(-self.place // ROWS))


def wall(mote: Mote, visning: Visning | None, *, reader: Reader, sees_cases: bool) -> Wall:
    """Return what is on the wall for a reader; at most four queries.

    Who may not read the list sees that a case is on the wall, and not which.
    """
    punkter = list(mote.punkter.all())
    ids = [punkt.pk for punkt in punkter]
    if visning is None or visning.punkt_id not in ids:
        first = Stop(ids[0]) if ids else None
        return Wall(mote, punkter, 0, len(ids), None, following=first)
    index = ids.index(visning.punkt_id)
    punkt = punkter[index]
    before, after = _edges(punkter, index)
    bare = Wall(mote, punkter, index + 1, len(ids), punkt, previous=before, following=after)
    if punkt.kind != Motepunkt.Kind.CASES:
        return bare
    if not sees_cases:
        return replace(bare, is_closed=True)
    motesak = Motesak.objects.select_related("runde").filter(punkt=punkt).first()
    return _with_cases(bare, motesak, visning, reader) if motesak else bare


def _edges(punkter: Sequence[Motepunkt], index: int) -> tuple[Stop | None, Stop | None]:
    """Return the points before and after the one at `index`."""
    before = Stop(punkter[index - 1].pk) if index > 0 else None
    after = Stop(punkter[index + 1].pk) if index + 1 < len(punkter) else None
    return before, after


def _with_cases(bare: Wall, motesak: Motesak, visning: Visning, reader: Reader) -> Wall:
    """Return the wall with the list of the point, and the case of it that is shown."""
    listed = prioritering.ranked(motesak.runde, reader=reader)
    saker = [sak for sak in listed.saker if belongs(sak, motesak.group)]
    pages = max(1, -(-len(saker) // ROWS))
    sak = next((each for each in saker if each.pk == visning.case), None)
    page = min(max(visning.page, 1), pages)
    stops = _stops(visning.punkt_id or 0, saker, pages)
    here = pages + saker.index(sak) if sak else page - 1
    above, told = prioritering.cut(listed.saker, listed.ramme)
    return replace(
        bare,
        motesak=motesak,
        listed=listed,
        saker=saker[(page - 1) * ROWS : page * ROWS],
        sak=sak,
        page=page,
        pages=pages,
        cut_at=above + 1 if motesak.group == Group.ALL else 0,
        cut_says=told,
        place=saker.index(sak) + 1 if sak else 0,
        cases=len(saker),
        previous=stops[here - 1] if here > 0 else bare.previous,
        following=stops[here + 1] if here + 1 < len(stops) else bare.following,
    )


def _stops(punkt_id: int, saker: Sequence[Sak], pages: int) -> list[Stop]:
    """Return where the wall can be in the point: the pages of its list, then each case."""
    return [
        *(Stop(punkt_id, page) for page in range(1, pages + 1)),
        *(Stop(punkt_id, 1, sak.pk) for sak in saker),
    ]
