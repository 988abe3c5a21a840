"""Answers that are made after the request's transaction has ended."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header

from kompetanse import heavy
from kompetanse.heavy import Work
from kompetanse.kommuner import files
from kompetanse.kommuner.models import Fil

logger = logging.getLogger(__name__)


class FileGoneError(Http404):
    """There should be a file, but its bytes are not in the store."""


class LateFile(HttpResponse):
    """A file whose bytes are rendered when the transaction is over, and sent as attachment.

    The view reads what the document needs and returns `LateFile(lambda: render(document), …)`;
    the tenant middleware calls `finish`. So a slow PDF holds no transaction. One that takes over a
    second is ordered from a worker, and the person is sent to where it can be followed; what
    strangers ask for is made once an hour. It is rendered in the language that the view was in
    when it made the answer.
    """

    def __init__(
        self, render: Callable[[], bytes], *, filename: str, content_type: str, inline: bool = False
    ) -> None:
        super().__init__(content_type=content_type)
        self.filename, self.content_type = filename, content_type
        self._render_late = render
        self._lang = translation.get_language()
        disposition = content_disposition_header(not inline, filename)
        if disposition:
            self["Content-Disposition"] = disposition

    def finish(self, request: Any) -> None:
        if request.actor is None:
            with heavy.kept():
                self.give(self._made())
            return
        if not _may_order(request):
            self.give(self._made())
            return
        try:
            with heavy.briefly():
                self.give(self._made())
        except heavy.TooLongError as found:
            _desk[0](request, self, found.work)

    def _made(self) -> bytes:
        with translation.override(self._lang):
            return self._render_late()

    def give(self, content: bytes) -> None:
        self.content = content
        self["Content-Length"] = str(len(content))

    def lead_to(self, url: str) -> None:
        """Become an answer that sends the browser to the address."""
        self.become("", status=302)
        self["Location"] = url

    def become(self, html: str, *, status: int) -> None:
        """Become a page, with the headers that the answer has got on its way."""
        self.content, self.status_code = html.encode(), status
        self["Content-Type"] = "text/html; charset=utf-8"
        del self["Content-Disposition"]


def stored(fil: Fil | None, *, name: str = "") -> LateFile:
    """Return the stored file as it was kept, called `name` if that is not its own.

    Raises:
        Http404: there is no file.
        FileGoneError: its row is there, and its bytes are not; the log says which.
    """
    if fil is None:
        raise Http404
    must_be_there(fil)
    read = partial(files.read, fil)
    return LateFile(read, filename=name or fil.name, content_type=fil.content_type)


def must_be_there(fil: Fil) -> None:
    """Say of a file that is lost, while there still can be answered with a page.

    Raises:
        FileGoneError: its bytes are not in the store; those of an erased one are not missed.
    """
    if files.is_there(fil):
        return
    if fil.size:
        logger.error("stored file %s of kommune %s is missing", fil.pk, fil.kommune_id)
    raise FileGoneError


# Takes the order of what is long: gives the file if it is kept, or leads to its making.
Desk = Callable[[Any, LateFile, Work], None]
_desk: list[Desk] = []


def take_orders(desk: Desk) -> None:
    """Let `desk` take the orders, from AppConfig.ready()."""
    _desk[:] = [desk]


def _may_order(request: Any) -> bool:
    """Only a person who is here as themselves can wait for a file; a looker leaves no traces."""
    is_own = getattr(request, "looking", None) is None
    return bool(_desk) and is_own and request.method == "GET"


# What a form with mistakes is answered with, and one that others came before.
UNPROCESSABLE = 422
CONFLICT = 409

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICS = "text/calendar; charset=utf-8"
