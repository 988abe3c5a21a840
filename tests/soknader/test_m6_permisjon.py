"""M6: the right to leave without pay for education is shown with the employee's own dates."""

from datetime import date

import pytest

from kompetanse.organisasjon.models import Stilling
from soknader.queries import permisjon as queries
from soknader.rules import permisjon

pytestmark = pytest.mark.usefixtures("october")

ON = date(2026, 10, 1)
STARTS, ENDS = date(2027, 8, 15), date(2029, 6, 15)


def right(since, starts=STARTS, ends=ENDS):
    return permisjon.right(queries.in_force(ON), since=since, starts=starts, ends=ends, on=ON)


@pytest.mark.parametrize(
    ("since", "reached", "sure"),
    [
        (date(2024, 8, 15), True, True),
        (date(2024, 8, 16), True, False),
        (date(2025, 8, 15), True, False),
        (date(2025, 8, 16), False, False),
        (None, False, False),
    ],
)
def test_m6_two_years_here_and_three_at_work_are_counted_to_the_first_day(since, reached, sure):
    told = right(since)

    assert (told.is_reached, told.is_sure) == (reached, sure)


@pytest.mark.parametrize(
    ("starts", "ends", "answer_by"),
    [
        (date(2027, 1, 10), date(2027, 2, 9), date(2026, 12, 1)),
        (date(2027, 1, 10), date(2027, 2, 10), date(2027, 1, 1)),
        (date(2027, 1, 10), date(2027, 7, 9), date(2027, 1, 1)),
        (date(2027, 1, 10), date(2027, 7, 10), date(2027, 4, 1)),
        (None, None, None),
    ],
)
def test_m6_the_day_of_the_answer_follows_how_long_the_leave_is(starts, ends, answer_by):
    assert right(date(2020, 1, 1), starts, ends).answer_by == answer_by


def test_m6_the_step_of_time_tells_it_with_the_employees_own_day(runde, kari, make_soknad, as_user):
    Stilling.objects.filter(ansatt=kari).update(starts=date(2025, 10, 1))
    soknad = make_soknad(kari)

    page = as_user(kari).get(f"/soknad/{soknad.pk}/steg/2/").content.decode()
    other = as_user(kari).get(f"/soknad/{soknad.pk}/steg/1/").content.decode()

    assert "Har jeg rett til permisjon uten lønn?" in page
    assert "Du begynte i kommunen 1.\xa0oktober 2025." in page
    assert "Du har vært her lenge nok fra 1.\xa0oktober 2027." in page
    assert "skal du ha svar senest 1.\xa0april 2027." in page
    assert "arbeidsmiljøloven § 12-11" in page
    assert "permisjon uten lønn" not in other


def test_m6_the_figures_are_data(monkeypatch):
    row = queries._rows()[-1] | {"from": date(2026, 1, 1), "years_here": 1, "source": "ny lov"}
    monkeypatch.setattr(queries, "_rows", lambda: [*_old(), row])

    assert queries.in_force(date(2025, 12, 31)).years_here == 2
    assert queries.in_force(ON).source == "ny lov"
    assert right(date(2026, 8, 15)).is_reached


_kept = queries._rows


def _old():
    return _kept()
