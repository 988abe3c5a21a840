"""Networks and working groups: find, read, make, change, join; and whom an employee can ask."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import rules
from planer.actions import nettverk as actions
from planer.forms.nettverk import ActivityForm, ChangeForm, FindForm, MakeForm, MemberForm
from planer.models import Nettverk, Nettverksmedlem
from planer.queries import hjelp
from planer.queries import nettverk as queries
from planer.workflow import nettverk as workflow

STEPS = {"hvil": "rest", "vekk": "wake", "avslutt": "end"}
STEP_TOLD = {
    "hvil": gettext_lazy("Nettverket hviler."),
    "vekk": gettext_lazy("Nettverket er aktivt igjen."),
    "avslutt": gettext_lazy("Nettverket er avsluttet."),
}
FIELDS = ("name", "kind", "mandate", "rhythm", "enhet", "starts", "ends")


@require_GET
@page(Act.USE)
def list_networks(request: ActorRequest) -> HttpResponse:
    form = FindForm(request.GET)
    words, kind = request.GET.get("ord", "").strip()[:80], request.GET.get("slag", "")
    context = {
        "networks": queries.listed_to(request.actor, words=words, kind=kind),
        "form": form,
        "is_narrowed": bool(words or kind),
        "may_make": rules.may_edit_plans(request.actor),
    }
    return render(request, "planer/networks.html", context)


@require_GET
@page(Act.USE)
def read_network(request: ActorRequest, pk: int) -> HttpResponse:
    nettverk = _found(pk)
    return _page(request, nettverk)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def make_network(request: ActorRequest) -> HttpResponse:
    form = MakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            return _url(actions.make(by=request.actor, **form.answers()))

        return make_once(request, form, make, told=_("Nettverket er laget."))
    return form_page(request, "planer/make_network.html", form)


@require_http_methods(["GET", "POST"])
@page(Act.USE)
def edit_network(request: ActorRequest, pk: int) -> HttpResponse:
    nettverk = _found(pk)
    workflow.check("change", nettverk, by=request.actor)
    initial = {name: getattr(nettverk, name) for name in FIELDS}
    form = ChangeForm(request.POST or None, version=nettverk.version, initial=initial)

    def save() -> str:
        actions.change(nettverk, version=form.seen_version, by=request.actor, **form.answers())
        return _url(nettverk)

    return change_page(
        request,
        "planer/edit_network.html",
        form,
        save,
        told=_("Nettverket er lagret."),
        nettverk=nettverk,
    )


@require_POST
@page(Act.USE)
def step_network(request: ActorRequest, pk: int, step: str) -> HttpResponse:
    """Let it rest, take it up again, or end it."""
    if step not in STEPS:
        raise Http404
    nettverk = actions.step(_found(pk), STEPS[step], by=request.actor)
    messages.success(request, STEP_TOLD[step])
    return redirect(_url(nettverk))


@require_POST
@page(Act.USE)
def enrol_network(request: ActorRequest, pk: int) -> HttpResponse:
    nettverk = _found(pk)
    workflow.check("enrol", nettverk, by=request.actor)
    form = _member_form(nettverk, request.POST)
    if not form.is_valid():
        return _page(request, nettverk, member=form)

    def make() -> str:
        actions.enrol(nettverk, by=request.actor, **form.answers())
        return _url(nettverk)

    return make_once(request, form, make, told=_("Medlemmet er lagt til."))


@require_POST
@page(Act.USE)
def join_network(request: ActorRequest, pk: int) -> HttpResponse:
    nettverk = _found(pk)
    actions.join(nettverk, by=request.actor)
    messages.success(request, _("Du er med i nettverket."))
    return redirect(_url(nettverk))


@require_POST
@page(Act.USE)
def leave_network(request: ActorRequest, pk: int, medlem_id: int) -> HttpResponse:
    """Go out of the network, or take someone out of one's own."""
    nettverk = _found(pk)
    medlem = get_object_or_404(
        Nettverksmedlem.objects.select_related("nettverk", "ansatt"),
        nettverk=nettverk,
        pk=medlem_id,
    )
    actions.leave(medlem, by=request.actor)
    name = medlem.ansatt.full_name
    messages.success(request, _("%(name)s er ikke lenger med.") % {"name": name})
    return redirect(_url(nettverk))


@require_POST
@page(Act.USE)
def tell_network(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a meeting or another activity of the network."""
    nettverk = _found(pk)
    workflow.check("tell", nettverk, by=request.actor)
    form = _activity_form(nettverk, request.POST)
    if not form.is_valid():
        return _page(request, nettverk, activity=form)

    def make() -> str:
        actions.tell(nettverk, by=request.actor, **form.answers())
        return _url(nettverk)

    return make_once(request, form, make, told=_("Aktiviteten er lagt til."))


@require_GET
@page(Act.USE)
def find_help(request: ActorRequest) -> HttpResponse:
    """Show whom the employee can ask: stewards nearest first, the leader, the advisor, unions."""
    context = {
        "people": hjelp.helpers(request.actor),
        "networks": queries.listed_to(request.actor)[:6],
    }
    return render(request, "planer/help.html", context)


def _page(
    request: ActorRequest,
    nettverk: Nettverk,
    *,
    member: MemberForm | None = None,
    activity: ActivityForm | None = None,
) -> HttpResponse:
    steps = workflow.open_to(request.actor, nettverk)
    units = queries.by_unit(nettverk)
    members = [each for unit in units for each in unit.members]
    context = {
        "nettverk": nettverk,
        "steps": steps,
        "units": units,
        "contacts": [each for each in members if each.is_contact],
        "members": len(members),
        "own": next((each for each in members if each.ansatt_id == request.actor.pk), None),
        "activities": list(queries.activity(nettverk)),
        "on": clock.today(),
        "member_form": member or (_member_form(nettverk) if "enrol" in steps else None),
        "activity_form": activity or (_activity_form(nettverk) if "tell" in steps else None),
    }
    status = 422 if member or activity else 200
    return render(request, "planer/network.html", context, status=status)


def _member_form(nettverk: Nettverk, answers: Any = None) -> MemberForm:
    action = reverse("planer:enrol_network", args=[nettverk.pk])
    return MemberForm(answers, nettverk=nettverk, action=action, prefix="medlem")


def _activity_form(nettverk: Nettverk, answers: Any = None) -> ActivityForm:
    action = reverse("planer:tell_network", args=[nettverk.pk])
    return ActivityForm(answers, action=action, prefix="aktivitet")


def _found(pk: int) -> Nettverk:
    nettverk: Nettverk = get_object_or_404(queries.visible(), pk=pk)
    return nettverk


def _url(nettverk: Nettverk) -> str:
    return reverse("planer:read_network", args=[nettverk.pk])
