"""Pages that anyone may see: the platform, a Kommune's start page, help and statements."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kompetanse import clock
from kompetanse.kommuner import queries
from kompetanse.organisasjon.access import public
from kompetanse.skall import actions, forside, language

YEAR = 60 * 60 * 24 * 365


@public
@require_safe
def platform(request: HttpRequest) -> HttpResponse:
    return render(request, "skall/platform.html", {"kommuner": queries.kommuner()})


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what the service is and the next deadline; who is logged in goes home."""
    if request.actor is not None:  # type: ignore[attr-defined]
        return redirect("skall:home")
    context = {"deadlines": forside.deadlines(on=clock.today())}
    return render(request, "skall/start.html", context)


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show how the service works; who may do what has a page of its own."""
    return render(request, "skall/help.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "skall/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "skall/privacy.html")


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Change the language and go back to the page that asked; kept for the person and browser."""
    code = request.POST.get("sprak", "")
    response = HttpResponseRedirect(_back(request))
    if language.is_known(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR,
            path=request.META.get("SCRIPT_NAME") or "/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        if request.actor is not None:  # type: ignore[attr-defined]
            actions.choose_language(language=code, by=request.actor)  # type: ignore[attr-defined]
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("skall:start")
