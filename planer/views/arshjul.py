"""The yearly wheel: the list by month, the drawn wheel, ticking off, and the advisor's editing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import documents, rules
from planer.actions import arshjul as actions
from planer.forms.arshjul import ActivityForm, AddActivityForm
from planer.models import Aktivitet
from planer.queries import arshjul as queries


@require_GET
@page(Act.SEE_PLAN)
def open_wheel(request: ActorRequest) -> HttpResponse:  # noqa: ARG001
    """Go to this year's wheel."""
    return redirect("planer:read_wheel", clock.today().year)


@require_GET
@page(Act.SEE_PLAN)
def read_wheel(request: ActorRequest, year: int) -> HttpResponse:
    """Show what comes first, the year by month, and the drawn wheel."""
    on, actor = clock.today(), request.actor
    wheel = queries.wheel(year, actor=actor, on=on)
    context = {
        "wheel": wheel,
        "chart": queries.chart(wheel, on=on, title=_title(year)),
        "may_edit": rules.may_edit_plans(actor),
        "previous": year - 1,
        "following": year + 1,
    }
    return render(request, "planer/wheel.html", context)


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_wheel(request: ActorRequest, year: int) -> HttpResponse:
    on = clock.today()
    wheel = queries.wheel(year, actor=request.actor, on=on)
    picture = queries.chart(wheel, on=on, title=_title(year))
    head = documents.letterhead(request.kommune, on=on)
    return LateFile(
        lambda: documents.wheel_pdf(wheel, picture, head=head),
        filename=f"arshjul-{year}.pdf",
        content_type=PDF,
    )


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def add_activity(request: ActorRequest, year: int) -> HttpResponse:
    form = AddActivityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            return _url(actions.add(year, by=request.actor, **form.answers()))

        return make_once(request, form, make, told=_("Aktiviteten er lagt i årshjulet."))
    return form_page(request, "planer/add_activity.html", form, year=year)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def edit_activity(request: ActorRequest, pk: int) -> HttpResponse:
    aktivitet = get_object_or_404(Aktivitet.objects.prefetch_related("roller"), pk=pk)
    form = ActivityForm(
        request.POST or None, version=aktivitet.version, initial=_initial(aktivitet)
    )

    def save() -> str:
        actions.change(aktivitet, version=form.seen_version, by=request.actor, **form.answers())
        return _url(aktivitet)

    return change_page(
        request,
        "planer/edit_activity.html",
        form,
        save,
        told=_("Aktiviteten er lagret."),
        aktivitet=aktivitet,
    )


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def remove_activity(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then take the activity off the wheel."""
    aktivitet = get_object_or_404(Aktivitet, pk=pk)
    if request.method == "POST":
        actions.remove(aktivitet, by=request.actor)
        messages.success(request, _("«%(name)s» er slettet.") % {"name": aktivitet.title})
        return redirect("planer:read_wheel", aktivitet.year)
    return render(request, "planer/remove_activity.html", {"aktivitet": aktivitet})


@require_POST
@page(Act.SEE_PLAN)
def tick_activity(request: ActorRequest, pk: int) -> HttpResponse:
    aktivitet = get_object_or_404(Aktivitet, pk=pk)
    actions.tick(aktivitet, by=request.actor)
    messages.success(
        request,
        _("«%(name)s» er kvittert ut. Du kan angre i ti minutter.") % {"name": aktivitet.title},
    )
    return redirect(_url(aktivitet))


@require_POST
@page(Act.SEE_PLAN)
def untick_activity(request: ActorRequest, pk: int) -> HttpResponse:
    aktivitet = get_object_or_404(Aktivitet, pk=pk)
    actions.untick(aktivitet, by=request.actor)
    messages.success(request, _("«%(name)s» er åpen igjen.") % {"name": aktivitet.title})
    return redirect(_url(aktivitet))


@require_POST
@page(Act.EDIT_PLAN)
def copy_wheel(request: ActorRequest, year: int) -> HttpResponse:
    """Make the year's wheel from the one of the year before."""
    count = actions.copy_year(year - 1, to=year, by=request.actor)
    told = ngettext(
        "%(count)d aktivitet er hentet fra i fjor. Sjekk datoene.",
        "%(count)d aktiviteter er hentet fra i fjor. Sjekk datoene.",
        count,
    )
    messages.success(request, told % {"count": count})
    return redirect("planer:read_wheel", year)


def _initial(aktivitet: Aktivitet) -> dict[str, Any]:
    return {
        "title": aktivitet.title,
        "text": aktivitet.text,
        "starts": aktivitet.starts,
        "ends": aktivitet.ends,
        "roles": [rolle.kode for rolle in aktivitet.roller.all()],
        "is_meeting": aktivitet.is_meeting,
    }


def _url(aktivitet: Aktivitet) -> str:
    url = reverse("planer:read_wheel", args=[aktivitet.year])
    return f"{url}#aktivitet-{aktivitet.pk}"


def _title(year: int) -> str:
    return _("Årshjul %(year)d") % {"year": year}
