"""An employee's rows of the file paired with the positions we have: new, changed, ended."""

import datetime as dt
from collections import defaultdict
from typing import Any

from kompetanse.organisasjon.hr.rows import HrRow
from kompetanse.organisasjon.hr.snapshot import Post, category_key

_DAY = dt.timedelta(days=1)
_LONG_AGO = dt.date(1900, 1, 1)


def main_post(own: list[HrRow], *, on: dt.date) -> HrRow:
    """Return the largest of the positions held on the date; of all when none is held."""
    if len(own) == 1:
        return own[0]
    held = [
        row
        for row in own
        if (row.starts is None or row.starts <= on) and (row.ends is None or row.ends >= on)
    ]
    return max(held or own, key=lambda row: row.percentage)


def paired(
    own: list[HrRow], have: list[Post], *, on: dt.date
) -> tuple[list[HrRow], list[tuple[Post, HrRow]], list[tuple[Post, dt.date]]]:
    """Pair rows with positions of the same unit, category and start: new, changed, ended."""
    waiting: dict[tuple[Any, ...], list[Post]] = defaultdict(list)
    for post in have:
        waiting[post.unit_code, category_key(post.job_name), post.starts].append(post)
    new: list[HrRow] = []
    changed: list[tuple[Post, HrRow]] = []
    for row in own:
        same = waiting.get((row.unit_code, category_key(row.job_name), row.starts))
        if not same:
            new.append(row)
            continue
        post = same.pop(0)
        if post_values(row) != _values(post):
            changed.append((post, row))
    over = [p for same in waiting.values() for p in same if p.ends is None or p.ends >= on]
    return new, changed, [(post, _last_day(post, new, on=on)) for post in over]


def _last_day(post: Post, new: list[HrRow], *, on: dt.date) -> dt.date:
    """Return when the position was last held: the day before the one that takes its place.

    Yesterday at the latest, and never before it began.
    """
    yesterday = on - _DAY
    later = [row.starts for row in new if row.starts and row.starts > (post.starts or _LONG_AGO)]
    day = min([yesterday, *(starts - _DAY for starts in later)])
    return max(day, post.starts or day)


def post_values(row: HrRow) -> dict[str, Any]:
    """Return the fields of a position that may change without it becoming another."""
    return {
        "code": row.job_code,
        "percentage": row.percentage,
        "is_permanent": row.is_permanent,
        "ends": row.ends,
    }


def _values(post: Post) -> dict[str, Any]:
    return {
        "code": post.code,
        "percentage": post.percentage,
        "is_permanent": post.is_permanent,
        "ends": post.ends,
    }
