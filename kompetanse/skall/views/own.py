"""A person's own pages: the front page and the profile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.organisasjon.access import Act, held, page
from kompetanse.skall import actions, forside
from kompetanse.skall.profile import ProfileForm
from kompetanse.skall.views.svar import form_page
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
    return form_page(request, "skall/profile.html", form, roles=held(actor))


@page(Act.USE, is_own=False)
@require_POST
def stay(_request: HttpRequest) -> HttpResponse:
    """Answer «Hold meg pålogget»: being asked is enough, the idle clock starts anew."""
    return HttpResponse(status=204)
