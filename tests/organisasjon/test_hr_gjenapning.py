"""A unit that is closed with us while the HR file has people in it: proposed, written, undone."""

from datetime import date, timedelta

import pytest

from kompetanse import clock, jobs
from kompetanse.errors import DomainError
from kompetanse.hrimport import nightly
from kompetanse.organisasjon import queries
from kompetanse.organisasjon.hr import actions, afterwards
from kompetanse.organisasjon.models import Ansatt, Enhet, Enhetsversjon, Hrimport, Hrlinje
from kompetanse.tables import Row, Table

HEADINGS = (
    "Ansattnr", "Fornavn", "Etternavn", "Enhetskode", "Enhet", "Overordnet enhetskode", "Stilling",
    "Stillingsprosent", "Fra", "Til",
)  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_works(monkeypatch, october):
    monkeypatch.setattr(jobs, "enqueue", lambda *_args, **_ids: None)


@pytest.fixture
def closed(hjemmetjenesten, sigurd):
    """A unit and the one below it, both closed since June."""
    above = Enhet.objects.create(code="OVER", name="Over", kind="avdeling", is_open=False)
    below = Enhet.objects.create(code="UNDER", name="Under", kind="avdeling", is_open=False)
    for enhet, parent in ((above, hjemmetjenesten), (below, above)):
        enhet.parent, enhet.path = parent, f"{parent.path}{enhet.pk}/"
        enhet.save()
        Enhetsversjon.objects.create(
            enhet=enhet, name=enhet.name, kind="avdeling", parent=parent, ends=date(2026, 6, 30)
        )
    return below


def row(unit="UNDER", name="Under", over="", fra="", til="", number=2001):
    return (number, "Nils", "Lie", unit, name, over, "Sykepleier", 100, fra, til)


def check(*rows):
    run = Hrimport.objects.create(file_name="hr.csv", is_partial=True)
    data = tuple(Row(number, cells) for number, cells in enumerate(rows, start=2))
    actions.check(run, [Table("", HEADINGS, data)])
    return run


def proposed(run):
    lines = run.linjer.filter(kind=Hrlinje.Kind.REOPENED).order_by("place")
    return list(lines.values_list("number", flat=True))


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Enhet, Enhetsversjon, Ansatt)]


def test_a_closed_unit_with_people_is_proposed_with_those_above_it(closed):
    run = check(row())

    assert proposed(run) == ["OVER", "UNDER"]
    assert run.figures["units_reopened"] == 2
    assert not Enhet.objects.get(pk=closed.pk).is_open


def test_yes_takes_the_units_into_use_from_today_and_keeps_the_closed_days(closed):
    run = check(row())
    actions.write(run, by=None)

    closed.refresh_from_db()
    assert closed.is_open
    assert Ansatt.objects.get(number="2001").enhet == closed
    today = clock.today()
    on_days = [
        closed.pk in {place.pk for place in queries.tree_on(day)}
        for day in (date(2026, 6, 30), today - timedelta(days=1), today)
    ]
    assert on_days == [True, False, True]


def test_undo_closes_them_as_they_were(closed):
    before = everything()
    run = check(row(), row("NY", "Ny", "UNDER", number=2002))
    actions.write(run, by=None)
    assert everything() != before

    afterwards.undo(run, by=queries.holders("systemansvarlig")[0])

    assert everything() == before


def test_undo_of_a_unit_that_came_back_with_another_name_closes_it_under_the_old(closed):
    before = everything()
    run = check(row(name="Et annet navn"))
    actions.write(run, by=None)
    assert Enhet.objects.get(pk=closed.pk).name == "Et annet navn"

    afterwards.undo(run, by=queries.holders("systemansvarlig")[0])

    assert everything() == before


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2027, 1, 1)])
def test_a_unit_that_closed_yesterday_or_is_planned_is_in_use_and_can_be_undone(
    closed, hjemmetjenesten, day
):
    Enhetsversjon.objects.filter(enhet=closed.parent).update(ends=None)
    Enhet.objects.filter(pk=closed.parent_id).update(is_open=True)
    if day < clock.today():
        Enhetsversjon.objects.filter(enhet=closed).update(ends=day)
    else:
        Enhetsversjon.objects.filter(enhet=closed).update(starts=day, ends=None)
    before = everything()
    run = check(row())
    assert proposed(run) == ["UNDER"]

    actions.write(run, by=None)
    (versjon,) = Enhetsversjon.objects.filter(enhet=closed)
    assert versjon.is_in_force(clock.today())
    afterwards.undo(run, by=queries.holders("systemansvarlig")[0])

    assert everything() == before


def test_a_position_that_has_ended_opens_nothing(closed):
    run = check(row(fra="01.01.2020", til="30.06.2026"))

    assert proposed(run) == []


def test_a_change_after_the_opening_hinders_undo(closed):
    run = check(row())
    actions.write(run, by=None)
    Enhetsversjon.objects.filter(enhet=closed, ends=None).update(ends=date(2027, 12, 31))

    with pytest.raises(DomainError, match="Under er endret etterpå"):
        afterwards.undo(run, by=queries.holders("systemansvarlig")[0])


def test_a_file_that_came_by_itself_waits_for_a_person(closed):
    figures = check(row()).figures

    assert nightly.doubts(figures, limit=5) == ["2 avsluttede enheter har ansatte i filen."]
