"""Modum's past in the demonstration: full-time culture grows, a unit has moved, one is closed."""

from datetime import date

from demo.loading import fortid, people
from demo.loading.year import START
from kompetanse import clock
from kompetanse.organisasjon import queries
from kompetanse.organisasjon.models import Ansatt, Enhet, Permisjon, Stillingskategori
from kompetanse.organisasjon.queries import heltid


def test_modums_past_shows_growth_a_moved_and_a_closed_unit_and_leave(active):
    with clock.frozen(START):
        people.load("modum")
        before = Ansatt.objects.count()
        fortid.load("modum")

        today = clock.today()
        sector = Enhet.objects.get(code="2000")
        told = heltid.series(sector.pk, on=heltid.days(today), permanent=True)

    averages = [tall.average for _day, tall in sorted(told.items())]
    assert len(averages) == 9
    assert 2 < averages[-1] - averages[0] < 15
    assert averages == sorted(averages)
    then = {plass.code: plass for plass in queries.tree_on(date(2025, 1, 1))}
    now = {plass.code: plass for plass in queries.tree_on(today)}
    assert "2330" in then
    assert "2330" not in now
    assert then["3000"].parent_id == Enhet.objects.get(code="2500").pk
    assert now["3000"].parent_id == sector.pk
    assert Permisjon.objects.count() == 6
    assert queries.current().count() == before
    assert not Stillingskategori.objects.filter(group="").exists()
