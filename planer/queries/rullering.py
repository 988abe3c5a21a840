"""What is carried on, done, dropped and new when a training plan rolls from one year to the next.

The same frozen comparison feeds page, PDF and spreadsheet, and stays in the plan when adopted.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon.models import Ansatt, Enhet
from kompetanse.skall import norsk
from planer.enums import Outcome
from planer.models import Opplaringsplan, Tiltak
from planer.queries import opplaring, opplaringsplan
from planer.queries.linje import Line
from planer.queries.opplaringsplan import LABELS, decision

# The years' own: that these differ from last year's is what rolling is about.
OF_THE_YEAR = frozenset({"half", "timing", "deadline", "status"})
Status = Tiltak.Status
TOLD = {
    Outcome.UNDECIDED: gettext_lazy("ikke avgjort"),
    Outcome.CARRIED: gettext_lazy("videreført"),
    Outcome.DONE: gettext_lazy("gjennomført"),
    Outcome.DROPPED: gettext_lazy("ikke med videre"),
    Outcome.NEW: gettext_lazy("nye"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """A measure seen from both years. `id` is the newer row's where there is one.

    `before` and `after` say when, and how it went; `why` is what is changed, or the reason.
    """

    id: int
    theme: str
    enhet: str
    outcome: str
    before: str = ""
    after: str = ""
    why: str = ""

    @property
    def label(self) -> str:
        return str(Outcome(self.outcome).label)


@dataclass(frozen=True, slots=True)
class Group:
    """The measures with one outcome, in the plan's order."""

    outcome: Outcome
    lines: tuple[Rolled, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolling:
    """A plan of `year` beside the year before. `source` is last year's adopted plan in words."""

    year: int
    enhet: str = ""
    source: str = ""
    source_id: int | None = None
    lines: tuple[Rolled, ...] = ()

    @property
    def last_year(self) -> int:
        return self.year - 1

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return each outcome that a measure has, what is left to decide first."""
        order = (Outcome.UNDECIDED, Outcome.CARRIED, Outcome.DONE, Outcome.DROPPED, Outcome.NEW)
        return tuple(Group(each, lines) for each in order if (lines := self._with(each)))

    @property
    def undecided(self) -> int:
        return len(self._with(Outcome.UNDECIDED))

    @property
    def is_from_a_plan(self) -> bool:
        """Whether the year before had measures; without them there is nothing to compare."""
        return any(line.outcome != Outcome.NEW for line in self.lines)

    @property
    def summary(self) -> str:
        """How many have each outcome, in one sentence."""
        told = [f"{len(group.lines)} {TOLD[group.outcome]}" for group in self.groups]
        return f"{norsk.oppramsing(told)}." if told else ""

    def _with(self, outcome: Outcome) -> tuple[Rolled, ...]:
        return tuple(line for line in self.lines if line.outcome == outcome)


def rolling(year: int, *, enhet: Enhet | None) -> Rolling:
    """Return how the year's measures stand beside last year's, in three queries."""
    adopted = last_adopted(year, enhet=enhet)
    before, after = opplaring.two_years(year, enhet=enhet)
    now = {line.id: line for line in after}
    moved = _moved(adopted, now)
    followed = {line.id: line.id for line in moved} | _followers(year, now)
    rows = [_rolled(line, now.get(followed.get(line.id, 0))) for line in (*before, *moved)]
    known = set(followed.values())
    rows += [_new(line) for line in after if line.id not in known and line.is_counted]
    return Rolling(
        year=year,
        enhet=enhet.name if enhet else "",
        source=_source(adopted),
        source_id=adopted.pk if adopted else None,
        lines=tuple(rows),
    )


def last_adopted(year: int, *, enhet: Enhet | None) -> Opplaringsplan | None:
    """Return the plan of the year before as it was adopted."""
    adopted = Opplaringsplan.objects.filter(status=Opplaringsplan.Status.ADOPTED)
    found: Opplaringsplan | None = adopted.filter(year=year - 1, enhet=enhet).first()
    return found


def undecided(year: int, *, enhet: Enhet | None, actor: Ansatt) -> tuple[Line, ...]:
    """Return last year's measures that the actor may say what becomes of, and nobody has."""
    before, after = opplaring.two_years(year, enhet=enhet, actor=actor)
    followed = _followers(year, {line.id: line for line in after})
    return tuple(
        line
        for line in before
        if line.may_edit and line.id not in followed and _outcome(line, None) == Outcome.UNDECIDED
    )


def of(plan: Opplaringsplan) -> Rolling:
    """Return the comparison as it was adopted; before that, as the measures stand."""
    if plan.frozen is None:
        return rolling(plan.year, enhet=plan.enhet)
    return thaw(plan.frozen["rolled"]) if "rolled" in plan.frozen else Rolling(year=plan.year)


def freeze(found: Rolling) -> dict[str, Any]:
    """Return the comparison as values that JSON can hold; `thaw` makes it again."""
    return asdict(found)


def thaw(frozen: dict[str, Any]) -> Rolling:
    return Rolling(**frozen | {"lines": tuple(Rolled(**line) for line in frozen["lines"])})


def _followers(year: int, now: dict[int, Line]) -> dict[int, int]:
    """Return which measure each of last year's is carried on as; within a common one, as that."""
    rows = Tiltak.objects.filter(year=year, earlier__isnull=False).exclude(status=Status.CANCELLED)
    pairs = rows.values_list("earlier", "pk", "merged_into")
    return {earlier: pk if pk in now else common or pk for earlier, pk, common in pairs if earlier}


def _moved(adopted: Opplaringsplan | None, now: dict[int, Line]) -> tuple[Line, ...]:
    """Return what last year's adopted plan had and was put off into this year, as it was then."""
    if adopted is None or adopted.frozen is None:
        return ()
    return tuple(line for line in opplaringsplan.thaw(adopted.frozen).plan.lines if line.id in now)


def _rolled(before: Line, after: Line | None) -> Rolled:
    outcome = _outcome(before, after)
    row = Rolled(
        id=before.id,
        theme=before.theme,
        enhet=before.enhet,
        outcome=outcome,
        before=f"{before.when} ({before.status_label.lower()})",
        why=before.dropped_because,
    )
    if outcome != Outcome.CARRIED:
        return row
    if after is None:
        return replace(row, why=_("Studiet fortsetter.") if before.origin else "")
    return replace(
        row, id=after.id, theme=after.theme, after=after.when, why=_change(before, after)
    )


def _outcome(before: Line, after: Line | None) -> Outcome:
    if after is not None:
        return Outcome.CARRIED
    if before.status == Status.CANCELLED or before.dropped_because:
        return Outcome.DROPPED
    if before.status == Status.DONE:
        return Outcome.DONE
    # Education goes on by itself until it is completed or broken off.
    return Outcome.CARRIED if before.origin else Outcome.UNDECIDED


def _new(line: Line) -> Rolled:
    return Rolled(
        id=line.id,
        theme=line.theme,
        enhet=line.enhet,
        outcome=Outcome.NEW,
        after=line.when,
        why=line.need,
    )


def _change(before: Line, after: Line) -> str:
    """Return what is another than last year, the cost in figures."""
    names = [name for name in _differing(before, after) if name != _("beløp")]
    told = [_("endret: %(names)s") % {"names": norsk.oppramsing(names)}] if names else []
    if before.cost != after.cost:
        told.append(
            _("kostnad %(before)s, nå %(after)s")
            % {"before": norsk.kroner(before.cost), "after": norsk.kroner(after.cost)}
        )
    text = "; ".join(told)
    return text[:1].upper() + text[1:] if text else _("Som i fjor")


def _differing(before: Line, after: Line) -> Iterable[str]:
    kept = {name: label for name, label in LABELS.items() if name not in OF_THE_YEAR}
    return dict.fromkeys(
        str(label) for name, label in kept.items() if getattr(before, name) != getattr(after, name)
    )


def _source(adopted: Opplaringsplan | None) -> str:
    return f"{adopted}. {decision(adopted)}" if adopted else ""
