"""The page of background work: what it says while the work goes on, and when it has ended."""

import pytest

from kompetanse import clock
from kompetanse.varsler.models import Kjoring

GO_ON = "Du kan gå fra siden."


@pytest.fixture
def kjoring(october, kari):
    return Kjoring.objects.create(
        kind="Lager brev", by=kari, status=Kjoring.Status.RUNNING, started_at=clock.now()
    )


def test_that_one_may_leave_the_page_is_said_only_while_the_work_goes_on(kjoring, as_user, kari):
    browser, path = as_user(kari), f"/kjoring/{kjoring.pk}/"
    part = {"HX-Request": "true"}
    assert GO_ON in browser.get(path, headers=part).content.decode()
    assert browser.get(path).content.decode().count(GO_ON) == 1

    kjoring.status, kjoring.ended_at = Kjoring.Status.DONE, clock.now()
    kjoring.save()

    ended = browser.get(path, headers=part).content.decode()
    assert "Ferdig." in ended
    assert GO_ON not in ended
    assert GO_ON not in browser.get(path).content.decode()
