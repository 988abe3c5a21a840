"""The path of a year from needs to budget: where it stands, step by step.

The needs are mapped by an app above, which registers its step here:

    lop.register(function)   # function(actor, year, on) -> Step

Source: Siljan's plan, chapter 3.2.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer.models import Aktivitet, Mote
from planer.queries import handlingsplan, okonomiplan
from planer.queries.handlingsplan import ActionPlan
from planer.queries.okonomiplan import Period

# The wheel's activities that the steps have their days from.
MEETING, PROPOSAL, LEADERS = handlingsplan.WHEEL_MEETING, "handlingsplan", "lederteam"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the path: what it is, where it stands, what to see, and where to go.

    `state` is `done`, `now` or `todo`; `rows` is its list under `headings`.
    """

    key: str
    title: str
    is_done: bool
    when: str = ""
    facts: Sequence[tuple[str, str]] = ()
    links: Sequence[tuple[str, str]] = ()
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    urls: Sequence[str] = ()
    state: str = "todo"

    @property
    def linked(self) -> list[tuple[Sequence[str], str]]:
        """The rows, each with the address that makes a measure of it, where one may."""
        return list(zip(self.rows, self.urls or [""] * len(self.rows), strict=True))


@dataclass(frozen=True, slots=True)
class Path:
    """The year's path, and the plans whose period it is in."""

    year: int
    steps: Sequence[Step]
    economic: Period | None
    periods: Sequence[Period]

    @property
    def stages(self) -> list[tuple[str, str, str]]:
        """The steps as the line of stages draws them."""
        return [(step.title, step.state, step.when) for step in self.steps]


Needs = Callable[[Ansatt, int, date], Step]

_needs: list[Needs] = []


def register(function: Needs) -> None:
    """Let the step be the path's first; called from AppConfig.ready()."""
    if function not in _needs:
        _needs.append(function)


def path(actor: Ansatt, year: int, *, on: date) -> Path:
    """Return where the year stands: the first step that is not done is now."""
    plan = handlingsplan.of_year(year)
    shown = handlingsplan.action_plan(plan) if plan else None
    days = _days(year)
    steps = [
        *(needs(actor, year, on) for needs in _needs),
        _meeting(plan.mote if plan else None, days.get(MEETING), on=on),
        _proposal(shown, year, days.get(PROPOSAL)),
        _decision(shown, year, days.get(LEADERS)),
        _budget(shown, year),
    ]
    economic, periods = okonomiplan.periods(year)
    return Path(year, _stated(steps), economic, periods)


def _stated(steps: Sequence[Step]) -> list[Step]:
    now = next((at for at, step in enumerate(steps) if not step.is_done), len(steps))
    return [
        replace(step, state="done" if step.is_done else "now" if at == now else "todo")
        for at, step in enumerate(steps)
    ]


def _days(year: int) -> dict[str, date]:
    """Return the deadlines of the year before, when next year is planned."""
    rows = Aktivitet.objects.filter(year=year - 1, code__in=(MEETING, PROPOSAL, LEADERS))
    return dict(rows.values_list("code", "ends"))


def _due(day: date | None) -> str:
    return _("Frist %(day)s") % {"day": norsk.langdato(day)} if day else ""


def _meeting(mote: Mote | None, day: date | None, *, on: date) -> Step:
    is_done = mote is not None and mote.held_on <= on
    links = [(_("Alle møter"), reverse("planer:list_meetings"))]
    if mote is not None:
        links.insert(0, (mote.title, reverse("planer:read_meeting", args=[mote.pk])))
    return Step(
        key="mote",
        title=_("Møte med tillitsvalgte og verneombud"),
        is_done=is_done,
        when=norsk.langdato(mote.held_on) if mote else _due(day),
        facts=[(_("Møte"), mote.title if mote else _("Ikke valgt ennå"))],
        links=links,
    )


def _proposal(plan: ActionPlan | None, year: int, day: date | None) -> Step:
    url = reverse("planer:read_actions", args=[year])
    if plan is None:
        return Step(
            key="forslag",
            title=_("Forslag med kostnader"),
            is_done=False,
            when=_due(day),
            links=[(_("Lag forslaget"), url)],
        )
    return Step(
        key="forslag",
        title=_("Forslag med kostnader"),
        is_done=plan.proposed_at is not None,
        when=norsk.langdato(plan.proposed_at) if plan.proposed_at else _due(day),
        facts=[
            (_("Tiltak"), norsk.tall(len(plan.lines))),
            (_("Foreslått"), norsk.kroner(plan.proposed)),
        ],
        links=[(_("Handlingsplan %(year)d") % {"year": year}, url)],
        headings=[_("Tiltak"), _("Enhet"), _("Foreslått")],
        rows=[
            (line.theme, line.enhet or _("Felles"), norsk.kroner(line.proposed))
            for line in plan.lines
        ],
    )


def _decision(plan: ActionPlan | None, year: int, day: date | None) -> Step:
    verdicts = plan.verdicts if plan else []
    facts = [
        (label, ngettext("%(n)d tiltak", "%(n)d tiltak", count) % {"n": count})
        for label, count, _amount in verdicts
    ]
    decided = plan.decided_at if plan else None
    return Step(
        key="ledergruppa",
        title=_("Ledergruppa bestemmer"),
        is_done=decided is not None,
        when=norsk.langdato(decided) if decided else _due(day),
        facts=facts,
        links=[(_("Tiltakene"), reverse("planer:read_actions", args=[year]))] if plan else (),
        headings=[_("Tiltak"), _("Vedtak"), _("Begrunnelse")] if verdicts else (),
        rows=[
            (line.theme, line.verdict_label, line.reason)
            for line in (plan.lines if plan else ())
            if line.verdict
        ],
    )


def _budget(plan: ActionPlan | None, year: int) -> Step:
    is_decided = plan is not None and plan.is_decided
    return Step(
        key="budsjett",
        title=_("Inn i budsjettet"),
        is_done=is_decided,
        when=_("Klart til å hentes") if is_decided else "",
        facts=[(_("Godkjent"), norsk.kroner(plan.approved))] if plan and is_decided else (),
        links=[(_("Budsjettlinjer"), reverse("planer:read_budget", args=[year]))] if plan else (),
    )
