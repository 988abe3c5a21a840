"""What schemes cover: leave by HTA 14 and money by share, ceiling and rate, as properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soknader.models import Stotteordning
from soknader.rules import ordning as rules
from soknader.rules import ordningstekst
from soknader.rules.ordning import Study

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
WEEK = frozenset(range(5))
HTA = Stotteordning(kind="leave", name="Fri", exam_days=1, study_days=2, share=100)


def study(**fields):
    return Study(**{"costs": {}} | fields)


@given(exams=st.integers(0, 60), gatherings=st.integers(0, 300))
def test_each_exam_gives_one_day_and_two_study_days(exams, gatherings):
    assert rules.leave(HTA, study(exams=exams, gatherings=gatherings)) == 3 * exams + gatherings


@given(exams=st.lists(DAYS, max_size=12), weekdays=st.sets(st.integers(0, 6)))
def test_known_dates_give_working_days_alone_and_never_more_than_the_count(exams, weekdays):
    days = rules.exam_leave(HTA, exams, weekdays=weekdays)

    assert all(day.weekday() in weekdays for day in days)
    assert len(days) <= rules.leave(HTA, study(exams=len(exams)))
    back = {exam - timedelta(days=n) for exam in exams for n in range(3)}
    assert days == {day for day in back if day.weekday() in weekdays}


@given(exams=st.lists(DAYS, max_size=8), more=DAYS)
def test_one_more_exam_never_gives_fewer_days(exams, more):
    before = rules.exam_leave(HTA, exams, weekdays=WEEK)

    assert before <= rules.exam_leave(HTA, [*exams, more], weekdays=WEEK)


@given(exams=st.lists(DAYS, unique=True, max_size=8))
def test_who_works_every_day_gets_all_three_for_exams_that_stand_apart(exams):
    apart = [day for n, day in enumerate(sorted(exams)) if n == 0]

    assert len(rules.exam_leave(HTA, apart, weekdays=range(7))) == 3 * len(apart)


@pytest.mark.parametrize(
    ("exam", "days"),
    [
        (date(2027, 6, 4), 3),  # Friday: Wednesday and Thursday before it.
        (date(2027, 6, 8), 2),  # Tuesday: Monday, and a Sunday that is no working day.
        (date(2027, 6, 7), 1),  # Monday: the study days fall in the weekend and are not moved.
        (date(2027, 6, 5), 2),  # Saturday: the exam itself is on a day off.
    ],
)
def test_a_day_off_before_an_exam_is_not_moved(exam, days):
    assert len(rules.exam_leave(HTA, [exam], weekdays=WEEK)) == days


def test_two_exams_after_each_other_share_their_days():
    exams = [date(2027, 6, 3), date(2027, 6, 4)]

    assert len(rules.exam_leave(HTA, exams, weekdays=WEEK)) == 4


@given(
    cost=st.integers(0, 500_000), share=st.integers(1, 100),
    ceiling=st.none() | st.integers(1, 100_000), points=st.integers(0, 120),
    rate=st.none() | st.integers(1, 5_000),
)  # fmt: skip
def test_what_is_covered_is_within_cost_share_ceiling_and_rate(cost, share, ceiling, points, rate):
    scheme = Stotteordning(kind="tuition", share=share, ceiling=ceiling, rate=rate)

    covered = rules.covered(scheme, cost, study(credits=points))

    assert 0 <= covered <= cost
    assert covered * 100 <= cost * share
    assert ceiling is None or covered <= ceiling
    assert rate is None or not points or covered <= rate * points


@given(
    amount=st.integers(0, 400_000),
    offered=st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, 100_000), min_size=1),
)
def test_a_sum_is_divided_without_losing_or_making_money(amount, offered):
    parts = rules.split(amount, offered=offered)

    assert sum(parts.values()) == min(amount, sum(offered.values()))
    assert all(0 <= parts[kind] <= most for kind, most in offered.items())


@pytest.mark.parametrize(
    ("starts", "ends", "years"),
    [
        (date(2027, 1, 11), date(2027, 12, 17), 1),
        (date(2027, 1, 11), date(2028, 1, 11), 1),
        (date(2027, 1, 11), date(2028, 1, 12), 2),
        (date(2027, 8, 15), date(2030, 6, 15), 3),
        (None, date(2027, 1, 1), 1),
    ],
)
def test_a_ceiling_for_each_year_counts_the_years_begun(starts, ends, years):
    scheme = Stotteordning(kind="travel", share=100, ceiling=1_000, per_year=True)
    told = study(starts=starts, ends=ends)

    assert told.years == years
    assert rules.covered(scheme, 99_999, told) == 1_000 * years


def test_leave_is_explained_in_a_sentence():
    scheme = Stotteordning(
        kind="leave", exam_days=1, study_days=2, share=100, ceiling=15, source="HTA 14"
    )

    told = ordningstekst.explained(scheme, study(exams=4, gatherings=6))

    assert told == (
        "4 eksamener gir 4 eksamensdager og 8 lesedager. 6 samlingsdager. "
        "I alt 15 dager fri med lønn. Ordningen gir høyst 15 dager. (HTA 14)"
    )
