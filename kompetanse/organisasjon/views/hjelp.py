"""Who sees what: the table of acts and roles, as anyone in the Kommune may read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, page


@require_GET
@page(Act.USE, is_own=False)
def who_may(request: HttpRequest) -> HttpResponse:
    return render(request, "organisasjon/who_may.html", {"rows": access.table()})
