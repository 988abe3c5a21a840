"""Last year's needs forms show last year's tree, and open work keeps a unit from closing."""

from datetime import date

import pytest

from kartlegging.models import Behovsskjema, Kompetansekrav
from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.organisasjon.actions import enhet as units
from kompetanse.organisasjon.models import Enhet
from planer.models import Tiltak
from tests.conftest import make_enhet

Kind = Enhet.Kind
LAST_YEAR = "/behov/2026/"
THIS_YEAR = "/behov/2027/"


def listed(answer):
    return [line.enhet for line in answer.context["all_units"]]


@pytest.fixture
def tun(helse):
    """A service without people."""
    return make_enhet("Tun", Kind.VIRKSOMHET, helse)


def test_a_service_that_is_closed_stands_in_last_years_list_and_not_in_this_years(
    september, as_user, frida, sigurd, tun, sykehjemmet
):
    Behovsskjema.objects.create(
        enhet=tun,
        year=2026,
        status="submitted",
        goals="Mål",
        submitted_at=clock.now(),
        submitted_by=sigurd,
    )
    units.close(tun, last_day=date(2025, 12, 31), version=1, by=sigurd)
    browser = as_user(frida)

    assert "Tun" in listed(browser.get(LAST_YEAR))
    assert "Tun" not in listed(browser.get(THIS_YEAR))
    assert "Mål" in browser.get(f"{LAST_YEAR}{tun.pk}/").content.decode()


def test_last_years_list_has_last_years_names_and_kinds(september, as_user, frida, sigurd, tun):
    """It was a service called Tun at the deadline, 20 September 2025; now it is a department."""
    units.rename(
        tun, name="Skogtunet", kind=Kind.AVDELING, on=date(2026, 1, 1), version=1, by=sigurd
    )
    browser = as_user(frida)

    assert "Tun" in listed(browser.get(LAST_YEAR))
    assert listed(browser.get(THIS_YEAR)) == []


def test_a_service_that_is_new_this_year_was_not_expected_last_year(
    september, as_user, frida, sigurd, helse
):
    units.create(
        code="9", name="Ny tjeneste", kind=Kind.VIRKSOMHET, parent=helse,
        starts=date(2026, 1, 1), by=sigurd,
    )  # fmt: skip
    browser = as_user(frida)

    assert "Ny tjeneste" in listed(browser.get(THIS_YEAR))
    assert "Ny tjeneste" not in listed(browser.get(LAST_YEAR))


def test_what_a_closed_unit_required_is_no_longer_lacking(
    september, as_user, frida, sigurd, tun, sarstell
):
    Kompetansekrav.objects.create(enhet=tun, kompetanse=sarstell, level=2, count=3)
    browser = as_user(frida)
    assert [row.enhet for row in browser.get("/gap/2027/").context["rows"]] == ["Tun"]

    units.close(tun, last_day=date(2026, 8, 31), version=1, by=sigurd)

    assert list(browser.get("/gap/2027/").context["rows"]) == []


def test_a_form_that_is_begun_keeps_the_unit_open(september, sigurd, tun):
    Behovsskjema.objects.create(enhet=tun, year=2027)

    with pytest.raises(DomainError, match="Behovsskjemaet for 2027 er påbegynt"):
        units.close(tun, last_day=clock.today(), version=1, by=sigurd)


def test_a_measure_that_is_planned_keeps_the_unit_open_until_it_is_done(september, sigurd, tun):
    tiltak = Tiltak.objects.create(year=2027, half="var", theme="Kurs", enhet=tun)

    with pytest.raises(DomainError, match="1 tiltak i opplæringsplanen er ikke ferdig"):
        units.close(tun, last_day=clock.today(), version=1, by=sigurd)

    tiltak.status = Tiltak.Status.DONE
    tiltak.save()
    assert not units.close(tun, last_day=date(2026, 8, 31), version=1, by=sigurd).is_open
