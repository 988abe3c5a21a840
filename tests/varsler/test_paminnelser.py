"""Each reminder once, also when nobody was awake on the day, and at 08:00 whatever the season."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler import actions, paminnelser
from kompetanse.varsler.models import Varsel
from kompetanse.varsler.paminnelser import Paminnelse
from tests.conftest import make_ansatt

DEADLINE = date(2026, 11, 5)


@pytest.fixture
def one_deadline(monkeypatch):
    """The only reminders there are: three before 5 November, to everyone."""

    def reminders(at):
        return [
            Paminnelse(
                key=f"svar:{DEADLINE}:{moment.label}",
                kind="test",
                recipients=Ansatt.objects.all(),
                subject=moment.label,
                body="Hei {navn}",
                not_before=moment.not_before,
                expires=moment.expires,
            )
            for moment in paminnelser.moments(DEADLINE)
        ]

    monkeypatch.setattr(paminnelser, "_sources", [reminders])


def oslo(month, day, hour=9, year=2026):
    return datetime(year, month, day, hour, tzinfo=clock.OSLO)


def told():
    return sorted(Varsel.objects.values_list("subject", "status"))


def test_nothing_is_said_before_its_time(one_deadline, kari):
    with clock.frozen(oslo(10, 22, 7)):
        assert actions.remind() == 0


def test_each_reminder_is_written_once_when_the_tick_comes_every_minute(one_deadline, kari):
    with clock.frozen(oslo(10, 22)):
        assert actions.remind() == 1
    with clock.frozen(oslo(10, 22, 10)):
        assert actions.remind() == 0

    assert told() == [("T-14", "pending")]


def test_after_days_of_silence_only_what_still_matters_is_sent(one_deadline, kari):
    with clock.frozen(oslo(10, 30)):
        actions.remind()

    assert told() == [("T-14", "skipped"), ("T-7", "pending")]


def test_after_the_deadline_all_are_skipped_with_the_reason(one_deadline, kari):
    with clock.frozen(oslo(11, 6)):
        actions.remind()

    assert told() == [("T-1", "skipped"), ("T-14", "skipped"), ("T-7", "skipped")]
    assert set(Varsel.objects.values_list("reason", flat=True)) == {actions.TOO_LATE}


def test_someone_hired_later_is_reminded_too(one_deadline, kari, nord):
    with clock.frozen(oslo(10, 22)):
        actions.remind()
    with clock.frozen(oslo(10, 23)):
        make_ansatt("Nina", "Ny", nord)
        assert actions.remind() == 1


@pytest.mark.parametrize(
    ("deadline", "first_in_utc"),
    [
        (date(2026, 11, 5), datetime(2026, 10, 22, 6, tzinfo=UTC)),  # before the autumn night
        (date(2027, 4, 8), datetime(2027, 3, 25, 7, tzinfo=UTC)),  # before the spring night
    ],
)
def test_fourteen_days_before_is_eight_in_norway_across_both_clock_changes(deadline, first_in_utc):
    first, second, third = paminnelser.moments(deadline)

    assert first.not_before == first_in_utc
    assert {m.not_before.astimezone(clock.OSLO).hour for m in (first, second, third)} == {8}
    assert third.expires == clock.end_of(deadline)


@pytest.mark.parametrize("night", [date(2026, 10, 25), date(2027, 3, 28)])
def test_a_reminder_due_on_the_night_of_the_clock_change_comes_once(monkeypatch, kari, night):
    deadline = night + timedelta(days=1)
    moments = paminnelser.moments(deadline, days=[1])

    def reminders(at):
        return [
            Paminnelse("natt", "test", Ansatt.objects.all(), m.label, "", m.not_before, m.expires)
            for m in moments
        ]

    monkeypatch.setattr(paminnelser, "_sources", [reminders])
    hours = [clock.start_of(night) + timedelta(hours=n) for n in range(-2, 48)]
    for hour in hours:
        with clock.frozen(hour.astimezone(UTC)):
            actions.remind()

    assert Varsel.objects.count() == 1
