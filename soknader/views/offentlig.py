"""The announcement that anyone may read, and print, in the målform they choose."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.responses import PDF, LateFile
from kompetanse.organisasjon.access import ActorRequest, public
from soknader.documents import soknad as documents
from soknader.models import Soknadsrunde
from soknader.queries import runde as runder
from soknader.queries import utlysning as queries
from soknader.rules import frist


class PublicRequest(HttpRequest):
    """A request to a Kommune's page that needs no login."""

    kommune: Kommune


@public
@require_safe
def current(request: PublicRequest) -> HttpResponse:
    """Show the announcement of the round that takes applications now, or when the next opens."""
    now = clock.now()
    found = list(runder.taking_on(clock.local_date(now)).select_related("enhet"))
    found.sort(key=lambda runde: (frist.is_late(runde, at=now), runde.deadline))
    with translation.override(language_in(request) or translation.get_language()):
        return _page(request, found[0], others=found[1:]) if found else _none(request)


@public
@require_safe
def one(request: PublicRequest, pk: int) -> HttpResponse:
    """Show a round's announcement; one that is being prepared is not there."""
    runde = get_object_or_404(queries.published(), pk=pk)
    with translation.override(language_in(request) or translation.get_language()):
        return _page(request, runde)


@public
@require_safe
def poster(request: PublicRequest, pk: int) -> HttpResponse:
    """Give a round's announcement as a PDF, in the målform asked for or the municipality's."""
    return poster_of(request, get_object_or_404(queries.published(), pk=pk))


def poster_of(
    request: PublicRequest | ActorRequest, runde: Soknadsrunde, *, stewards: tuple[str, ...] = ()
) -> LateFile:
    """Return the poster in the målform asked for, else the municipality's."""
    kommune, lang = request.kommune, language_in(request)
    with translation.override(lang or kommune.maalform):
        document = queries.announcement(runde, contact=kommune.contact, stewards=stewards)
    head = documents.head(kommune, on=clock.today(), lang=lang)
    return LateFile(
        lambda: documents.announcement(document, head=head),
        filename=f"utlysning-{document.year}.pdf",
        content_type=PDF,
    )


def language_in(request: HttpRequest) -> str:
    """Return the målform that the address asks for; empty when it asks for none we have."""
    asked = request.GET.get("sprak", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def _page(
    request: PublicRequest, runde: Soknadsrunde, *, others: Sequence[Soknadsrunde] = ()
) -> HttpResponse:
    context = {
        "document": queries.announcement(runde, contact=request.kommune.contact),
        "others": others,
        "languages": settings.LANGUAGES,
        "lang": translation.get_language(),
    }
    return render(request, "soknader/utlysning_offentlig.html", context)


def _none(request: PublicRequest) -> HttpResponse:
    last = runder.latest_closed()
    upcoming = runder.upcoming(clock.today())
    is_ahead = upcoming is not None and upcoming.opens > clock.today()
    context = {"upcoming": upcoming, "is_ahead": is_ahead, "last": last}
    return render(request, "soknader/utlysning_ingen.html", context)
