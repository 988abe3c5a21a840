"""Which session of looking through another's eyes a request is part of."""

from functools import partial
from typing import Any

from django.urls import reverse

from kompetanse.kommuner.looking import Eyes, Looking
from kompetanse.organisasjon import access, queries
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.actions import innsyn as actions
from kompetanse.organisasjon.models import Innsyn

KEY = "innsyn"


def begin(request: Any, innsyn: Innsyn) -> None:
    """Let the browser's session look through the other's eyes from the next request."""
    request.session[KEY] = innsyn.pk


def source(request: Any) -> Eyes | None:
    """Return through whose eyes the administrator looks; None when the role or the row is gone."""
    pk = request.session.get(KEY)
    by = getattr(request.user, "actor", None)
    if pk is None or by is None:
        return None
    innsyn = queries.begun(pk, by=by)
    if innsyn is None or not access.may(by, Act.LOOK_THROUGH):
        del request.session[KEY]
        return None
    innsyn.by = by
    looking = Looking(
        who=by.full_name,
        why=innsyn.reason,
        until=innsyn.until,
        end_url=reverse("organisasjon:end_looking"),
        opened=partial(actions.open_page, innsyn),
        end=partial(_end, innsyn),
    )
    return Eyes(innsyn.ansatt, looking)


def _end(innsyn: Innsyn, request: Any) -> None:
    actions.end(innsyn)
    request.session.pop(KEY, None)
