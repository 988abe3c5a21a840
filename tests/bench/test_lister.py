"""The long lists of a year beside bare Django pages with the same rows, each its whole stack.

The bare page shows as many rows as ours does; it has no tenant, roles, navigation or language, and
looks for nothing beyond the rows: neither who is impartial nor what is late.

`pytest -m bench -s tests/bench/test_lister.py`
"""

import pytest
from django.test import Client, override_settings

from tests.bench import bare
from tests.bench.conftest import analyse
from tests.bench.lister import LISTER
from tests.bench.turns import spent_in_turns, told_both
from tests.conftest import browser_of

ROWS, RUNS = 300, 10
TARGET = 1.3


@pytest.mark.bench
@pytest.mark.parametrize("name", LISTER)
def test_a_long_list_costs_little_more_than_bare_django(place, name):
    liste = LISTER[name]
    with place.open():
        path = liste.fill(place, ROWS)
    analyse()
    reader = getattr(place, liste.who)
    browser, plain = browser_of(reader), Client()
    with place.open(), override_settings(**bare.SETTINGS):
        plain.force_login(reader.bruker)
    page = browser.get(path)
    assert page.status_code == 200, page
    shown = page.content.count(liste.mark)
    assert shown >= min(ROWS, 25)

    def other():
        with place.open(), override_settings(**bare.SETTINGS):
            answer = plain.get(f"/liste/{name}/{shown}/")
        assert answer.content.count(b'scope="row"') == shown
        sizes["bare_kb"] = len(answer.content) // 1024

    sizes = {"ours_kb": len(page.content) // 1024}
    spent = spent_in_turns({"ours": lambda: browser.get(path), "bare": other}, runs=RUNS)

    ratio = told_both(name, spent, rows=shown, **sizes)
    assert ratio <= TARGET
