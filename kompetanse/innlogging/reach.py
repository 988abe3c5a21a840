"""The one place from where providers are asked: by https, on the open internet, in time."""

# Requests takes long to import, and only a log-in needs it.
# ruff: noqa: PLC0415

import ipaddress
import json
import socket
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from kompetanse.innlogging.refusals import DownError

TIMEOUT = 5  # seconds, for each call


LARGEST = 512 * 1024  # bytes of an answer


def read(address: str) -> dict[str, Any]:
    """Return the JSON at the address.

    Raises:
        DownError: it does not answer in time, answers too much, redirects, or is not JSON.
    """
    import requests

    require_reachable(address)
    try:
        with requests.get(address, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            body = answer.raw.read(LARGEST + 1, decode_content=True)
            if answer.status_code != requests.codes.ok or len(body) > LARGEST:
                raise DownError(f"answered {answer.status_code}")
        found = json.loads(body)
    except (requests.RequestException, ValueError, OSError) as error:
        raise DownError(type(error).__name__) from error
    if not isinstance(found, dict):
        raise DownError("not an object")
    return found


def require_reachable(address: str) -> None:
    """Hold that the address is on the open internet by https: the administrator chooses it."""
    if settings.OPENID_ALLOW_PRIVATE:
        return
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise DownError("not https")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except OSError as error:
        raise DownError("no such host") from error
    if not all(ipaddress.ip_address(place[4][0]).is_global for place in found):
        raise DownError("not a public address")
