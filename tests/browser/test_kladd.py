"""What is typed survives a lost network, a reload and a second tab, and is erased when it should.

The browser keeps it (static/js/kladd.js) until the server has it (static/js/autosave.js).
"""

import pytest
from playwright.sync_api import expect

from tests.browser.parts import announce, apply

pytestmark = pytest.mark.browser

STUDY, PLACE = "Hva vil du studere?", "Hvor skal du studere?"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('kompetanse-kladd:'))"
OFFER = "som ikke ble lagret. Vil du sette det inn igjen?"
SAVING = "**/lagre/"
LOST = "Vi fikk ikke lagret. Sjekk nettet."


@pytest.fixture(scope="module", autouse=True)
def open_round(company):
    announce.open_round(company("Heidi"), "Høstrunden 2026")


@pytest.fixture
def nina(become):
    """Someone at the first step of a draft, with nothing kept in the browser."""
    nina = become("Nina", "modum")
    nina.go("/soknad/")
    if nina.page.get_by_role("link", name="Fortsett på kladden").count():
        nina.click("Fortsett på kladden")
    else:
        apply.begin(nina)
    nina.go("/".join(nina.page.url.removeprefix(nina.home).split("/")[:4]) + "/1/")
    assert kept(nina) == []
    return nina


def kept(person):
    return person.page.evaluate(KEPT)


def offline(person, *, is_lost):
    person.page.context.set_offline(is_lost)


def told(person, text):
    expect(person.page.locator("[data-save-status]").first).to_contain_text(text)


def test_m2_what_the_server_never_got_is_offered_after_a_reload(nina):
    before = nina.page.get_by_label(STUDY).input_value()
    nina.page.route(SAVING, lambda route: route.abort())
    nina.fill(STUDY, "Videreutdanning i aldring")
    nina.page.get_by_label(PLACE).focus()
    told(nina, LOST)
    expect(nina.page.get_by_label(STUDY)).to_have_value("Videreutdanning i aldring")
    assert len(kept(nina)) == 1

    nina.page.on("dialog", lambda dialog: dialog.accept())
    nina.page.reload()
    nina.troubles.clear()
    expect(nina.page.get_by_label(STUDY)).to_have_value(before)
    nina.reads(OFFER)
    nina.page.unroute(SAVING)
    nina.page.get_by_role("button", name="Sett inn teksten").click()
    expect(nina.page.get_by_label(STUDY)).to_have_value("Videreutdanning i aldring")

    # Put in again it is saved like all that is typed, and the browser need not keep it.
    told(nina, "Lagret kl.")
    assert kept(nina) == []
    nina.page.reload()
    expect(nina.page.get_by_label(STUDY)).to_have_value("Videreutdanning i aldring")
    nina.does_not_read(OFFER)


def test_m2_when_the_network_comes_back_all_is_saved_without_a_click(nina):
    offline(nina, is_lost=True)
    nina.fill(PLACE, "Høgskolen i Innlandet")
    nina.page.get_by_label(STUDY).focus()
    told(nina, LOST)
    offline(nina, is_lost=False)
    nina.troubles.clear()
    told(nina, "Lagret kl.")
    assert kept(nina) == []


def test_m2_two_tabs_never_write_over_each_other(nina):
    other = nina.page.context.new_page()
    other.goto(nina.page.url)
    nina.fill(STUDY, "Videreutdanning i demens")
    nina.page.get_by_label(PLACE).focus()
    told(nina, "Lagret kl.")

    other.get_by_label(STUDY).fill("Noe helt annet")
    other.get_by_label(PLACE).focus()
    status = other.locator("[data-save-status]").first
    expect(status).to_contain_text("Ingenting er skrevet over")
    expect(status).to_contain_text("«Hva vil du studere?»")

    # The newer stands; what the other tab had typed is offered there, and can be declined.
    other.on("dialog", lambda dialog: dialog.accept())
    other.reload()
    expect(other.get_by_label(STUDY)).to_have_value("Videreutdanning i demens")
    other.get_by_role("button", name="Nei, slett den").click()
    # Asked in the tab that did it: the other hears of it a moment later.
    assert other.evaluate(KEPT) == []
    other.close()


def test_m2_a_statement_is_kept_until_it_is_sent_and_no_longer(become):
    leader = become("Åshild", "modum")
    leader.go("/leder/soknader/")
    leader.click("Begynn med den første")
    leader.fill("Hvorfor?", "Dette trenger vi i avdelingen.")
    assert len(kept(leader)) == 1

    leader.page.reload()
    leader.reads(OFFER)
    leader.page.get_by_role("button", name="Sett inn teksten").click()

    # Refused, since no answer is chosen: it comes back with what was written.
    leader.press("Lagre og neste")
    expect(leader.page.get_by_label("Hvorfor?")).to_have_value("Dette trenger vi i avdelingen.")
    leader.fill("Hvorfor?", "Dette trenger vi i hele avdelingen.")
    assert len(kept(leader)) == 1
    leader.page.get_by_role("radio", name="Jeg støtter søknaden", exact=True).check()
    leader.press("Lagre og neste")
    leader.reads("Uttalelsen er lagret")
    assert kept(leader) == []


def test_m2_logging_out_leaves_nothing_in_the_browser(nina):
    offline(nina, is_lost=True)
    nina.fill(STUDY, "Det ingen andre skal lese")
    assert len(kept(nina)) == 1
    offline(nina, is_lost=False)
    nina.page.on("dialog", lambda dialog: dialog.accept())
    with nina.page.expect_navigation():
        nina.page.locator("form[action$='/logg-ut/'] button").first.evaluate("(it) => it.click()")
    assert kept(nina) == []
