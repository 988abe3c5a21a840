"""Introductions: who is new, the plan of one employee, its steps, and the paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, LateFile
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall.language import on_paper
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import documents, rules
from planer.actions import introduksjon as actions
from planer.actions import introduksjonssteg as step_actions
from planer.forms import introduksjon as forms
from planer.models import Introduksjon, Introduksjonssteg
from planer.queries import introduksjon as queries
from planer.queries import introduksjonsmal, introduksjonssteg, introduksjonstall, nyansatt


@require_GET
@page(Act.FOLLOW_INTRODUCTION)
def list_introductions(request: ActorRequest) -> HttpResponse:
    """Show who is new and not begun, how far the others have come, and the year's share."""
    on = clock.today()
    ended = request.GET.get("vis") == "avsluttet"
    rows = introduksjonstall.figures(request.actor, on.year, on=on)
    context = {
        "newcomers": nyansatt.undecided(request.actor, on=on),
        "rows": queries.followed(request.actor, on=on, ended=ended),
        "ended": ended,
        "figures": rows,
        "whole": introduksjonstall.whole(rows),
        "year": on.year,
        "may_edit": rules.may_edit_introduction(request.actor),
    }
    return render(request, "planer/introductions.html", context)


@require_GET
@page(Act.USE)
def own_introductions(request: ActorRequest) -> HttpResponse:
    """Show one's own plan, and those one is sponsor for."""
    rows = queries.own(request.actor)
    if len(rows) == 1:
        return redirect("planer:read_introduction", rows[0].id)
    return render(request, "planer/own_introductions.html", {"rows": rows})


@require_GET
@page(Act.USE)
def read_introduction(request: ActorRequest, pk: int) -> HttpResponse:
    introduksjon, actor = _visible(request, pk), request.actor
    steps = queries.steps(introduksjon)
    context = {
        "introduksjon": introduksjon,
        "steps": [(each, rules.may_tick_step(actor, each)) for each in steps],
        "done": sum(each.is_done for each in steps),
        "on": clock.today(),
        "may_change": introduksjon.is_ongoing and rules.may_introduce(actor, introduksjon.ansatt),
    }
    return render(request, "planer/introduction.html", context)


@require_GET
@page(Act.USE)
@on_paper
def print_introduction(request: ActorRequest, pk: int) -> HttpResponse:
    introduksjon, on = _visible(request, pk), clock.today()
    document = queries.document(introduksjon, on=on)
    head = documents.letterhead(request.kommune, on=on, unit=document.enhet)
    return LateFile(
        lambda: documents.introduction_pdf(document, head=head),
        filename=f"introduksjon-{introduksjon.starts_on}.pdf",
        content_type=PDF,
    )


@require_http_methods(["GET", "POST"])
@page(Act.FOLLOW_INTRODUCTION)
def start_introduction(request: ActorRequest, ansatt_id: int) -> HttpResponse:
    """Choose templates, first day and sponsor, and begin."""
    ansatt = _newcomer(request, ansatt_id)
    proposed = introduksjonsmal.proposed_for(ansatt).values_list("pk", flat=True)
    form = forms.StartForm(
        request.POST or None,
        ansatt=ansatt,
        choices=introduksjonsmal.choosable_for(ansatt),
        initial={"starts_on": nyansatt.new_from(ansatt, on=clock.today()), "maler": list(proposed)},
    )
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            begun = actions.start(ansatt, by=request.actor, **form.answers())
            return _url(begun[0]) if begun else reverse("planer:list_introductions")

        return make_once(request, form, make, told=_("Introduksjonen er satt i gang."))
    return form_page(request, "planer/start_introduction.html", form, ansatt=ansatt)


@require_POST
@page(Act.FOLLOW_INTRODUCTION)
def start_proposed(request: ActorRequest, ansatt_id: int) -> HttpResponse:
    """Begin what is proposed, by one press; pressed twice it leads to what is begun."""
    ansatt = _newcomer(request, ansatt_id)
    begun = actions.proposed(ansatt, by=request.actor)
    if not begun:
        return redirect("planer:list_introductions")
    told = ngettext(
        "Introduksjonen er satt i gang. Velg gjerne en fadder.",
        "%(n)d introduksjoner er satt i gang. Velg gjerne en fadder.",
        len(begun),
    )
    messages.success(request, told % {"n": len(begun)})
    return redirect(_url(begun[0]))


@require_http_methods(["GET", "POST"])
@page(Act.FOLLOW_INTRODUCTION)
def decline_introduction(request: ActorRequest, ansatt_id: int) -> HttpResponse:
    """Say why a new employee needs none."""
    ansatt = _newcomer(request, ansatt_id)
    form = forms.EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.decline(ansatt, by=request.actor, **form.answers())
            return reverse("planer:list_introductions")

        return make_once(request, form, make, told=_("Du blir ikke spurt om dette igjen."))
    return form_page(request, "planer/end_introduction.html", form, ansatt=ansatt)


@require_http_methods(["GET", "POST"])
@page(Act.FOLLOW_INTRODUCTION)
def change_introduction(request: ActorRequest, pk: int) -> HttpResponse:
    introduksjon = _followed(request, pk)
    form = forms.ChangeForm(
        request.POST or None,
        ansatt=introduksjon.ansatt,
        version=introduksjon.version,
        initial={"starts_on": introduksjon.starts_on, "fadder": introduksjon.fadder_id},
    )

    def save() -> str:
        actions.change(introduksjon, version=form.seen_version, by=request.actor, **form.answers())
        return _url(introduksjon)

    return change_page(
        request,
        "planer/change_introduction.html",
        form,
        save,
        told=_("Lagret. Datoene på stegene som gjenstår, er flyttet."),
        introduksjon=introduksjon,
    )


@require_http_methods(["GET", "POST"])
@page(Act.FOLLOW_INTRODUCTION)
def end_introduction(request: ActorRequest, pk: int) -> HttpResponse:
    introduksjon = _followed(request, pk)
    form = forms.EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.stop(introduksjon, by=request.actor, **form.answers())
            return _url(introduksjon)

        return make_once(request, form, make, told=_("Introduksjonen er avsluttet."))
    context = {"introduksjon": introduksjon, "ansatt": introduksjon.ansatt}
    return form_page(request, "planer/end_introduction.html", form, **context)


@require_POST
@page(Act.USE)
def tick_step(request: ActorRequest, pk: int) -> HttpResponse:
    steg = _step(request, pk)
    step_actions.tick(steg, by=request.actor)
    messages.success(request, _("«%(title)s» er krysset av.") % {"title": steg.title})
    return redirect(_url(steg.introduksjon))


@require_POST
@page(Act.USE)
def untick_step(request: ActorRequest, pk: int) -> HttpResponse:
    steg = _step(request, pk)
    step_actions.untick(steg, by=request.actor)
    messages.success(request, _("Krysset er tatt bort."))
    return redirect(_url(steg.introduksjon))


def _visible(request: ActorRequest, pk: int) -> Introduksjon:
    introduksjon: Introduksjon = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    return introduksjon


def _followed(request: ActorRequest, pk: int) -> Introduksjon:
    introduksjon = _visible(request, pk)
    if not rules.may_introduce(request.actor, introduksjon.ansatt):
        raise PermissionDenied
    return introduksjon


def _step(request: ActorRequest, pk: int) -> Introduksjonssteg:
    steg: Introduksjonssteg = get_object_or_404(introduksjonssteg.visible_to(request.actor), pk=pk)
    return steg


def _newcomer(request: ActorRequest, ansatt_id: int) -> Ansatt:
    people = organisasjon.current().select_related("enhet", "kategori")
    ansatt: Ansatt = get_object_or_404(people, pk=ansatt_id)
    if not rules.may_introduce(request.actor, ansatt):
        raise PermissionDenied
    return ansatt


def _url(introduksjon: Introduksjon) -> str:
    return reverse("planer:read_introduction", args=[introduksjon.pk])
