"""An operator looks into a Kommune: timed, with a reason, told, logged, stopped at once."""

from datetime import datetime, timedelta

import pytest

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner.models import AuditEvent, Kommune
from kompetanse.kommuner.tenancy import as_operator
from kompetanse.plattform.actions import stotte as actions
from kompetanse.plattform.models import Stotteokt
from kompetanse.varsler.models import Varsel
from tests.conftest import TenantClient

NOON = datetime(2026, 10, 1, 12, tzinfo=clock.OSLO)
REASON = "Sak 4711: importen stopper"
ASK = "/plattform/kommune/fjordvik/innsyn/"


@pytest.fixture
def noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def inside(noon, sigurd, drift):
    """A browser in Fjordvik with the operator's key, and nothing else."""
    drift.post(ASK, {"reason": REASON, "minutes": "30"})
    return enter(drift)


def enter(drift):
    okt = Stotteokt.objects.get()
    answer = drift.post(f"{ASK}{okt.pk}/inn/")
    assert (answer.status_code, answer["Location"]) == (302, "/fjordvik/hjem/")
    cookie = answer.cookies["stotte"]
    assert (cookie["path"], cookie["max-age"], cookie["samesite"]) == ("/fjordvik/", 1800, "Strict")
    browser = TenantClient()
    browser.cookies["stotte"] = cookie.value
    return browser


def text(answer):
    return answer.content.decode()


def test_the_operator_sees_the_administrators_pages_under_a_banner(inside):
    home = inside.get("/hjem/")
    settings = inside.get("/innsyn-fra-driften/")

    assert (home.status_code, settings.status_code) == (200, 200)
    for page in (home, settings):
        assert "Olga Strand fra driften" in text(page)
        assert REASON in text(page)


def test_those_who_administer_are_told_at_once_and_see_it_on_every_page(inside, as_user, sigurd):
    varsel = Varsel.objects.get(kind="stotte")
    page = text(as_user(sigurd).get("/profil/"))

    assert varsel.recipient == sigurd
    assert "Olga Strand" in varsel.body
    assert REASON in varsel.body
    assert "12.30" in varsel.body
    assert "http" not in varsel.body
    assert "Olga Strand fra driften ser tjenesten nå, til kl. 12.30" in page


def test_others_are_not_bothered_and_pay_no_query(inside, as_user, kari, queries_of, fjordvik):
    before = queries_of(as_user(kari), "/profil/")
    Kommune.objects.filter(pk=fjordvik.pk)

    assert "Olga Strand" not in text(as_user(kari).get("/profil/"))
    with clock.frozen(NOON + timedelta(hours=3)):
        assert queries_of(as_user(kari), "/profil/") == before


def test_every_page_that_is_opened_stands_in_the_kommunes_own_trail(inside, olga):
    inside.get("/hjem/")
    inside.get("/region/")

    rows = AuditEvent.objects.filter(action="stotte.page").order_by("pk")
    assert [row.details["page"] for row in rows] == ["skall:home", "plattform:region"]
    assert {row.details["operator_id"] for row in rows} == {olga.pk}
    assert set(rows.values_list("by_id", "role")) == {(None, "stotte")}


def test_nothing_can_be_written(inside, sigurd):
    before = AuditEvent.objects.exclude(action__startswith="stotte.").count()

    answers = [
        inside.post("/innsyn-fra-driften/valg/", {"spor": "ja"}),
        inside.post("/region/publiser/"),
        inside.post("/profil/", {"language": "nn"}),
        inside.post("/innstillinger/", {"fulltime_goal": "10", "version": "0"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert AuditEvent.objects.exclude(action__startswith="stotte.").count() == before


def test_what_is_someones_own_stays_closed(inside):
    assert inside.get("/profil/").status_code == 403
    assert inside.get("/soknad/").status_code in {403, 404}


def test_it_ends_by_itself_at_the_next_request(inside):
    with clock.frozen(NOON + timedelta(minutes=29, seconds=59)):
        assert inside.get("/hjem/").status_code == 200
    with clock.frozen(NOON + timedelta(minutes=30)):
        answer = inside.get("/hjem/")

    assert answer.status_code == 302
    assert "/konto/logg-inn/" in answer["Location"]


def test_the_administrator_stops_it_at_once(inside, as_user, sigurd):
    okt = Stotteokt.objects.get()

    answer = as_user(sigurd).post(f"/innsyn-fra-driften/{okt.pk}/stopp/")

    assert answer.status_code == 302
    assert inside.get("/hjem/").status_code == 302
    assert "Stoppet av Sigurd Foss" in text(as_user(sigurd).get("/innsyn-fra-driften/"))
    assert as_user(sigurd).post(f"/innsyn-fra-driften/{okt.pk}/stopp/").status_code == 409


def test_only_those_who_administer_see_and_stop(inside, as_user, kari, frida):
    okt = Stotteokt.objects.get()

    for person in (kari, frida):
        assert as_user(person).get("/innsyn-fra-driften/").status_code == 403
        assert as_user(person).post(f"/innsyn-fra-driften/{okt.pk}/stopp/").status_code == 403
    assert inside.get("/hjem/").status_code == 200


def test_the_operator_leaves_and_the_key_is_dead(inside):
    answer = inside.post("/innsyn-fra-driften/ut/")

    assert (answer.status_code, answer["Location"]) == (302, "/plattform/kommune/fjordvik/")
    assert AuditEvent.objects.filter(action="stotte.leave").count() == 1
    assert inside.get("/hjem/").status_code == 302


def test_the_key_opens_no_other_kommune(inside, nabovik):
    Kommune.objects.filter(pk=nabovik.pk)
    key = inside.cookies["stotte"].value
    neighbour = TenantClient()
    neighbour.prefix = "/nabovik"
    neighbour.cookies["stotte"] = key

    assert neighbour.get("/hjem/").status_code == 302
    assert key not in str(list(Stotteokt.objects.values()))


def test_a_kommune_that_wants_to_be_asked_lets_nobody_in_before_it_has_said_yes(
    noon, drift, as_user, sigurd
):
    admin = as_user(sigurd)
    assert admin.post("/innsyn-fra-driften/valg/", {"spor": "ja"}).status_code == 302
    drift.post(ASK, {"reason": REASON, "minutes": "30"})
    okt = Stotteokt.objects.get()

    assert drift.post(f"{ASK}{okt.pk}/inn/").status_code == 409
    assert "Driften ber om innsyn" in Varsel.objects.get(kind="stotte").subject
    with clock.frozen(NOON + timedelta(hours=2)):
        admin.post(f"/innsyn-fra-driften/{okt.pk}/ja/")
        assert enter(drift).get("/hjem/").status_code == 200
    okt.refresh_from_db()
    assert (okt.answered_by, okt.ends_at) == (sigurd, NOON + timedelta(hours=2, minutes=30))


def test_a_no_is_a_no(noon, drift, as_user, sigurd):
    as_user(sigurd).post("/innsyn-fra-driften/valg/", {"spor": "ja"})
    drift.post(ASK, {"reason": REASON, "minutes": "30"})
    okt = Stotteokt.objects.get()

    as_user(sigurd).post(f"/innsyn-fra-driften/{okt.pk}/nei/")

    assert drift.post(f"{ASK}{okt.pk}/inn/").status_code == 409
    assert as_user(sigurd).post(f"/innsyn-fra-driften/{okt.pk}/ja/").status_code == 409


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"reason": "", "minutes": "30"}, "Fyll ut «Hvorfor trenger du innsyn?»"),
        ({"reason": REASON, "minutes": "14"}, "lavere enn 15"),
        ({"reason": REASON, "minutes": "121"}, "høyere enn 120"),
        ({"reason": REASON, "minutes": "mange"}, "helt tall"),
    ],
)
def test_reason_and_time_are_asked_for(drift, sigurd, told, said):
    answer = drift.post(ASK, told)

    assert answer.status_code == 422
    assert said in text(answer)
    assert not Stotteokt.objects.exists()


def test_the_verb_asks_too(olga, fjordvik):
    with as_operator(olga.pk):
        for reason, minutes in ((" ", 30), (REASON, 14), (REASON, 121)):
            with pytest.raises(DomainError):
                actions.ask(fjordvik, reason=reason, minutes=minutes, by=olga)


def test_another_operators_session_is_not_entered(inside, olga, fjordvik):
    from kompetanse.plattform.models import Operator  # noqa: PLC0415

    other = Operator.objects.create(email="annen@plattform.example", name="Per", totp_sealed="x")
    with as_operator(other.pk), pytest.raises(TransitionError):
        actions.enter(Stotteokt.objects.get(), fjordvik, by=other)
