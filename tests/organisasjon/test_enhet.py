"""Units over time: what each verb does to the day, to the days before and to those to come."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon import actions as organisasjon
from kompetanse.organisasjon import queries
from kompetanse.organisasjon.actions import enhet as actions
from kompetanse.organisasjon.models import ALWAYS, Enhet, Enhetsversjon, Rolle
from kompetanse.varsler import tasks
from tests.conftest import forget_cached, give, make_ansatt, make_enhet

Kind = Enhet.Kind
NEW_YEAR = date(2027, 1, 1)
LAST_YEAR = date(2025, 9, 20)


@pytest.fixture
def sor(hjemmetjenesten):
    """A department of Hjemmetjenesten where nobody works."""
    return make_enhet("Sør", parent=hjemmetjenesten)


def names(on):
    return [plass.name for plass in queries.tree_on(on)]


def above(enhet, on):
    """The name of the unit that it stood under on the day."""
    there = {plass.pk: plass for plass in queries.tree_on(on)}
    parent = there[enhet.pk].parent_id
    return there[parent].name if parent else None


def on_day(day):
    return clock.frozen(datetime.combine(day, datetime.min.time(), tzinfo=clock.OSLO))


# --- the tree of a day


def test_units_that_were_there_from_the_start_have_been_there_always(october, nord, sykehjemmet):
    assert names(ALWAYS) == [
        "Fjordvik kommune", "Helse og sosial", "Hjemmetjenesten", "Nord", "Sykehjemmet",
    ]  # fmt: skip
    assert [plass.depth for plass in queries.tree_on(ALWAYS)] == [0, 1, 2, 3, 2]


def test_last_years_tree_keeps_the_name_and_the_place_of_then(october, sor, sykehjemmet, sigurd):
    actions.rename(
        sor, name="Sør og øst", kind=Kind.AVDELING, on=date(2026, 3, 1), version=1, by=sigurd
    )
    sor.refresh_from_db()
    actions.move(sor, parent=sykehjemmet, on=date(2026, 6, 1), version=sor.version, by=sigurd)

    assert "Sør" in names(LAST_YEAR)
    assert above(sor, LAST_YEAR) == "Hjemmetjenesten"
    assert "Sør og øst" in names(date(2026, 10, 1))
    assert above(sor, date(2026, 5, 31)) == "Hjemmetjenesten"
    assert above(sor, date(2026, 6, 1)) == "Sykehjemmet"
    sor.refresh_from_db()
    assert (sor.name, sor.parent_id) == ("Sør og øst", sykehjemmet.pk)
    assert sor.path == f"{sykehjemmet.path}{sor.pk}/"


def test_a_unit_moves_with_all_that_stands_below_it(october, sor, sykehjemmet, sigurd):
    team = make_enhet("Nattlag", parent=sor)

    actions.move(sor, parent=sykehjemmet, on=clock.today(), version=1, by=sigurd)

    team.refresh_from_db()
    assert team.path == f"{sykehjemmet.path}{sor.pk}/{team.pk}/"
    assert Enhetsversjon.objects.filter(enhet=team).count() == 1


# --- days to come


def test_what_is_planned_takes_effect_on_its_day_and_not_before(october, sor, sykehjemmet, sigurd):
    actions.move(sor, parent=sykehjemmet, on=NEW_YEAR, version=1, by=sigurd)

    organisasjon.take_effect(on=date(2026, 12, 31))
    sor.refresh_from_db()
    assert sor.parent.name == "Hjemmetjenesten"

    assert organisasjon.take_effect(on=NEW_YEAR) == 1
    assert organisasjon.take_effect(on=NEW_YEAR) == 0
    sor = Enhet.objects.get(pk=sor.pk)
    assert sor.parent.name == "Sykehjemmet"
    assert sor.path == f"{sykehjemmet.path}{sor.pk}/"


def test_the_tick_lets_it_happen_when_the_day_has_come(
    october, active, sor, sykehjemmet, sigurd, django_capture_on_commit_callbacks
):
    forget_cached()
    actions.move(sor, parent=sykehjemmet, on=NEW_YEAR, version=1, by=sigurd)

    for day, parent in (
        (date(2026, 12, 31), "Hjemmetjenesten"),
        (NEW_YEAR, "Sykehjemmet"),
    ):
        with on_day(day), django_capture_on_commit_callbacks(execute=True):
            tasks._tick_in(active.pk)
        assert Enhet.objects.get(pk=sor.pk).parent.name == parent


def test_a_new_name_today_is_kept_by_the_move_that_is_planned(october, sor, sykehjemmet, sigurd):
    actions.move(sor, parent=sykehjemmet, on=NEW_YEAR, version=1, by=sigurd)

    sor.refresh_from_db()
    actions.rename(
        sor, name="Sørlaget", kind=Kind.AVDELING, on=clock.today(), version=sor.version, by=sigurd
    )

    organisasjon.take_effect(on=NEW_YEAR)
    sor.refresh_from_db()
    assert (sor.name, sor.parent_id) == ("Sørlaget", sykehjemmet.pk)


def test_a_unit_that_begins_next_year_is_not_in_use_before(october, helse, sigurd):
    ny = actions.create(
        code="9", name="Velferdsteknologi", kind=Kind.AVDELING, parent=helse,
        starts=NEW_YEAR, by=sigurd,
    )  # fmt: skip

    assert not ny.is_open
    assert "Velferdsteknologi" not in names(date(2026, 12, 31))
    assert "Velferdsteknologi" in names(NEW_YEAR)
    organisasjon.take_effect(on=NEW_YEAR)
    ny.refresh_from_db()
    assert ny.is_open
    assert ny.path == f"{helse.path}{ny.pk}/"


def test_two_moves_cannot_make_a_ring_also_on_a_day_to_come(october, sor, sykehjemmet, sigurd):
    actions.move(sor, parent=sykehjemmet, on=NEW_YEAR, version=1, by=sigurd)

    with pytest.raises(DomainError, match="kan ikke stå der"):
        actions.move(sykehjemmet, parent=sor, on=clock.today(), version=1, by=sigurd)

    with pytest.raises(DomainError, match="under seg selv"):
        actions.move(
            sor.parent, parent=sor, on=clock.today(), version=sor.parent.version, by=sigurd
        )


# --- closing and reopening


def test_a_unit_with_people_does_not_close_and_says_where_they_can_go(
    october, nord, kari, sor, sigurd
):
    with pytest.raises(DomainError) as refused:
        actions.close(nord, last_day=date(2026, 12, 31), version=1, by=sigurd)

    assert str(refused.value) == (
        "1 ansatt hører fortsatt til Nord. Flytt dem til en annen enhet i HR-systemet,"
        " for eksempel Sør, og les inn filen."
    )


def test_a_unit_closes_when_the_last_has_left_by_then(october, nord, kari, sigurd):
    kari.left_on = NEW_YEAR
    kari.save()

    actions.close(nord, last_day=date(2026, 12, 31), version=1, by=sigurd)

    assert "Nord" in names(date(2026, 12, 31))
    assert "Nord" not in names(NEW_YEAR)


def test_a_unit_with_units_below_names_them(october, nord, hjemmetjenesten, sigurd):
    with pytest.raises(DomainError, match=r"står under Hjemmetjenesten: Nord\. Flytt eller"):
        actions.close(hjemmetjenesten, last_day=clock.today(), version=1, by=sigurd)


def test_a_closed_unit_is_in_last_years_tree_and_its_roles_are_over(october, sor, helse, sigurd):
    leader = give(make_ansatt("Mona", "Lie", helse), Rolle.Kode.LEDER, sor)

    actions.close(sor, last_day=date(2026, 9, 30), version=1, by=sigurd)

    sor.refresh_from_db()
    assert not sor.is_open
    assert "Sør" in names(LAST_YEAR)
    assert "Sør" not in names(clock.today())
    assert Rolle.objects.get(ansatt=leader).ends == date(2026, 9, 30)
    assert AuditEvent.objects.get(action="enhet.close").details["roles_ended"] == 1


def test_a_unit_opens_again_where_it_stood_with_a_gap_in_between(october, sor, sigurd):
    actions.close(sor, last_day=date(2026, 3, 31), version=1, by=sigurd)
    sor.refresh_from_db()

    actions.reopen(sor, on=date(2026, 9, 1), version=sor.version, by=sigurd)

    assert [("Sør" in names(day)) for day in (date(2026, 3, 31), date(2026, 4, 1))] == [True, False]
    assert "Sør" in names(date(2026, 9, 1))
    sor.refresh_from_db()
    assert sor.is_open


# --- who, and two at once


def test_only_who_administers_the_units_may(october, sor, helse, liv, frida, sigurd):
    for actor in (liv, frida):
        with pytest.raises(PermissionDenied):
            actions.rename(sor, name="X", kind=Kind.AVDELING, on=clock.today(), version=1, by=actor)
        with pytest.raises(PermissionDenied):
            actions.create(
                code="9", name="X", kind=Kind.AVDELING, parent=helse, starts=NEW_YEAR, by=actor
            )
        with pytest.raises(PermissionDenied):
            actions.close(sor, last_day=clock.today(), version=1, by=actor)


def test_the_second_of_two_changes_is_stale(october, sor, sigurd):
    actions.rename(sor, name="A", kind=Kind.AVDELING, on=clock.today(), version=1, by=sigurd)

    with pytest.raises(StaleError):
        actions.rename(sor, name="B", kind=Kind.AVDELING, on=clock.today(), version=1, by=sigurd)


def test_a_code_is_used_once(october, sor, helse, sigurd):
    with pytest.raises(DomainError, match="Koden SØR er brukt"):
        actions.create(
            code="SØR", name="X", kind=Kind.AVDELING, parent=helse, starts=NEW_YEAR, by=sigurd
        )


def test_the_database_refuses_two_names_on_one_day(october, sor):
    with pytest.raises(IntegrityError, match="enhetsversjon_no_overlap"), transaction.atomic():
        _call_it_two_things(sor)


def _call_it_two_things(enhet):
    Enhetsversjon.objects.create(enhet=enhet, name="To", kind=Kind.AVDELING, starts=LAST_YEAR)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- what imports write


def test_an_import_leaves_history_of_all_units_in_one_statement(
    october, sor, nord, django_assert_num_queries
):
    Enhet.objects.filter(pk=sor.pk).update(name="Sør 2")
    Enhet.objects.filter(pk=nord.pk).update(name="Nord 2")

    with django_assert_num_queries(2):  # whether there is any history, and the statement
        organisasjon.keep_history(on=clock.today())

    assert {"Sør", "Nord"} <= set(names(date(2026, 9, 30)))
    assert {"Sør 2", "Nord 2"} <= set(names(clock.today()))


def test_a_unit_that_a_later_import_brings_begins_that_day(october, sor, helse):
    ny = Enhet.objects.create(name="Ny", code="9", kind=Kind.AVDELING, parent=helse, path="")

    organisasjon.keep_history(on=clock.today())

    assert Enhetsversjon.objects.get(enhet=ny).starts == clock.today()


def test_two_changes_on_one_day_leave_one_version(october, sor, sigurd):
    actions.rename(sor, name="A", kind=Kind.AVDELING, on=clock.today(), version=1, by=sigurd)
    Enhet.objects.filter(pk=sor.pk).update(name="B")
    organisasjon.keep_history(on=clock.today())

    assert list(sor.versjoner.order_by("starts").values_list("name", flat=True)) == ["Sør", "B"]
