"""The two cookies of those who run the platform; neither is a session of a Kommune.

An operator's own goes to the platform's pages alone, and one for a look into a Kommune goes to
that Kommune's pages alone.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

OPERATOR = "operator"
OPERATOR_PATH = "/plattform/"
OPERATOR_SECONDS = 8 * 60 * 60
SUPPORT = "stotte"
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie as a response takes it."""

    key: str
    value: str
    path: str
    max_age: int

    def put_on(self, response: Any) -> None:
        response.set_cookie(
            self.key,
            self.value,
            max_age=self.max_age,
            path=self.path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )


def of_operator(key: str) -> Cookie:
    return Cookie(OPERATOR, key, OPERATOR_PATH, OPERATOR_SECONDS)


def of_support(key: str, *, slug: str, minutes: int) -> Cookie:
    return Cookie(SUPPORT, key, support_path(slug), minutes * MINUTE)


def support_path(slug: str) -> str:
    return f"/{slug}/"
