"""The GAP analysis and the needs form on paper."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kartlegging import documents, rules
from kartlegging.documents import GapReport, NeedsForm
from kartlegging.models import Behovsskjema, Gapanalyse
from kartlegging.queries import behov, innhold
from kartlegging.queries import gap as queries
from kartlegging.views.gap import visible_rows
from kartlegging.views.request import unit
from kompetanse import clock
from kompetanse.kommuner.responses import PDF, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall import norsk
from kompetanse.skall.language import on_paper
from planer.documents import letterhead


@page(Act.SEE_GAP)
@require_GET
@on_paper
def print_gap(request: ActorRequest, year: int) -> HttpResponse:
    """Give the analysis as it stands now, for all that the reader sees."""
    on = clock.today()
    rows = queries.gap(queries.scopes(request.actor), year=year, on=on)
    units, sums = request.kommune.name, queries.sums(rows)
    report = GapReport(year=year, on=on, units=units, rows=rows, sums=sums)
    return _file(request, documents.gap_pdf, report, name=f"gap-{year}.pdf")


@page(Act.SEE_GAP)
@require_GET
@on_paper
def print_analysis(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a settled analysis as it was."""
    analyse: Gapanalyse = get_object_or_404(queries.settled(), pk=pk)
    rows = visible_rows(request, analyse)
    words = {"when": norsk.tidspunkt(analyse.settled_at), "name": analyse.settled_by.full_name}
    settled = _("Låst %(when)s av %(name)s.") % words
    report = GapReport(
        year=analyse.year,
        on=clock.local_date(analyse.settled_at),
        units=request.kommune.name,
        rows=rows,
        sums=queries.sums(rows),
        settled=settled,
        comment=analyse.comment,
        priorities=[(each.fokusomrade.name, each.reason) for each in queries.priorities(analyse)],
    )
    return _file(request, documents.gap_pdf, report, name=f"gap-{analyse.year}-laast.pdf")


@page(Act.SEE_GAP)
@require_GET
@on_paper
def print_needs(request: ActorRequest, year: int, enhet_id: int) -> HttpResponse:
    """Give the unit's form as it was sent; a draft is not a document."""
    enhet = unit(enhet_id, actor=request.actor, rule=rules.may_read)
    skjema = behov.form_of(enhet, year=year)
    if skjema is None or skjema.status != Behovsskjema.Status.SUBMITTED:
        raise Http404
    form = _needs(request, skjema)
    return _file(request, documents.needs_pdf, form, name=f"behov-{year}-{enhet.code}.pdf")


def _needs(request: ActorRequest, skjema: Behovsskjema) -> NeedsForm:
    words = {
        "when": norsk.tidspunkt(skjema.submitted_at) if skjema.submitted_at else "",
        "name": skjema.submitted_by.full_name if skjema.submitted_by else "",
    }
    return NeedsForm(
        year=skjema.year,
        enhet=skjema.enhet.name,
        sent=_("Sendt %(when)s av %(name)s.") % words,
        content=innhold.innhold(skjema),
        sees_people=rules.may_see_people(request.actor, skjema.enhet),
    )


def _file(request: ActorRequest, make: Any, document: Any, *, name: str) -> LateFile:
    head = letterhead(request.kommune, on=clock.today())
    return LateFile(partial(make, document, head=head), filename=name, content_type=PDF)
