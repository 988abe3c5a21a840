"""What waits for a leader: mirrors kartlegging/oppgaver.py."""

from datetime import date, datetime

import pytest

from kartlegging import oppgaver
from kartlegging.models import Behovsskjema
from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Rolle
from kompetanse.varsler.oppgaver import told
from tests.conftest import give

pytestmark = pytest.mark.django_db


def titles(actor, on):
    return [duty.title for duty in told(oppgaver.duties(actor, on))]


def test_the_leader_of_a_service_has_the_form_as_a_duty_with_its_deadline(
    september, vidar, hjemmetjenesten
):
    (duty,) = told(oppgaver.duties(vidar, date(2026, 9, 1)))

    assert duty.title == "Fyll ut behovsskjema for Hjemmetjenesten"
    assert duty.deadline == date(2026, 9, 20)
    assert duty.url == f"/behov/2027/{hjemmetjenesten.pk}/"


def test_a_form_that_is_sent_waits_no_longer(september, vidar, hjemmetjenesten):
    Behovsskjema.objects.create(
        enhet=hjemmetjenesten, year=2027, status="submitted", submitted_at=clock.now(),
        submitted_by=vidar,
    )  # fmt: skip

    assert titles(vidar, date(2026, 9, 1)) == []


def test_nobody_is_asked_for_next_years_form_in_the_spring(vidar):
    with clock.frozen(datetime(2026, 3, 1, 9, 0, tzinfo=clock.OSLO)):
        assert titles(vidar, date(2026, 3, 1)) == []


def test_those_who_lead_no_service_have_no_form_to_fill_in(september, liv, kari, frida, turid):
    assert [titles(each, date(2026, 9, 1)) for each in (liv, kari, frida, turid)] == [
        [],
        [],
        [],
        [],
    ]


def test_competence_to_confirm_is_a_duty_for_each_leader_in_line(
    september, liv, vidar, siri, kari, sarstell, medisin, has
):
    has(kari, sarstell)
    has(liv, medisin)

    on = date(2026, 9, 1)
    assert titles(liv, on) == ["Bekreft 1 kompetanse som en ansatt har meldt"]
    assert "Bekreft 2 kompetanser som ansatte har meldt" in titles(vidar, on)
    assert not [title for title in titles(siri, on) if title.startswith("Bekreft")]


def test_those_who_have_left_are_not_to_be_confirmed(september, liv, kari, sarstell, has):
    has(kari, sarstell)
    kari.left_on = date(2026, 8, 1)
    kari.save()

    assert titles(liv, date(2026, 9, 1)) == []


def test_an_employee_costs_no_query(september, kari, queries):
    access.held(kari)

    assert queries(lambda: told(oppgaver.duties(kari, date(2026, 9, 1)))) == 0


def test_the_head_of_a_sector_is_told_how_many_forms_are_left_in_one_line(
    september, kristin, helse, hjemmetjenesten, sykehjemmet
):
    give(kristin, Rolle.Kode.LEDER, helse)

    (duty,) = told(oppgaver.duties(kristin, date(2026, 9, 1)))

    assert duty.title == "2 virksomheter har ikke sendt behovsskjema"
    assert duty.deadline == date(2026, 9, 20)
    assert duty.url == "/behov/2027/"
