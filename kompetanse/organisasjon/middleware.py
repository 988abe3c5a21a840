"""Who is asking: the Ansatt behind the logged-in user, on every request anew."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kompetanse.organisasjon import queries


class ActorMiddleware:
    """Set `request.actor`. Someone who has left, or a user without an Ansatt, is nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.kommune is not None and request.user.is_authenticated:  # type: ignore[attr-defined]
            request.actor = queries.actor_of(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)
