"""Habilitet in all its forms: own case, declared, a leader's case, a leader who has declared."""

import pytest
from django.core.exceptions import PermissionDenied

from kompetanse.organisasjon.models import Rolle
from soknader.actions import prioritering as actions
from soknader.actions import vedtak as vedtak_actions
from soknader.actions.vedtak import Content
from soknader.models import Inhabilitet, Soknad, Vedtak
from soknader.rules import habilitet
from soknader.rules.habilitet import Ground
from tests.conftest import give, make_ansatt, make_enhet
from tests.soknader.saker import make_draft, make_runde, make_sak, version

FAMILY = Inhabilitet.Ground.FAMILY
GRANT = Content(outcome="granted", amount=1_000)


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
        actions.score(sak, points={}, version=0, by=vidar)
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
    assert "det er din egen søknad. Kan vedtas av Kristin Vik (Kommunalsjef)." in page
    assert "det er søknaden til lederen din" in page
    assert "Ingen andre har myndighet til å vedta den." in page
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
