"""M12: what is announced can be written in bokmål and nynorsk, and each reads their own."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from soknader.actions import ordning as ordninger_verbs
from soknader.actions import runde as actions
from soknader.actions.runde import Row
from soknader.models import Kriterium, Soknadsrunde, Stotteordning, Utlysning
from soknader.queries import utlysning as queries
from tests.soknader.ordningene import TUITION, apply, make_ordning

pytestmark = pytest.mark.usefixtures("october")

OWN = (
    "Vi støtter det vi trenger.", "Videreutdanning i geriatri", "Pasientene er eldre.",
    "Behovet i tjenesten", "Kritisk mangel", "Studieavgiften", "Det studiestedet krever.",
)  # fmt: skip
OTHER = (
    "Vi støttar det vi treng.", "Vidareutdanning i geriatri", "Pasientane er eldre.",
    "Behovet i tenesta", "Kritisk mangel på folk", "Avgifta for studiet",
    "Det som studiestaden krev.",
)  # fmt: skip


@pytest.fixture
def announced(runde, utlysning):
    Soknadsrunde.objects.update(announcement=OWN[0])
    Utlysning.objects.update(text=OWN[2])
    Kriterium.objects.create(runde=runde, name=OWN[3], texts=["Nok", OWN[4]])
    apply(runde, make_ordning(**TUITION | {"name": OWN[5], "text": OWN[6]}))
    return runde


@pytest.fixture
def in_both(announced):
    """The round, with all of it said in nynorsk too."""
    Soknadsrunde.objects.update(announcement_other=OTHER[0])
    Utlysning.objects.update(title_other=OTHER[1], text_other=OTHER[2])
    Kriterium.objects.update(name_other=OTHER[3], most_other=OTHER[4])
    Stotteordning.objects.update(name_other=OTHER[5], text_other=OTHER[6])
    return announced


def words_of(response):
    pages = PdfReader(BytesIO(response.content)).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    return text.replace("\u2010 ", "")


def test_m12_each_reads_the_announcement_in_their_own_maalform(in_both, as_user):
    nynorsk, bokmal = (
        as_user(None).get(f"/utlysning/?sprak={code}").content.decode() for code in ("nn", "nb")
    )

    for own, other in zip(OWN, OTHER, strict=True):
        assert other in nynorsk, other
        assert own in bokmal, own
    assert OWN[0] not in nynorsk
    assert OWN[1] not in nynorsk
    assert OTHER[0] not in bokmal


def test_m12_the_poster_is_in_the_same_maalform_throughout(in_both, as_user):
    url = f"/utlysning/{in_both.pk}/utlysning.pdf"

    nynorsk, bokmal = (words_of(as_user(None).get(f"{url}?sprak={c}")) for c in ("nn", "nb"))

    for number in (0, 1, 2, 3, 5):
        assert OTHER[number] in nynorsk, OTHER[number]
        assert OWN[number] not in nynorsk, OWN[number]
        assert OWN[number] in bokmal, OWN[number]


def test_m12_without_a_text_of_its_own_nynorsk_shows_what_there_is(announced, as_user):
    page = as_user(None).get("/utlysning/?sprak=nn").content.decode()

    for own in OWN:
        assert own in page, own


def test_m12_a_nynorsk_municipality_can_say_it_in_bokmaal(in_both, as_user):
    Soknadsrunde.objects.update(lang="nn", announcement=OTHER[0], announcement_other=OWN[0])

    nynorsk, bokmal = (
        as_user(None).get(f"/utlysning/?sprak={code}").content.decode() for code in ("nn", "nb")
    )

    assert OTHER[0] in nynorsk
    assert OWN[0] in bokmal
    assert OTHER[0] not in bokmal


def test_m12_the_whole_application_is_in_the_applicants_maalform(
    in_both, utlysning, kari, as_user, make_soknad
):
    draft = make_soknad(kari, utlysning=utlysning)
    browser = as_user(kari)
    browser.post("/profil/", {"language": "nn"})

    pages = {
        url: browser.get(url).content.decode()
        for url in (
            "/soknad/", f"/soknad/{draft.pk}/steg/1/", f"/soknad/{draft.pk}/steg/3/",
            f"/soknad/{draft.pk}/oppsummering/",
        )
    }  # fmt: skip

    assert OTHER[0] in pages["/soknad/"]
    assert OTHER[1] in pages[f"/soknad/{draft.pk}/steg/1/"]
    assert OTHER[5] in pages[f"/soknad/{draft.pk}/steg/3/"]
    assert OTHER[1] in pages[f"/soknad/{draft.pk}/oppsummering/"]
    assert f"{OWN[1]} (" not in pages[f"/soknad/{draft.pk}/steg/1/"]


def test_m12_the_advisor_writes_both_in_the_forms_of_the_round(announced, frida, as_user):
    browser = as_user(frida)
    utlysning, kriterium = Utlysning.objects.get(), Kriterium.objects.get()
    base = f"/runder/{announced.pk}"
    form = browser.get(f"{base}/endre/")

    answered = [
        browser.post(f"{base}/endre/", changed(form, announcement_other=OTHER[0])),
        browser.post(
            f"{base}/utdanninger/",
            rows(id=utlysning.pk, title=OWN[1], text=OWN[2], title_other=OTHER[1],
                 text_other=OTHER[2]),
        ),
        browser.post(
            f"{base}/kriterier/",
            rows(id=kriterium.pk, name=OWN[3], weight=1, text_0="Nok", text_1=OWN[4],
                 name_other=OTHER[3], most_other=OTHER[4]),
        ),
    ]  # fmt: skip

    assert "Utlysningstekst på nynorsk" in form.content.decode()
    assert [each.status_code for each in answered] == [302, 302, 302]
    assert Soknadsrunde.objects.get().announcement_other == OTHER[0]
    assert list(Utlysning.objects.values_list("title_other", "text_other")) == [OTHER[1:3]]
    assert list(Kriterium.objects.values_list("name_other", "most_other")) == [OTHER[3:5]]
    shown = browser.get(f"{base}/").content.decode()
    for other in OTHER[:5]:
        assert other in shown, other


def test_m12_a_scheme_is_written_in_both_and_its_next_version_begins_there(
    announced, frida, as_user
):
    ordning = Stotteordning.objects.get()
    url = f"/ordninger/{ordning.pk}/"
    browser = as_user(frida)
    form = browser.get(url)

    answered = browser.post(url, changed(form, name_other=OTHER[5], text_other=OTHER[6]))

    assert answered.status_code == 302
    newest = Stotteordning.objects.get(version=2)
    assert (newest.name, newest.name_other, newest.text_other) == (OWN[5], *OTHER[5:])
    again = browser.get(f"/ordninger/{newest.pk}/").content.decode()
    assert OTHER[5] in again


def test_m12_a_copied_round_has_both(in_both, frida, as_user):
    form = as_user(frida).get("/runder/ny/")
    told = form.context["form"].initial
    assert told["announcement_other"] == OTHER[0]

    with clock.frozen(clock.start_of(told["opens"], hour=9)):
        copied = actions.prepare(by=frida, **told)
        found = queries.announcement(copied)

    assert (copied.lang, copied.announcement_other) == ("nb", OTHER[0])
    assert Utlysning.objects.get(runde=copied).title_other == OTHER[1]
    assert Kriterium.objects.get(runde=copied).most_other == OTHER[4]
    assert found.text == OWN[0]


def test_m12_what_a_nynorsk_municipality_writes_first_is_nynorsk(active, frida, monkeypatch):
    monkeypatch.setattr(Kommune, "maalform", property(lambda _: "nn", lambda _, value: None))
    told = {"year": 2030, "kind": "spring", "budget": 1}
    dates = dict.fromkeys(
        ("opens", "deadline", "leader_deadline", "meeting_on", "answer_by", "accept_by"),
        clock.today(),
    )

    runde = actions.prepare(by=frida, **told, **dates)
    ordning = ordninger_verbs.add(by=frida, in_use_from=clock.today(), **TUITION)
    actions.set_educations(runde, [Row({"title": "Fagbrev"})], by=frida)

    assert (runde.lang, ordning.lang) == ("nn", "nn")


def changed(form, **fields):
    """Return what the form would send, with these fields changed."""
    bound = form.context["form"]
    sent = {name: bound[name].value() for name in bound.fields}
    read = {name: value for name, value in sent.items() if value not in (None, False)}
    return {name: getattr(value, "pk", value) for name, value in (read | fields).items()}


def rows(**fields):
    """Return a list of one row as its form sends it."""
    sent = {f"rad-0-{name}": value for name, value in fields.items()}
    return {"rad-TOTAL_FORMS": 1, "rad-INITIAL_FORMS": 0} | sent
