"""When a request came: told by the proxy that we know, never by the caller."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kompetanse.kommuner.arrival import LONGEST_WAIT, arrived
from kompetanse.kommuner.middleware import TenantMiddleware

READ = datetime(2026, 10, 15, 22, 0, 20, tzinfo=UTC)
CAME = datetime(2026, 10, 15, 21, 59, 59, 123000, tzinfo=UTC)


@pytest.mark.parametrize("form", ["{ms:.0f}", "{s:.3f}", "t={s:.3f}", "t={ms:.0f}"])
def test_the_proxy_tells_when_the_request_came(form):
    told = form.format(ms=CAME.timestamp() * 1000, s=CAME.timestamp())

    assert arrived(told, at=READ) == CAME


@pytest.mark.parametrize(
    "told", ["", "i går", "nan", "inf", "-1e400", "0", "9" * 400, "1e17", "t=", "1,5"]
)
def test_what_is_no_moment_is_not_believed(told):
    assert arrived(told, at=READ) == READ


@pytest.mark.parametrize("wrong", [timedelta(seconds=1), -LONGEST_WAIT - timedelta(seconds=1)])
def test_a_clock_that_is_wrong_is_not_believed(wrong):
    assert arrived(str((READ + wrong).timestamp()), at=READ) == READ


@pytest.mark.parametrize(("known", "is_believed"), [("X-Request-Start", True), ("", False)])
def test_only_the_header_of_a_known_proxy_is_believed(fjordvik, settings, known, is_believed):
    settings.ARRIVAL_HEADER = known
    now = datetime.now(UTC)
    told = (now - timedelta(seconds=20)).timestamp()
    request = RequestFactory().get("/fjordvik/", headers={"X-Request-Start": f"t={told}"})

    TenantMiddleware(lambda _request: HttpResponse())(request)

    # To the half second: the header is a decimal number. Unbelieved, it came when it was read.
    since = (now - request.received_at).total_seconds()
    assert round(since) == 20 if is_believed else since <= 0
