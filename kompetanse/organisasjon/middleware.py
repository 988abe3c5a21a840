"""Who is asking: the Ansatt behind the logged-in user, on every request anew."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kompetanse.kommuner import looking
from kompetanse.organisasjon import access


class ActorMiddleware:
    """Set `request.actor`. Someone who has left, or a user without an Ansatt, is nobody.

    Who looks through other eyes gets the other as actor, and `request.looking` says so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.looking = None  # type: ignore[attr-defined]
        if request.kommune is not None:  # type: ignore[attr-defined]
            if request.user.is_authenticated:
                request.actor = request.user.actor  # type: ignore[attr-defined]
            eyes = looking.find(request)
            if eyes is not None:
                request.actor = access.looked_through(eyes.actor)  # type: ignore[attr-defined]
                request.looking = eyes.looking  # type: ignore[attr-defined]
        return self.get_response(request)
