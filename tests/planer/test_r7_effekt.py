"""R7: baseline and repeated measurements of effect per unit; and a measure becomes dates."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from kompetanse import clock
from kompetanse.kommuner import once
from kompetanse.varsler import oppgaver
from planer.actions import arrangement
from planer.actions import effekt as actions
from planer.models import Effekt, Effekttall, Tiltak
from planer.queries import effekt as queries
from tests.planer.conftest import make_tiltak, plain


@pytest.fixture
def tiltak(plan, september) -> Tiltak:
    return make_tiltak("Legemiddelkurs", year=2026)


@pytest.fixture
def avvik(tiltak, frida) -> Effekt:
    return actions.follow(
        tiltak, by=frida, indicator="Avvik", unit="avvik", is_lower_better=True, every_months=3
    )


def measurement(enhet, on: str, value: str) -> dict:
    return {"engangsnokkel": once.new_token(), "enhet": enhet.pk, "on": on, "value": value}


def read(browser, tiltak: Tiltak) -> str:
    answer = browser.get(f"/opplaringsplan/tiltak/{tiltak.pk}/oppfolging/")
    return plain(answer.content.decode())


def test_r7_baseline_and_later_measurements_stand_unit_by_unit(
    as_user, tiltak, frida, liv, siri, nord, sykehjemmet
) -> None:
    as_user(frida).post(
        f"/opplaringsplan/tiltak/{tiltak.pk}/effekt/",
        {
            "engangsnokkel": once.new_token(),
            "indicator": "Avvik",
            "unit": "avvik",
            "is_lower_better": "on",
            "every_months": "3",
        },
    )
    effekt = Effekt.objects.get()
    path = f"/effekt/{effekt.pk}/"
    as_user(liv).post(path, measurement(nord, "01.02.2026", "12,5"))
    as_user(liv).post(path, measurement(nord, "01.06.2026", "8"))
    as_user(siri).post(path, measurement(sykehjemmet, "01.02.2026", "4"))
    as_user(siri).post(path, measurement(sykehjemmet, "01.06.2026", "5"))

    shown = queries.measured(tiltak)[0]

    assert [(each.enhet, each.change, each.verdict) for each in shown.units] == [
        ("Nord", Decimal("-4.50"), "better"),
        ("Sykehjemmet", Decimal("1.00"), "worse"),
    ]
    page = plain(
        as_user(frida).get(f"/opplaringsplan/tiltak/{tiltak.pk}/oppfolging/").content.decode()
    )
    assert "Bedre enn utgangspunktet i 1 av 2 enheter" in page
    assert "12,5" in page
    chart = page.partition("chart__picture--change")[2].partition("</svg>")[0]
    for words in ("Nord", "Bedre", "Sykehjemmet", "Dårligere", "12,5 avvik", "5 avvik"):
        assert words in chart
    assert "2 er målt igjen: 1 opp, 1 ned, 0 likt." in page


def test_r7_a_leader_measures_own_units_only(as_user, avvik, liv, sykehjemmet, kari) -> None:
    answer = as_user(liv).post(f"/effekt/{avvik.pk}/", measurement(sykehjemmet, "01.08.2026", "1"))

    assert answer.status_code == 422
    assert not Effekttall.objects.exists()
    assert as_user(kari).get(f"/effekt/{avvik.pk}/").status_code == 403


def test_r7_a_day_that_has_not_come_is_refused(as_user, avvik, liv, nord) -> None:
    answer = as_user(liv).post(f"/effekt/{avvik.pk}/", measurement(nord, "02.09.2026", "1"))

    assert answer.status_code == 422
    assert "fram i tid" in answer.content.decode()


def test_r7_it_is_a_duty_to_measure_again_when_the_months_have_passed(avvik, liv, vidar, nord):
    actions.measure(avvik, nord, on=date(2026, 2, 1), value=Decimal(9), by=liv)
    actions.measure(avvik, nord, on=date(2026, 6, 15), value=Decimal(7), by=liv)

    def told(actor, on):
        return [each.title for each in oppgaver.waiting_for(actor, on=on) if "Mål" in each.title]

    assert told(liv, date(2026, 9, 14)) == []
    assert told(liv, date(2026, 9, 15)) == ["Mål igjen: Avvik, Nord"]
    assert told(vidar, date(2026, 9, 15)) == []


def test_r7_the_same_day_again_mends_the_measurement(avvik, liv, nord) -> None:
    for value in (9, 7):
        actions.measure(avvik, nord, on=date(2026, 2, 1), value=Decimal(value), by=liv)

    assert Effekttall.objects.get().value == 7


def test_m16_a_measure_becomes_dates_with_place_and_seats(as_user, tiltak, frida, kari) -> None:
    page = read(as_user(frida), tiltak)
    assert f"/kurs/nytt/?tiltak={tiltak.pk}" in page
    form = as_user(frida).get(f"/kurs/nytt/?tiltak={tiltak.pk}&tittel=Legemiddelkurs")
    assert form.context["form"]["title"].value() == "Legemiddelkurs"

    for month in (9, 10):
        arrangement.arrange(
            by=frida, tiltak=tiltak, title="Legemiddelkurs", on=date(2026, month, 20),
            begins=time(9), ends=time(12), place="Rådhuset", seats=16,
        )  # fmt: skip

    page = plain(
        as_user(kari).get(f"/opplaringsplan/tiltak/{tiltak.pk}/oppfolging/").content.decode()
    )
    assert "20. september 2026, Rådhuset" in page
    assert "20. oktober 2026, Rådhuset" in page
    assert "0 av 16 plasser" in page
    assert "Ny dato" not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_r7_the_page_costs_the_same_queries_whatever_is_measured(
    as_user, queries_of, avvik, frida, liv, nord, rows
) -> None:
    for day in range(1, rows + 1):
        with clock.frozen(datetime(2026, 9, 30, 9, tzinfo=clock.OSLO)):
            actions.measure(avvik, nord, on=date(2026, 8, day), value=Decimal(day), by=liv)

    path = f"/opplaringsplan/tiltak/{avvik.tiltak_id}/oppfolging/"
    assert queries_of(as_user(frida), path) <= 10


def test_r7_two_units_of_one_name_keep_their_own_measurements(avvik, nord, sykehjemmet, frida):
    type(nord).objects.filter(pk__in=(nord.pk, sykehjemmet.pk)).update(name="Nord")
    for enhet, value in ((nord, 12), (sykehjemmet, 4)):
        actions.measure(avvik, enhet, on=date(2026, 2, 1), value=Decimal(value), by=frida)

    units = queries.measured(avvik.tiltak)[0].units

    assert [len(unit.series) for unit in units] == [1, 1]
