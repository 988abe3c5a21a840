"""Browsers that someone has logged in with before, by a signed cookie of their own.

It opens nothing: guesses from such a browser are only counted apart from a stranger's. It holds a
random name of the browser, and marks of who has logged in with it, which are no names.
Source: docs/adr/0024-guesses-are-counted-by-where-they-come-from.md.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac

COOKIE = "kjent"
SALT = "kompetanse.innlogging.browser"
LASTS = 180 * 24 * 60 * 60  # seconds since someone last logged in with it
MOST = 20  # marks, for a browser that many share
SHORT = 16  # characters of a mark


def known(request: Any, name: str) -> str:
    """Return the random name of the browser if `name` has logged in with it, otherwise nothing."""
    browser, marks = _read(request)
    return browser if _mark(name) in marks else ""


def remember(request: Any, response: Any, names: Iterable[str]) -> None:
    """Let the browser be known to have been logged in with by these names of one person."""
    browser, marks = _read(request)
    mine = [_mark(name) for name in names]
    others = [mark for mark in marks if mark not in mine]
    response.set_signed_cookie(
        COOKIE,
        ".".join([browser or get_random_string(SHORT), *mine, *others][: 1 + MOST]),
        salt=SALT,
        max_age=LASTS,
        path=urljoin(reverse("account_login"), "../"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: Any) -> tuple[str, list[str]]:
    told = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=LASTS)
    browser, *marks = told.split(".")
    return browser, marks


def _mark(name: str) -> str:
    return salted_hmac(SALT, name).hexdigest()[:SHORT]
