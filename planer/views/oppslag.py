"""The page for the notice board: one unit, one half-year, A4 or A3."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from planer import documents
from planer.models import Tiltak
from planer.queries import opplaring as queries
from planer.queries import valg
from planer.views import adresse


@require_GET
@page(Act.SEE_PLAN)
def read_poster(request: ActorRequest, year: int) -> HttpResponse:
    """Show the page for the notice board, one unit and one half-year."""
    poster = _poster(request, year)
    query = request.GET.urlencode()
    context = {
        "document": poster,
        "head": documents.letterhead(request.kommune, on=clock.today(), unit=poster.enhet),
        "enheter": valg.units(),
        "halves": Tiltak.Halvar.choices,
        "pdf_url": f"{reverse('planer:print_poster', args=[year])}?{query}",
        "a3_url": f"{reverse('planer:print_poster', args=[year])}?{query}&ark=a3",
    }
    return render(request, "planer/poster.html", context)


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_poster(request: ActorRequest, year: int) -> HttpResponse:
    """The page for the notice board as PDF, A4 or (`?ark=a3`) A3."""
    poster = _poster(request, year)
    head = documents.letterhead(request.kommune, on=clock.today(), unit=poster.enhet)
    is_a3 = request.GET.get("ark") == "a3"
    return LateFile(
        lambda: documents.poster_pdf(poster, head=head, is_a3=is_a3),
        filename=f"oppslag-{year}-{poster.half}.pdf",
        content_type=PDF,
    )


def _poster(request: ActorRequest, year: int) -> queries.Poster:
    wanted, on = request.GET.get("halvar", ""), clock.today()
    now = Tiltak.Halvar.SPRING if on.month <= 6 else Tiltak.Halvar.AUTUMN  # noqa: PLR2004
    half = Tiltak.Halvar(wanted) if wanted in Tiltak.Halvar.values else now
    return queries.poster(year, half=half, enhet=adresse.enhet(request.GET))
