"""The calculator of binding time: month ends, leap days, pauses, and money to the krone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse import clock
from soknader.models import Avtale, Bindingsregel
from soknader.models.bindingsregel import Falls
from soknader.rules import bindingstid
from soknader.rules.bindingstid import Pause, Step, Terms

LEAP = date(2028, 2, 29)
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def terms(runs_from=date(2028, 1, 1), *, months=12, principal=24_000, **fields):
    return Terms(principal=principal, months=months, runs_from=runs_from, **fields)


# --- months ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "months", "day"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 31), 2, date(2027, 3, 31)),
        (LEAP, 12, date(2029, 2, 28)),
        (LEAP, 48, date(2032, 2, 29)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
    ],
)
def test_a_month_from_a_month_end_ends_on_the_last_day_there_is(first, months, day):
    assert clock.add_months(first, months) == day


@pytest.mark.parametrize(
    ("first", "later", "whole"),
    [
        (date(2027, 1, 31), date(2027, 2, 27), 0),
        (date(2027, 1, 31), date(2027, 2, 28), 1),
        (date(2027, 1, 31), date(2027, 3, 30), 1),
        (date(2027, 1, 31), date(2027, 3, 31), 2),
        (LEAP, date(2029, 2, 27), 11),
        (LEAP, date(2029, 2, 28), 12),
        (date(2027, 5, 17), date(2027, 5, 17), 0),
        (date(2027, 5, 17), date(2026, 5, 17), 0),
    ],
)
def test_whole_months_between_two_days(first, later, whole):
    assert bindingstid.months_between(first, later) == whole


@given(DAYS, st.integers(0, 60))
def test_so_many_months_later_so_many_have_passed_and_no_day_sooner(first, months):
    day = clock.add_months(first, months)

    assert bindingstid.months_between(first, day) == months
    if months:
        assert bindingstid.months_between(first, day - timedelta(days=1)) == months - 1


# --- the debt -------------------------------------------------------------------------------


def test_the_debt_falls_by_a_twelfth_for_each_month_served():
    told = terms()

    assert bindingstid.debt_on(told, date(2028, 1, 31)) == 24_000
    assert bindingstid.debt_on(told, date(2028, 2, 1)) == 22_000
    assert bindingstid.debt_on(told, date(2028, 12, 31)) == 2_000
    assert bindingstid.debt_on(told, date(2029, 1, 1)) == 0
    assert bindingstid.ends_on(told) == date(2029, 1, 1)


def test_whole_kroner_that_do_not_divide_favour_the_employer_by_less_than_a_krone():
    told = terms(principal=10_000, months=3)

    assert [step.debt for step in bindingstid.by_month(told)] == [10_000, 6_667, 3_334, 0]


def test_a_debt_that_does_not_fall_stands_to_the_last_day():
    told = terms(falls=Falls.WHOLE)

    assert bindingstid.debt_on(told, date(2028, 12, 31)) == 24_000
    assert bindingstid.debt_on(told, date(2029, 1, 1)) == 0


def test_before_the_clock_runs_all_is_owed():
    assert bindingstid.debt_on(terms(None), date(2030, 1, 1)) == 24_000
    assert bindingstid.debt_on(terms(date(2028, 1, 1)), date(2027, 6, 1)) == 24_000
    assert bindingstid.ends_on(terms(None)) is None
    assert bindingstid.by_month(terms(None)) == []


def test_the_table_begins_on_the_first_day_and_ends_with_nothing():
    table = bindingstid.by_month(terms(LEAP, months=12))

    assert table[0] == Step(LEAP, 0, 24_000)
    assert table[1] == Step(date(2028, 3, 29), 1, 22_000)
    assert table[-1] == Step(date(2029, 2, 28), 12, 0)


# --- pauses ---------------------------------------------------------------------------------


def test_leave_moves_the_end_by_its_days_both_counted():
    pause = Pause(date(2028, 3, 1), date(2028, 3, 31))

    assert bindingstid.ends_on(terms(pauses=(pause,))) == date(2029, 2, 1)


def test_nothing_is_served_while_leave_lasts():
    told = terms(pauses=(Pause(date(2028, 3, 1)),))

    assert bindingstid.served_on(told, date(2028, 3, 1)) == 2
    assert bindingstid.served_on(told, date(2030, 1, 1)) == 2
    assert bindingstid.ends_on(told) is None
    assert [step.served for step in bindingstid.by_month(told)] == [0, 1, 2]


def test_a_pause_over_a_leap_day_counts_it():
    pause = Pause(date(2028, 2, 28), date(2028, 3, 1))

    assert bindingstid.ends_on(terms(pauses=(pause,))) == date(2029, 1, 4)


def test_leave_before_the_clock_ran_does_not_count():
    before = Pause(date(2027, 11, 1), date(2027, 12, 31))
    across = Pause(date(2027, 12, 1), date(2028, 1, 10))

    assert bindingstid.ends_on(terms(pauses=(before,))) == date(2029, 1, 1)
    assert bindingstid.ends_on(terms(pauses=(across,))) == date(2029, 1, 11)


def test_pauses_that_meet_or_overlap_count_each_day_once():
    pauses = (
        Pause(date(2028, 3, 1), date(2028, 3, 20)),
        Pause(date(2028, 3, 10), date(2028, 3, 25)),
        Pause(date(2028, 3, 26), date(2028, 3, 31)),
    )

    assert bindingstid.ends_on(terms(pauses=pauses)) == date(2029, 2, 1)


def test_leave_after_the_end_changes_nothing():
    late = Pause(date(2029, 1, 1), date(2029, 12, 31))

    assert bindingstid.ends_on(terms(pauses=(late,))) == date(2029, 1, 1)


PAUSES = st.lists(
    st.tuples(DAYS, st.integers(0, 200)).map(
        lambda told: Pause(told[0], told[0] + timedelta(days=told[1]))
    ),
    max_size=4,
).map(tuple)


@given(DAYS, st.integers(1, 24), st.integers(0, 200_000), PAUSES, st.sampled_from(Falls.values))
def test_the_debt_never_grows_and_ends_at_nothing(runs_from, months, principal, pauses, falls):
    told = Terms(principal, months, falls, runs_from, pauses)
    end = bindingstid.ends_on(told)
    days = [runs_from + timedelta(days=n) for n in range(-40, (end - runs_from).days + 2, 7)]

    debts = [bindingstid.debt_on(told, day) for day in days]

    assert debts == sorted(debts, reverse=True)
    assert bindingstid.debt_on(told, end) == 0
    assert bindingstid.served_on(told, end) == months
    assert bindingstid.served_on(told, end - timedelta(days=1)) < months


@given(DAYS, st.integers(1, 24), PAUSES)
def test_the_table_says_the_same_as_the_day(runs_from, months, pauses):
    told = Terms(100_000, months, Falls.MONTHLY, runs_from, pauses)

    for step in bindingstid.by_month(told):
        assert bindingstid.served_on(told, step.day) >= step.served
        if step.served:
            assert bindingstid.served_on(told, step.day - timedelta(days=1)) < step.served


# --- what is asked for, and of how much -----------------------------------------------------


def rule(months=12, **fields):
    return Bindingsregel(name=str(months), months=months, **fields)


def test_the_threshold_itself_asks_for_a_contract_and_a_krone_less_does_not():
    rules = [rule(from_amount=30_000)]

    assert bindingstid.applying(rules, amount=29_999, leave_days=0) is None
    assert bindingstid.applying(rules, amount=30_000, leave_days=0) is rules[0]


def test_leave_alone_can_ask_and_the_longest_rule_counts():
    short, long, off = (
        rule(6, from_amount=10_000),
        rule(24, from_leave_days=20),
        rule(24, from_amount=0, is_active=False),
    )

    assert bindingstid.applying([short, long, off], amount=50_000, leave_days=19) is short
    assert bindingstid.applying([short, long, off], amount=50_000, leave_days=20) is long
    assert bindingstid.applying([short, long, off], amount=0, leave_days=0) is None


def test_a_rule_that_follows_the_study_counts_begun_months_up_to_its_own():
    follows = rule(24, from_amount=0, follows_study=True)

    def months(starts, ends):
        return bindingstid.months_of(follows, starts=starts, ends=ends)

    assert months(date(2027, 8, 15), date(2028, 6, 15)) == 10
    assert months(date(2027, 8, 15), date(2028, 6, 16)) == 11
    assert months(date(2027, 8, 15), date(2029, 8, 15)) == 24
    assert months(date(2027, 8, 15), date(2031, 6, 15)) == 24
    assert months(date(2027, 8, 15), date(2027, 8, 15)) == 1
    assert months(None, None) == 24


def test_the_claim_is_share_and_position_of_what_is_paid_and_never_above_the_ceiling():
    avtale = Avtale(share=80, position=50, leave_days=10, leave_rate=2_000, ceiling=None)

    assert bindingstid.principal(avtale, paid=30_000) == 20_000
    avtale.ceiling = 15_000
    assert bindingstid.principal(avtale, paid=30_000) == 15_000
    assert bindingstid.principal(Avtale(share=100), paid=0) == 0


@given(st.integers(1, 500_000), st.integers(1, 36), DAYS)
def test_instalments_are_whole_kroner_a_month_apart_and_make_the_debt(debt, number, first_due):
    plan = bindingstid.instalments(debt, number=number, first_due=first_due)

    assert sum(amount for _day, amount in plan) == debt
    assert len(plan) <= number
    assert all(amount > 0 for _day, amount in plan)
    assert plan[0][0] == first_due
    assert all(plan[0][1] >= amount for _day, amount in plan)
