"""How many notices have waited too long: what makes `/helse/` red."""

from datetime import timedelta

from kompetanse import clock
from kompetanse.varsler import queries
from kompetanse.varsler.models import Varsel
from kompetanse.varsler.queries import Waiting
from tests.conftest import OCTOBER


def make_varsel(kari, **fields):
    told = {"kind": "test", "recipient": kari, "address": kari.email, "subject": "Frist"}
    return Varsel.objects.create(key=f"v{Varsel.objects.count()}", body="Hei", **told | fields)


def test_a_reminder_written_after_its_time_has_not_waited_yet(october, kari):
    make_varsel(kari, not_before=october - timedelta(days=3))

    assert queries.waiting(october) == Waiting(pending=1, overdue=0)


def test_what_nobody_has_tried_to_send_for_ten_minutes_is_overdue(october, kari):
    make_varsel(kari, not_before=october - timedelta(days=3))

    with clock.frozen(OCTOBER + timedelta(minutes=11)):
        make_varsel(kari)
        assert queries.waiting(clock.now()) == Waiting(pending=2, overdue=1)


def test_what_was_written_long_before_its_time_waits_from_then(october, kari):
    make_varsel(kari, not_before=october + timedelta(days=1))

    with clock.frozen(OCTOBER + timedelta(days=1, minutes=5)):
        assert queries.waiting(clock.now()) == Waiting(pending=1, overdue=0)
    with clock.frozen(OCTOBER + timedelta(days=1, minutes=11)):
        assert queries.waiting(clock.now()) == Waiting(pending=1, overdue=1)
