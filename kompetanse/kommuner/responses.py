"""Answers that are made after the request's transaction has ended."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.http import content_disposition_header


class LateFile(HttpResponse):
    """A file whose bytes are rendered when the transaction is over, and sent as attachment.

    The view reads what the document needs and returns `LateFile(lambda: render(document), …)`;
    the tenant middleware calls `finish`. So a slow PDF holds no transaction.
    """

    def __init__(
        self, render: Callable[[], bytes], *, filename: str, content_type: str, inline: bool = False
    ) -> None:
        super().__init__(content_type=content_type)
        self._render_late = render
        disposition = content_disposition_header(not inline, filename)
        if disposition:
            self["Content-Disposition"] = disposition

    def finish(self) -> None:
        self.content = self._render_late()
        self["Content-Length"] = str(len(self.content))


# What a form with mistakes is answered with, and one that others came before.
UNPROCESSABLE = 422
CONFLICT = 409

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
