"""Roles are given and ended by the administrator, in the open, and never by oneself alone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon import access, actions
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.actions.rolle import Terms
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.varsler.models import Varsel
from tests.conftest import give, make_ansatt

Kode = Rolle.Kode


def form(unit, **fields):
    return {"kode": "fagradgiver", "enhet": unit.pk, "starts": "01.10.2026"} | fields


def again(ansatt):
    return Ansatt.objects.select_related("enhet").get(pk=ansatt.pk)


def test_a_role_is_given_by_the_form_and_the_holder_is_told(october, as_user, sigurd, kari, helse):
    answer = as_user(sigurd).post(f"/roller/ny/{kari.pk}/", form(helse, ends="31.12.2026"))

    assert answer.status_code == 302
    rolle = Rolle.objects.get(ansatt=kari)
    assert (rolle.kode, rolle.enhet, rolle.given_by) == ("fagradgiver", helse, sigurd)
    assert (rolle.starts, rolle.ends) == (date(2026, 10, 1), date(2026, 12, 31))
    assert access.may(again(kari), Act.RUN_ROUND)
    assert Varsel.objects.get(recipient=kari).subject == "Du har fått en rolle: Fagrådgiver"
    event = AuditEvent.objects.get(action="rolle.give", details__ansatt_id=kari.pk)
    assert (event.by_id, event.object_id) == (sigurd.pk, rolle.pk)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts": "31.13.2026"}, "Den datoen finnes ikke."),
        ({"ends": "01.09.2026"}, "Sluttdatoen må være etter startdatoen."),
        ({"kode": "tillitsvalgt"}, "Skriv hvilken organisasjon"),
        ({"kode": "konge"}, "Velg"),
        ({"enhet": 999999}, "Velg"),
    ],
)
def test_a_form_with_mistakes_comes_back(october, as_user, sigurd, kari, helse, fields, sentence):
    answer = as_user(sigurd).post(f"/roller/ny/{kari.pk}/", form(helse, **fields))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Rolle.objects.filter(ansatt=kari).exists()


def test_a_union_representative_keeps_the_union(october, as_user, sigurd, kari, helse):
    asked = form(helse, kode="tillitsvalgt", union="Fagforbundet")
    as_user(sigurd).post(f"/roller/ny/{kari.pk}/", asked)

    assert Rolle.objects.get(ansatt=kari).union == "Fagforbundet"


def test_the_same_role_twice_in_the_same_time_is_refused(october, as_user, sigurd, kari, helse):
    browser = as_user(sigurd)
    browser.post(f"/roller/ny/{kari.pk}/", form(helse))

    answer = browser.post(f"/roller/ny/{kari.pk}/", form(helse, starts="01.11.2026"))

    assert answer.status_code == 409
    assert "er allerede Fagrådgiver for Helse og sosial" in answer.content.decode()


def test_an_ended_role_works_at_the_next_request(october, as_user, sigurd, frida):
    browser = as_user(frida)
    assert browser.get("/runder/").status_code == 200

    rolle = Rolle.objects.get(ansatt=frida)
    assert as_user(sigurd).post(f"/roller/{rolle.pk}/avslutt/").status_code == 302

    assert browser.get("/runder/").status_code == 403
    rolle.refresh_from_db()
    assert (rolle.ends, rolle.ended_by) == (clock.today() - timedelta(days=1), sigurd)
    assert Varsel.objects.get(recipient=frida).kind == "rolle.take"


def test_only_the_administrator_gives_and_ends(october, as_user, frida, kari, helse, sigurd):
    rolle = Rolle.objects.get(ansatt=frida)

    with pytest.raises(PermissionDenied):
        actions.entrust(Kode.LEDER, kari, enhet=helse, by=frida, terms=Terms(clock.today()))
    with pytest.raises(PermissionDenied):
        actions.take(rolle, by=frida)
    for path in ("/roller/", f"/roller/ny/{kari.pk}/", f"/roller/{rolle.pk}/avslutt/"):
        assert as_user(frida).get(path).status_code == 403


def test_the_last_administrator_stays(october, as_user, sigurd, kari, kommunen):
    rolle = Rolle.objects.get(ansatt=sigurd)

    answer = as_user(sigurd).post(f"/roller/{rolle.pk}/avslutt/")
    assert answer.status_code == 409
    assert "Dette er den eneste systemansvarlige." in answer.content.decode()

    give(kari, Kode.SYSTEMANSVARLIG, kommunen)
    actions.take(rolle, by=again(kari))
    rolle.refresh_from_db()
    assert rolle.ends is not None


def test_an_administrator_who_has_left_does_not_count(october, sigurd, kari, kommunen):
    give(kari, Kode.SYSTEMANSVARLIG, kommunen)
    Ansatt.objects.filter(pk=kari.pk).update(left_on=clock.today())

    with pytest.raises(DomainError):
        actions.take(Rolle.objects.get(ansatt=sigurd), by=sigurd)


def test_nobody_takes_a_role_that_another_can_give(october, as_user, sigurd, kari, kommunen, helse):
    give(kari, Kode.SYSTEMANSVARLIG, kommunen)

    answer = as_user(sigurd).post(f"/roller/ny/{sigurd.pk}/", form(helse))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Du kan ikke gi deg selv en rolle. Be en annen systemansvarlig: Kari Nilsen." in page
    assert not Rolle.objects.filter(ansatt=sigurd, kode=Kode.FAGRADGIVER).exists()


def test_the_only_administrator_can_and_it_is_seen(october, as_user, sigurd, kommunen, helse):
    boss = give(make_ansatt("Rolf", "Eide", kommunen), Kode.KOMMUNEDIREKTOR, kommunen)
    browser = as_user(sigurd)

    assert browser.post(f"/roller/ny/{sigurd.pk}/", form(helse)).status_code == 302

    told = Varsel.objects.get(recipient=boss)
    assert told.subject == "Systemansvarlig har gitt seg selv en rolle"
    assert "Seg selv" in browser.get("/roller/?rolle=fagradgiver").content.decode()


def test_the_list_is_narrowed_by_role_unit_person_and_day(
    october, as_user, sigurd, frida, siri, liv, hjemmetjenesten
):
    browser = as_user(sigurd)
    Rolle.objects.filter(ansatt=liv).update(starts=date(2026, 11, 1))

    def names(query):
        page = browser.get(f"/roller/?{query}").content.decode()
        people = (frida, siri, liv, sigurd)
        return [p.first_name for p in people if f">{p.full_name}</th>" in page]

    assert names("") == ["Frida", "Siri", "Sigurd"]
    assert names("rolle=fagradgiver") == ["Frida"]
    assert names("navn=siri lund") == ["Siri"]
    assert names(f"enhet={hjemmetjenesten.pk}") == []
    assert names(f"enhet={hjemmetjenesten.pk}&dag=02.11.2026") == ["Liv"]


def test_the_list_costs_the_same_with_many_roles(october, as_user, sigurd, nord, queries_of):
    few = queries_of(as_user(sigurd), "/roller/")
    for number in range(30):
        give(make_ansatt(f"Per{number}", "Li", nord), Kode.VERNEOMBUD, nord)

    assert queries_of(as_user(sigurd), "/roller/") == few <= 10
