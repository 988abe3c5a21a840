"""Logging in at the Kommune's own service, against a provider over real HTTP."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from kompetanse import sealing
from kompetanse.innlogging import provider
from kompetanse.innlogging.attempt import LASTS
from kompetanse.innlogging.models import Identitet, Tilbyder
from kompetanse.innlogging.refusals import DownError
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.actions import recognise
from kompetanse.organisasjon.models import Ansatt, Kjennetegn
from tests.conftest import forget_cached
from tests.innlogging.leverandor import new_key

TID = "6f1b8c1e-0d9c-4a62-9d1c-2f6f2b1a0001"
OID = "7d1c0f3a-52f4-4a4e-9d7b-1f0c5a2b3c4d"
PID = "13017712345"


def go_out(browser, tilbyder, to=""):
    """Leave for the provider; return where it sends the browser back."""
    left = browser.get(f"/konto/openid/{tilbyder.pk}/", {"next": to} if to else {})
    assert left.status_code == 302
    answer = requests.get(left["Location"], allow_redirects=False, timeout=60)
    return answer.headers["Location"]


def come_back(browser, address):
    parts = urlsplit(address)
    return browser.get(f"{parts.path}?{parts.query}")


def log_in(browser, tilbyder, to=""):
    return come_back(browser, go_out(browser, tilbyder, to))


def is_in(browser):
    return browser.get("/hjem/").status_code == 200


@pytest.fixture
def browser(as_user, kari):
    return as_user(None)


def test_the_first_login_ties_the_account_to_whom_hr_says(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}

    answer = log_in(browser, tilbyder)

    assert answer["Location"] == "/fjordvik/hjem/"
    assert is_in(browser)
    assert list(Identitet.objects.values_list("ansatt", "subject")) == [(kari.pk, "abc")]
    assert AuditEvent.objects.filter(action="identitet.tie", by_id=kari.pk).count() == 1


def test_the_question_carries_state_nonce_and_pkce(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    log_in(browser, tilbyder)

    asked = leverandor.asked[0]

    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 40


def test_the_next_login_knows_the_account_without_the_mark(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    log_in(browser, tilbyder)
    browser.post("/konto/logg-ut/")
    leverandor.claims = {"sub": "abc"}

    log_in(browser, tilbyder)

    assert is_in(browser)


def test_login_goes_back_to_the_page_asked_for(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}

    assert log_in(browser, tilbyder, "/fjordvik/profil/")["Location"] == "/fjordvik/profil/"


def test_login_never_goes_back_to_another_site(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}

    answer = log_in(browser, tilbyder, "https://ond.example/")

    assert answer["Location"] == "/fjordvik/hjem/"


def test_the_session_gets_a_new_key(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    back = go_out(browser, tilbyder)
    before = browser.cookies["sessionid"].value

    come_back(browser, back)

    assert browser.cookies["sessionid"].value != before


def test_who_has_no_user_gets_one(browser, tilbyder, leverandor, kari):
    Ansatt.objects.filter(pk=kari.pk).update(bruker=None)
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}

    log_in(browser, tilbyder)

    kari.refresh_from_db()
    assert is_in(browser)
    assert kari.bruker.username == kari.number
    assert not kari.bruker.has_usable_password()


# --- who is let in ----------------------------------------------------------------------------


def test_the_same_email_links_nobody(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "email": kari.email, "preferred_username": kari.email}

    answer = log_in(browser, tilbyder)

    assert answer.status_code == 403
    assert "Vi finner deg ikke blant de ansatte" in answer.content.decode()
    assert not is_in(browser)


def test_an_unknown_number_is_told_so(browser, tilbyder, leverandor):
    leverandor.claims = {"sub": "abc", "employeeid": "99999"}

    assert log_in(browser, tilbyder).status_code == 403
    assert not Identitet.objects.exists()


def test_who_has_left_is_told_so(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    Ansatt.objects.filter(pk=kari.pk).update(left_on=date(2020, 1, 1))

    answer = log_in(browser, tilbyder)

    assert "ikke registrert som ansatt nå" in answer.content.decode()
    assert not is_in(browser)


def test_who_leaves_loses_the_session_at_the_next_request(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    log_in(browser, tilbyder)
    Ansatt.objects.filter(pk=kari.pk).update(left_on=date(2020, 1, 1))

    assert browser.get("/hjem/")["Location"].startswith("/fjordvik/konto/logg-inn/")
    assert browser.get("/konto/logg-inn/").status_code == 200
    assert "ikke registrert som ansatt nå" in log_in(browser, tilbyder).content.decode()


def test_an_account_that_is_tied_is_not_given_to_another(browser, tilbyder, leverandor, kari, liv):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    log_in(browser, tilbyder)
    browser.post("/konto/logg-ut/")
    leverandor.claims = {"sub": "abc", "employeeid": liv.number}

    answer = log_in(browser, tilbyder)

    assert "koblet til en annen" in answer.content.decode()
    assert not is_in(browser)


def test_a_second_account_does_not_take_over_who_is_tied(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    log_in(browser, tilbyder)
    browser.post("/konto/logg-ut/")
    leverandor.claims = {"sub": "another", "employeeid": kari.number}

    assert log_in(browser, tilbyder).status_code == 403
    assert not is_in(browser)


def test_another_kommunes_service_is_missing_here(browser, tilbyder, nabovik, as_user):
    elsewhere = as_user(None)
    elsewhere.prefix = "/nabovik"

    assert elsewhere.get(f"/konto/openid/{tilbyder.pk}/").status_code == 404


# --- Entra ID and ID-porten -------------------------------------------------------------------


@pytest.fixture
def entra(make_tilbyder):
    return make_tilbyder(
        kind=Tilbyder.Kind.ENTRA, directory=TID, match=Tilbyder.Match.OID, claim="oid"
    )


def test_entra_knows_people_by_oid_in_our_directory(browser, entra, leverandor, kari):
    recognise(kari, Kjennetegn.Kind.OID, OID.upper(), by=None)
    leverandor.claims = {"sub": "pairwise", "oid": OID, "tid": TID}

    log_in(browser, entra)

    assert is_in(browser)
    assert Identitet.objects.get().subject == f"{OID}@{TID}"


def test_entra_of_another_organisation_is_refused(browser, entra, leverandor, kari):
    recognise(kari, Kjennetegn.Kind.OID, OID, by=None)
    leverandor.claims = {"sub": "x", "oid": OID, "tid": "11111111-0d9c-4a62-9d1c-2f6f2b1a0001"}

    answer = log_in(browser, entra)

    assert answer.status_code == 403
    assert "en annen virksomhet" in answer.content.decode()
    assert not is_in(browser)


@pytest.fixture
def idporten(make_tilbyder):
    return make_tilbyder(
        kind=Tilbyder.Kind.IDPORTEN,
        match=Tilbyder.Match.PID,
        claim="pid",
        level=Tilbyder.Level.SUBSTANTIAL,
        is_second_factor=True,
    )


@pytest.mark.parametrize("acr", ["idporten-loa-substantial", "idporten-loa-high"])
def test_idporten_knows_people_by_a_fingerprint(browser, idporten, leverandor, kari, acr):
    recognise(kari, Kjennetegn.Kind.PID, PID, by=None)
    leverandor.claims = {"sub": "pairwise", "pid": PID, "acr": acr}

    log_in(browser, idporten)

    assert is_in(browser)
    assert leverandor.asked[0]["acr_values"] == "idporten-loa-substantial idporten-loa-high"


@pytest.mark.parametrize("acr", ["idporten-loa-low", "selfregistered-email", None])
def test_idporten_at_too_low_a_level_is_refused(browser, idporten, leverandor, kari, acr):
    recognise(kari, Kjennetegn.Kind.PID, PID, by=None)
    leverandor.claims = {"sub": "pairwise", "pid": PID} | ({"acr": acr} if acr else {})

    answer = log_in(browser, idporten)

    assert answer.status_code == 403
    assert "et høyere sikkerhetsnivå" in answer.content.decode()
    assert not is_in(browser)


def test_no_identity_number_is_kept_anywhere(browser, idporten, leverandor, kari, everything):
    recognise(kari, Kjennetegn.Kind.PID, PID, by=None)
    leverandor.claims = {"sub": "pairwise", "pid": PID, "acr": "idporten-loa-high"}

    log_in(browser, idporten)

    assert "pairwise" in everything()
    assert PID not in everything()


# --- answers that are not to be trusted -------------------------------------------------------

SPOILT = {
    "another nonce": {"nonce": "not-ours"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "someone-else"},
    "several audiences without a party": {"aud": ["kompetanse", "someone-else"]},
    "another party": {"aud": ["kompetanse", "other"], "azp": "other"},
    "another issuer": {"iss": "https://ond.example"},
    "too old": {"iat": 1_600_000_000, "exp": 1_600_000_300},
    "no end": {"exp": None},
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_token_that_is_not_for_us_now_is_refused(browser, tilbyder, leverandor, kari, spoil):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    leverandor.spoil = spoil

    answer = log_in(browser, tilbyder)

    assert answer.status_code == 403
    assert "Vi kunne ikke stole på svaret" in answer.content.decode()
    assert not is_in(browser)


def test_an_unsigned_token_is_refused(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    leverandor.is_unsigned = True

    assert "ikke stole på svaret" in log_in(browser, tilbyder).content.decode()
    assert not is_in(browser)


def test_a_token_signed_by_another_key_is_refused(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    leverandor.signs_with = new_key()

    assert "ikke stole på svaret" in log_in(browser, tilbyder).content.decode()
    assert not is_in(browser)


def test_a_new_key_of_the_provider_is_fetched(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    log_in(browser, tilbyder)
    browser.post("/konto/logg-ut/")
    leverandor.key = new_key()

    log_in(browser, tilbyder)

    assert is_in(browser)


def test_an_answer_is_used_once(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    back = go_out(browser, tilbyder)
    come_back(browser, back)
    browser.post("/konto/logg-ut/")

    again = come_back(browser, back)

    assert again.status_code == 400
    assert "er brukt før" in again.content.decode()
    assert not is_in(browser)


def test_an_answer_to_someone_elses_question_is_refused(browser, as_user, tilbyder, leverandor):
    leverandor.claims = {"sub": "abc", "employeeid": "1000"}
    theirs = go_out(as_user(None), tilbyder)

    answer = come_back(browser, theirs)

    assert answer.status_code == 400
    assert not is_in(browser)


def test_an_answer_of_another_service_is_refused(
    browser, tilbyder, make_tilbyder, leverandor, kari
):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    other = make_tilbyder(name="En annen")
    back = go_out(browser, tilbyder)

    answer = come_back(browser, back.replace(f"/{tilbyder.pk}/svar", f"/{other.pk}/svar"))

    assert answer.status_code == 400


def test_an_answer_that_took_too_long_is_told_so(browser, tilbyder, leverandor, kari, settings):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    back = go_out(browser, tilbyder)
    session = browser.session
    for attempt in session["innlogging_openid"].values():
        attempt["at"] -= LASTS + 1
    session.save()

    answer = come_back(browser, back)

    assert answer.status_code == 400
    assert "tok for lang tid" in answer.content.decode()


def test_saying_no_at_the_provider_is_told_so(browser, tilbyder, leverandor):
    leverandor.error = "access_denied"

    answer = log_in(browser, tilbyder)

    assert answer.status_code == 403
    assert "Innloggingen ble avbrutt" in answer.content.decode()


def test_a_provider_that_is_down_is_told_so(browser, tilbyder, leverandor):
    leverandor.is_down = True

    answer = browser.get(f"/konto/openid/{tilbyder.pk}/")

    assert answer.status_code == 424
    assert "svarer ikke" in answer.content.decode()


def test_a_wrong_secret_lets_nobody_in(browser, make_tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    tilbyder = make_tilbyder(sealed_secret=sealing.seal("feil"))

    assert log_in(browser, tilbyder).status_code == 403
    assert not is_in(browser)


def test_returning_too_often_is_throttled(browser, tilbyder, settings):
    settings.ACCOUNT_RATE_LIMITS = {"openid": "3/m/ip"}

    answers = [browser.get(f"/konto/openid/{tilbyder.pk}/svar/").status_code for _ in range(5)]

    assert answers == [400, 400, 400, 429, 429]


@pytest.mark.parametrize(
    "issuer",
    ["http://innlogging.example.no", "https://127.0.0.1", "https://10.0.0.8", "https://[::1]"],
)
def test_only_public_addresses_are_asked(settings, issuer):
    settings.OPENID_ALLOW_PRIVATE = False

    with pytest.raises(DownError):
        provider.describe(issuer)


def test_the_address_out_holds_nothing_of_the_person(browser, tilbyder, leverandor):
    left = browser.get(f"/konto/openid/{tilbyder.pk}/")

    asked = parse_qs(urlsplit(left["Location"]).query)

    assert set(asked) == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce",
        "code_challenge", "code_challenge_method", "ui_locales",
    }  # fmt: skip


# --- and out again ----------------------------------------------------------------------------


@pytest.fixture
def logged_in(browser, tilbyder, leverandor, kari):
    leverandor.claims = {"sub": "abc", "employeeid": kari.number}
    log_in(browser, tilbyder)
    assert is_in(browser)
    return browser


def test_logging_out_leads_on_to_log_out_at_the_service_and_back(logged_in, tilbyder, leverandor):
    answer = logged_in.post("/konto/logg-ut/")
    assert not is_in(logged_in)
    page = logged_in.get(answer["Location"].removeprefix("/fjordvik"))
    html = page.content.decode()

    address = html.partition("0; url=")[2].partition('"')[0].replace("&amp;", "&")
    assert address.startswith(f"{leverandor.issuer}/logout?")
    back = requests.get(address, allow_redirects=False, timeout=60).headers["Location"]
    assert back == "http://testserver/fjordvik/"
    assert "Logg ut av Jobbkonto" in html


def test_nothing_of_the_person_goes_along_to_the_service(logged_in, leverandor):
    answer = logged_in.post("/konto/logg-ut/")
    html = logged_in.get(answer["Location"].removeprefix("/fjordvik")).content.decode()
    address = html.partition("0; url=")[2].partition('"')[0].replace("&amp;", "&")

    assert set(parse_qs(urlsplit(address).query)) == {"client_id", "post_logout_redirect_uri"}


def test_a_service_without_a_way_out_or_that_is_down_leads_to_the_start_page(logged_in, leverandor):
    leverandor.lets_out = False
    forget_cached()
    answer = logged_in.post("/konto/logg-ut/")
    page = logged_in.get(answer["Location"].removeprefix("/fjordvik"))
    assert page["Location"] == "/fjordvik/"

    leverandor.is_down = True
    forget_cached()
    page = logged_in.get(answer["Location"].removeprefix("/fjordvik"))
    assert page["Location"] == "/fjordvik/"


def test_who_logged_in_by_password_is_not_sent_to_the_service(as_user, kari, tilbyder):
    browser = as_user(kari)

    assert browser.post("/konto/logg-ut/")["Location"] == "/fjordvik/"
