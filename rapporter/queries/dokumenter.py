"""The registry of documents: one list of them all, and who may see which.

Each app's documents have pages of their own; here they are found. A new kind of document is one
line in REPORTS, with a function that lists what there is of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, F, IntegerField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, ExtractYear
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kartlegging.models import Gapanalyse
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from planer.models import Aktivitet, Tiltak
from planer.queries import evaluering, langplan, protokoll, strategi
from rapporter.queries import fordeling, rapport, tilskudd
from soknader.models import Soknadsrunde

UNNAMED, UNDATED, KEY = Value(""), Value(0), F("pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document: its name, its page, and the files it can be had as."""

    name: str
    page: str
    pdf: str = ""
    xlsx: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a source found: a row's id, its name and its year; `name` may be empty, `year` 0."""

    id: int
    name: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A kind of document: where it stands, who may see it, where it is found, and what it is.

    `source` gives the rows to an Ansatt; `name`, `year`: the expressions of Found.
    """

    group: str | Promise
    act: Act
    source: Callable[[Ansatt], QuerySet[Any]]
    listed: Callable[[Found], Iterable[Listed]]
    name: Combinable = UNNAMED
    year: Combinable = UNDATED
    id: Combinable = KEY


def visible_to(actor: Ansatt) -> Mapping[str, list[Listed]]:
    """Return the documents that the actor may see, by group, in the registry's order; one query."""
    seen = [report for report in REPORTS if access.may(actor, report.act)]
    found: dict[int, list[Found]] = defaultdict(list)
    first, *rest = (_rows(report, place, actor) for place, report in enumerate(seen))
    for place, *row in first.union(*rest, all=True):
        found[place].append(Found(*row))
    groups: dict[str, list[Listed]] = {}
    for place, report in enumerate(seen):
        newest = sorted(found[place], key=lambda each: (-each.year, -each.id))
        listed = [each for row in newest for each in report.listed(row)]
        groups.setdefault(str(report.group), []).extend(listed)
    return {group: rows for group, rows in groups.items() if rows}


def _rows(report: Report, place: int, actor: Ansatt) -> QuerySet[Any]:
    """Return (place, id, name, year) of what the source gives, fit for a union."""
    return (
        report.source(actor)
        .order_by()
        .values_list(
            Value(place),
            Cast(report.id, BigIntegerField()),
            Cast(report.name, CharField()),
            Cast(report.year, IntegerField()),
        )
        .distinct()
    )


def _strategy(found: Found) -> Iterable[Listed]:
    yield Listed(
        name=found.name,
        page=reverse("planer:read_plan", args=[found.id]),
        pdf=reverse("planer:print_plan", args=[found.id]),
    )


def _long_plan(found: Found) -> Iterable[Listed]:
    yield Listed(
        name=found.name,
        page=reverse("planer:read_long", args=[found.id]),
        pdf=reverse("planer:print_long", args=[found.id]),
        xlsx=reverse("planer:export_long", args=[found.id]),
    )


def _training_plans(found: Found) -> Iterable[Listed]:
    yield _of_year(_("Opplæringsplan %(year)d"), found.year, "training", xlsx=True)
    yield _of_year(_("Felles opplæringsplan %(year)d"), found.year, "joint", xlsx=True)
    for half in Tiltak.Halvar:
        words = {"year": found.year, "half": str(half.label).lower()}
        query = f"?halvar={half}"
        yield Listed(
            name=_("Oppslag til tavla, %(half)s %(year)d") % words,
            page=reverse("planer:read_poster", args=[found.year]) + query,
            pdf=reverse("planer:print_poster", args=[found.year]) + query,
        )


def _wheel(found: Found) -> Iterable[Listed]:
    yield _of_year(_("Årshjul %(year)d"), found.year, "wheel")


def _evaluation(found: Found) -> Iterable[Listed]:
    words = {"year": found.year, "where": found.name or _("alle enheter")}
    yield Listed(
        name=_("Evaluering %(year)d, %(where)s") % words,
        page=reverse("planer:read_evaluation", args=[found.id]),
        pdf=reverse("planer:print_evaluation", args=[found.id]),
    )


def _minutes(found: Found) -> Iterable[Listed]:
    yield Listed(
        name=_("Referat: %(name)s, %(year)d") % {"name": found.name, "year": found.year},
        page=reverse("planer:read_minutes", args=[found.id]),
        pdf=reverse("planer:print_minutes", args=[found.id]),
    )


def _gap(found: Found) -> Iterable[Listed]:
    yield Listed(
        name=_("GAP-analyse %(year)d, slik den ble låst") % {"year": found.year},
        page=reverse("kartlegging:gap_analysis", args=[found.id]),
        xlsx=reverse("kartlegging:gap_analysis_workbook", args=[found.id]),
    )


def _announcement(found: Found) -> Iterable[Listed]:
    yield Listed(
        name=_("Utlysning: %(name)s") % {"name": _round(found)},
        page=reverse("soknader:announcement"),
        pdf=reverse("soknader:poster"),
    )


def _priorities(found: Found) -> Iterable[Listed]:
    yield Listed(
        name=_("Prioriteringsliste: %(name)s") % {"name": _round(found)},
        page=reverse("soknader:rank", args=[found.id]),
        xlsx=reverse("soknader:export_priorities", args=[found.id]),
    )


def _grant(found: Found) -> Iterable[Listed]:
    yield Listed(
        name=f"{found.name} {found.year}",
        page=reverse("rapporter:grant", args=[found.id]),
        pdf=reverse("rapporter:pdf", args=[found.id]),
        xlsx=reverse("rapporter:xlsx", args=[found.id]),
    )


def _distribution(found: Found) -> Iterable[Listed]:
    yield Listed(
        name=_("Fordeling av %(name)s %(year)d") % {"name": found.name, "year": found.year},
        page=reverse("rapporter:distribution", args=[found.id]),
        pdf=reverse("rapporter:distribution_pdf", args=[found.id]),
        xlsx=reverse("rapporter:distribution_xlsx", args=[found.id]),
    )


def _report(found: Found) -> Iterable[Listed]:
    yield Listed(
        name=_("Rapport på %(name)s %(year)d") % {"name": found.name, "year": found.year},
        page=reverse("rapporter:report", args=[found.id]),
        pdf=reverse("rapporter:report_pdf", args=[found.id]),
        xlsx=reverse("rapporter:report_xlsx", args=[found.id]),
    )


def _of_year(name: str, year: int, noun: str, *, xlsx: bool = False) -> Listed:
    return Listed(
        name=name % {"year": year},
        page=reverse(f"planer:read_{noun}", args=[year]),
        pdf=reverse(f"planer:print_{noun}", args=[year]),
        xlsx=reverse(f"planer:export_{noun}", args=[year]) if xlsx else "",
    )


def _round(found: Found) -> str:
    return f"{Soknadsrunde.Kind(found.name).label} {found.year}"


def _open_rounds(actor: Ansatt) -> QuerySet[Soknadsrunde]:  # noqa: ARG001
    return Soknadsrunde.objects.filter(status=Soknadsrunde.Status.OPEN)


def _ranked_rounds(actor: Ansatt) -> QuerySet[Soknadsrunde]:  # noqa: ARG001
    before = (Soknadsrunde.Status.DRAFT, Soknadsrunde.Status.OPEN)
    return Soknadsrunde.objects.exclude(status__in=before)


PLANS, MEETINGS, NEEDS, APPLICATIONS, GRANT = (
    gettext_lazy("Planer og årshjul"),
    gettext_lazy("Møter"),
    gettext_lazy("Kartlegging"),
    gettext_lazy("Søknader"),
    gettext_lazy("Statstilskudd"),
)
PERIOD = Concat("name", Value(" "), "first_year", Value("–"), "last_year", output_field=CharField())
HELD = ExtractYear("mote__held_on")
ROUND = {"name": F("kind"), "year": F("year")}
BY_YEAR = {"id": F("year"), "year": F("year")}
REPORTS: tuple[Report, ...] = (
    Report(PLANS, Act.SEE_PLAN, strategi.visible_to, _strategy, F("name"), F("first_year")),
    Report(PLANS, Act.SEE_PLAN, langplan.visible_to, _long_plan, PERIOD, F("first_year")),
    Report(PLANS, Act.SEE_PLAN, lambda _actor: Tiltak.objects.all(), _training_plans, **BY_YEAR),
    Report(PLANS, Act.SEE_PLAN, lambda _actor: Aktivitet.objects.all(), _wheel, **BY_YEAR),
    Report(PLANS, Act.SEE_PLAN, evaluering.visible_to, _evaluation, F("enhet__name"), F("year")),
    Report(MEETINGS, Act.SEE_PLAN, protokoll.approved_to, _minutes, F("mote__title"), HELD),
    Report(NEEDS, Act.SEE_GAP, lambda _actor: Gapanalyse.objects.all(), _gap, year=F("year")),
    Report(APPLICATIONS, Act.APPLY, _open_rounds, _announcement, **ROUND),
    Report(APPLICATIONS, Act.SEE_PRIORITIES, _ranked_rounds, _priorities, **ROUND),
    Report(
        GRANT,
        Act.SEE_GRANT,
        tilskudd.visible_to,
        _grant,
        F("ordning__name"),
        F("ordning__year"),
    ),
    Report(
        GRANT,
        Act.SEE_DISTRIBUTION,
        fordeling.visible_to,
        _distribution,
        F("svar__soknad__ordning__name"),
        F("svar__soknad__ordning__year"),
        F("svar__soknad"),
    ),
    Report(
        GRANT,
        Act.SEE_GRANT,
        rapport.visible_to,
        _report,
        F("svar__soknad__ordning__name"),
        F("svar__soknad__ordning__year"),
        F("svar__soknad"),
    ),
)
