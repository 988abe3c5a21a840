"""Templates for introductions: the list, one with its steps, and editing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import rules
from planer.actions import introduksjonsmal as actions
from planer.forms import introduksjon as forms
from planer.models import Introduksjonsmal, Malsteg
from planer.queries import introduksjonsmal as queries

HEAD = ("name", "text", "group", "is_proposed", "is_active")
STEP = ("title", "text", "link", "role", "day", "level")


@require_GET
@page(Act.FOLLOW_INTRODUCTION)
def list_templates(request: ActorRequest) -> HttpResponse:
    may_edit = rules.may_edit_introduction(request.actor)
    context = {"rows": queries.templates(), "may_edit": may_edit}
    return render(request, "planer/intro_templates.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_INTRODUCTION)
def make_template(request: ActorRequest) -> HttpResponse:
    form = forms.MakeTemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            return _url(actions.make(by=request.actor, **form.answers()))

        return make_once(request, form, make, told=_("Malen er laget. Legg til stegene."))
    return form_page(request, "planer/edit_intro_template.html", form)


@require_GET
@page(Act.FOLLOW_INTRODUCTION)
def read_template(request: ActorRequest, pk: int) -> HttpResponse:
    mal = _template(pk)
    context = {
        "mal": mal,
        "steps": queries.template_steps().filter(mal=mal),
        "may_edit": rules.may_edit_introduction(request.actor),
    }
    return render(request, "planer/intro_template.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_INTRODUCTION)
def edit_template(request: ActorRequest, pk: int) -> HttpResponse:
    mal = _template(pk)
    form = forms.TemplateForm(
        request.POST or None,
        mal=mal,
        version=mal.version,
        initial={name: getattr(mal, name) for name in HEAD},
    )

    def save() -> str:
        actions.change(mal, version=form.seen_version, by=request.actor, **form.answers())
        return _url(mal)

    told = _("Malen er lagret. Introduksjoner som er i gang, er som før.")
    return change_page(request, "planer/edit_intro_template.html", form, save, told=told, mal=mal)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_INTRODUCTION)
def add_step(request: ActorRequest, pk: int) -> HttpResponse:
    mal = _template(pk)
    form = forms.StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.add_step(mal, by=request.actor, **form.answers())
            return _url(mal)

        return make_once(request, form, make, told=_("Steget er lagt til."))
    return form_page(request, "planer/edit_intro_step.html", form, mal=mal)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_INTRODUCTION)
def edit_step(request: ActorRequest, pk: int) -> HttpResponse:
    steg = _step(pk)
    initial = {name: getattr(steg, name) for name in STEP} | {"kompetanse": steg.kompetanse_id}
    form = forms.StepForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.change_step(steg, by=request.actor, **form.answers())
            return _url(steg.mal)

        return make_once(request, form, make, told=_("Steget er lagret."))
    return form_page(request, "planer/edit_intro_step.html", form, mal=steg.mal, steg=steg)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_INTRODUCTION)
def remove_step(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then take the step out of the template."""
    steg = _step(pk)
    if request.method == "POST":
        actions.remove_step(steg, by=request.actor)
        messages.success(request, _("«%(title)s» er slettet.") % {"title": steg.title})
        return redirect(_url(steg.mal))
    return render(request, "planer/remove_intro_step.html", {"steg": steg, "mal": steg.mal})


def _template(pk: int) -> Introduksjonsmal:
    mal: Introduksjonsmal = get_object_or_404(queries.templates(), pk=pk)
    return mal


def _step(pk: int) -> Malsteg:
    steg: Malsteg = get_object_or_404(queries.template_steps(), pk=pk)
    return steg


def _url(mal: Introduksjonsmal) -> str:
    return reverse("planer:read_intro_template", args=[mal.pk])
