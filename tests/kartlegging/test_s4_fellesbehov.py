"""S4: common needs – introduction, laws, and the systems with owner, responsible and training."""

from datetime import date

import pytest

from kartlegging.models import Beholdning
from kompetanse.kommuner import once
from kompetanse.organisasjon.models import Kompetanse, Stillingskategori
from planer.models import Fagsystem, Opplaringskrav
from tests.conftest import make_ansatt


@pytest.fixture
def journal(active) -> Kompetanse:
    return Kompetanse.objects.create(name="Journalsystemet")


@pytest.fixture
def system(september, frida, siri, kari) -> Fagsystem:
    return Fagsystem.objects.create(name="Profil", purpose="Journal", owner=siri, responsible=kari)


def plain(response) -> str:
    return " ".join(response.content.decode().split())


def ask(browser, path: str, kompetanse, **more):
    answers = {"engangsnokkel": once.new_token(), "kompetanse": kompetanse.pk, "level": "2"}
    return browser.post(path, answers | more)


def test_s4_a_system_is_registered_with_owner_responsible_and_training(
    as_user, september, frida, siri, kari, liv, journal, sykehjemmet
) -> None:
    browser = as_user(frida)
    browser.post(
        "/fagsystem/nytt/",
        {
            "engangsnokkel": once.new_token(),
            "name": "Profil",
            "purpose": "Journal",
            "owner": siri.pk,
            "responsible": kari.pk,
            "upgrade": "Ny versjon i mai",
            "is_active": "on",
        },
    )
    system = Fagsystem.objects.get()
    ask(browser, f"/fagsystem/{system.pk}/krav/", journal, group="sykepleier")

    page = plain(as_user(liv).get("/felles-behov/"))

    krav = Opplaringskrav.objects.get()
    assert (krav.fagsystem, krav.group, krav.level) == (system, "sykepleier", 2)
    assert "Siri Lund" in page
    assert "Kari Nilsen" in page


def test_s4_who_lacks_the_training_is_told_to_the_leader_by_name(
    as_user, system, journal, nord, liv, kari, ola
) -> None:
    Stillingskategori.objects.filter(name="Sykepleier").update(group="sykepleier")
    nina = make_ansatt("Nina", "Bø", nord)
    old = make_ansatt("Odd", "Vik", nord)
    krav = Opplaringskrav.objects.create(
        fagsystem=system, kompetanse=journal, level=2, group="sykepleier"
    )
    Beholdning.objects.create(ansatt=nina, kompetanse=journal, level=2, status="confirmed")
    Beholdning.objects.create(
        ansatt=old, kompetanse=journal, level=3, status="confirmed", valid_until=date(2026, 8, 31)
    )
    Beholdning.objects.create(ansatt=kari, kompetanse=journal, level=4, status="declared")

    page = plain(as_user(liv).get(f"/felles-behov/krav/{krav.pk}/"))

    assert "2 av 3 mangler den" in page
    assert "Kari Nilsen" in page
    assert "Odd Vik" in page
    assert "Nina Bø" not in page
    assert "Ola Hansen" not in page


def test_s4_what_every_leader_must_know_asks_those_who_hold_the_role(
    as_user, september, frida, liv, vidar, kari, journal
) -> None:
    ask(as_user(frida), "/felles-behov/krav/ny/", journal, role="leder")

    page = plain(as_user(vidar).get("/felles-behov/"))

    assert Opplaringskrav.objects.get().fagsystem is None
    assert 'data-label="Skal ha">2<' in page
    assert 'data-label="Mangler">2<' in page


def test_s4_executives_see_no_figure_of_fewer_than_five(
    as_user, system, journal, kristin, liv, kari
) -> None:
    krav = Opplaringskrav.objects.create(fagsystem=system, kompetanse=journal, role="leder")

    page = plain(as_user(kristin).get(f"/felles-behov/krav/{krav.pk}/"))

    assert "Færre enn fem" in page
    assert "Liv Berg" not in page


def test_s4_the_owner_keeps_the_system_and_others_do_not(
    as_user, system, journal, siri, kari, ola, liv
) -> None:
    path = f"/fagsystem/{system.pk}/"
    assert ask(as_user(siri), f"{path}krav/", journal).status_code == 302
    assert as_user(kari).get(f"{path}endre/").status_code == 200
    assert as_user(ola).get(path).status_code == 200

    assert as_user(ola).get(f"{path}endre/").status_code == 403
    assert ask(as_user(liv), f"{path}krav/", journal, role="leder").status_code == 403
    krav = Opplaringskrav.objects.get()
    assert as_user(ola).post(f"/felles-behov/krav/{krav.pk}/slett/").status_code == 403
    assert as_user(siri).post(f"/felles-behov/krav/{krav.pk}/slett/").status_code == 302


def test_s4_role_and_group_together_are_refused_with_what_was_chosen(
    as_user, september, frida, journal
) -> None:
    answer = ask(
        as_user(frida), "/felles-behov/krav/ny/", journal, role="leder", group="sykepleier"
    )

    assert answer.status_code == 422
    assert not Opplaringskrav.objects.exists()


def test_s4_an_ordinary_employee_sees_systems_and_no_figures(as_user, system, kari) -> None:
    page = plain(as_user(kari).get("/felles-behov/"))

    assert "Profil" in page
    assert "Mangler opplæring" not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_s4_thirty_systems_cost_the_same_queries_as_one(
    as_user, queries_of, september, liv, journal, rows
) -> None:
    for number in range(rows):
        system = Fagsystem.objects.create(name=f"System {number}")
        Opplaringskrav.objects.create(fagsystem=system, kompetanse=journal)

    assert queries_of(as_user(liv), "/felles-behov/") <= 10
