"""M18: networks and working groups with mandate, contact persons and activity. M19: whom to ask."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from kompetanse.errors import DomainError
from kompetanse.kommuner import once
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Rolle
from planer.actions import nettverk as actions
from planer.models import Nettverk, Nettverksmedlem
from tests.conftest import give, make_ansatt
from tests.planer.conftest import CANARY, plain


@pytest.fixture
def nettverk(september, frida, ola):
    """The dementia network, with Ola as its contact person."""
    return actions.make(
        name="Demensnettverket", kind="nettverk", mandate="Dele det vi lærer om demens.",
        rhythm="Fire ganger i året", contact=ola, by=frida,
    )  # fmt: skip


def test_m18_a_network_has_mandate_contacts_members_and_activity_for_all_to_find(
    as_user, september, frida, ola, kari, helse
) -> None:
    made = {
        "engangsnokkel": once.new_token(), "name": "Demensnettverket", "kind": "nettverk",
        "mandate": "Dele det vi lærer om demens.", "rhythm": "Fire ganger i året",
        "enhet": helse.pk, "contact": ola.pk,
    }  # fmt: skip
    response = as_user(frida).post("/nettverk/nytt/", made)
    nettverk = Nettverk.objects.get()
    activity = {
        "aktivitet-engangsnokkel": once.new_token(), "aktivitet-title": "Fagkafé",
        "aktivitet-on": "20.08.2026", "aktivitet-text": "Miljøbehandling", "aktivitet-present": "9",
    }  # fmt: skip

    as_user(ola).post(f"/nettverk/{nettverk.pk}/aktivitet/", activity)
    as_user(kari).post(f"/nettverk/{nettverk.pk}/bli-med/")

    assert response.url.endswith(f"/nettverk/{nettverk.pk}/")
    shown = plain(as_user(kari).get(f"/nettverk/{nettverk.pk}/").content.decode())
    for words in (
        "Dele det vi lærer om demens.", "Fire ganger i året", "Ola Hansen", "Fagkafé",
        "9 til stede", "2 medlemmer", "Helse og sosial", "Kari Nilsen", "Sykehjemmet", "Nord",
        "ola.hansen@fjordvik.example",
    ):  # fmt: skip
        assert words in shown, words
    listed = plain(as_user(kari).get("/nettverk/?ord=demens").content.decode())
    assert "Kontakt: Ola Hansen" in listed
    assert "2 medlemmer fra 2 enheter" in listed
    assert "Ingen treff." in as_user(kari).get("/nettverk/?ord=palliasjon").content.decode()


def test_m18_the_network_stands_in_the_menu_of_everyone(as_user, kari) -> None:
    assert "/nettverk/" in as_user(kari).get("/hjem/").content.decode()


def test_m18_every_change_is_in_the_audit_trail(nettverk, ola, kari) -> None:
    medlem = actions.join(nettverk, by=kari)
    actions.tell(nettverk, on=date(2026, 9, 1), title="Kafé", by=ola)
    actions.leave(medlem, by=kari)
    actions.step(nettverk, "rest", by=ola)

    told = AuditEvent.objects.filter(object_label__startswith="planer.nettverk").order_by("pk")
    assert list(told.values_list("action", flat=True)) == [
        "nettverk.make", "nettverksmedlem.enrol", "nettverksaktivitet.tell",
        "nettverksmedlem.leave", "nettverk.rest",
    ]  # fmt: skip


def test_m18_the_life_of_a_network(as_user, nettverk, frida, ola, kari) -> None:
    browser = as_user(ola)
    for step, status in (("hvil", "hviler"), ("vekk", "aktiv"), ("avslutt", "avsluttet")):
        browser.post(f"/nettverk/{nettverk.pk}/steg/{step}/")
        nettverk.refresh_from_db()
        assert nettverk.status == status

    assert nettverk.ends == date(2026, 9, 1)
    assert as_user(kari).post(f"/nettverk/{nettverk.pk}/bli-med/").status_code == 409


def test_m18_the_last_contact_person_stays_until_there_is_another(nettverk, ola, kari) -> None:
    own = Nettverksmedlem.objects.get()
    with pytest.raises(DomainError, match="kontaktperson"):
        actions.leave(own, by=ola)
    actions.enrol(nettverk, ansatt=kari, is_contact=True, by=ola)

    actions.leave(own, by=ola)

    assert list(nettverk.medlemmer.values_list("ansatt", flat=True)) == [kari.pk]


def test_m18_a_member_changes_nothing_and_takes_nobody_out(as_user, nettverk, kari, ola) -> None:
    actions.join(nettverk, by=kari)
    contact = Nettverksmedlem.objects.get(ansatt=ola)
    base = f"/nettverk/{nettverk.pk}/"

    answers = {
        as_user(kari).post(f"{base}{path}").status_code
        for path in ("endre/", "steg/hvil/", "aktivitet/", "medlem/", f"medlem/{contact.pk}/slett/")
    }

    assert answers == {403}
    assert as_user(kari).get("/nettverk/nytt/").status_code == 403


def test_m18_a_working_group_is_put_together_by_others(nettverk, frida, ola, kari) -> None:
    group = actions.make(
        name="Gruppa", kind="gruppe", mandate="Lage rutine.", contact=ola, by=frida
    )

    with pytest.raises(PermissionDenied):
        actions.join(group, by=kari)
    assert actions.enrol(group, ansatt=kari, by=ola).ansatt == kari


def test_m18_two_networks_cannot_have_one_name(as_user, nettverk, frida, ola) -> None:
    with pytest.raises(DomainError, match="Det finnes allerede"):
        actions.make(name="demensnettverket", kind="nettverk", mandate="x", contact=ola, by=frida)

    renamed = {"name": nettverk.name.upper(), "version": nettverk.version, "by": frida}
    assert actions.change(nettverk, **renamed).name == nettverk.name.upper()


def test_m18_the_list_costs_the_same_with_many(
    as_user, nettverk, frida, ola, kari, queries_of
) -> None:
    few = queries_of(as_user(kari), "/nettverk/")
    for number in range(29):
        actions.make(name=f"Nr {number}", kind="nettverk", mandate="x", contact=ola, by=frida)

    assert queries_of(as_user(kari), "/nettverk/") == few <= 10


def test_m18_the_neighbours_networks_are_not_found(as_user, frida, neighbour) -> None:
    foreign = neighbour(
        lambda advisor: actions.make(
            name=CANARY, kind="nettverk", mandate=CANARY, contact=advisor, by=advisor
        )
    )

    assert CANARY not in as_user(frida).get("/nettverk/").content.decode()
    assert as_user(frida).get(f"/nettverk/{foreign.pk}/").status_code == 404
    with pytest.raises(Nettverk.DoesNotExist):
        Nettverk.objects.get(pk=foreign.pk)


def test_m19_employees_find_the_stewards_nearest_first(
    as_user, kari, liv, ola, turid, frida, nord, sykehjemmet
) -> None:
    far = give(
        make_ansatt("Anne", "Ask", sykehjemmet), Rolle.Kode.KOMPETANSETILLITSVALGT, sykehjemmet
    )
    near = give(make_ansatt("Yngve", "Ås", nord), Rolle.Kode.KOMPETANSETILLITSVALGT, nord)

    page = as_user(kari).get("/hvem-kan-hjelpe/").content.decode()

    assert page.index(near.full_name) < page.index(far.full_name)
    for name in ("Liv Berg", "Turid Aas", "Frida Moen", "yngve.ås@fjordvik.example"):
        assert name in page, name
