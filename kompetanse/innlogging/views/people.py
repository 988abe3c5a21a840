"""The administrator's pages on how people log in."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.errors import DomainError
from kompetanse.innlogging import actions, queries
from kompetanse.innlogging.forms.people import MarkForm, SearchForm
from kompetanse.innlogging.models import Identitet
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import recognise
from kompetanse.organisasjon.models import Kjennetegn

ON_A_PAGE = 30


@page(Act.MANAGE_LOGIN)
@require_GET
def people(request: ActorRequest) -> HttpResponse:
    form = SearchForm(request.GET or None)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    found = Paginator(queries.people(text=text), ON_A_PAGE)
    context = {"form": form, "pages": found.get_page(request.GET.get("side")), "text": text}
    return render(request, "innlogging/people.html", context)


@page(Act.MANAGE_LOGIN)
@require_http_methods(["GET", "POST"])
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """Show how one person logs in, and keep the marks that HR knows them by."""
    ansatt = get_object_or_404(queries.people(), pk=pk)
    form = MarkForm(request.POST or None, initial=queries.marks_of(ansatt))
    if request.method == "POST" and form.is_valid():
        try:
            for kind, value in form.marks():
                recognise(ansatt, Kjennetegn.Kind(kind), value, by=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kjennetegnene er lagret."))
            return redirect("innlogging:person", pk=ansatt.pk)
    context = {
        "form": form,
        "ansatt": ansatt,
        "is_self": ansatt.pk == request.actor.pk,
        "steder": queries.sessions_of(ansatt.bruker) if ansatt.bruker else [],
        "identiteter": queries.identities_of(ansatt),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "innlogging/person.html", context, status=status)


@page(Act.MANAGE_LOGIN)
@never_cache
@require_http_methods(["GET", "POST"])
def one_time(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask once more, and then show the one-time password, this once."""
    ansatt = get_object_or_404(queries.people(), pk=pk)
    context: dict[str, Any] = {"ansatt": ansatt}
    if request.method == "POST":
        context["password"] = actions.give_one_time_password(ansatt, by=request.actor)
        context["days"] = actions.LASTS.days
        return render(request, "innlogging/one_time_given.html", context)
    return render(request, "innlogging/one_time.html", context)


@page(Act.MANAGE_LOGIN)
@require_http_methods(["GET", "POST"])
def remove_factors(request: ActorRequest, pk: int) -> HttpResponse:
    ansatt = get_object_or_404(queries.people(), pk=pk)
    if request.method == "POST":
        actions.remove_factors(ansatt, by=request.actor)
        messages.success(request, _("To trinn er fjernet. Personen er logget ut alle steder."))
        return redirect("innlogging:person", pk=ansatt.pk)
    return render(request, "innlogging/remove_factors.html", {"ansatt": ansatt})


@page(Act.MANAGE_LOGIN)
@require_POST
def end_sessions(request: ActorRequest, pk: int) -> HttpResponse:
    ansatt = get_object_or_404(queries.people().filter(bruker__isnull=False), pk=pk)
    actions.end_all_sessions(ansatt.bruker, by=request.actor)
    messages.success(request, _("Personen er logget ut alle steder."))
    return redirect("innlogging:person", pk=ansatt.pk)


@page(Act.MANAGE_LOGIN)
@require_POST
def unlink(request: ActorRequest, pk: int) -> HttpResponse:
    identitet = get_object_or_404(Identitet.objects.select_related("ansatt__bruker"), pk=pk)
    actions.unlink(identitet, by=request.actor)
    messages.success(request, _("Koblingen er slettet."))
    return redirect("innlogging:person", pk=identitet.ansatt_id)
