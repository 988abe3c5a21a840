"""The door for the HR system: a file and a key in, a number out, all in JSON."""

from pathlib import PurePosixPath
from typing import Any, Protocol

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kompetanse.hrimport import actions
from kompetanse.hrimport.forms import KINDS
from kompetanse.kommuner import tenancy
from kompetanse.kommuner.attachments import clean_name
from kompetanse.organisasjon.access import public
from kompetanse.organisasjon.models import Hrnokkel
from kompetanse.tables.reading import FILE_MEGABYTES

HOUR = 3600
# A nightly file comes once; a system that tries more than this is out of order.
FILES_AN_HOUR = 12
WRONG_KEYS_AN_HOUR = 30


@public
@csrf_exempt
@require_POST
def deliver(request: HttpRequest) -> JsonResponse:
    """Take a file from whoever has a key: `Authorization: Bearer …`, the file as `fil` or as body.

    A body of its own is named by `?navn=ansatte.csv`. The answer comes before the file is read.
    """
    # Behind a proxy everyone comes from it: one who guesses must not close the door for the rest.
    address = get_adapter().get_client_ip(request)
    if _count("wrong", address) >= WRONG_KEYS_AN_HOUR:
        return _refusal(429, _("For mange forsøk. Prøv igjen om en time."))
    nokkel = _key(request)
    if nokkel is None:
        _add("wrong", address)
        return _refusal(401, _("Nøkkelen mangler, er feil eller trukket tilbake."))
    if _add("files", str(nokkel.pk)) > FILES_AN_HOUR:
        return _refusal(429, _("For mange filer på en time. Prøv igjen senere."))
    return _received(request, nokkel)


def _received(request: HttpRequest, nokkel: Hrnokkel) -> JsonResponse:
    name, file = _file(request)
    if PurePosixPath(name).suffix.lower() not in KINDS:
        return _refusal(415, _("Filen må hete noe som slutter på .csv eller .xlsx."))
    content = file.read(FILE_MEGABYTES * 1024**2 + 1)
    if len(content) > FILE_MEGABYTES * 1024**2:
        return _refusal(413, _("Filen er større enn %(limit)s MB.") % {"limit": FILE_MEGABYTES})
    if not content:
        return _refusal(400, _("Filen er tom."))
    hrimport = actions.deliver(content, file_name=name, nokkel=nokkel)
    return JsonResponse({"nummer": hrimport.pk, "status": hrimport.status}, status=202)


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _file(request: HttpRequest) -> tuple[str, Readable]:
    upload: Any = request.FILES.get("fil") if _is_form(request) else None
    if upload is not None:
        return clean_name(upload.name), upload
    return clean_name(request.GET.get("navn", "")), request


def _is_form(request: HttpRequest) -> bool:
    return (request.content_type or "").startswith("multipart/form-data")


def _key(request: HttpRequest) -> Hrnokkel | None:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return actions.key_of(token.strip()) if kind == "Bearer" and token.strip() else None


def _refusal(status: int, sentence: str) -> JsonResponse:
    response = JsonResponse({"feil": sentence}, status=status)
    if status == 429:  # noqa: PLR2004 -- the name of the status
        response["Retry-After"] = str(HOUR)
    if status == 401:  # noqa: PLR2004
        response["WWW-Authenticate"] = "Bearer"
    return response


def _cache_key(what: str, who: str) -> str:
    return f"hrimport:{what}:{tenancy.require_id()}:{who}"


def _count(what: str, who: str) -> int:
    return int(cache.get(_cache_key(what, who), 0))


def _add(what: str, who: str) -> int:
    """Count one more within the hour; return how many."""
    key = _cache_key(what, who)
    cache.add(key, 0, HOUR)
    try:
        return int(cache.incr(key))
    except ValueError:  # It ran out between the two.
        return 1
