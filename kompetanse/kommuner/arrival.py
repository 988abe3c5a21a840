"""When a request came: at the proxy in front, before it waited for a free process."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

# A request does not wait this long; what tells so is a clock that is wrong.
LONGEST_WAIT = timedelta(minutes=10)
# Proxies tell seconds (nginx) or milliseconds (Caddy) since 1970. So many seconds is year 5138.
MILLISECONDS = 1e11


def arrived(request: HttpRequest, *, at: datetime) -> datetime:
    """Return when the request reached the proxy; `at`, the moment it is read, if none tells.

    In the last minute before a deadline requests stand in line. Each is judged by when it came,
    not by when there was a process for it. Only the header that ARRIVAL_HEADER names is believed:
    the proxy writes it over whatever the caller has sent.
    """
    header = settings.ARRIVAL_HEADER
    came = _moment(request.headers.get(header, "")) if header else None
    return came if came is not None and at - LONGEST_WAIT <= came <= at else at


def _moment(told: str) -> datetime | None:
    """Return the moment of `1760565599123`, `1760565599.123` or `t=…`; None for anything else."""
    try:
        number = float(told.strip().removeprefix("t="))
        return datetime.fromtimestamp(number / 1000 if number > MILLISECONDS else number, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
