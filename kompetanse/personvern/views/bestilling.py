"""Where documents that take over a second are ordered, and whether one may still have them."""

from copy import copy
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from kompetanse import clock, heavy
from kompetanse.heavy import Work
from kompetanse.kommuner import files
from kompetanse.kommuner.responses import LateFile
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern.actions import dokument
from kompetanse.personvern.models import Uttrekk
from kompetanse.personvern.queries import uttrekk as queries
from kompetanse.skall.views import errors


def take(request: Any, answer: LateFile, work: Work) -> None:
    """Give the document at once when it is kept; else have it made, and show how far it is."""
    with as_kommune(request.kommune.pk):
        if work.is_endless:
            answer.become(_refusal(request), status=errors.CONFLICT.status)
            return
        fil = queries.kept(heavy.fingerprint(work), clock.now())
        if fil is None:
            answer.lead_to(_ordered(request, answer, work))
    if fil is not None:
        answer.give(files.read(fil))


def _ordered(request: Any, answer: LateFile, work: Work) -> str:
    address = request.path_info
    if query := request.META.get("QUERY_STRING", ""):
        address = f"{address}?{query}"
    kjoring = dokument.order(
        work,
        name=answer.filename,
        content_type=answer.content_type,
        address=address,
        again=request.get_full_path(),
        by=request.actor,
    )
    return reverse("varsler:progress", args=[kjoring.pk])


def _refusal(request: HttpRequest) -> str:
    sentence = _(
        "Dokumentet blir for langt å lage i ett. Velg en enhet, et halvår eller et annet mindre"
        " utvalg, eller last det ned som regneark."
    )
    return errors.conflict(request, sentence).content.decode()


def must_be_open(request: HttpRequest, uttrekk: Uttrekk) -> None:
    """Ask the page that gave the document whether it is still open to the one who asks.

    Raises:
        PermissionDenied, Http404: as the page does.
    """
    path, _mark, query = uttrekk.wanted["address"].partition("?")
    found = resolve(path)
    asked = copy(request)
    asked.GET = QueryDict(query)
    asked.path_info, asked.resolver_match = path, found
    if not isinstance(found.func(asked, *found.args, **found.kwargs), LateFile):
        raise Http404


def is_same_reach(actor: Ansatt, uttrekk: Uttrekk) -> bool:
    """Return whether the actor has the roles and units of the day the document was ordered.

    The same page gives another content to one whose roles have changed.
    """
    return bool(uttrekk.wanted.get("reach") == access.reach(actor))
