"""The small scripts, in a real browser with made-up pages: they may only save time, never text."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Route

pytestmark = pytest.mark.browser

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
SITE = "http://kommune.test"
FORM = """
<form method="post" action="/send/" data-autosave="/lagre/">
  <input type="hidden" name="version" value="3">
  <label>Studie <input id="studie" name="studie"></label>
  <label>Vedlegg <input id="fil" type="file" name="fil"></label>
  <button>Send inn</button>
  <p role="status" data-save-status></p>
</form>"""

# Later than any page is done with loading, however slow the machine; seconds.
HOUR = 60 * 60

DIALOG = """
<dialog data-session-dialog data-idle-seconds="{idle}"
  data-stay-url="/her/" data-login-url="/logg-inn/">
  <form method="post" action="/her/" data-stay><button>Hold meg pålogget</button></form>
</dialog>"""


class Site:
    """A site of one page, that remembers what was sent to it and answers as the test says."""

    def __init__(self, page):
        self.page = page
        self.body = ""
        self.lang = "nb"
        self.saved = []
        self.sent = []
        self.answer = {"status": 200, "json": {"version": 4, "saved_at": "14.32"}}
        page.route("**/*", self.respond)

    def respond(self, route: Route):
        request = route.request
        path = request.url.removeprefix(SITE)
        if path.endswith(".js"):
            route.fulfill(path=SCRIPTS / path.lstrip("/"), content_type="text/javascript")
        elif path == "/lagre/":
            self.saved.append(request.post_data)
            self.save(route)
        elif request.method == "POST":
            self.sent.append((path, request.post_data))
            route.fulfill(status=204 if path == "/her/" else 200, body="")
        else:
            route.fulfill(body=self.html(), content_type="text/html; charset=utf-8")

    def save(self, route: Route):
        if self.answer is None:
            route.abort()
        else:
            body = json.dumps(self.answer.get("json", {}))
            route.fulfill(status=self.answer["status"], body=body, content_type="application/json")

    def html(self):
        names = ("app", "autosave", "session")
        scripts = "".join(f'<script src="/{name}.js" defer></script>' for name in names)
        return (
            f'<!DOCTYPE html><html lang="{self.lang}"><head>{scripts}</head>'
            f'{self.body}<div id="melding" role="status"></div></html>'
        )

    def open(self, body):
        self.body = body
        self.page.goto(f"{SITE}/")
        return self.page

    @property
    def told(self):
        return self.page.locator("[data-save-status]")


@pytest.fixture
def site(chromium):
    page = chromium.new_page()
    yield Site(page)
    page.close()


def test_leaving_a_field_saves_it_and_says_when(site):
    page = site.open(FORM)

    page.fill("#studie", "Geriatri")
    page.keyboard.press("Tab")

    site.told.filter(has_text="Lagret kl. 14.32").wait_for()
    assert 'name="version"\r\n\r\n3' in site.saved[0]
    assert "Geriatri" in site.saved[0]
    assert page.input_value("[name=version]") == "4"


def test_pausing_saves_without_leaving_the_field(site):
    page = site.page
    page.clock.install(time=0)
    site.open(FORM)
    page.clock.pause_at(HOUR)

    page.locator("#studie").press_sequentially("Ger")
    page.clock.run_for(2900)
    assert site.saved == []
    page.clock.run_for(200)

    site.told.filter(has_text="Lagret").wait_for()
    assert len(site.saved) == 1


def test_files_are_not_sent_by_the_autosave(site, tmp_path):
    page = site.open(FORM)
    (tmp_path / "brev.pdf").write_text("innhold")

    page.set_input_files("#fil", tmp_path / "brev.pdf")
    page.fill("#studie", "x")
    page.keyboard.press("Tab")

    site.told.filter(has_text="Lagret").wait_for()
    assert len(site.saved) == 1
    assert "brev.pdf" not in site.saved[0]


def test_a_dead_line_says_so_keeps_the_text_and_tries_again(site):
    site.answer = None
    page = site.open(FORM)
    page.clock.install()

    page.fill("#studie", "Geriatri")
    page.locator("#studie").blur()
    site.told.filter(has_text="Vi fikk ikke lagret. Sjekk nettet.").wait_for()
    assert page.input_value("#studie") == "Geriatri"

    site.answer = {"status": 200, "json": {"version": 4, "saved_at": "14.33"}}
    page.clock.run_for(15100)
    site.told.filter(has_text="Lagret kl. 14.33").wait_for()


def test_another_window_stops_the_saving(site):
    site.answer = {"status": 409}
    page = site.open(FORM)

    page.fill("#studie", "a")
    page.locator("#studie").blur()
    site.told.filter(has_text="endret i et annet vindu").wait_for()
    page.fill("#studie", "b")
    page.locator("#studie").blur()

    assert len(site.saved) == 1


def test_the_words_are_nynorsk_on_a_nynorsk_page(site):
    site.lang = "nn"
    page = site.open(FORM)

    page.fill("#studie", "a")
    page.locator("#studie").blur()

    site.told.filter(has_text="Lagra kl. 14.32").wait_for()


def test_the_button_waits_for_a_save_on_its_way_and_sends_the_newer_version(site):
    held = []
    page = site.open(FORM)
    site.save = held.append

    page.fill("#studie", "a")
    page.click("button")
    while not held:
        page.wait_for_timeout(10)
    assert site.sent == []
    held[0].fulfill(json=site.answer["json"])

    page.wait_for_url("**/send/")
    assert [path for path, _ in site.sent] == ["/send/"]
    assert 'name="version"\r\n\r\n4' in site.sent[0][1] or "version=4" in site.sent[0][1]


def test_a_double_press_sends_once(site):
    page = site.open('<form method="post" action="/send/"><button>Send inn</button></form>')

    page.evaluate("for (let i = 0; i < 2; i++) document.querySelector('button').click()")

    page.wait_for_url("**/send/")
    assert len(site.sent) == 1


def test_one_who_is_idle_is_warned_and_may_stay(site):
    page = site.page
    page.clock.install(time=0)
    site.open(DIALOG.format(idle=2 * 60 * 60))
    page.clock.pause_at(HOUR)

    page.clock.run_for((HOUR - 3 * 60) * 1000)
    assert not page.locator("dialog").is_visible()
    page.clock.run_for(2 * 60_000)
    assert page.locator("dialog").is_visible()

    page.click("text=Hold meg pålogget")
    page.locator("dialog").wait_for(state="hidden")
    assert [path for path, _ in site.sent] == ["/her/"]


def test_one_who_does_not_answer_is_sent_to_the_log_in(site):
    page = site.page
    page.clock.install()
    site.open(DIALOG.format(idle=600))

    page.clock.run_for(620_000)

    page.wait_for_url("**/logg-inn/")


@pytest.mark.parametrize(
    ("key", "address"), [("ArrowRight", "#neste"), ("ArrowLeft", "#forrige"), ("Escape", "#lukk")]
)
def test_the_meeting_view_is_turned_by_keys(site, key, address):
    page = site.open(
        '<body class="mote"><a data-key="prev" href="#forrige">Forrige</a>'
        '<a data-key="next" href="#neste">Neste</a><a data-key="close" href="#lukk">Lukk</a></body>'
    )

    page.keyboard.press(key)

    assert page.url == f"{SITE}/{address}"


def test_keys_are_left_alone_while_one_writes(site):
    page = site.open('<body class="mote"><a data-key="next" href="#neste">Neste</a><input></body>')

    page.locator("input").press("ArrowRight")

    assert page.url == f"{SITE}/"


def test_the_error_summary_takes_focus(site):
    page = site.open('<div data-error-summary tabindex="-1"><h2>Feil</h2></div>')

    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
