"""The page «Stillingskategorier»: own names beside common groups."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kompetanse.errors import StaleError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.actions import kategori as actions
from kompetanse.organisasjon.forms.kategori import GrupperForm
from kompetanse.organisasjon.queries import kategori as queries

SUGGEST = "forslag"


@page(Act.EDIT_SETTINGS)
@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """Show all categories; one button saves the menus, another fills in what the names tell."""
    kategorier = list(queries.kategorier())
    if request.method == "GET":
        return _page(request, GrupperForm(kategorier=kategorier))
    form = GrupperForm(request.POST, kategorier=kategorier)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    if SUGGEST in request.POST:
        return _page(request, _with_suggestions(form))
    try:
        count = actions.group(form.changes, by=request.actor)
    except StaleError as error:
        return _page(request, GrupperForm(kategorier=kategorier), CONFLICT, stale=str(error))
    told = ngettext("%(n)d kategori er endret.", "%(n)d kategorier er endret.", count)
    messages.success(request, told % {"n": count} if count else _("Ingenting var endret."))
    return redirect("organisasjon:categories")


def _with_suggestions(form: GrupperForm) -> GrupperForm:
    """Return the form with the groups that the names tell of where none was; nothing is saved."""
    filled = dict(form.data.items())
    for kategori, menu, _seen in form.rows():
        if not filled.get(menu.html_name):
            filled[menu.html_name] = queries.suggested(kategori.name)
    return GrupperForm(filled, kategorier=form.kategorier)


def _page(
    request: ActorRequest, form: GrupperForm, status: int = 200, **context: object
) -> HttpResponse:
    kategorier = form.kategorier
    context |= {
        "form": form,
        "total": len(kategorier),
        "ungrouped": sum(not each.group for each in kategorier),
        "is_suggested": SUGGEST in request.POST,
    }
    return render(request, "organisasjon/categories.html", context, status=status)
