"""When a request came: told by the proxy that we know, never by the caller."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from kompetanse.kommuner.arrival import LONGEST_WAIT, arrived

READ = datetime(2026, 10, 15, 22, 0, 20, tzinfo=UTC)
CAME = datetime(2026, 10, 15, 21, 59, 59, 123000, tzinfo=UTC)


def came(told):
    return arrived(RequestFactory().get("/", headers={"X-Request-Start": told}), at=READ)


@pytest.mark.parametrize("form", ["{ms:.0f}", "{s:.3f}", "t={s:.3f}", "t={ms:.0f}"])
def test_the_proxy_tells_when_the_request_came(settings, form):
    settings.ARRIVAL_HEADER = "X-Request-Start"

    assert came(form.format(ms=CAME.timestamp() * 1000, s=CAME.timestamp())) == CAME


def test_without_a_known_proxy_the_caller_is_not_believed(settings):
    settings.ARRIVAL_HEADER = ""

    assert came(str(CAME.timestamp())) == READ


@pytest.mark.parametrize(
    "told", ["", "i går", "nan", "inf", "-1e400", "0", "9" * 400, "1e17", "t=", "1,5"]
)
def test_what_is_no_moment_is_not_believed(settings, told):
    settings.ARRIVAL_HEADER = "X-Request-Start"

    assert came(told) == READ


@pytest.mark.parametrize("wrong", [timedelta(seconds=1), -LONGEST_WAIT - timedelta(seconds=1)])
def test_a_clock_that_is_wrong_is_not_believed(settings, wrong):
    settings.ARRIVAL_HEADER = "X-Request-Start"

    assert came(str((READ + wrong).timestamp())) == READ
