"""A person's own pages: the front page and the profile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, held, page
from kompetanse.skall import actions, forside
from kompetanse.skall.profile import ProfileForm
from kompetanse.varsler import oppgaver


@page(Act.USE, is_own=False)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    on, actor = clock.today(), request.actor  # type: ignore[attr-defined]
    context = {
        "duties": oppgaver.waiting_for(actor, on=on),
        "sections": forside.sections(actor, on=on),
    }
    return render(request, "skall/home.html", context)


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = ProfileForm(request.POST or None, initial={"language": actor.bruker.language})
    if request.method == "POST" and form.is_valid():
        actions.choose_language(language=form.cleaned_data["language"], by=actor)
        messages.success(request, _("Valgene dine er lagret."))
        return redirect("skall:profile")
    context = {"form": form, "roles": held(actor)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "skall/profile.html", context, status=status)


@page(Act.USE, is_own=False)
@require_POST
def stay(_request: HttpRequest) -> HttpResponse:
    """Answer «Hold meg pålogget»: being asked is enough, the idle clock starts anew."""
    return HttpResponse(status=204)
