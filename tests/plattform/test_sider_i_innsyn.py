"""The administrator's eyes that are nobody's: every page answers, and what is private is closed."""

import pytest

from kompetanse import clock
from kompetanse.kommuner.tenancy import as_operator
from kompetanse.organisasjon.access import Act
from kompetanse.plattform.actions import stotte
from tests import world
from tests.conftest import TenantClient
from tests.test_isolation import LIBRARY, path_of, urls

PRIVATE = {Act.SEE_PRIVATE, Act.RUN_ROUND, Act.DECIDE, Act.PRIORITISE, Act.RECOMMEND, Act.APPLY}


@pytest.fixture
def filled(fjordvik):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


@pytest.fixture
def inside(filled, fjordvik, olga):
    with as_operator(olga.pk):
        okt = stotte.ask(fjordvik, reason="Sak 1", minutes=60, by=olga)
        key = stotte.enter(okt, fjordvik, by=olga)
    browser = TenantClient()
    browser.cookies["stotte"] = key
    return browser


def test_every_page_answers_and_those_of_applications_are_closed(inside, filled):
    own = world.keys(filled) | {"ansatt": filled.people["ansatt"].pk}
    answers = {}
    for name, entry, view in urls():
        if name in LIBRARY or name.startswith(("demo:", "account", "mfa", "plattform:leave")):
            continue
        answer = inside.get(path_of(name, entry, own))
        answers[name] = answer.status_code
        if getattr(view, "act", None) in PRIVATE:
            assert answer.status_code in {403, 404, 405}, name

    assert not {name: code for name, code in answers.items() if code >= 500}
    assert answers["skall:home"] == 200
    assert answers["plattform:support"] == 200
    assert answers["organisasjon:settings"] == 200
