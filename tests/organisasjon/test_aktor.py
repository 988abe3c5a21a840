"""The statement written once for the process asks what its question does, for whom and when."""

from datetime import timedelta

import pytest

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt, Bruker, Enhet, For, Oppsett, Rolle, Stedfortreder
from kompetanse.organisasjon.queries import aktor
from tests.conftest import OCTOBER, give

TODAY, TOMORROW = OCTOBER, OCTOBER + timedelta(days=1)
NEXT_YEAR, BEFORE = OCTOBER + timedelta(days=400), OCTOBER - timedelta(days=30)
Kode = Rolle.Kode


@pytest.fixture
def stand_in(october, vidar, kari):
    """Kari stands in for Vidar in the first week of October, and is a representative till 2027."""
    starts = OCTOBER.date()
    Stedfortreder.objects.create(
        ansatt=vidar, stedfortreder=kari, starts=starts, ends=starts + timedelta(days=7)
    )
    Oppsett.objects.update_or_create(defaults={"second_factor": For.DECIDERS})
    give(kari, Kode.KOMPETANSETILLITSVALGT, kari.enhet)
    Rolle.objects.filter(ansatt=kari).update(ends=starts + timedelta(days=90))
    return kari


def _marks(ansatt, at):
    with clock.frozen(at):
        return [role.mark for role in access.held(aktor.actor_of(ansatt.bruker_id))]


@pytest.mark.parametrize("written", [TODAY, NEXT_YEAR])
def test_roles_and_deputyships_come_and_go_with_the_day(stand_in, vidar, written):
    aktor._statement.cache_clear()
    with clock.frozen(written):
        aktor._statement()
    deputy, own = f"virksomhetsleder for {vidar.pk}", "kompetansetillitsvalgt"

    assert _marks(stand_in, TODAY) == ["ansatt", own, deputy]
    assert _marks(stand_in, TOMORROW) == ["ansatt", own, deputy]
    assert _marks(stand_in, NEXT_YEAR) == ["ansatt"]
    assert _marks(stand_in, BEFORE) == ["ansatt", own]


def test_the_roles_are_those_that_are_read_by_themselves(stand_in, vidar, kari):
    for each in (vidar, kari):
        fresh = Ansatt.objects.get(pk=each.pk)
        assert access.held(aktor.actor_of(each.bruker_id)) == access.held(fresh)


def test_who_has_left_is_nobody_from_that_day(october, kari):
    Ansatt.objects.filter(pk=kari.pk).update(left_on=TOMORROW.date())

    assert aktor.actor_of(kari.bruker_id) == kari
    with clock.frozen(TOMORROW):
        assert aktor.actor_of(kari.bruker_id) is None
    assert aktor.actor_of(aktor.NOBODY) is None


def test_one_query_reads_every_column_of_person_unit_and_user(stand_in, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = aktor.actor_of(stand_in.bruker_id)
        access.held(found)
        rows = ((found, Ansatt), (found.enhet, Enhet), (found.bruker, Bruker))

    assert (found.second_factor_for, found.openid_for) == (For.DECIDERS, For.NONE)
    for row, model in rows:
        fresh = model.objects.get(pk=row.pk)
        assert row.get_deferred_fields() == set()
        for field in model._meta.concrete_fields:
            assert getattr(row, field.attname) == getattr(fresh, field.attname)
