"""The operator's pages on tenants: the list, a new one, one of them, what has been done."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import maler
from kompetanse.kommuner.maler import Mal
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.plattform import cookies, queries
from kompetanse.plattform.access import operators_only
from kompetanse.plattform.actions import kommune as actions
from kompetanse.plattform.actions import stotte
from kompetanse.plattform.actions.velkomst import VALID
from kompetanse.plattform.forms import FoundForm, NumberForm, SupportForm
from kompetanse.skall.views.svar import form_page

CREATED = 201
PER_PAGE = 50
HALF_AN_HOUR = 30


@operators_only
@require_GET
def tenants(request: Any) -> HttpResponse:
    context = {"lines": queries.kommuner.lines(at=clock.now())}
    return render(request, "plattform/tenants.html", context)


@operators_only
@require_http_methods(["GET", "POST"])
def found(request: Any) -> HttpResponse:
    """Make a Kommune; the page that follows shows the administrator's address this once."""
    initial = {"maalform": Kommune.Maalform.BOKMAAL, "mal": Mal.MODUM}
    form = FoundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kommune, key = _found(form, by=request.operator)
        except DomainError as error:
            form.add_error("slug", str(error))
        else:
            return _show_address(request, kommune, key, status=CREATED)
    return form_page(request, "plattform/found.html", form, parts=maler.parts())


@operators_only
@require_GET
def tenant(request: Any, slug: str) -> HttpResponse:
    return _page(request, _kommune(slug))


@operators_only
@require_POST
def welcome_again(request: Any, slug: str) -> HttpResponse:
    """Make a new way in for an administrator who has lost it, and show it this once."""
    kommune = _kommune(slug)
    form = NumberForm(request.POST)
    if form.is_valid():
        try:
            key = actions.welcome_again(kommune, **form.cleaned_data, by=request.operator)
        except DomainError as error:
            form.add_error("number", str(error))
        else:
            return _show_address(request, kommune, key)
    return _page(request, kommune, number_form=form, status=UNPROCESSABLE)


@operators_only
@require_http_methods(["GET", "POST"])
def pause(request: Any, slug: str) -> HttpResponse:
    """Ask before a Kommune is closed to all who work there."""
    kommune = _kommune(slug)
    if request.method == "GET":
        return render(request, "plattform/pause.html", {"paused": kommune})
    actions.pause(kommune, by=request.operator)
    messages.success(request, _("%(name)s er satt på pause.") % {"name": kommune.name})
    return redirect("operator:tenant", kommune.slug)


@operators_only
@require_POST
def resume(request: Any, slug: str) -> HttpResponse:
    kommune = actions.resume(_kommune(slug), by=request.operator)
    messages.success(request, _("%(name)s er åpen igjen.") % {"name": kommune.name})
    return redirect("operator:tenant", kommune.slug)


@operators_only
@require_POST
def ask(request: Any, slug: str) -> HttpResponse:
    """Ask to look into the Kommune, with a reason and for how long."""
    kommune = _kommune(slug)
    form = SupportForm(request.POST)
    if not form.is_valid():
        return _page(request, kommune, support_form=form, status=UNPROCESSABLE)
    okt = stotte.ask(kommune, **form.cleaned_data, by=request.operator)
    if okt.opened_at is None:
        messages.info(request, _("Kommunen er bedt om å godkjenne innsynet."))
    return redirect("operator:tenant", kommune.slug)


@operators_only
@require_POST
def enter(request: Any, slug: str, pk: int) -> HttpResponse:
    """Go into the Kommune with a key that its pages alone get to see."""
    kommune = _kommune(slug)
    okt = get_object_or_404(queries.stotte.asked_by(request.operator, kommune), pk=pk)
    key = stotte.enter(okt, kommune, by=request.operator)
    cookie = cookies.of_support(key, slug=kommune.slug, minutes=okt.minutes)
    response = redirect(f"{cookies.support_path(kommune.slug)}hjem/")
    cookie.put_on(response)
    return response


@operators_only
@require_GET
def trail(request: Any) -> HttpResponse:
    pages = Paginator(queries.kommuner.trail(), PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "plattform/trail.html", {"pages": pages})


def _kommune(slug: str) -> Kommune:
    return get_object_or_404(queries.kommuner.by_slug(), slug=slug)


def _found(form: FoundForm, *, by: Any) -> tuple[Kommune, str]:
    told = form.cleaned_data
    return actions.found(
        slug=told["slug"],
        name=told["name"],
        number=told["number"],
        mal=Mal(told["mal"]),
        administrator=form.administrator,
        maalform=told["maalform"],
        contact=told["contact"],
        region=told["region"],
        by=by,
    )


def _page(request: Any, kommune: Kommune, *, status: int = 200, **forms: Any) -> HttpResponse:
    at = clock.now()
    okter = queries.stotte.of_kommune(kommune)[:20]
    context = {
        "line": queries.kommuner.line(kommune, at=at),
        "tenant": kommune,
        "okter": [(okt, okt.state(at)) for okt in okter],
        "support_form": SupportForm(initial={"minutes": HALF_AN_HOUR}),
        "number_form": NumberForm(),
        "events": queries.kommuner.trail(kommune)[:10],
    }
    return render(request, "plattform/tenant.html", context | forms, status=status)


def _show_address(request: Any, kommune: Kommune, key: str, *, status: int = 200) -> HttpResponse:
    context = {
        "tenant": kommune,
        "address_once": request.build_absolute_uri(f"/{kommune.slug}/velkommen/{key}/"),
        "hours": VALID.total_seconds() // 3600,
    }
    return render(request, "plattform/ready.html", context, status=status)
