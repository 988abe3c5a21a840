"""The registry of documents: one list of them all, and who may see which.

Each app's documents have pages of their own; here they are found. A new kind of document is one
entry in REPORTS; a file that is not a document is named in ELSEWHERE. The tests fail for a page
that gives a file and is in neither, and for one that asks for another act than stands here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat, ExtractYear
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kartlegging.models import Behovsskjema, Gapanalyse
from kartlegging.rules import followed
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Stilling
from planer.models import Aktivitet, Handlingsplan, Opplaringsplan, Tiltak
from planer.queries import evaluering, langplan, offentlig, opplaringsplan, protokoll, strategi
from rapporter.queries import fordeling, rapport, tilskudd
from rapporter.queries.dokumentslag import UNNAMED, Found, Report
from soknader.models import Soknadsrunde


def _named(found: Found) -> str:
    return found.name


def _dated(text: str | Promise) -> Callable[[Found], str]:
    """Return what writes a name with the year in it, and what the row is called."""
    return lambda found: str(text) % {"year": found.year, "name": found.name}


def _edition(found: Found) -> str:
    """Return «Opplæringsplan 2027, Nord, vedtatt»; a plan without a unit is the joint one."""
    enhet, _mark, status = found.name.rpartition("|")
    words = {
        "year": found.year,
        "unit": enhet,
        "status": str(Opplaringsplan.Status(status).label).lower(),
    }
    if enhet:
        return _("Opplæringsplan %(year)d, %(unit)s, %(status)s") % words
    return _("Felles opplæringsplan %(year)d, %(status)s") % words


def _evaluation(found: Found) -> str:
    words = {"year": found.year, "where": found.name or _("alle enheter")}
    return _("Evaluering %(year)d, %(where)s") % words


def _announcement(found: Found) -> str:
    return _("Utlysning: %(name)s") % {"name": _round(found)}


def _priorities(found: Found) -> str:
    return _("Prioriteringsliste: %(name)s") % {"name": _round(found)}


def _round(found: Found) -> str:
    return f"{Soknadsrunde.Kind(found.name).label} {found.year}"


def _open_rounds(actor: Ansatt) -> QuerySet[Soknadsrunde]:  # noqa: ARG001
    return Soknadsrunde.objects.filter(status=Soknadsrunde.Status.OPEN)


def _ranked_rounds(actor: Ansatt) -> QuerySet[Soknadsrunde]:  # noqa: ARG001
    before = (Soknadsrunde.Status.DRAFT, Soknadsrunde.Status.OPEN)
    return Soknadsrunde.objects.exclude(status__in=before)


def _sent_forms(actor: Ansatt) -> QuerySet[Behovsskjema]:
    """Return the forms that are sent, of the units that the actor may read."""
    scopes = Q(pk__in=[])
    for path in [*followed(actor), *access.scopes(actor, Act.FILL_NEEDS)]:
        scopes |= Q(enhet__path__startswith=path)
    return Behovsskjema.objects.filter(scopes, status=Behovsskjema.Status.SUBMITTED)


def _decided(actor: Ansatt) -> QuerySet[Handlingsplan]:  # noqa: ARG001
    return Handlingsplan.objects.filter(status=Handlingsplan.Status.DECIDED)


def _everything(model: type[Model]) -> Callable[[Ansatt], QuerySet[Any]]:
    """Return a source of all rows: the page itself shows each reader no more than their part."""
    manager: Any = model
    return lambda _actor: manager.objects.all()


PLANS, MEETINGS, NEEDS, APPLICATIONS, GRANT, PUBLIC = (
    gettext_lazy("Planer og årshjul"),
    gettext_lazy("Møter"),
    gettext_lazy("Kartlegging"),
    gettext_lazy("Søknader"),
    gettext_lazy("Statstilskudd"),
    gettext_lazy("Åpent for alle"),
)
PERIOD = Concat("name", Value(" "), "first_year", Value("–"), "last_year", output_field=CharField())
EDITION = Concat(Coalesce("enhet__name", UNNAMED), Value("|"), "status", output_field=CharField())
ROUND: dict[str, Any] = {"name": F("kind"), "year": F("year")}
BY_YEAR: dict[str, Any] = {"id": F("year"), "year": F("year")}
ONE: dict[str, Any] = {"id": Value(0), "is_single": True}
SCHEME: dict[str, Any] = {"name": F("ordning__name"), "year": F("ordning__year")}
OF_ANSWER: dict[str, Any] = {
    "id": F("svar__soknad"),
    "name": F("svar__soknad__ordning__name"),
    "year": F("svar__soknad__ordning__year"),
}
MEASURES = _everything(Tiltak)
REPORTS: tuple[Report, ...] = (
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=strategi.visible_to, label=_named,
        page="planer:read_plan", pdf="planer:print_plan",
        name=F("name"), year=F("first_year"),
    ),
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=langplan.visible_to, label=_named,
        page="planer:read_long", pdf="planer:print_long", xlsx="planer:export_long",
        name=PERIOD, year=F("first_year"),
    ),
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=MEASURES,
        label=_dated(gettext_lazy("Opplæringsplan %(year)d")),
        page="planer:read_training", pdf="planer:print_training", xlsx="planer:export_training",
        **BY_YEAR,
    ),
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=MEASURES,
        label=_dated(gettext_lazy("Felles opplæringsplan %(year)d")),
        page="planer:read_joint", pdf="planer:print_joint", xlsx="planer:export_joint",
        **BY_YEAR,
    ),
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=MEASURES,
        label=_dated(gettext_lazy("Felles handlingsplan %(year)d")),
        page="planer:read_activities", pdf="planer:print_activities",
        xlsx="planer:export_activities", **BY_YEAR,
    ),
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=MEASURES,
        label=_dated(gettext_lazy("Videre, ferdig og nytt i opplæringsplan %(year)d")),
        page="planer:read_rolling", pdf="planer:print_rolling", xlsx="planer:export_rolling",
        **BY_YEAR,
    ),
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=opplaringsplan.visible_to, label=_edition,
        page="planer:read_edition", pdf="planer:print_edition", xlsx="planer:export_edition",
        name=EDITION, year=F("year"),
    ),
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=MEASURES,
        label=_dated(gettext_lazy("Oppslag til tavla, vår %(year)d")),
        page="planer:read_poster", pdf="planer:print_poster", query="?halvar=var", **BY_YEAR,
    ),
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=MEASURES,
        label=_dated(gettext_lazy("Oppslag til tavla, høst %(year)d")),
        page="planer:read_poster", pdf="planer:print_poster", query="?halvar=host", **BY_YEAR,
    ),
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=_everything(Aktivitet),
        label=_dated(gettext_lazy("Årshjul %(year)d")),
        page="planer:read_wheel", pdf="planer:print_wheel", **BY_YEAR,
    ),
    Report(
        group=PLANS, act=Act.SEE_PLAN, source=evaluering.visible_to, label=_evaluation,
        page="planer:read_evaluation", pdf="planer:print_evaluation",
        name=F("enhet__name"), year=F("year"),
    ),
    Report(
        group=PLANS, act=Act.SEE_ACTIONS, source=_everything(Handlingsplan),
        label=_dated(gettext_lazy("Handlingsplan med kostnader %(year)d")),
        page="planer:read_actions", pdf="planer:print_actions", **BY_YEAR,
    ),
    Report(
        group=PLANS, act=Act.SEE_ACTIONS, source=_decided,
        label=_dated(gettext_lazy("Budsjettlinjer fra handlingsplanen %(year)d")),
        page="planer:read_budget", xlsx="planer:export_budget", xlsx_form="xlsx", **BY_YEAR,
    ),
    Report(
        group=MEETINGS, act=Act.SEE_PLAN, source=protokoll.approved_to,
        label=_dated(gettext_lazy("Referat: %(name)s, %(year)d")),
        page="planer:read_minutes", pdf="planer:print_minutes",
        name=F("mote__title"), year=ExtractYear("mote__held_on"),
    ),
    Report(
        group=NEEDS, act=Act.SEE_GAP, source=_everything(Gapanalyse),
        label=_dated(gettext_lazy("GAP-analyse %(year)d, slik den ble låst")),
        page="kartlegging:gap_analysis", pdf="kartlegging:gap_analysis_pdf",
        xlsx="kartlegging:gap_analysis_workbook",
        year=F("year"),
    ),
    Report(
        group=NEEDS, act=Act.SEE_GAP, source=_everything(Behovsskjema),
        label=_dated(gettext_lazy("GAP-analyse %(year)d, slik den er nå")),
        page="kartlegging:gap", pdf="kartlegging:gap_pdf",
        xlsx="kartlegging:gap_workbook", **BY_YEAR,
    ),
    Report(
        group=NEEDS, act=Act.SEE_GAP, source=_sent_forms,
        label=_dated(gettext_lazy("Behovsskjema %(year)d, %(name)s")),
        page="kartlegging:needs_form", pdf="kartlegging:needs_pdf",
        id=F("enhet_id"), name=F("enhet__name"), year=F("year"), is_yearly=True,
    ),
    Report(
        group=NEEDS, act=Act.SEE_FULLTIME, source=_everything(Stilling),
        label=_dated(gettext_lazy("Heltidskultur")),
        page="organisasjon:fulltime", xlsx="organisasjon:fulltime_workbook", **ONE,
    ),
    Report(
        group=APPLICATIONS, act=Act.APPLY, source=_open_rounds, label=_announcement,
        page="soknader:announcement", pdf="soknader:poster", is_single=True, **ROUND,
    ),
    Report(
        group=APPLICATIONS, act=Act.SEE_PRIORITIES, source=_ranked_rounds, label=_priorities,
        page="soknader:rank", pdf="soknader:print_priorities", xlsx="soknader:export_priorities",
        **ROUND,
    ),
    Report(
        group=APPLICATIONS, act=Act.SEE_FIGURES, source=_ranked_rounds,
        label=_dated(gettext_lazy("Tall for søknader over år")),
        page="soknader:figures", xlsx="soknader:figures_workbook", **ONE,
    ),
    Report(
        group=GRANT, act=Act.SEE_GRANT, source=tilskudd.visible_to,
        label=_dated("%(name)s %(year)d"),
        page="rapporter:grant", pdf="rapporter:pdf", xlsx="rapporter:xlsx", **SCHEME,
    ),
    Report(
        group=GRANT, act=Act.SEE_DISTRIBUTION, source=fordeling.visible_to,
        label=_dated(gettext_lazy("Fordeling av %(name)s %(year)d")),
        page="rapporter:distribution", pdf="rapporter:distribution_pdf",
        xlsx="rapporter:distribution_xlsx", **OF_ANSWER,
    ),
    Report(
        group=GRANT, act=Act.SEE_GRANT, source=rapport.visible_to,
        label=_dated(gettext_lazy("Rapport på %(name)s %(year)d")),
        page="rapporter:report", pdf="rapporter:report_pdf", xlsx="rapporter:report_xlsx",
        **OF_ANSWER,
    ),
    Report(
        group=PUBLIC, act=None, source=lambda _actor: offentlig.published(), label=_named,
        page="planer:read_published", pdf="planer:print_published",
        name=KeyTextTransform("title", "content"), year=ExtractYear("adopted_on"),
    ),
    Report(
        group=PUBLIC, act=None, source=_open_rounds, label=_announcement,
        page="soknader:public_round", pdf="soknader:public_poster", **ROUND,
    ),
)  # fmt: skip
# Files that are found where they belong, and why they are not among the documents.
ABOUT_ONE, WORK_FILE, RECEIVED = "about one person", "to work on, not to keep", "received by us"
ELSEWHERE: Mapping[str, str] = {
    "hrimport:example": WORK_FILE,
    "hrimport:faulty_rows": WORK_FILE,
    "kartlegging:gap_workbook_of_unit": "a part of the GAP analysis, chosen on its page",
    "personvern:download_file": ABOUT_ONE,
    "personvern:export_events": "the audit trail, as narrowed on its page",
    "personvern:mine_json": ABOUT_ONE,
    "personvern:mine_pdf": ABOUT_ONE,
    "planer:certify_event": ABOUT_ONE,
    "planer:download_paper": RECEIVED,
    "planer:prepare_sheet": WORK_FILE,
    "planer:print_adopted_long": "a long plan as it was adopted, found on the plan's page",
    "planer:print_introduction": ABOUT_ONE,
    "planer:print_list_event": "names to sign, found on the course's page",
    "rapporter:attestation": RECEIVED,
    "rapporter:consent": RECEIVED,
    "rapporter:filled": "the county's own workbook, found on the report's page",
    "rapporter:unit_letter": "letters, found on the distribution's page",
    "soknader:contract_pdf": ABOUT_ONE,
    "soknader:copy": ABOUT_ONE,
    "soknader:download": RECEIVED,
    "soknader:letter": ABOUT_ONE,
    "soknader:letter_sample": WORK_FILE,
    "soknader:payment_receipt": RECEIVED,
    "soknader:payroll": "what is to be paid to persons, for the payroll",
    "soknader:study_evidence": RECEIVED,
    "soknader:worksheet_file": WORK_FILE,
}
