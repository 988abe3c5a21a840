"""One case of the list, with what its reader may see: facts for all, private texts for few."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kompetanse.organisasjon.models import Ansatt
from soknader.models import Endring, Kriterium, Soknad, Soknadsrunde, Vedtak
from soknader.queries import poeng, prioritering
from soknader.queries.prioritering import Rangering, Sak
from soknader.queries.saksfakta import Facts, Private, facts_of, private_of
from soknader.queries.saksrad import UNION_ROLES, whole
from soknader.rules import habilitet
from soknader.rules.habilitet import Ground
from soknader.rules.prioritering import Reader

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """A criterion with points: the reader's own, and the group's mean where it is shown.

    `members` is what each has given, for the group alone. None before they are given.
    """

    kriterium: Kriterium
    own: int | None
    points: float | None
    members: tuple[tuple[str, int], ...]

    @property
    def meaning(self) -> str:
        """What the points mean, in the round's words; nothing between two of them."""
        texts = self.kriterium.texts
        at = self.points
        return texts[int(at)] if at is not None and at == int(at) and at < len(texts) else ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as it is shown: in what capacity, and by whom."""

    text: str
    by: str
    role: str
    at: datetime
    is_dissent: bool
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last thing that the reader has done with the case, when it can be undone."""

    pk: int
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case as one reader may see it. `vedtak` is the decision in force, or the draft.

    `version` is what a change of the draft or the reason has to have seen, `points_version` what
    one of the reader's own points has.
    """

    sak: Sak
    soknad: Soknad
    facts: Facts
    private: Private | None
    scores: tuple[Scored, ...]
    remarks: tuple[Remark, ...]
    vedtak: Vedtak | None
    ground: Ground | None
    version: int
    points_version: int
    undoable: Undoable | None
    previous: Sak | None
    following: Sak | None

    @property
    def is_open(self) -> bool:
        """Whether the reader sees the weighing: not in an own case before the letter."""
        return not self.sak.is_own


def case(
    runder: QuerySet[Soknadsrunde], soknad_id: int, *, reader: Reader, actor: Ansatt
) -> tuple[Case, Rangering] | None:
    """Return the case and the list that it stands in; None when it is on no list of `runder`.

    The case with its round and all that belongs to it is one query.
    """
    soknad: Any = whole(runder, soknad_id)
    if soknad is None:
        return None
    listed = prioritering.ranked(soknad.runde, reader=reader)
    sak = next(sak for sak in listed.saker if sak.pk == soknad_id)
    is_open = not sak.is_own
    previous, following = _neighbours(listed, sak)
    version, points_version, undoable = _changes(soknad.done, actor.pk)
    found = Case(
        sak=sak,
        soknad=soknad,
        facts=facts_of(soknad, reader),
        private=private_of(soknad) if reader.sees_person(soknad.ansatt.enhet.path) else None,
        scores=_scores(soknad, sak, reader) if is_open else (),
        remarks=_remarks(soknad.said, reader) if is_open else (),
        vedtak=_in_play(soknad) if is_open else None,
        ground=habilitet.ground_of(actor, soknad),
        version=version,
        points_version=points_version,
        undoable=undoable if is_open else None,
        previous=previous,
        following=following,
    )
    return found, listed


def criteria(runde: Soknadsrunde) -> list[Kriterium]:
    return list(Kriterium.objects.filter(runde=runde))


# What belongs to the case is read with it, as JSON in the order it is shown.


def _changes(done: Sequence[Told], actor_id: int) -> tuple[int, int, Undoable | None]:
    """Return the two versions of the case, and what the actor can undo; `done` is newest first."""
    points = Endring.Kind.POINTS
    shared = [row["pk"] for row in done if row["kind"] != points]
    own = [row["pk"] for row in done if row["kind"] == points and row["by"] == actor_id]
    return max(shared, default=0), max(own, default=0), _undoable(done, actor_id)


def _undoable(done: Sequence[Told], actor_id: int) -> Undoable | None:
    by_others = {row["kind"]: row["pk"] for row in reversed(done) if row["by"] != actor_id}
    by_others.pop(Endring.Kind.POINTS, None)
    for row in done:
        if row["by"] == actor_id and row["pk"] > by_others.get(row["kind"], 0):
            return Undoable(row["pk"], row["text"])
    return None


def _scores(soknad: Any, sak: Sak, reader: Reader) -> tuple[Scored, ...]:
    return tuple(_score(row, sak, reader) for row in soknad.scored)


def _score(row: Told, sak: Sak, reader: Reader) -> Scored:
    """Show one's own points, and the others' where the case shows the group's."""
    given = row.pop("given")
    own = next((each["points"] for each in given if each["by"] == reader.ansatt_id), None)
    is_shown = sak.points is not None
    total = {"total": sum(each["points"] for each in given), "by": [each["by"] for each in given]}
    members = [(f"{each['first']} {each['last']}", each["points"]) for each in given]
    return Scored(
        kriterium=Kriterium(**row),
        own=own,
        points=poeng.mean(total) if is_shown and given else None,
        members=tuple(members) if is_shown and reader.is_group else (),
    )


def _remarks(said: Sequence[Told], reader: Reader) -> tuple[Remark, ...]:
    """Return the comments; others than the group see those that are shared, and their own."""
    return tuple(
        Remark(
            text=row["text"],
            by=f"{row['first']} {row['last']}",
            role=str(row["union"] or UNION_ROLES.get(row["kode"], "")),
            at=datetime.fromisoformat(row["at"]),
            is_dissent=row["is_dissent"],
            is_shared=row["is_shared"],
        )
        for row in said
        if reader.is_group or row["is_shared"] or row["by"] == reader.ansatt_id
    )


def _in_play(soknad: Any) -> Vedtak | None:
    vedtak: Vedtak | None = getattr(soknad, "v", None)
    return vedtak


def _neighbours(listed: Rangering, sak: Sak) -> tuple[Sak | None, Sak | None]:
    here = sak.place - 1
    previous = listed.saker[here - 1] if here > 0 else None
    following = listed.saker[here + 1] if here + 1 < len(listed.saker) else None
    return previous, following
