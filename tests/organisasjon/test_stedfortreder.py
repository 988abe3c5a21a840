"""A deputy has the roles of the one who is away, in that time, and nothing more."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon import access, actions
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle, Stedfortreder
from kompetanse.varsler.models import Varsel
from tests.conftest import give

Kode = Rolle.Kode


def again(ansatt):
    """The same person on the next request."""
    return Ansatt.objects.select_related("enhet").get(pk=ansatt.pk)


def stand_in(away, deputy, *, starts=0, ends=7, by=None):
    today = clock.today()
    return actions.stand_in(
        away,
        deputy,
        starts=today + timedelta(days=starts),
        ends=today + timedelta(days=ends),
        reason="ferie",
        by=by or away,
    )


@pytest.mark.parametrize(("starts", "ends", "holds"), [(0, 0, True), (-3, 1, True), (1, 5, False)])
def test_the_roles_are_held_in_the_period(october, liv, kari, nord, helse, starts, ends, holds):
    stand_in(liv, kari, starts=starts, ends=ends)

    assert access.may(again(kari), Act.RECOMMEND, nord) is holds
    assert not access.may(again(kari), Act.RECOMMEND, helse)


def test_it_is_over_the_day_after(october, liv, kari, nord):
    stand_in(liv, kari, ends=2)

    with clock.frozen(october + timedelta(days=3)):
        assert not access.may(again(kari), Act.RECOMMEND, nord)


def test_the_role_says_for_whom(october, liv, kari):
    stand_in(liv, kari)

    role = access.held(again(kari))[1]
    assert role.mark == f"leder for {liv.pk}"
    assert role.label == "Leder, som stedfortreder for Liv Berg"
    assert access.capacity(again(kari), Act.RECOMMEND) == f"leder for {liv.pk}"


def test_the_own_role_goes_first(october, vidar, siri, sykehjemmet):
    stand_in(vidar, siri)

    assert access.capacity(again(siri), Act.RECOMMEND) == "virksomhetsleder"


def test_a_deputy_cannot_pass_it_on(october, liv, kari, ola, nord):
    stand_in(liv, kari)

    with pytest.raises(DomainError, match="ingen egen rolle"):
        stand_in(again(kari), ola)
    Stedfortreder.objects.create(
        ansatt=kari, stedfortreder=ola, starts=clock.today(), ends=clock.today()
    )
    assert not access.may(again(ola), Act.RECOMMEND, nord)


def test_who_is_elected_or_trusted_with_the_keys_is_so_in_person(
    october, turid, sigurd, kari, kommunen
):
    give(turid, Kode.FAGRADGIVER, turid.enhet)
    stand_in(again(turid), kari)

    koder = {role.kode for role in access.held(again(kari))}
    assert koder == {Kode.ANSATT, Kode.FAGRADGIVER}
    with pytest.raises(DomainError):
        stand_in(sigurd, kari)


def test_the_roles_end_with_the_absent_persons_own(october, liv, kari, nord):
    stand_in(liv, kari)
    Rolle.objects.filter(ansatt=liv).update(ends=clock.today() - timedelta(days=1))
    assert not access.may(again(kari), Act.RECOMMEND, nord)

    Rolle.objects.filter(ansatt=liv).update(ends=None)
    Ansatt.objects.filter(pk=liv.pk).update(left_on=clock.today())
    assert not access.may(again(kari), Act.RECOMMEND, nord)


def test_ending_works_at_the_next_request(october, as_user, liv, kari):
    row = stand_in(liv, kari)
    browser = as_user(kari)
    assert browser.get("/leder/soknader/").status_code == 200

    assert as_user(liv).post(f"/stedfortreder/{row.pk}/avslutt/").status_code == 302

    assert browser.get("/leder/soknader/").status_code == 403


def test_it_is_registered_by_the_pages(october, as_user, liv, kari):
    browser = as_user(liv)
    found = browser.get(f"/stedfortreder/{liv.pk}/ny/?navn=kari").content.decode()
    url = f"/stedfortreder/{liv.pk}/ny/{kari.pk}/"
    assert url in found

    fields = {"starts": "05.10.2026", "ends": "12.10.2026", "reason": "ferie"}
    assert browser.post(url, fields).status_code == 302

    row = Stedfortreder.objects.get()
    assert (row.ansatt, row.stedfortreder, row.by) == (liv, kari, liv)
    assert (row.starts, row.ends) == (date(2026, 10, 5), date(2026, 10, 12))
    told = Varsel.objects.get()
    assert (told.recipient, told.subject) == (kari, "Du er stedfortreder for Liv Berg")
    event = AuditEvent.objects.get(action="stedfortreder.set")
    assert (event.by_id, event.about_id) == (liv.pk, liv.pk)
    assert "Kari Nilsen" in browser.get("/stedfortreder/").content.decode()


def test_the_administrator_registers_for_anyone_and_both_are_told(
    october, as_user, sigurd, liv, kari
):
    fields = {"starts": "05.10.2026", "ends": "12.10.2026", "reason": "annet"}

    answer = as_user(sigurd).post(f"/stedfortreder/{liv.pk}/ny/{kari.pk}/", fields)

    assert answer.status_code == 302
    assert set(Varsel.objects.values_list("recipient", flat=True)) == {liv.pk, kari.pk}


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"ends": "01.10.2026"}, 422, "Siste dag må være samme dag"),
        ({"starts": "01.09.2026", "ends": "02.09.2026"}, 409, "Fraværet er over."),
        ({"ends": "05.10.2028"}, 409, "inntil ett år"),
        ({"reason": "syk"}, 422, "Velg"),
    ],
)
def test_a_wrong_period_is_told(october, as_user, liv, kari, fields, status, sentence):
    right = {"starts": "05.10.2026", "ends": "12.10.2026", "reason": "ferie"}

    answer = as_user(liv).post(f"/stedfortreder/{liv.pk}/ny/{kari.pk}/", right | fields)

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert not Stedfortreder.objects.exists()


def test_nobody_registers_for_another_or_without_a_role(october, as_user, liv, vidar, kari, ola):
    with pytest.raises(PermissionDenied):
        stand_in(vidar, kari, by=liv)
    with pytest.raises(PermissionDenied):
        stand_in(kari, ola)
    assert as_user(liv).get(f"/stedfortreder/{vidar.pk}/ny/").status_code == 403


def test_a_stranger_neither_sees_nor_ends_it(october, as_user, liv, kari, ola, siri):
    row = stand_in(liv, kari)

    assert "Liv Berg" not in as_user(siri).get("/stedfortreder/").content.decode()
    assert as_user(siri).post(f"/stedfortreder/{row.pk}/avslutt/").status_code == 404
    assert as_user(kari).post(f"/stedfortreder/{row.pk}/avslutt/").status_code == 403


def test_the_absent_persons_own_pages_stay_theirs(october, as_user, liv, kari):
    stand_in(liv, kari)

    page = as_user(kari).get("/profil/").content.decode()
    assert "Leder, som stedfortreder for Liv Berg" in page
    assert liv.number not in page


def test_everyone_finds_the_deputy(october, as_user, liv, kari, ola):
    stand_in(liv, kari)

    page = " ".join(as_user(ola).get("/folk/?navn=berg").content.decode().split())
    assert "8. oktober 2026. Stedfortreder: Kari Nilsen" in page
