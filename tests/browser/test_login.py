"""Logging in as people do: passkey, codes from an app, and the Kommune's own OpenID service."""

import re
import time
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser.conftest import AXE, DESK, PHONE
from tests.browser.person import Person
from tests.conftest import PATIENCE_MS, owner_url
from tests.innlogging import leverandor as leverandorer
from tests.innlogging.leverandor import CLIENT, SECRET

pytestmark = pytest.mark.browser

NEW_PASSWORD = "en sykkel under brua"
ADMINISTRATOR, EMPLOYEE, LEADER = "Berit", "Nina Antonsen", "Åshild Karlsen"
# Who has no codes from an earlier test.
COLLEAGUE = "Marius Aune"


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def home(site):
    """The municipality by a host name: browsers give passkeys to names, never to bare addresses."""
    parts = urlsplit(site.kommune("modum"))
    return urlunsplit(parts._replace(netloc=f"localhost:{parts.port}"))


@pytest.fixture
def visitor(home, chromium):
    """Someone at a browser with a passkey of its own, which says yes at once."""
    opened = []

    def person(*, phone=False, script=True):
        shape = PHONE if phone else DESK
        context = chromium.new_context(**shape, locale="nb-NO", java_script_enabled=script)
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        return Person(context.new_page(), home, axe=AXE.read_text() if script else "")

    yield person
    for context in opened:
        context.close()


def with_authenticator(person):
    """Give the browser an authenticator that holds passkeys and recognises its owner."""
    session = person.page.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def one_time_password(visitor, name):
    """Let the administrator give the person a one-time password; return user name and password."""
    admin = visitor()
    admin.log_in(ADMINISTRATOR)
    admin.go(f"/innlogging/?text={name}")
    admin.click(re.compile(name))
    admin.click("Gi engangspassord")
    admin.press("Lag engangspassord")
    username = admin.main.locator("p strong").first.inner_text()
    password = admin.main.locator(".one-time code").inner_text()
    return username, password


def choose_password(person, username, password):
    """Log in with the one-time password, and choose one's own."""
    person.go("/konto/logg-inn/")
    person.fill("Brukernavn eller e-post", username)
    person.fill("Passord", password)
    person.press(re.compile("^Logg inn$"))
    person.reads("engangspassord")
    person.fill("Passordet du har nå", password)
    person.page.get_by_label("Nytt passord", exact=True).fill(NEW_PASSWORD)
    person.fill("Nytt passord en gang til", NEW_PASSWORD)
    person.press("Lagre passordet")


def confirm(person):
    person.reads("Bekreft at det er deg")
    person.fill("Passord", NEW_PASSWORD)
    person.press("Gå videre")


def test_totp_is_set_up_and_asked_for(visitor):
    username, password = one_time_password(visitor, EMPLOYEE)
    person = visitor(phone=True, script=False)
    choose_password(person, username, password)

    person.go("/profil/")
    person.click("To trinn ved innlogging")
    person.click("Sett opp app")
    confirm(person)
    secret = person.main.locator(".totp-secret code").inner_text()
    person.fill("Koden appen viser", "12")
    person.press("Ta appen i bruk")
    person.reads("Koden stemmer ikke")
    person.fill("Koden appen viser", code_of(secret))
    person.press("Ta appen i bruk")
    person.reads("Hver kode virker én gang")
    codes = person.main.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    person.click("Jeg har tatt vare på kodene")

    other = visitor()
    other.go("/konto/logg-inn/")
    other.fill("Brukernavn eller e-post", username)
    other.fill("Passord", NEW_PASSWORD)
    other.press(re.compile("^Logg inn$"))
    other.reads("Trinn to av to")
    other.fill("Kode", codes[0])
    other.press("Logg inn")
    expect(other.page).to_have_url(re.compile("/hjem/$"))

    other.go("/profil/innlogget/")
    assert other.main.get_by_role("button", name="Logg ut der").count() >= 1
    other.press("Logg ut alle steder")
    other.reads("Logg inn")
    person.page.goto(f"{person.home}/hjem/")
    expect(person.page).to_have_url(re.compile("/konto/logg-inn/"))


def test_a_passkey_logs_in_without_a_password(visitor):
    username, password = one_time_password(visitor, LEADER)
    person = visitor()
    with_authenticator(person)
    choose_password(person, username, password)
    person.go("/konto/to-trinn/")
    person.click("Legg til passnøkkel")
    confirm(person)
    person.fill("Navn på passnøkkelen", "Jobbmaskinen")
    person.press("Legg til passnøkkel")
    person.reads("Hver kode virker én gang")
    person.go("/konto/to-trinn/")
    person.reads("Jobbmaskinen")

    person.press("Logg ut")
    person.go("/konto/logg-inn/")
    person.press("Logg inn med passnøkkel")
    expect(person.page).to_have_url(re.compile("/hjem/$"))

    # As the second step after the password, too.
    person.page.context.clear_cookies()
    person.go("/konto/logg-inn/")
    person.fill("Brukernavn eller e-post", username)
    person.fill("Passord", NEW_PASSWORD)
    person.press(re.compile("^Logg inn$"))
    person.press("Bruk passnøkkel")
    expect(person.page).to_have_url(re.compile("/hjem/$"))

    # Confirmed by the passkey, it can be renamed and deleted.
    person.go("/konto/to-trinn/")
    person.click(re.compile("Endre navn"))
    person.click("Bruk passnøkkel")
    person.press("Bruk passnøkkel")
    person.fill("Navn på passnøkkelen", "Lommetelefon")
    person.press("Lagre navnet")
    person.reads("Lommetelefon")
    person.click(re.compile("^Slett"))
    person.press("Ja, slett passnøkkelen")
    person.does_not_read("Lommetelefon")


def test_the_kommunes_own_service_logs_in(visitor):
    admin = visitor()
    admin.log_in(ADMINISTRATOR)
    with leverandorer.running() as leverandor:
        leverandor.has_button = True
        number = set_up_service(admin, leverandor)
        person = visitor(phone=True)
        leverandor.claims = {"sub": "abc", "employeeid": number, "acr": "low"}

        person.go("/konto/logg-inn/")
        person.click("Logg inn med Jobbkonto")
        person.click("Fortsett")
        expect(person.page).to_have_url(re.compile("/hjem/$"))

        person.go("/konto/logg-ut/")
        person.page.locator("main").get_by_role("button", name="Logg ut").click()
        # By way of the service, which lets go of the person and sends them back.
        expect(person.page).to_have_url(re.compile(r"/modum/$"))
        assert leverandor.left == 1

        stranger = visitor(phone=True)
        leverandor.claims = {"sub": "xyz", "employeeid": "999999"}
        stranger.go("/konto/logg-inn/")
        stranger.click("Logg inn med Jobbkonto")
        with stranger.page.expect_navigation():
            stranger.page.get_by_role("link", name="Fortsett").click()
        stranger.troubles.clear()  # The browser tells of the 403 itself.
        stranger.check()
        stranger.reads("Vi finner deg ikke blant de ansatte")


def set_up_service(admin, leverandor):
    """Fill in the page as the administrator does; return the employee number of someone."""
    admin.go(f"/innlogging/?text={COLLEAGUE}")
    admin.click(re.compile(COLLEAGUE))
    number = admin.main.locator("dl.facts dd").first.inner_text()
    admin.go("/innlogging/tjenester/")
    admin.click("Legg til innloggingstjeneste")
    admin.fill("Hva skal stå på knappen?", "Jobbkonto")
    admin.page.get_by_role("radio", name="En annen tjeneste").check()
    admin.fill("Utsteder", leverandor.issuer)
    admin.fill("Klient-ID", CLIENT)
    admin.fill("Klienthemmelighet", SECRET)
    admin.page.get_by_role("radio", name="Ansattnummer").check()
    admin.tick("Vis tjenesten på innloggingssiden")
    admin.press("Lagre innloggingstjenesten")
    admin.press("Prøv om tjenesten svarer")
    admin.reads("Tjenesten svarer")
    return number


def test_what_was_typed_is_there_after_being_logged_out(visitor, site):
    """A form that does not save itself keeps its text, for the same person in the same tab."""
    person = visitor()
    person.log_in(ADMINISTRATOR)
    person.go("/innlogging/tjenester/ny/")
    person.fill("Hva skal stå på knappen?", "Halvskrevet")
    person.fill("Klienthemmelighet", "hemmelig")
    person.page.evaluate("document.dispatchEvent(new CustomEvent('kompetanse:logget-ut'))")
    with psycopg.connect(owner_url(site.database)) as owner:
        owner.execute("DELETE FROM django_session")

    person.page.reload()
    person.page.get_by_role("button", name=re.compile(rf"^{ADMINISTRATOR}\b")).click()
    person.go("/innlogging/tjenester/ny/")

    expect(person.page.get_by_label("Hva skal stå på knappen?")).to_have_value("Halvskrevet")
    expect(person.page.get_by_label("Klienthemmelighet")).to_have_value("")
    person.reads("Vi tok vare på det du skrev")
