"""Duties and reminders of the round: computed from state, each told once, also after silence."""

from datetime import date, datetime

import pytest

from kompetanse import clock
from kompetanse.varsler import actions as varsler
from kompetanse.varsler import oppgaver
from kompetanse.varsler.models import Varsel
from soknader.models import Soknad, Soknadsrunde
from tests.conftest import make_ansatt

S = Soknad.Status


def at(month, day, hour=9, minute=0):
    return clock.frozen(datetime(2026, month, day, hour, minute, tzinfo=clock.OSLO))


def titles(actor, month, day):
    with at(month, day):
        return [
            (each.title, each.deadline)
            for each in oppgaver.waiting_for(actor, on=date(2026, month, day))
            if each.key.startswith(("soknad.", "runde."))
        ]


def reminded(key):
    rows = Varsel.objects.filter(key__startswith=f"paminnelse:{key}", status="pending")
    return sorted(rows.values_list("recipient__first_name", flat=True))


def test_an_employee_can_apply_then_has_a_draft_then_nothing(runde, kari, make_soknad):
    assert titles(kari, 10, 1) == [("Søk om støtte til utdanning", runde.deadline)]

    soknad = make_soknad(kari)
    told = "Søknaden din er ikke sendt ennå: Videreutdanning i geriatri"
    assert titles(kari, 10, 1) == [(told, runde.deadline)]
    assert titles(kari, 10, 16) == []

    Soknad.objects.filter(pk=soknad.pk).delete()
    make_soknad(kari, status=S.SUBMITTED)
    assert titles(kari, 10, 1) == []


def test_a_leader_is_told_how_many_wait(runde, kari, liv, nord, siri, make_soknad):
    make_soknad(kari, status=S.SUBMITTED)
    make_soknad(make_ansatt("Anne", "Bakken", nord), status=S.SUBMITTED)
    make_soknad(make_ansatt("Per", "Lie", nord), status=S.RECOMMENDED)

    assert ("2 søknader mangler uttalelse", runde.leader_deadline) in titles(liv, 10, 1)
    assert [each for each in titles(siri, 10, 1) if "uttalelse" in each[0]] == []


def test_the_advisor_is_told_to_open_the_round(runde, frida):
    Soknadsrunde.objects.update(status="draft")

    assert titles(frida, 8, 20) == [("Gjør klar og åpne høstrunden 2026", None)]
    assert titles(frida, 7, 1) == []


def test_everyone_hears_once_that_the_round_is_open(runde, kari, liv, ola):
    with at(9, 1, 8):
        varsler.remind()
        varsler.remind()

    assert reminded("runde.opened") == ["Kari", "Liv", "Ola"]
    assert Varsel.objects.count() == 3
    body = Varsel.objects.get(recipient=kari).body
    assert "Hei, Kari!" in body
    assert "torsdag 15.\xa0oktober kl.\xa023.59" in body


def test_nobody_hears_of_a_round_that_is_not_open(runde, kari):
    Soknadsrunde.objects.update(status="draft")
    with at(10, 14):
        varsler.remind()

    assert not Varsel.objects.exists()


@pytest.mark.parametrize(
    ("moment", "label", "who"),
    [
        ((10, 1, 7, 59), "T-14", []),
        ((10, 1, 8, 0), "T-14", ["Anne", "Liv", "Ola"]),
        ((10, 8, 8, 0), "T-7", ["Anne"]),
        ((10, 14, 8, 0), "T-1", ["Anne"]),
    ],
)
def test_reminders_before_the_deadline_go_to_those_they_concern(
    runde, kari, liv, ola, nord, make_soknad, moment, label, who
):
    make_soknad(kari, status=S.SUBMITTED)
    make_soknad(make_ansatt("Anne", "Bakken", nord))
    with at(9, 1, 8):
        varsler.remind()

    with at(*moment):
        varsler.remind()

    assert reminded(f"soknadsfrist:2026-10-15:{label}") == who


def test_after_days_of_silence_only_what_still_matters_is_sent(runde, kari, ola, make_soknad):
    make_soknad(kari)
    with at(10, 14, 12):
        varsler.remind()

    assert reminded("soknadsfrist:2026-10-15:T-1") == ["Kari"]
    assert reminded("soknadsfrist:2026-10-15:T-7") == []
    assert reminded("runde.opened") == ["Kari", "Ola"]


def test_leaders_with_statements_missing_are_reminded_three_days_before(
    runde, kari, liv, vidar, siri, ola, make_soknad
):
    make_soknad(kari, status=S.SUBMITTED)
    make_soknad(liv, status=S.SUBMITTED)
    make_soknad(ola, status=S.RECOMMENDED)
    with at(10, 19, 8):
        varsler.remind()

    assert reminded("uttalelsesfrist:2026-10-22:T-3") == ["Liv", "Vidar"]


def test_the_start_page_shows_the_deadline_to_anyone(runde, as_user):
    with at(10, 1):
        page = as_user(None).get("/").content.decode()

    assert "Søk om støtte til utdanning: torsdag 15.\xa0oktober kl.\xa023.59" in page


def test_the_front_page_shows_where_ones_applications_stand(runde, kari, as_user, make_soknad):
    make_soknad(kari, status=S.SUBMITTED)
    with at(10, 1):
        page = as_user(kari).get("/hjem/").content.decode()

    assert "Søknadene dine" in page
    assert "2026-0001" in page
