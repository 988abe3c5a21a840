"""Who sees an application: reasons, attachments and drafts stay with those they are for."""

import pytest

from kompetanse.kommuner import tenancy
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Enhet
from kompetanse.varsler.models import Varsel
from soknader.models import Soknad, Uttalelse
from soknader.queries import soknad as queries
from tests.conftest import make_ansatt, make_enhet
from tests.soknader.soknadsskjema import send

pytestmark = pytest.mark.usefixtures("october")

CANARY = "kanarifugl"
S = Soknad.Status


def pages(soknad):
    """Return every page that could show the application."""
    pk = soknad.pk
    return [
        "/hjem/",
        "/mine/",
        f"/mine/{pk}/",
        f"/soknad/{pk}/steg/1/",
        f"/soknad/{pk}/steg/4/",
        f"/soknad/{pk}/oppsummering/",
        f"/soknad/{pk}/kvittering/",
        f"/soknad/{pk}/kopi.pdf",
        f"/soknad/{pk}/vedlegg/",
        f"/soknad/{pk}/slett/",
        f"/mine/{pk}/trekk/",
        "/leder/soknader/",
        f"/leder/soknader/{pk}/",
        "/runder/",
        f"/runder/{soknad.runde_id}/",
        f"/prioritering/{soknad.runde_id}/",
        f"/prioritering/{soknad.runde_id}/sak/{pk}/",
    ]


def saw_canary(browser, soknad):
    return [url for url in pages(soknad) if CANARY in browser.get(url).content.decode("latin-1")]


def test_the_reason_is_never_shown_to_others(
    runde, kari, ola, siri, turid, sigurd, as_user, make_soknad
):
    soknad = make_soknad(kari, status=S.RECOMMENDED)

    for stranger in (ola, siri, turid, sigurd):
        assert saw_canary(as_user(stranger), soknad) == [], stranger.full_name
    assert saw_canary(as_user(None), soknad) == []


def test_the_reason_is_shown_to_leaders_in_line(runde, kari, liv, vidar, as_user, make_soknad):
    soknad = make_soknad(kari, status=S.RECOMMENDED)

    for leader in (liv, vidar):
        assert f"/leder/soknader/{soknad.pk}/" in saw_canary(as_user(leader), soknad)


def test_a_draft_is_shown_to_nobody_else(runde, kari, liv, vidar, frida, as_user, make_soknad):
    soknad = make_soknad(kari)

    for other in (liv, vidar, frida):
        assert saw_canary(as_user(other), soknad) == [], other.full_name
        assert not queries.visible_to(other).exists()


@pytest.mark.parametrize(
    ("who", "count"),
    [("kari", 2), ("liv", 1), ("vidar", 1), ("frida", 2), ("siri", 1), ("ola", 1), ("turid", 0)],
)
def test_visible_to(request, runde, kari, liv, ola, make_soknad, who, count):
    make_soknad(kari, status=S.SUBMITTED)
    make_soknad(kari)
    make_soknad(ola, status=S.SUBMITTED)
    expected = {"frida": 2, "vidar": 1}.get(who, count)

    assert queries.visible_to(request.getfixturevalue(who)).count() == expected


def test_known_but_someone_elses_is_404_for_writing(runde, kari, ola, liv, as_user, make_soknad):
    soknad = make_soknad(kari, status=S.SUBMITTED)

    for other in (ola, liv):
        browser = as_user(other)
        for url in pages(soknad)[2:11]:
            assert browser.get(url).status_code == 404, (other.first_name, url)
        assert browser.post(f"/soknad/{soknad.pk}/steg/1/", {"version": 1}).status_code == 404
        assert browser.post(f"/mine/{soknad.pk}/trekk/").status_code == 404
    soknad.refresh_from_db()
    assert soknad.status == S.SUBMITTED


def test_another_kommune_sees_nothing_and_a_foreign_id_answers_as_a_missing_one(
    runde, kari, as_user, make_soknad, nabovik
):
    soknad = make_soknad(kari, status=S.SUBMITTED)
    tenancy._set_database_kommune("")
    token = tenancy._active.set(None)
    try:
        with as_kommune(nabovik.pk):
            nils = make_ansatt("Nils", "Nes", make_enhet("Nabovik", Enhet.Kind.KOMMUNE))
            browser = as_user(nils)
    finally:
        tenancy._active.reset(token)
        tenancy._set_database_kommune(str(kari.kommune_id))

    for url in pages(soknad):
        missing = url.replace(str(soknad.pk), "987654")
        assert browser.get(url).status_code == browser.get(missing).status_code, url
    assert saw_canary(browser, soknad) == []


def test_no_notice_holds_the_study_the_reason_or_a_link(runde, kari, liv, as_user, make_soknad):
    soknad = make_soknad(kari)
    send(as_user(kari), soknad)
    as_user(kari).post(f"/mine/{soknad.pk}/trekk/")

    assert Varsel.objects.count() == 4
    for varsel in Varsel.objects.all():
        told = varsel.subject + varsel.body
        for private in (CANARY, soknad.study, "30 000", "https://", "http://", "token"):
            assert private not in told


def test_the_statement_is_not_shown_to_the_applicant_before_the_answer(
    runde, kari, liv, as_user, make_soknad
):
    soknad = make_soknad(kari, status=S.RECOMMENDED)
    Uttalelse.objects.create(soknad=soknad, verdict="opposes", text="fuglekonge", by=liv)

    page = as_user(kari).get(f"/mine/{soknad.pk}/").content.decode()

    assert "fuglekonge" not in page
    assert "Støtter ikke" not in page
