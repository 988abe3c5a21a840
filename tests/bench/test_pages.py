"""Ordinary long lists beside bare Django pages with the same rows, each through its whole stack.

Judged is a list of 300. On a short one the shell weighs most, which the bare page has nothing of:
tenant, roles, navigation, language. Its ratio is printed.

`pytest -m bench -s tests/bench/test_pages.py`
"""

import pytest
from django.test import Client, override_settings

from kartlegging.models import Behov, Behovsskjema
from kompetanse import clock
from kompetanse.organisasjon.models import Enhet
from soknader.models import Soknad
from tests.bench import bare
from tests.bench.turns import in_turns, told
from tests.conftest import make_ansatt, make_enhet
from tests.soknader.saker import make_runde, make_sak

RUNS = 25
TARGET, LONG = 1.3, 300


@pytest.fixture
def beside(as_user):
    """Measure our page, as `actor` sees it, beside the bare one; both show `rows` rows."""

    def measure(what, actor, path, bare_path, *, rows, mark):
        browser, plain = as_user(actor), Client()
        with override_settings(**bare.SETTINGS):
            plain.force_login(actor.bruker)
        sizes = {}

        def ours():
            page = browser.get(path)
            assert page.content.count(mark) >= rows
            sizes["ours_kb"] = len(page.content) // 1024

        def other():
            with override_settings(**bare.SETTINGS):
                page = plain.get(bare_path)
            assert page.content.count(b'scope="row"') == rows
            sizes["bare_kb"] = len(page.content) // 1024

        medians = in_turns({"ours": ours, "bare": other}, runs=RUNS)
        return told(what, medians, rows=rows, **sizes)

    return measure


@pytest.mark.bench
@pytest.mark.parametrize("rows", [50, 300])
def test_the_leaders_list(october, hjemmetjenesten, vidar, beside, rows):
    runde = make_runde(status="open")
    for number in range(rows):
        ansatt = make_ansatt(f"Fornavn{number}", f"Etternavn{number}", hjemmetjenesten)
        make_sak(ansatt, runde, status=Soknad.Status.SUBMITTED)
    path = "/leder/soknader/"

    ratio = beside("leaders list", vidar, path, "/soknader/", rows=rows, mark=b'"rowheader"')

    assert rows < LONG or ratio <= TARGET


@pytest.mark.bench
def test_the_needs_of_all_services(october, helse, frida, beside):
    rows = 60
    for number in range(rows):
        enhet = make_enhet(f"Tjeneste {number}", Enhet.Kind.VIRKSOMHET, helse)
        skjema = Behovsskjema.objects.create(
            enhet=enhet, year=2027, status="submitted", submitted_at=clock.now(), submitted_by=frida
        )
        for need in range(number % 4):
            Behov.objects.create(
                skjema=skjema, what=f"Behov {need}", kind="learn", number=2, urgency=1,
                is_lifted=bool(need % 2),
            )  # fmt: skip

    beside("needs", frida, "/behov/2027/", "/behov/2027/", rows=rows, mark=b'role="rowheader"')
