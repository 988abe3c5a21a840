"""Who of those who run the platform is asking, on the platform's own pages."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from kompetanse.kommuner.tenancy import as_operator
from kompetanse.plattform import cookies
from kompetanse.plattform.actions import operator as operators

BAD_REQUEST, UNPROCESSABLE = 400, 422


class OperatorMiddleware:
    """Set `request.operator`, and give the operator's request one transaction.

    It is rolled back when the answer is an error, as in a Kommune.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.operator = _asking(request)
        if request.operator is None:
            return self.get_response(request)
        with as_operator(request.operator.pk):
            response = self.get_response(request)
            if response.status_code >= BAD_REQUEST and response.status_code != UNPROCESSABLE:
                transaction.set_rollback(True)
        return response


def _asking(request: Any) -> Any:
    is_ours = request.kommune is None and request.path_info.startswith(cookies.OPERATOR_PATH)
    key = request.COOKIES.get(cookies.OPERATOR, "") if is_ours else ""
    return operators.seen(key) if key else None
