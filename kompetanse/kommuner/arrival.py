"""When a request came: at the proxy in front, before it waited for a free process."""

from datetime import UTC, datetime, timedelta

# A request does not wait this long; what tells so is a clock that is wrong.
LONGEST_WAIT = timedelta(minutes=10)
# Proxies tell seconds (nginx) or milliseconds (Caddy) since 1970. So many seconds is year 5138.
MILLISECONDS = 1e11


def arrived(told: str, *, at: datetime) -> datetime:
    """Return when the proxy got the request, from what it told; `at`, when it is read, if nothing.

    In the last minute before a deadline requests stand in line. Each is judged by when it came,
    not by when there was a process for it.
    """
    came = _moment(told)
    return came if came is not None and at - LONGEST_WAIT <= came <= at else at


def _moment(told: str) -> datetime | None:
    """Return the moment of `1760565599123`, `1760565599.123` or `t=…`; None for anything else."""
    try:
        number = float(told.strip().removeprefix("t="))
        return datetime.fromtimestamp(number / 1000 if number > MILLISECONDS else number, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
