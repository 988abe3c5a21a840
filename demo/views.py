"""Pages of the demonstration: its clock, the received mail, and one click to be someone."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from demo import actions, post, queries
from demo.forms import ClockForm
from demo.loading import drift
from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import tenancy
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import public
from kompetanse.organisasjon.queries import current
from kompetanse.plattform import cookies
from kompetanse.plattform.actions import operator as operators
from kompetanse.plattform.models import Operator

COLLEAGUES = 20


@require_http_methods(["GET", "POST"])
@public
def move_clock(request: HttpRequest) -> HttpResponse:
    """Show the demonstration's time and move it forward, by a day, a week or to a date."""
    now = clock.now().astimezone(clock.OSLO)
    form = ClockForm(request.POST or None, initial={"day": now.date() + timedelta(days=1)})
    if request.method == "POST":
        to = _asked_for(request, form, now)
        if to is not None:
            actions.move_clock(to, at=now)
            messages.success(request, f"Klokka er flyttet til {to:%d.%m.%Y} kl. {to:%H.%M}.")
            return HttpResponseRedirect(_return_to(request))
    context = {
        "form": form,
        "now": now,
        "milestones": queries.milestones(now.date()),
        "runde": queries.open_round() if tenancy.is_active() else None,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "demo/clock.html", context, status=status)


@require_POST
@public
def apply(request: Any) -> HttpResponse:
    """Let the colleagues apply in the open round, so that a visitor has company."""
    runde = queries.open_round() if tenancy.is_active() else None
    if runde is None:
        raise DomainError("Kollegene kan søke når fagrådgiveren har åpnet runden.")
    count = actions.let_colleagues_apply(request.kommune.slug, runde, most=COLLEAGUES)
    if count:
        messages.success(request, f"{count} kolleger har søkt, og lederne uttaler seg.")
    else:
        messages.info(request, "Kollegene har allerede søkt.")
    return redirect("demo:clock")


@require_GET
@public
def mail(request: HttpRequest) -> HttpResponse:
    """Show the e-mails that the demonstration has sent, newest first."""
    to = request.GET.get("til", "")
    return render(request, "demo/mail.html", {"letters": post.received(to=to), "to": to})


@require_GET
@public
def parts(request: HttpRequest) -> HttpResponse:
    """Show whom one can be, for those who are someone already."""
    return render(request, "demo/parts.html")


@require_POST
@public
def be(request: Any, pk: int) -> HttpResponse:
    """Log in as the invented person."""
    ansatt = get_object_or_404(current().filter(bruker__isnull=False), pk=pk)
    login(request, ansatt.bruker, settings.AUTHENTICATION_BACKENDS[0])
    return redirect("skall:home")


@require_POST
@public
def run(_request: HttpRequest) -> HttpResponse:
    """Log in as the invented operator, past password and code; the demonstration alone has it."""
    operator = get_object_or_404(Operator, email=drift.EMAIL)
    response = redirect("operator:tenants")
    cookies.of_operator(operators.begin(operator)).put_on(response)
    return response


def _asked_for(request: HttpRequest, form: ClockForm, now: datetime) -> datetime | None:
    """Return the moment asked for by a button («dager») or by the date fields."""
    days = request.POST.get("dager", "")
    if days.isdecimal():
        return now + timedelta(days=int(days[:3]))
    if not form.is_valid():
        return None
    return clock.start_of(form.cleaned_data["day"], hour=form.cleaned_data["hour"])


def _return_to(request: HttpRequest) -> str:
    asked = request.POST.get("tilbake", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if is_ours else request.get_full_path()
