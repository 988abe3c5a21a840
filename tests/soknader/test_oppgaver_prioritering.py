"""What waits for the group, those who decide and the unions, day by day."""

from datetime import date, datetime

import pytest

from kompetanse import clock
from kompetanse.varsler import oppgaver, paminnelser
from soknader.models import Soknadsrunde
from tests.soknader.saker import make_draft, make_runde, make_sak

DAY = date(2026, 10, 20)


@pytest.fixture
def runde(active, october):
    return make_runde()


def titles(actor):
    found = oppgaver.waiting_for(actor, on=DAY)
    return [oppgave.title for oppgave in found if oppgave.key.startswith("runde.")]


def test_group_and_union_before_the_meeting(runde, kari, ola, frida, vidar, turid, kristin):
    make_sak(kari, runde)
    make_sak(ola, runde)

    assert titles(frida) == ["Prioriter 2 søknader"]
    assert titles(vidar) == ["Prioriter 2 søknader"]
    assert titles(turid) == ["Les prioriteringslisten før møtet"]
    assert titles(kristin) == []
    assert titles(kari) == []


def test_those_who_can_decide_when_all_have_a_draft(runde, kari, frida, vidar, kristin):
    make_draft(make_sak(kari, runde))
    make_draft(make_sak(frida, runde))

    assert titles(frida) == ["Vedta sakene i høstrunden 2026"]
    assert titles(kristin) == ["Vedta sakene i høstrunden 2026"]
    assert titles(vidar) == []


def test_who_may_decide_none_of_the_cases_is_not_asked_to(runde, frida, kristin):
    make_draft(make_sak(frida, runde))

    assert titles(frida) == []
    assert titles(kristin) == ["Vedta sakene i høstrunden 2026"]


def test_the_advisor_starts_when_the_deadline_is_over(runde, kari, frida, vidar):
    Soknadsrunde.objects.update(status=Soknadsrunde.Status.OPEN)
    make_sak(kari, runde)

    assert titles(frida) == ["Start prioriteringen av høstrunden 2026"]
    assert titles(vidar) == []


@pytest.mark.parametrize(("day", "number"), [(30, 0), (31, 1)])
def test_the_advisor_is_reminded_before_5_november(runde, kari, frida, day, number):
    make_sak(kari, runde)
    at = datetime(2026, 10, day, 9, 0, tzinfo=clock.OSLO)

    with clock.frozen(at):
        due = [each for each in paminnelser.due(at) if each.kind == "svarfrist"]

    assert len(due) == number
    for each in due:
        assert each.subject == "Frist 5.\xa0november 2026: søknader mangler vedtak"
        assert list(each.recipients) == [frida]


def test_no_reminder_when_all_is_decided(runde):
    Soknadsrunde.objects.update(status=Soknadsrunde.Status.DECIDED)
    at = datetime(2026, 11, 3, 9, 0, tzinfo=clock.OSLO)

    assert not [each for each in paminnelser.due(at) if each.kind == "svarfrist"]
