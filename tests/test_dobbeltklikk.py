"""Every button of every page, pressed four times at once: real threads, and never our fault.

The presses wait for each other at the same moment and commit. The first may do what it says; the
others get the same receipt, a sentence, or that it is not there any more.
"""

from collections import Counter

import pytest

from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from soknader.models import Vedtak
from tests import hostile, world
from tests.conftest import TenantClient
from tests.soknader.saker import at_once
from tests.test_junk import EVERY, pages, person

AT_ONCE = 4
# Log-in and its keys guard themselves, and would end the session that presses.
LEFT_ALONE = ("/konto/", "/demo/", "/innsyn/", "/okter/", "/sprak/")


@pytest.fixture
def kommune(real_db):
    return Kommune.objects.get(slug="fjordvik")


def browser_of(someone):
    client = TenantClient(raise_request_exception=False)
    client.force_login(someone.bruker)
    return client


def buttons(ours, browser):
    """Return what each form of every page would send, once for each address."""
    found = {}
    for _name, path in pages(ours):
        answer = browser.get(path)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        for action, values in hostile.forms_of(answer.content.decode(), path):
            bare = action.removeprefix(browser.prefix)
            if not bare.startswith(LEFT_ALONE):
                found.setdefault(bare, values)
    return found


def test_every_button_four_times_at_once_is_never_a_fault_of_ours(kommune):
    with clock.frozen(world.MOMENT):
        ours = world.build(kommune)
        someone = person(ours, EVERY)
        with as_kommune(kommune.pk):
            browsers = [browser_of(someone) for _ in range(AT_ONCE)]
        pressed = buttons(ours, browsers[0])
    broke, seen = {}, Counter()

    for path, values in pressed.items():

        def press(number, path=path, values=values):
            with clock.frozen(world.MOMENT):
                return browsers[number].post(path, values)

        answers = at_once(AT_ONCE, press)
        seen.update(answer.status_code for answer in answers)
        faults = [answer for answer in answers if answer.status_code >= 500]
        if faults:
            broke[path] = [repr(fault.exc_info[1])[:160] for fault in faults if fault.exc_info]

    assert broke == {}, seen
    assert seen[302] > 50
    with as_kommune(kommune.pk):
        assert AuditEvent.objects.exists()
        assert not Vedtak.objects.filter(status="decided", soknad__ansatt=someone).exists()
