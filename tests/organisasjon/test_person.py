"""A person's page: who opens it, what it leaves behind, and leave of absence."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.actions import permisjon as actions
from kompetanse.organisasjon.models import Permisjon, Rolle, Stilling, Stillingskategori
from tests.conftest import give, make_ansatt


def page_of(ansatt):
    return f"/ansatt/{ansatt.pk}/"


@pytest.fixture
def personal(kommunen):
    """Head of personnel."""
    return give(make_ansatt("Pia", "Strand", kommunen), Rolle.Kode.PERSONALSJEF, kommunen)


@pytest.fixture
def leave(october, kari, personal):
    """Kari on half leave from 1 September 2026."""
    return actions.register(
        kari, kind=Permisjon.Kind.FORELDRE, percentage=50,
        starts=date(2026, 9, 1), ends=None, by=personal,
    )  # fmt: skip


def test_the_leader_opens_the_page_and_the_opening_is_recorded(october, as_user, kari, liv):
    answer = as_user(liv).get(page_of(kari))

    assert answer.status_code == 200
    event = AuditEvent.objects.get(action="ansatt.open")
    assert (event.by_id, event.about_id, event.details) == (liv.pk, kari.pk, {})
    assert "Den ansatte kan se at du har åpnet siden." in answer.content.decode()


def test_the_crumbs_lead_to_the_home_unit_only_when_it_has_a_page_for_the_reader(
    october, as_user, liv, nord, sykehjemmet
):
    mine = make_ansatt("Nora", "Moe", nord)
    lent = make_ansatt("Lars", "Lie", sykehjemmet)
    kategori = Stillingskategori.objects.all()[0]
    Stilling.objects.create(ansatt=lent, enhet=nord, kategori=kategori, percentage=20)
    browser = as_user(liv)

    assert (
        f'href="/fjordvik/organisasjon/{nord.pk}/"' in browser.get(page_of(mine)).content.decode()
    )
    shown = browser.get(page_of(lent))
    assert shown.status_code == 200
    assert f'href="/fjordvik/organisasjon/{sykehjemmet.pk}/"' not in shown.content.decode()


def test_ones_own_page_is_opened_without_a_line(october, as_user, kari):
    assert as_user(kari).get(page_of(kari)).status_code == 200
    assert not AuditEvent.objects.filter(action="ansatt.open").exists()


def test_who_does_not_follow_the_unit_finds_nobody_and_leaves_no_line(
    october, as_user, kari, ola, siri, kristin, turid
):
    for stranger in (ola, siri, kristin, turid):
        assert as_user(stranger).get(page_of(kari)).status_code == 404
    assert not AuditEvent.objects.filter(action="ansatt.open").exists()


def test_the_leader_of_a_second_position_opens_the_page_too(
    october, as_user, kari, siri, sykehjemmet
):
    Stilling.objects.create(
        ansatt=kari, enhet=sykehjemmet, percentage=20, is_permanent=False,
        kategori=Stillingskategori.objects.first(), starts=date(2026, 1, 1),
    )  # fmt: skip

    page = as_user(siri).get(page_of(kari)).content.decode()

    assert "Sykehjemmet" in page
    assert "Nord" in page
    assert "Midlertidig" in page


def test_the_page_costs_the_same_with_one_and_thirty_positions(
    october, as_user, queries_of, kari, liv, nord
):
    few = queries_of(as_user(liv), page_of(kari))
    kategori = Stillingskategori.objects.first()
    for number in range(30):
        Stilling.objects.create(
            ansatt=kari, enhet=nord, kategori=kategori, percentage=10,
            starts=date(2020, 1, 1), ends=date(2020, 2, 1 + number % 28),
        )  # fmt: skip

    assert queries_of(as_user(liv), page_of(kari)) == few == 8


# --- leave


def test_leave_is_registered_on_the_page(october, as_user, kari, personal):
    answer = as_user(personal).post(
        f"{page_of(kari)}permisjon/",
        {"versjon": 1, "kind": "utdanning", "percentage": "40 %", "starts": "1.2.2027", "ends": ""},
    )

    assert answer.status_code == 302
    permisjon = Permisjon.objects.get(ansatt=kari)
    assert (permisjon.kind, permisjon.percentage) == ("utdanning", 40)
    assert (permisjon.starts, permisjon.ends) == (date(2027, 2, 1), None)
    assert AuditEvent.objects.get(action="permisjon.register").about_id == kari.pk
    assert "Utdanningspermisjon" in as_user(personal).get(page_of(kari)).content.decode()


def test_leave_that_ends_before_it_starts_is_asked_again(october, as_user, kari, personal):
    answer = as_user(personal).post(
        f"{page_of(kari)}permisjon/",
        {"versjon": 1, "kind": "utdanning", "percentage": "40", "starts": "1.2.2027",
         "ends": "1.1.2027"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert "Sluttdatoen må være etter startdatoen." in answer.content.decode()


def test_nobody_is_away_more_than_fully(leave, kari, personal):
    with pytest.raises(DomainError, match="mer enn 100 prosent"):
        actions.register(
            kari, kind=Permisjon.Kind.ANNEN, percentage=60,
            starts=date(2026, 12, 1), ends=date(2026, 12, 31), by=personal,
        )  # fmt: skip
    actions.register(
        kari, kind=Permisjon.Kind.ANNEN, percentage=50,
        starts=date(2026, 12, 1), ends=date(2026, 12, 31), by=personal,
    )  # fmt: skip


def test_leave_is_changed_once_and_deleted(leave, as_user, personal, kari):
    browser, path = as_user(personal), f"/permisjon/{leave.pk}"
    answers = {"versjon": 1, "kind": "foreldre", "percentage": "50", "starts": "01.09.2026"}

    assert browser.post(f"{path}/endre/", answers | {"ends": "31.12.2026"}).status_code == 302
    assert browser.post(f"{path}/endre/", answers | {"ends": ""}).status_code == 409
    leave.refresh_from_db()
    assert leave.ends == date(2026, 12, 31)

    assert browser.post(f"{path}/slett/").status_code == 302
    assert not Permisjon.objects.exists()


def test_only_personnel_and_the_administrator_keep_leave(leave, as_user, kari, liv, frida):
    for actor in (liv, frida):
        assert as_user(actor).get(f"{page_of(kari)}permisjon/").status_code == 403
        with pytest.raises(PermissionDenied):
            actions.delete(leave, by=actor)


def test_a_stale_change_is_refused_by_the_verb(leave, personal):
    answers = {"kind": "foreldre", "percentage": 50, "starts": date(2026, 9, 1), "ends": None}
    actions.change(leave, version=1, by=personal, **answers)

    with pytest.raises(StaleError):
        actions.change(leave, version=1, by=personal, **answers)
