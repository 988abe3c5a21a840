"""M12: the whole announcement is open to anyone, on a page and a poster, tied to the gap."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from kartlegging.models import Gapanalyse, Kompetansekrav
from kartlegging.queries.gap import FIGURES
from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon.models import Rolle
from soknader.models import Kriterium, Soknadsrunde, Utlysning
from tests.conftest import give
from tests.soknader.saker import make_runde

pytestmark = pytest.mark.usefixtures("october")

# Where a word is divided at the end of a line.
HYPHEN = re.compile(r"(?<=[a-zæøå])[-\u2010] (?=[a-zæøå])")


def text_of(response):
    pages = PdfReader(BytesIO(response.content)).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    return HYPHEN.sub("", text.replace("\xa0", " "))


@pytest.fixture
def announced(runde, utlysning, helse, turid, ordninger, monkeypatch):
    Soknadsrunde.objects.update(
        announcement="Vi støtter det vi trenger.", permanent_only=True, may_complain=True
    )
    Kriterium.objects.create(runde=runde, name="Behov", weight=3, texts=["Nei", "Stort behov"])
    give(turid, Rolle.Kode.KOMPETANSETILLITSVALGT, helse)
    contact = property(lambda _: "kompetanse@fjordvik.example", lambda _, value: None)
    monkeypatch.setattr(Kommune, "contact", contact)
    return runde


WORDS = (
    "Videreutdanning i geriatri", "Vi støtter det vi trenger.", "Du må være fast ansatt.",
    "Studieavgift", "Dekker 80 % av kostnaden.", "Behov", "vekt 3",
    "kompetanse@fjordvik.example", "22. oktober 2026", "5. november 2026", "innen 3 uker",
)  # fmt: skip


def test_m12_anyone_may_read_the_whole_announcement(announced, as_user, turid):
    response = as_user(None).get("/utlysning/")

    page = response.content.decode().replace("\xa0", " ")
    assert response.status_code == 200
    for words in WORDS:
        assert words in page, words
    assert turid.last_name not in page, "who is a shop steward is told to employees alone"
    assert "Les utlysningen" in as_user(None).get("/").content.decode()


def test_m12_the_poster_is_in_the_maalform_that_is_asked_for(announced, as_user, kari, turid):
    anonymous = as_user(None)
    url = f"/utlysning/{announced.pk}/utlysning.pdf"

    bokmal, nynorsk = (text_of(anonymous.get(f"{url}?sprak={code}")) for code in ("nb", "nn"))
    own = text_of(as_user(kari).get("/soknad/utlysning.pdf"))

    for words in WORDS:
        assert words in bokmal, words
    assert nynorsk != bokmal
    assert "Søknadsfrist" not in nynorsk or "Høyst" not in nynorsk
    assert turid.full_name in own
    assert turid.full_name not in bokmal
    assert as_user(None).get(f"{url}?sprak=tull").status_code == 200


def test_m12_prioritised_education_is_tied_to_the_gap(
    announced, utlysning, geriatri, frida, as_user, queries_of
):
    Utlysning.objects.update(kompetanse=geriatri)
    Kompetansekrav.objects.create(
        enhet=frida.enhet, kompetanse=geriatri, level=2, count=3, is_statutory=False
    )
    url = f"/runder/{announced.pk}/utdanninger/"

    live = as_user(frida).get(url).content.decode()
    assert queries_of(as_user(frida), url) <= 10
    before = as_user(None).get("/utlysning/").content.decode()
    figures = dict.fromkeys(FIGURES, 0) | {
        "enhet": "Helse", "kompetanse": "Geriatri", "kompetanse_id": geriatri.pk, "lack": 7,
    }  # fmt: skip
    Gapanalyse.objects.create(
        year=2026, figures=[figures], settled_at=clock.now(), settled_by=frida
    )

    assert "Geriatri (mangler 3)" in live
    assert "ifølge GAP-analysen" not in before
    assert "Geriatri (mangler 7)" in as_user(frida).get(url).content.decode()
    page = as_user(None).get("/utlysning/").content.decode()
    assert "Kommunen mangler denne kompetansen, ifølge GAP-analysen for 2026." in page


def test_m12_each_round_announces_its_own_education(announced, as_user):
    other = make_runde(kind="may", year=2027)
    Utlysning.objects.filter(runde=other).update(title="Videreutdanning i psykisk helse")

    page = as_user(None).get(f"/utlysning/{announced.pk}/").content.decode()

    assert "Videreutdanning i geriatri" in page
    assert "psykisk helse" not in page


def test_m12_a_round_under_preparation_is_not_announced(runde, as_user):
    Soknadsrunde.objects.update(status="draft")
    anonymous = as_user(None)

    assert anonymous.get(f"/utlysning/{runde.pk}/").status_code == 404
    assert anonymous.get(f"/utlysning/{runde.pk}/utlysning.pdf").status_code == 404
    assert "Ingen runde er åpen" in anonymous.get("/utlysning/").content.decode()


def test_m12_a_round_whose_day_has_come_but_is_not_opened_opens_soon(runde, as_user):
    Soknadsrunde.objects.update(status="draft")

    with clock.frozen(clock.start_of(runde.opens, hour=8)):
        page = as_user(None).get("/utlysning/").content.decode().replace("\xa0", " ")

    assert "Den neste åpner snart. Fristen er torsdag 15. oktober" in page
    assert "åpner 1. september" not in page
