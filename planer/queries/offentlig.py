"""Adopted plans for the public: what is said of each, without persons and small groups.

A plan becomes blocks of plain text and tables, made once, when it is adopted. The public page and
its PDF know nothing else, so that they cannot show more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kompetanse.kommuner.persondata import FEWEST
from kompetanse.skall import norsk
from planer.models import Langplan, Offentligplan, Opplaringsplan, Strategiplan
from planer.queries import langplaninnhold, navn, opplaringsplan, strategi
from planer.queries.langplaninnhold import Area, Goal, LongPlan
from planer.queries.linje import Line
from planer.queries.navn import Names

Plan = Strategiplan | Langplan | Opplaringsplan


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, and the heading that it stands under."""

    heading: str
    text: str
    is_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of words. `numbers` are the places of the columns that stand to the right."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int] = ()
    sums: Sequence[str] = ()

    @property
    def lines(self) -> list[list[Cell]]:
        return [self._line(row) for row in self.rows]

    @property
    def sum_line(self) -> list[Cell]:
        return self._line(self.sums)

    def _line(self, row: Sequence[str]) -> list[Cell]:
        pairs = zip(self.headings, row, strict=False)
        return [Cell(h, text, at in self.numbers) for at, (h, text) in enumerate(pairs)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    heading: str = ""
    text: str = ""
    items: Sequence[str] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPlan:
    """An adopted plan as anyone may read it."""

    title: str
    decision: str
    lead: str = ""
    blocks: Sequence[Block] = field(default_factory=tuple)


def published() -> QuerySet[Offentligplan]:
    """Return what is public, the latest first."""
    return Offentligplan.objects.select_related("replaced_by").order_by("-adopted_on", "-pk")


def of(plan: Plan) -> Offentligplan | None:
    """Return the plan's public page, if it has one."""
    return Offentligplan.objects.filter(**{field_of(plan): plan}).first()


def field_of(plan: Plan) -> str:
    return str(plan._meta.model_name)


def freeze(plan: PublicPlan) -> dict[str, Any]:
    return asdict(plan)


def thaw(content: dict[str, Any]) -> PublicPlan:
    blocks = [
        Block(**block | {"table": Table(**block["table"]) if block["table"] else None})
        for block in content["blocks"]
    ]
    return PublicPlan(**content | {"blocks": blocks})


def content(plan: Plan) -> PublicPlan:
    """Return what is public of the plan, in the language that is active."""
    names = navn.of_kommune()
    if isinstance(plan, Strategiplan):
        return _strategy(strategi.document(plan), names)
    if isinstance(plan, Langplan):
        return _long(langplaninnhold.thaw(plan.frozen or {}), names)
    return _yearly(plan, names)


def _yearly(plan: Opplaringsplan, names: Names) -> PublicPlan:
    found = opplaringsplan.edition(plan).plan
    personal = [line for line in found.counted if _is_personal(line)]
    blocks = [
        Block(table=_measures(half.label, lines, names))
        for half in found.halves
        if (lines := [line for line in half.lines if line.is_counted and not _is_personal(line)])
    ]
    where = f", {plan.enhet.name}" if plan.enhet else ""
    return PublicPlan(
        title=f"{plan.get_kind_display()} {plan.year}{where}",
        decision=opplaringsplan.decision(plan),
        blocks=[*blocks, *_education(personal)],
    )


def _is_personal(line: Line) -> bool:
    """Return whether the line is education granted to a few: who takes it could be known."""
    return bool(line.origin) and line.participants < FEWEST


def _measures(label: str, lines: Sequence[Line], names: Names) -> Table:
    return Table(
        caption=label,
        headings=(
            _("Tiltak"), _("Målgruppe"), _("Når"), _("Ansvarlig"), _("Enhet"), _("Kostnad"),
            _("Finansiering"),
        ),
        rows=[_measure(line, names) for line in lines],
        numbers=(5, 6),
        sums=(
            _("Sum %(label)s") % {"label": label}, "", "", "", "",
            norsk.kroner(sum(line.cost for line in lines)),
            norsk.kroner(sum(line.financing for line in lines)),
        ),
    )  # fmt: skip


def _measure(line: Line, names: Names) -> list[str]:
    where = line.enhet or _("Felles")
    return [
        _plain(line.theme, names),
        _few() if 0 < line.participants < FEWEST else _plain(line.whom, names),
        line.when,
        _responsible(line.responsible, where, names),
        where,
        norsk.kroner(line.cost),
        norsk.kroner(line.financing),
    ]


def _education(lines: Sequence[Line]) -> Iterable[Block]:
    """Yield what is told of granted education: together, and without amounts when they are few."""
    people = sum(line.participants for line in lines)
    if not people:
        return
    heading = _("Utdanning som er innvilget til enkeltpersoner")
    if people < FEWEST:
        text = _("Færre enn fem personer får støtte til utdanning. Beløpene er ikke vist.")
    else:
        cost = norsk.kroner(sum(line.cost for line in lines))
        told = {"people": people, "cost": cost}
        text = _("%(people)d personer får støtte til utdanning, til sammen %(cost)s.") % told
    yield Block(heading=heading, text=text)


def _long(plan: LongPlan, names: Names) -> PublicPlan:
    blocks = [block for area in plan.areas for block in _area(area, names)]
    lead = _("%(period)s. Bygger på %(strategy)s.")
    return PublicPlan(
        title=plan.name,
        decision=_("Vedtatt av %(body)s %(day)s.")
        % {"body": plan.adopted, "day": norsk.langdato(plan.on)},
        lead=lead % {"period": plan.period, "strategy": plan.strategy},
        blocks=blocks,
    )


def _area(area: Area, names: Names) -> Iterable[Block]:
    yield Block(heading=area.name, text=_plain(area.text, names))
    if area.goals:
        headings = (_("Mål"), _("Måles ved"), _("Utgangspunkt"), _("Måltall"), _("Frist"),
                    _("Ansvarlig"))  # fmt: skip
        rows = [_goal(goal, area.name, names) for goal in area.goals]
        yield Block(table=Table(caption=_("Mål"), headings=headings, rows=rows, numbers=(2, 3)))
    if area.measures:
        rows = [
            [
                each.when, _plain(each.theme, names), _plain(each.target_group, names),
                _responsible(each.responsible, area.name, names),
            ]
            for each in area.measures
        ]  # fmt: skip
        named = (_("Når"), _("Tiltak"), _("Målgruppe"), _("Ansvarlig"))
        yield Block(table=Table(caption=_("Tiltak"), headings=named, rows=rows))


def _goal(goal: Goal, where: str, names: Names) -> list[str]:
    unit = f" {goal.unit}" if goal.unit else ""
    return [
        _plain(goal.goal, names),
        _plain(goal.indicator, names),
        f"{goal.baseline.normalize():f}".replace(".", ",") + unit,
        f"{goal.target.normalize():f}".replace(".", ",") + unit,
        norsk.dato(goal.deadline),
        _responsible(goal.responsible, where, names),
    ]


def _strategy(plan: strategi.StrategyDocument, names: Names) -> PublicPlan:
    """Return the plan's own text; who follows it up is a person and is left out."""
    adopted = [
        f"{each.body} {norsk.langdato(each.on)}" for each in plan.adoptions if each.on is not None
    ]
    blocks = [
        Block(heading=_("Sammendrag"), text=plan.summary),
        *(Block(heading=goal.name, text=goal.text) for goal in plan.goals),
        *(
            Block(
                heading=area.name,
                text=area.text,
                items=[": ".join(filter(None, (sub.name, sub.text))) for sub in area.children],
            )
            for area in plan.areas
        ),
        Block(heading=_("Enhetene i planen"), items=plan.units),
        *(Block(heading=chapter.name, text=chapter.text) for chapter in plan.chapters),
        Block(
            heading=_("Føringer"), items=[each.name for each in (*plan.national, *plan.municipal)]
        ),
    ]
    return PublicPlan(
        title=f"{plan.name} {plan.period}",
        decision=_("Vedtatt av %(bodies)s.") % {"bodies": norsk.oppramsing(adopted)},
        lead=_plain(plan.vision, names),
        blocks=[_scrubbed(block, names) for block in blocks if block.text or block.items],
    )


def _scrubbed(block: Block, names: Names) -> Block:
    return Block(
        heading=_plain(block.heading, names),
        text=_plain(block.text, names),
        items=[_plain(each, names) for each in block.items],
    )


def _plain(text: str, names: Names) -> str:
    return names.replace(text, _("en ansatt"))


def _responsible(text: str, where: str, names: Names) -> str:
    """Return the role that is responsible; where a name stands, the unit's leader."""
    if not names.are_in(text):
        return text or "–"
    return _("Leder, %(where)s") % {"where": where}


def _few() -> str:
    return _("Færre enn %(number)d personer") % {"number": FEWEST}
