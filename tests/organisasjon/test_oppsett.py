"""The settings of a Kommune: who may, what is asked, two at once."""

import pytest
from django.core.exceptions import PermissionDenied

from kompetanse.errors import StaleError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon import actions, queries
from kompetanse.organisasjon.models import Oppsett
from tests.organisasjon.conftest import in_kommune

PAGE = "/innstillinger/"


def test_the_goal_is_75_until_the_kommune_says_otherwise(active):
    assert queries.oppsett().fulltime_goal == 75
    assert Oppsett.objects.count() == 0


def test_the_administrator_sets_the_goal_and_it_is_recorded(as_user, sigurd):
    answer = as_user(sigurd).post(
        PAGE, {"version": 0, "fulltime_goal": "80 %", "asks_for_discussion": "on"}
    )

    assert answer.status_code == 302
    assert queries.oppsett().fulltime_goal == 80
    event = AuditEvent.objects.get(action="oppsett.set_up")
    assert event.by_id == sigurd.pk
    assert event.details == {
        "before": {"fulltime_goal": 75, "asks_for_discussion": True},
        "after": {"fulltime_goal": 80, "asks_for_discussion": True},
    }


def test_only_the_administrator_gets_in(as_user, frida, sigurd):
    assert as_user(sigurd).get(PAGE).status_code == 200
    assert as_user(frida).get(PAGE).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.set_up(version=0, by=frida, fulltime_goal=80)


@pytest.mark.parametrize("goal", ["0", "101", "mange", ""])
def test_a_goal_that_is_no_percentage_is_asked_again_with_what_was_typed(as_user, sigurd, goal):
    answer = as_user(sigurd).post(PAGE, {"version": 0, "fulltime_goal": goal})

    assert answer.status_code == 422
    assert f'value="{goal}"' in answer.content.decode() or not goal
    assert Oppsett.objects.count() == 0


def test_the_second_of_two_changes_sees_what_the_first_stored(as_user, sigurd):
    actions.set_up(version=0, by=sigurd, fulltime_goal=80)

    answer = as_user(sigurd).post(PAGE, {"version": 0, "fulltime_goal": "70"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "80\N{NO-BREAK SPACE}%" in page
    assert 'value="70"' in page
    assert queries.oppsett().fulltime_goal == 80
    with pytest.raises(StaleError):
        actions.set_up(version=0, by=sigurd, fulltime_goal=60)


def test_the_goal_is_the_kommunes_own(active, nabovik, sigurd):
    actions.set_up(version=0, by=sigurd, fulltime_goal=80)

    assert queries.oppsett().fulltime_goal == 80
    with in_kommune(nabovik):
        assert queries.oppsett().fulltime_goal == 75
