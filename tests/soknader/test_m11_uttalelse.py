"""M11: the leader states on the applications of those below, never on the own."""

from datetime import datetime

import pytest

from kompetanse import clock
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Rolle
from soknader.models import Inhabilitet, Soknad, Uttalelse
from soknader.queries import uttalelse as uttalelser
from tests.conftest import give, make_ansatt

pytestmark = pytest.mark.usefixtures("october")

S = Soknad.Status
STATEMENT = {"verdict": "supports", "text": "Vi trenger dette.", "staffing": "To vakter."}


def state(browser, soknad, **more):
    told = {"version": soknad.version} | STATEMENT | more
    return browser.post(f"/leder/soknader/{soknad.pk}/", told)


def test_m11_the_list_has_those_without_statement_first_the_oldest_first(
    runde, kari, liv, nord, as_user, make_soknad
):
    anne, per = make_ansatt("Anne", "Bakken", nord), make_ansatt("Per", "Lie", nord)
    done = make_soknad(kari, status=S.RECOMMENDED)
    Uttalelse.objects.create(soknad=done, verdict="opposes", text="Nei", by=liv)
    at = datetime(2026, 9, 20, tzinfo=clock.OSLO)
    make_soknad(anne, status=S.SUBMITTED)
    make_soknad(per, status=S.SUBMITTED, submitted_at=at)
    make_soknad(anne)

    page = as_user(liv).get("/leder/soknader/").content.decode()

    order = [page.index(name) for name in ("Per Lie", "Anne Bakken", "Kari Nilsen")]
    assert order == sorted(order)
    assert "2 søknader mangler uttalelse" in page
    assert "Støtter ikke" in page
    assert page.count("Anne Bakken") == 1


def test_m11_a_statement_is_saved_and_the_next_one_opens(
    runde, kari, liv, nord, as_user, make_soknad
):
    first = make_soknad(kari, status=S.SUBMITTED)
    second = make_soknad(make_ansatt("Anne", "Bakken", nord), status=S.SUBMITTED)
    browser = as_user(liv)

    went = state(browser, first)
    last = state(browser, second)

    assert went.url == f"/fjordvik/leder/soknader/{second.pk}/"
    assert last.url == "/fjordvik/leder/soknader/"
    first.refresh_from_db()
    uttalelse = Uttalelse.objects.get(soknad=first)
    assert first.status == S.RECOMMENDED
    assert (uttalelse.verdict, uttalelse.staffing, uttalelse.by) == ("supports", "To vakter.", liv)
    assert AuditEvent.objects.filter(action="soknad.recommend").count() == 2


def test_m11_a_statement_without_verdict_comes_back(runde, kari, liv, as_user, make_soknad):
    soknad = make_soknad(kari, status=S.SUBMITTED)

    answered = state(as_user(liv), soknad, verdict="", text="")

    page = answered.content.decode()
    assert answered.status_code == 422
    assert "Velg om du støtter søknaden." in page
    assert "Skriv hvorfor du støtter eller ikke støtter søknaden." in page


def test_m11_a_leaders_own_application_goes_to_the_next_level(
    runde, kari, liv, vidar, as_user, make_soknad
):
    own = make_soknad(liv, status=S.SUBMITTED)

    assert as_user(liv).get(f"/leder/soknader/{own.pk}/").status_code == 404
    assert state(as_user(liv), own).status_code == 404
    assert "Liv Berg:" in as_user(vidar).get(f"/leder/soknader/{own.pk}/").content.decode()
    assert state(as_user(vidar), own).status_code == 302
    assert "Vidar Dahl" in as_user(liv).get(f"/soknad/{own.pk}/kvittering/").content.decode()


def test_m11_two_who_lead_the_same_unit_do_not_state_on_each_other(
    runde, liv, vidar, nord, as_user, make_soknad
):
    lars = give(make_ansatt("Lars", "Ruud", nord), Rolle.Kode.LEDER, nord)
    soknad = make_soknad(liv, status=S.SUBMITTED)

    assert as_user(lars).get(f"/leder/soknader/{soknad.pk}/").status_code == 404
    assert "Vidar Dahl" in as_user(liv).get(f"/soknad/{soknad.pk}/kvittering/").content.decode()


def test_m11_the_head_of_the_sector_states_only_where_no_leader_below_can(
    runde, kari, liv, vidar, siri, kristin, hjemmetjenesten, as_user, make_soknad
):
    second = make_ansatt("Anne", "Bakken", hjemmetjenesten)
    give(second, Rolle.Kode.VIRKSOMHETSLEDER, hjemmetjenesten)
    alone, paired = make_soknad(siri, status=S.SUBMITTED), make_soknad(vidar, status=S.SUBMITTED)
    others = [make_soknad(each, status=S.SUBMITTED) for each in (kari, liv)]
    own = make_soknad(kristin, status=S.SUBMITTED)
    browser = as_user(kristin)

    answers = [state(browser, sak).status_code for sak in (alone, paired, *others, own)]

    assert answers == [302, 302, 404, 404, 404]
    assert [uttalelser.leader_of(sak) for sak in (alone, paired, others[0])] == [
        kristin,
        kristin,
        liv,
    ]


def test_m11_another_units_leader_an_employee_and_a_draft(
    runde, kari, liv, siri, ola, as_user, make_soknad
):
    sent, draft = make_soknad(kari, status=S.SUBMITTED), make_soknad(kari)
    url = f"/leder/soknader/{sent.pk}/"

    assert as_user(siri).get(url).status_code == 404
    assert state(as_user(siri), sent).status_code == 404
    assert as_user(ola).get(url).status_code == 403
    assert as_user(None).get(url).status_code == 302
    assert as_user(liv).get(f"/leder/soknader/{draft.pk}/").status_code == 404
    assert not Uttalelse.objects.exists()


def test_m11_who_has_declared_a_conflict_reads_but_does_not_state(
    runde, kari, liv, as_user, make_soknad
):
    soknad = make_soknad(kari, status=S.SUBMITTED)
    Inhabilitet.objects.create(soknad=soknad, ansatt=liv, ground="family")

    page = as_user(liv).get(f"/leder/soknader/{soknad.pk}/").content.decode()

    assert "Du kan ikke gi uttalelse til denne søknaden nå." in page
    assert state(as_user(liv), soknad).status_code == 403


def test_m11_an_application_changed_while_the_leader_wrote_is_read_again(
    runde, kari, liv, as_user, make_soknad
):
    soknad = make_soknad(kari, status=S.SUBMITTED)
    Soknad.objects.filter(pk=soknad.pk).update(version=2, study="Ny tittel")

    answered = state(as_user(liv), soknad)

    page = answered.content.decode()
    assert answered.status_code == 409
    assert "Søkeren har endret søknaden mens du leste." in page
    assert "Vi trenger dette." in page
    assert "Ny tittel" in page
    assert not Uttalelse.objects.exists()


def test_m11_a_new_statement_replaces_the_old_until_it_is_decided(
    runde, kari, liv, vidar, as_user, make_soknad
):
    soknad = make_soknad(kari, status=S.SUBMITTED)
    state(as_user(liv), soknad)

    state(as_user(vidar), soknad, verdict="conditional", condition="Vikar")
    Soknad.objects.update(status=S.DECIDED)
    refused = state(as_user(vidar), soknad, verdict="opposes")

    uttalelse = Uttalelse.objects.get()
    assert (uttalelse.verdict, uttalelse.by) == ("conditional", vidar)
    assert refused.status_code == 409


@pytest.mark.parametrize("count", [1, 30])
def test_m11_the_list_takes_the_same_queries_for_1_and_30(
    runde, liv, nord, as_user, make_soknad, count, queries_of
):
    for number in range(count):
        ansatt = make_ansatt("Ansatt", f"Nummer{number}", nord)
        soknad = make_soknad(ansatt, status=S.RECOMMENDED)
        Uttalelse.objects.create(soknad=soknad, verdict="supports", text="Ja", by=liv)
        make_soknad(ansatt, status=S.SUBMITTED)

    assert queries_of(as_user(liv), "/leder/soknader/") == 6


@pytest.mark.parametrize("count", [1, 30])
def test_m11_own_list_takes_the_same_queries_for_1_and_30(
    runde, kari, as_user, make_soknad, count, queries_of
):
    for _ in range(count):
        make_soknad(kari, status=S.SUBMITTED)

    assert queries_of(as_user(kari), "/mine/") == 6
