"""Plans, the wheel and the notice-board page as PDF and spreadsheet. Nothing is read or saved."""

from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from kompetanse import tables
from kompetanse.kommuner.models import Kommune
from kompetanse.skall import charts, norsk
from kompetanse.skall.charts import Chart
from kompetanse.skall.documents import Letterhead, as_pdf
from kompetanse.tables import Column, Kind, Sheet
from planer.models import Arrangement
from planer.queries.arshjul import Wheel
from planer.queries.budsjett import Budsjett
from planer.queries.effekt import Maalt
from planer.queries.evaluering import EvaluationDocument
from planer.queries.handlingsplan import ActionPlan
from planer.queries.introduksjon import IntroductionDocument
from planer.queries.langplaninnhold import Goal, LongPlan
from planer.queries.offentlig import PublicPlan
from planer.queries.opplaring import Poster
from planer.queries.strategi import StrategyDocument


def letterhead(kommune: Kommune, *, on: date, unit: str = "") -> Letterhead:
    """Return the head of a plan; it follows the Kommune's målform."""
    return Letterhead(
        kommune=kommune.full_name, on=on, unit=unit, contact=kommune.contact, lang=kommune.maalform
    )


def strategy_pdf(plan: StrategyDocument, *, head: Letterhead) -> bytes:
    return as_pdf("planer/strategy.html", plan, head=head)


def public_pdf(plan: PublicPlan, *, head: Letterhead) -> bytes:
    """Return an adopted plan as anyone may read it."""
    return as_pdf("planer/published_document.html", plan, head=head)


def wheel_pdf(wheel: Wheel, picture: Chart, *, head: Letterhead) -> bytes:
    return as_pdf("planer/wheel_document.html", {"wheel": wheel, "chart": picture}, head=head)


def long_pdf(plan: LongPlan, *, head: Letterhead) -> bytes:
    return as_pdf("planer/long_document.html", plan, head=head)


def long_xlsx(plan: LongPlan) -> bytes:
    """Return the plan as a workbook: the goals, the measures, and what became of the last goals."""
    rolled = [_rolled_sheet(plan)] if plan.rolled else []
    return tables.write_xlsx([_goal_sheet(plan), _area_sheet(plan), *rolled])


def evaluation_pdf(evaluation: EvaluationDocument, *, head: Letterhead) -> bytes:
    return as_pdf("planer/evaluation.html", evaluation, head=head)


def introduction_pdf(plan: IntroductionDocument, *, head: Letterhead) -> bytes:
    return as_pdf("planer/introduction_document.html", plan, head=head)


def actions_pdf(plan: ActionPlan, *, head: Letterhead) -> bytes:
    """Return the proposal, or what was decided."""
    return as_pdf("planer/actions_document.html", plan, head=head)


def budget_xlsx(budget: Budsjett) -> bytes:
    return tables.write_xlsx([_budget_sheet(budget)])


def budget_csv(budget: Budsjett) -> bytes:
    """Return the lines as a file for the budget system: the codes are texts, no line of sums."""
    return tables.write_csv(replace(_budget_sheet(budget), sums=None))


def _budget_sheet(budget: Budsjett) -> Sheet:
    columns = [
        *(Column(part) for part in budget.parts),
        Column(_("Tiltak")),
        Column(_("Enhet")),
        Column(_("Slag kostnad")),
        Column(_("Beløp"), Kind.KRONER),
    ]
    rows: list[list[tables.Cell]] = [
        [*line.codes, line.theme, line.enhet or _("Felles"), line.kind, line.amount]
        for line in budget.lines
    ]
    blank = [""] * (len(budget.parts) + 2)
    title = _("Handlingsplan %(year)d") % {"year": budget.year}
    return Sheet(
        title=title,
        columns=columns,
        rows=rows,
        notes=[title],
        sums=[_("Sum"), *blank, budget.amount],
    )


def certificate_pdf(arrangement: Arrangement, *, name: str, head: Letterhead) -> bytes:
    """Return the certificate of someone who was there."""
    document = {"name": name, "arrangement": arrangement}
    return as_pdf("planer/certificate.html", document, head=head)


def event_ics(arrangement: Arrangement, *, host: str, at: datetime) -> bytes:
    """Return the event as a calendar file (RFC 5545); a cancelled one cancels it there too."""
    event = Event()
    event.add("uid", f"arrangement-{arrangement.kommune_id}-{arrangement.pk}@{host}")
    event.add("sequence", arrangement.version)
    event.add("dtstamp", at)
    event.add("dtstart", arrangement.starts_at)
    event.add("dtend", arrangement.ends_at)
    event.add("summary", arrangement.title)
    event.add("location", arrangement.place)
    event.add("description", arrangement.text)
    is_cancelled = arrangement.status == Arrangement.Status.CANCELLED
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Kompetanse//NO")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def goal_chart(goal: Goal) -> Chart:
    """Return the development from the baseline, against the target, with its table."""
    points = [
        charts.Point(label=norsk.dato(each.on), value=float(each.value)) for each in goal.series
    ]
    return charts.line(points, title=goal.indicator, unit=goal.unit, goal=float(goal.target))


def effect_chart(measured: Maalt) -> Chart:
    """Return each unit's way from its baseline to its latest measurement, with its table."""
    words = {"better": _("Bedre"), "worse": _("Dårligere"), "same": _("Likt"), "": ""}
    rows = [
        charts.Change(
            label=each.enhet,
            before=float(each.baseline.value),
            after=float(each.latest.value) if each.latest else None,
            note=words[each.verdict] or _("Ikke målt igjen"),
        )
        for each in measured.units
    ]
    effekt = measured.effekt
    return charts.change(rows, title=effekt.indicator, unit=effekt.unit)


def poster_pdf(poster: Poster, *, head: Letterhead, is_a3: bool) -> bytes:
    template = "planer/poster_a3.html" if is_a3 else "planer/poster.html"
    return as_pdf(template, poster, head=head)


def _goal_sheet(plan: LongPlan) -> Sheet:
    headings = (
        _("Fokusområde"), _("Mål"), _("Måles ved"), _("Enhet"), _("Utgangspunkt"),
        _("Siste måling"), _("Måltall"), _("Frist"), _("Ansvarlig"), _("Status"),
    )  # fmt: skip
    kinds = {4: Kind.NUMBER, 5: Kind.NUMBER, 6: Kind.NUMBER, 7: Kind.DATE}
    columns = [Column(text, kinds.get(at, Kind.TEXT)) for at, text in enumerate(headings)]
    rows: list[list[tables.Cell]] = [
        [
            area.name, goal.goal, goal.indicator, goal.unit, float(goal.baseline),
            float(goal.latest.value) if goal.latest else None, float(goal.target), goal.deadline,
            goal.responsible, goal.state(plan.on)[0],
        ]
        for area in plan.areas
        for goal in area.goals
    ]  # fmt: skip
    return Sheet(title=_("Mål"), columns=columns, rows=rows, notes=[f"{plan.name} {plan.period}"])


def _rolled_sheet(plan: LongPlan) -> Sheet:
    headings = (_("Mål"), _("Hva skjer"), _("Endring eller grunn"))
    rows: list[list[tables.Cell]] = [[each.goal, each.label, each.why] for each in plan.rolled]
    title = _("Siden forrige utgave")
    return Sheet(title=title, columns=[Column(text) for text in headings], rows=rows)


def _area_sheet(plan: LongPlan) -> Sheet:
    headings = (
        _("Fokusområde"), _("Når"), _("Tiltak"), _("Målgruppe"), _("Ansvarlig"), _("Status"),
    )  # fmt: skip
    rows: list[list[tables.Cell]] = [
        [area.name, each.when, each.theme, each.target_group, each.responsible, each.status]
        for area in plan.areas
        for each in area.measures
    ]
    return Sheet(title=_("Tiltak"), columns=[Column(text) for text in headings], rows=rows)
