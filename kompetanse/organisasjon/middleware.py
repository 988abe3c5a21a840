"""Who is asking: the Ansatt behind the logged-in user, on every request anew."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class ActorMiddleware:
    """Set `request.actor`. Someone who has left, or a user without an Ansatt, is nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.kommune is not None and request.user.is_authenticated:  # type: ignore[attr-defined]
            request.actor = request.user.actor  # type: ignore[attr-defined]
        return self.get_response(request)
