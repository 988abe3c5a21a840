"""Habilitet in all its forms: own case, declared, a leader's case, a leader who has declared."""

import pytest
from django.core.exceptions import PermissionDenied

from kartlegging import rules as kartlegging_rules
from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.organisasjon import actions as organisasjon
from kompetanse.organisasjon.actions import habilitet as habilitet_actions
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.varsler.models import Varsel
from kompetanse.varsler.oppgaver import waiting_for as duties_for
from soknader.actions import innsending, poeng, uttalelse
from soknader.actions import prioritering as actions
from soknader.actions import settestedfortreder as sette_actions
from soknader.actions import vedtak as vedtak_actions
from soknader.actions.innhold import Content
from soknader.models import Inhabilitet, Settestedfortreder, Soknad, Vedtak
from soknader.queries import uttalelse as uttalelser
from soknader.rules import habilitet
from soknader.rules import soknad as soknad_rules
from soknader.rules.habilitet import Ground
from tests.conftest import give, make_ansatt, make_enhet
from tests.soknader.saker import make_draft, make_runde, make_sak, version

FAMILY = Inhabilitet.Ground.FAMILY
GRANT = Content(outcome="granted", amount=1_000)


def duties_of(ansatt):
    return duties_for(ansatt, on=clock.today())


@pytest.fixture
def runde(active, october):
    return make_runde()


def test_own_case_is_barred(runde, vidar):
    sak = make_sak(vidar, runde)

    assert habilitet.ground(vidar, sak) == Ground.OWN
    with pytest.raises(PermissionDenied):
        actions.move(sak, place=1, version=1, by=vidar)
    with pytest.raises(PermissionDenied):
        vedtak_actions.draft(sak, GRANT, version=0, by=vidar)
    with pytest.raises(PermissionDenied):
        poeng.score(sak, points={}, version=0, by=vidar)
    with pytest.raises(PermissionDenied):
        actions.comment(sak, text="Jeg fortjener det", by=vidar)


def test_who_has_declared_takes_no_part_from_then_on(runde, vidar, kari):
    sak = make_sak(kari, runde)
    vedtak_actions.draft(sak, GRANT, version=0, by=vidar)

    actions.recuse(sak, ground=FAMILY, by=vidar)

    assert habilitet.ground(vidar, sak) == Ground.DECLARED
    with pytest.raises(PermissionDenied):
        vedtak_actions.draft(sak, GRANT, version=version(sak), by=vidar)
    with pytest.raises(PermissionDenied):
        actions.recuse(sak, ground=FAMILY, by=vidar)


def test_a_direct_subordinate_prepares_the_leaders_case_but_does_not_decide_it(
    runde, frida, kristin
):
    sak = make_sak(kristin, runde)

    vedtak_actions.draft(sak, GRANT, version=0, by=frida)

    assert habilitet.ground(frida, sak) == Ground.LEADERS_OWN
    ready = vedtak_actions.queries.ready(runde, actor=frida)
    assert (ready.mine, len(ready.blocked)) == ((), 1)


def test_a_direct_subordinate_of_a_leader_who_has_declared_does_not_decide(
    runde, frida, kristin, kari
):
    sak = make_sak(kari, runde)
    actions.recuse(sak, ground=FAMILY, by=kristin)

    assert habilitet.ground(frida, sak) == Ground.LEADER_DECLARED
    vedtak_actions.draft(sak, GRANT, version=0, by=frida)


def test_an_indirect_subordinate_may_decide(runde, frida, kristin, kommunen):
    direktor = give(make_ansatt("Rolf", "Eide", kommunen), Rolle.Kode.KOMMUNEDIREKTOR, kommunen)
    sak = make_sak(direktor, runde)

    assert habilitet.ground(kristin, sak) == Ground.LEADERS_OWN
    assert habilitet.ground(frida, sak) is None


def test_a_leader_decides_the_case_of_those_below(runde, kristin, frida):
    assert habilitet.ground(kristin, make_sak(frida, runde)) is None


def test_who_leads_further_up_is_not_led_by_those_below(runde, nord, liv, helse):
    boss = give(make_ansatt("Anne", "Holm", nord), Rolle.Kode.KOMMUNALSJEF, helse)

    assert habilitet.ground(boss, make_sak(liv, runde)) is None


def test_bulk_decides_the_rest_and_says_who_can_decide_the_blocked(
    as_user, runde, frida, kristin, kari, ola
):
    own = make_draft(make_sak(frida, runde))
    leaders = make_draft(make_sak(kristin, runde))
    declared = make_draft(make_sak(ola, runde, tuition=1_000, books=0))
    other = make_draft(make_sak(kari, runde))
    actions.recuse(declared.soknad, ground=FAMILY, by=frida)

    browser = as_user(frida)
    page = " ".join(browser.get(f"/vedtak/{runde.pk}/").content.decode().split())
    assert "det er din egen sak. Kan vedtas av Kristin Vik (Kommunalsjef)." in page
    assert "det er saken til lederen din" in page
    assert "Ingen andre med myndighet er habile i saken." in page
    assert "du har meldt deg inhabil. Kan vedtas av Kristin Vik (Kommunalsjef)." in page
    ready = vedtak_actions.decide(runde, by=frida)

    assert [vedtak.pk for vedtak in ready.mine] == [other.pk]
    decided = Vedtak.objects.filter(status="decided")
    assert [v.pk for v in decided] == [other.pk]

    vedtak_actions.decide(runde, by=kristin)
    decided = set(Vedtak.objects.filter(status="decided").values_list("pk", "decided_by"))
    assert decided == {
        (other.pk, frida.pk), (own.pk, kristin.pk), (declared.pk, kristin.pk),
    }  # fmt: skip
    leaders.refresh_from_db()
    assert leaders.status == "draft"


def test_a_role_does_not_reach_outside_its_units(runde, frida, kommunen):
    skole = make_enhet("Skole", "sektor", kommunen)
    make_draft(make_sak(make_ansatt("Per", "Li", skole), runde))

    ready = vedtak_actions.queries.ready(runde, actor=frida)

    assert [str(blocked.why) for blocked in ready.blocked] == [
        "den hører til en enhet utenfor ditt område"
    ]


def test_own_outcome_is_not_shown_before_the_letter(as_user, runde, frida):
    sak = make_sak(frida, runde)
    make_draft(sak, "refused", reason="kanari-vurdering")
    url = f"/prioritering/{runde.pk}/"

    pages = [
        as_user(frida).get(path).content.decode()
        for path in (url, f"{url}sak/{sak.pk}/", f"/vedtak/{runde.pk}/")
    ]

    assert "Din egen søknad" in pages[0]
    assert "Dette er din egen søknad" in pages[1]
    assert not any("kanari-vurdering" in page for page in pages)
    assert "Avslag" not in pages[0] + pages[1]


def test_the_page_offers_nothing_that_the_verbs_refuse(as_user, runde, vidar, kari):
    sak = make_sak(kari, runde)
    url = f"/prioritering/{runde.pk}/sak/{sak.pk}/"
    browser = as_user(vidar)
    assert "Lagre poengene" in browser.get(url).content.decode()

    assert browser.post(f"{url}inhabil/", {"ground": "family"}).status_code == 302

    page = browser.get(url).content.decode()
    assert "du har meldt deg inhabil" in page
    assert "Lagre poengene" not in page
    assert "Lagre utkastet" not in page
    for verb in ("poeng", "utkast", "kommentar", "inhabil"):
        fields = {"versjon": 0, "outcome": "waiting", "text": "Hei", "ground": "other"}
        assert browser.post(f"{url}{verb}/", fields).status_code == 403
    assert Soknad.objects.get().poeng.count() == 0


# --- said once towards a person ---------------------------------------------------------------


def test_a_declaration_towards_a_person_bars_from_every_case_about_them(runde, vidar, kari, ola):
    habilitet_actions.declare(kari, ground="family", by=vidar)
    sak, other = make_sak(kari, runde), make_sak(ola, runde)

    assert habilitet.ground(vidar, sak) == Ground.DECLARED
    with pytest.raises(PermissionDenied):
        vedtak_actions.draft(sak, GRANT, version=0, by=vidar)
    vedtak_actions.draft(other, GRANT, version=0, by=vidar)


def test_a_withdrawn_declaration_counts_no_more(runde, vidar, kari):
    row = habilitet_actions.declare(kari, ground="family", by=vidar)
    habilitet_actions.withdraw(row, by=vidar)

    assert habilitet.ground(vidar, make_sak(kari, runde)) is None


def test_nobody_withdraws_anothers_declaration(runde, as_user, vidar, frida, kari):
    row = habilitet_actions.declare(kari, ground="family", by=vidar)

    with pytest.raises(PermissionDenied):
        habilitet_actions.withdraw(row, by=frida)
    assert as_user(frida).post(f"/habilitet/{row.pk}/trekk/").status_code == 404


def test_it_is_declared_by_the_pages_and_the_ground_is_ones_own(runde, as_user, vidar, frida, kari):
    browser = as_user(vidar)
    assert f"/habilitet/ny/{kari.pk}/" in browser.get("/habilitet/?navn=nilsen").content.decode()

    assert browser.post(f"/habilitet/ny/{kari.pk}/", {"ground": ""}).status_code == 422
    assert browser.post(f"/habilitet/ny/{kari.pk}/", {"ground": "close"}).status_code == 302

    assert "Nært vennskap" in browser.get("/habilitet/").content.decode()
    make_draft(make_sak(kari, runde))
    page = as_user(frida).get(f"/vedtak/{runde.pk}/").content.decode()
    assert "Nært vennskap" not in page
    assert browser.post(f"/habilitet/ny/{kari.pk}/", {"ground": "close"}).status_code == 409


def test_the_leader_who_has_declared_does_not_confirm_competence(active, october, liv, kari):
    assert kartlegging_rules.may_confirm(liv, kari)

    habilitet_actions.declare(kari, ground="family", by=liv)

    assert not kartlegging_rules.may_confirm(liv, kari)


# --- the statement goes to the next level -----------------------------------------------------


def waiting_for(ansatt):
    return [soknad.pk for soknad in uttalelser.awaiting_statement(ansatt)]


def test_the_only_leaders_declaration_sends_the_statement_to_the_next_level(
    active, october, liv, kari, kristin
):
    runde = make_runde(status="open")
    sak = make_sak(kari, runde, status="submitted")
    assert (waiting_for(liv), waiting_for(kristin)) == ([sak.pk], [])

    habilitet_actions.declare(kari, ground="family", by=liv)

    assert (waiting_for(liv), waiting_for(kristin)) == ([], [sak.pk])
    assert uttalelser.leader_of(sak) == kristin
    uttalelse.recommend(sak, version=sak.version, verdict="supports", text="Ja", by=kristin)


def test_a_sector_heads_application_goes_to_the_chief_executive(
    active, october, kommunen, kristin, frida
):
    boss = give(make_ansatt("Rolf", "Eide", kommunen), Rolle.Kode.KOMMUNEDIREKTOR, kommunen)
    sak = make_sak(kristin, make_runde(status="open"), status="submitted")

    assert waiting_for(boss) == [sak.pk]
    assert uttalelser.leader_of(sak) == boss


def test_the_chief_executive_states_on_nothing_that_a_leader_can(
    active, october, kommunen, kari, liv
):
    boss = give(make_ansatt("Rolf", "Eide", kommunen), Rolle.Kode.KOMMUNEDIREKTOR, kommunen)
    make_sak(kari, make_runde(status="open"), status="submitted")

    assert waiting_for(boss) == []


# --- deputies ---------------------------------------------------------------------------------


def stand_in(away, deputy):
    today = clock.today()
    organisasjon.stand_in(away, deputy, starts=today, ends=today, reason="ferie", by=away)


def test_a_deputy_decides_and_the_decision_says_for_whom(runde, kristin, ola, kari, as_user):
    stand_in(kristin, ola)
    vedtak = make_draft(make_sak(kari, runde))

    vedtak_actions.decide(runde, by=ola)

    vedtak.refresh_from_db()
    assert (vedtak.decided_by, vedtak.role) == (ola, f"kommunalsjef for {kristin.pk}")


def test_a_deputy_never_decides_the_case_of_the_one_who_is_away(runde, kristin, frida, siri):
    stand_in(kristin, siri)
    sak = make_sak(kristin, runde)

    assert habilitet.ground(siri, sak) in {Ground.LEADERS_OWN, Ground.STANDS_FOR_OWN}
    outsider = make_ansatt("Per", "Li", make_enhet("Skole", "sektor"))
    stand_in(kristin, outsider)
    assert habilitet.ground(outsider, sak) == Ground.STANDS_FOR_OWN


def test_a_deputy_does_not_decide_where_the_absent_one_has_declared(runde, kristin, kari):
    outsider = make_ansatt("Per", "Li", make_enhet("Skole", "sektor"))
    stand_in(kristin, outsider)
    habilitet_actions.declare(kari, ground="family", by=kristin)

    assert habilitet.ground(outsider, make_sak(kari, runde)) == Ground.STANDS_FOR_DECLARED


def test_a_deputy_states_and_hears_of_it_but_not_on_the_absent_leaders_own(
    active, october, liv, kari, ola
):
    runde = make_runde(status="open")
    stand_in(liv, ola)
    sak = make_sak(kari, runde, status="submitted")
    own = make_sak(liv, runde, status="submitted")

    assert waiting_for(ola) == [sak.pk]
    assert not soknad_rules.may_recommend(ola, own)
    assert any("mangler uttalelse" in duty.title for duty in duties_of(ola))


def test_the_notice_of_a_new_application_reaches_the_deputy(active, october, liv, kari, ola):
    runde = make_runde(status="open")
    stand_in(liv, ola)
    draft = make_sak(kari, runde, status="draft", number=None)

    innsending.submit(draft, by=kari, version=draft.version, received_at=clock.now())

    told = Varsel.objects.filter(kind="soknad.state").values_list("recipient", flat=True)
    assert set(told) == {liv.pk, ola.pk}
    assert not Varsel.objects.filter(kind="soknad.submit", recipient=ola).exists()


# --- nobody is impartial ----------------------------------------------------------------------


@pytest.fixture
def rolf(kommunen):
    """The chief executive."""
    return give(make_ansatt("Rolf", "Eide", kommunen), Rolle.Kode.KOMMUNEDIREKTOR, kommunen)


@pytest.fixture
def blocked(runde, frida, kristin, rolf):
    """Kristin's case: her advisor may not, and the chief executive has declared."""
    habilitet_actions.declare(kristin, ground="family", by=rolf)
    return make_draft(make_sak(kristin, runde))


@pytest.fixture
def stine(kommunen):
    """Leads a service of another sector, below another head: impartial."""
    skole = make_enhet("Skole", "sektor", kommunen)
    give(make_ansatt("Stein", "Vold", skole), Rolle.Kode.KOMMUNALSJEF, skole)
    barneskolen = make_enhet("Barneskolen", "virksomhet", skole)
    return give(make_ansatt("Stine", "Haug", barneskolen), Rolle.Kode.VIRKSOMHETSLEDER, barneskolen)


def test_the_next_in_line_stands_first(runde, frida, kristin, rolf, as_user):
    make_draft(make_sak(frida, runde))

    page = " ".join(as_user(frida).get(f"/vedtak/{runde.pk}/").content.decode().split())

    assert "Kan vedtas av Kristin Vik (Kommunalsjef), Rolf Eide (Kommunedirektør)." in page


def test_someone_is_asked_for_named_and_decides(as_user, runde, frida, rolf, stine, blocked):
    page = as_user(frida).get(f"/vedtak/{runde.pk}/").content.decode()
    assert "Be kommunedirektøren peke ut en settestedfortreder" in page
    url = f"/vedtak/{runde.pk}/sak/{blocked.soknad_id}/settestedfortreder/"
    assert as_user(frida).post(url).status_code == 302
    row = Settestedfortreder.objects.get()
    assert Varsel.objects.filter(kind="settestedfortreder.ask", recipient=rolf).exists()
    assert any("Pek ut hvem som avgjør" in duty.title for duty in duties_of(rolf))

    where, named = f"/settestedfortreder/{row.pk}/", {"ansatt": stine.pk}
    assert as_user(rolf).post(where, named).status_code == 409
    named["reference"] = "Formannskapet, sak 31/26"
    assert as_user(rolf).post(where, named).status_code == 302

    page = f"/settestedfortreder/{row.pk}/vedta/"
    assert "kanari-grunn" in as_user(stine).get(page).content.decode()
    assert as_user(frida).get(page).status_code == 404
    assert any(duty.url.endswith(page) for duty in duties_of(stine))
    assert as_user(stine).post(page).status_code == 302
    blocked.refresh_from_db()
    assert (blocked.decided_by, blocked.role) == (stine, "settestedfortreder")
    assert Varsel.objects.filter(kind="settestedfortreder.name", recipient=stine).exists()


def test_nobody_is_asked_for_when_someone_in_line_is_impartial(runde, frida, kristin, kari):
    sak = make_sak(kari, runde)

    with pytest.raises(DomainError):
        sette_actions.ask(sak, by=frida)


def test_who_is_not_impartial_is_not_named(runde, frida, rolf, stine, blocked):
    row = sette_actions.ask(blocked.soknad, by=frida)

    direct = Ansatt.objects.get(first_name="Stein")  # Stands directly below the chief executive.
    for barred in (frida, direct):
        with pytest.raises(DomainError):
            sette_actions.name(row, barred, by=rolf, reference="Formannskapet")
    with pytest.raises(PermissionDenied):
        sette_actions.name(row, stine, by=frida)


def test_the_named_one_decides_that_case_and_no_other(runde, frida, rolf, stine, blocked, kari):
    other = make_draft(make_sak(kari, runde))
    row = sette_actions.ask(blocked.soknad, by=frida)
    sette_actions.name(row, stine, by=rolf, reference="Formannskapet, sak 31/26")

    with pytest.raises(PermissionDenied):
        vedtak_actions.decide_named(other.soknad, by=stine)
    vedtak_actions.decide_named(blocked.soknad, by=stine)

    statuses = set(Vedtak.objects.values_list("pk", "status"))
    assert statuses == {(blocked.pk, "decided"), (other.pk, "draft")}
