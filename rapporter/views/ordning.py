"""The editor of the counties' schemes: days and rules, tables, a copy for next year."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.errors import DomainError, StaleError
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page
from rapporter.actions import ordning as actions
from rapporter.forms.ordning import SLUGS, TITLES, ColumnsForm, SchemeForm
from rapporter.models import Tilskuddsordning
from rapporter.models.ordning import ATTESTED_FROM
from rapporter.queries import ordning as queries

FIELDS = ("version", "name", "county", "year", "ready_by", "deadline", "distribute_by",
          "report_by", "attested_from", "may_carry")  # fmt: skip


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def create(request: ActorRequest) -> HttpResponse:
    """Make a scheme when the county has announced it."""
    initial = {"attested_from": ATTESTED_FROM, "may_carry": True}
    form = SchemeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            ordning = actions.create(form.values(), by=request.actor)
        except DomainError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Ordningen er lagt inn med de vanlige kolonnene."))
            return redirect("rapporter:edit_scheme", ordning.pk)
    return form_page(request, "rapporter/scheme.html", form, title=_("Ny tilskuddsordning"))


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the scheme's days and rules; its tables have pages of their own."""
    ordning = get_object_or_404(queries.schemes(), pk=pk)
    initial = {name: getattr(ordning, name) for name in FIELDS}
    form = SchemeForm(request.POST or None, initial=initial, warnings=ordning.warnings)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.write(ordning, form.values(), version=version, by=request.actor)
        except StaleError:
            raise
        except DomainError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Ordningen er lagret."))
            return redirect("rapporter:edit_scheme", pk)
    context: dict[str, Any] = {
        "ordning": ordning,
        "title": f"{ordning.name} {ordning.year}",
        "tables": [
            (slug, TITLES[table], len(getattr(ordning, table))) for slug, table in SLUGS.items()
        ],
    }
    return form_page(request, "rapporter/scheme.html", form, **context)


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def arrange(request: ActorRequest, pk: int, table: str) -> HttpResponse:
    """Choose which fields a table has, in which order, under which headings."""
    ordning = get_object_or_404(queries.schemes(), pk=pk)
    name = SLUGS.get(table)
    if name is None:
        raise Http404
    chosen = _chosen(ordning, name)
    form = ColumnsForm(
        request.POST or None, table=name, chosen=chosen, initial={"version": ordning.version}
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        actions.arrange(ordning, name, form.chosen(), version=version, by=request.actor)
        messages.success(request, _("Tabellen er lagret."))
        return redirect("rapporter:edit_scheme", pk)
    template, title = "rapporter/scheme_columns.html", TITLES[name]
    return form_page(request, template, form, ordning=ordning, title=title)


@require_POST
@page(Act.PREPARE_GRANT)
def copy(request: ActorRequest, pk: int) -> HttpResponse:
    """Make next year's scheme from this one."""
    ordning = get_object_or_404(queries.schemes(), pk=pk)
    made = actions.copy(ordning, by=request.actor)
    messages.success(
        request, _("Ordningen er kopiert til %(year)s. Se over fristene.") % {"year": made.year}
    )
    return redirect("rapporter:edit_scheme", made.pk)


def _chosen(ordning: Tilskuddsordning, table: str) -> list[dict[str, str]]:
    """Return what the table has; the usual where the scheme says nothing."""
    told: list[dict[str, str]] = getattr(ordning, table)
    return told or queries.usual(table)
