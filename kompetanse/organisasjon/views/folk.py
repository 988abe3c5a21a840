"""The page «Finn folk»."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon import access, queries
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.forms.folk import FolkForm
from kompetanse.organisasjon.models import Rolle
from kompetanse.organisasjon.queries import folk

PER_PAGE = 50


@page(Act.FIND_PEOPLE)
@require_GET
def people(request: ActorRequest) -> HttpResponse:
    """Find people by name, role, unit and position; show what everyone at work may know."""
    form = FolkForm(
        request.GET or None, enheter=list(queries.tree()), kategorier=list(folk.kategorier())
    )
    found = folk.with_deputies(folk.found(form.search))
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "form": form,
        "pages": rows,
        "people": folk.people(list(rows)),
        "steward": Rolle.Kode.KOMPETANSETILLITSVALGT,
        "may_look": access.may(request.actor, Act.LOOK_THROUGH),
        "may_give": access.may(request.actor, Act.GIVE_ROLES),
    }
    status = UNPROCESSABLE if form.is_bound and not form.is_valid() else 200
    return render(request, "organisasjon/people.html", context, status=status)
