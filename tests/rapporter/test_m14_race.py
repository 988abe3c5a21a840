"""Fifty distributions at once on one line: real threads, real commits, never below zero."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.db.models import Sum

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet, Rolle
from rapporter.actions import forbruk
from rapporter.actions import fordeling as actions
from rapporter.actions.forbruk import Entry
from rapporter.models import (
    Fordeling,
    Fordelingspost,
    Postering,
    Svarlinje,
    Tilskuddslinje,
    Tilskuddsordning,
    Tilskuddssoknad,
    Tilskuddssvar,
)
from tests.conftest import OCTOBER, give, make_ansatt, make_enhet
from tests.rapporter.conftest import make_tiltak
from tests.soknader.saker import at_once

AT_ONCE, EACH, GRANTED = 50, 1_000, 30_000


@pytest.fixture
def kommune(real_db) -> Kommune:
    return Kommune.objects.get(slug="fjordvik")


def build():
    nord = make_enhet("Nord", Enhet.Kind.KOMMUNE)
    frida = give(make_ansatt("Frida", "Moen", nord), Rolle.Kode.FAGRADGIVER, nord)
    ordning = Tilskuddsordning.objects.create(
        year=2027, name="T", county="F", ready_by=date(2027, 1, 15), deadline=date(2027, 3, 16)
    )
    soknad = Tilskuddssoknad.objects.create(ordning=ordning, status="sent", snapshot={})
    linje = Tilskuddslinje.objects.create(
        soknad=soknad, tiltak=make_tiltak("Kurs", None), priority=1
    )
    svar = Tilskuddssvar.objects.create(
        soknad=soknad, amount=GRANTED, received_on=date(2027, 5, 20), case_number="1", by=frida
    )
    row = Svarlinje.objects.create(svar=svar, linje=linje, granted=GRANTED)
    return frida, nord, Fordeling.objects.create(svar=svar), row


def test_m14_fifty_at_once_never_give_more_than_is_left(kommune):
    with as_kommune(kommune.pk):
        frida, nord, fordeling, row = build()

    def one(_number):
        try:
            with clock.frozen(OCTOBER), as_kommune(kommune.pk):
                actions.distribute(fordeling, svarlinje=row, enhet=nord, amount=EACH, by=frida)
        except DomainError:
            return 0
        return 1

    given = sum(at_once(AT_ONCE, one))

    with as_kommune(kommune.pk):
        assert given == GRANTED // EACH
        assert Svarlinje.objects.get().left == 0
        assert Fordelingspost.objects.aggregate(sum=Sum("amount"))["sum"] == GRANTED
        assert AuditEvent.objects.filter(action="fordeling.distribute").count() == given


def test_m14_fifty_postings_at_once_never_spend_more_than_the_line_has(kommune):
    with as_kommune(kommune.pk):
        frida, _nord, fordeling, row = build()
        svar = fordeling.svar

    def one(number):
        entry = Entry(svarlinje=row, voucher=f"B{number}", posted_on=date(2027, 9, 1), amount=EACH)
        try:
            with clock.frozen(OCTOBER), as_kommune(kommune.pk):
                forbruk.post(svar, entry, by=frida)
        except DomainError:
            return 0
        return 1

    spent = sum(at_once(AT_ONCE, one))

    with as_kommune(kommune.pk):
        assert spent == GRANTED // EACH
        assert Svarlinje.objects.get().remaining == 0
        assert Postering.objects.aggregate(sum=Sum("amount"))["sum"] == GRANTED


def test_m14_one_voucher_posted_by_twenty_at_once_is_there_once(kommune):
    with as_kommune(kommune.pk):
        frida, _nord, fordeling, row = build()
        svar = fordeling.svar
    entry = Entry(svarlinje=row, voucher="1", posted_on=date(2027, 9, 1), amount=EACH)

    def one(_number):
        try:
            with clock.frozen(OCTOBER), as_kommune(kommune.pk):
                forbruk.post(svar, entry, by=frida)
        except (DomainError, IntegrityError):
            return 0
        return 1

    assert sum(at_once(20, one)) == 1
    with as_kommune(kommune.pk):
        assert Svarlinje.objects.get().spent == EACH
