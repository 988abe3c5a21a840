"""Who looks through other eyes reads no reasons, no attachments and no drafts."""

import pytest

from kompetanse.kommuner import files
from kompetanse.kommuner.responses import PDF
from soknader.models import Vedlegg
from tests.soknader.saker import make_runde, make_sak

CANARY = "kanari-grunn"


@pytest.fixture
def sak(active, october, kari):
    return make_sak(kari, make_runde())


@pytest.fixture
def eyes_of(as_user, sigurd):
    """Sigurd's browser, seeing as someone else sees."""

    def look(ansatt):
        browser = as_user(sigurd)
        browser.post(f"/innsyn/{ansatt.pk}/", {"reason": "Hjelp", "minutes": 30})
        return browser

    return look


def test_the_reason_stays_with_the_advisor(as_user, eyes_of, sak, frida):
    url = f"/prioritering/{sak.runde_id}/sak/{sak.pk}/"

    own, looked_at = as_user(frida).get(url), eyes_of(frida).get(url)

    assert CANARY in own.content.decode()
    assert looked_at.status_code == 200
    assert CANARY not in looked_at.content.decode()


def test_the_leaders_reading_page_stays_closed(as_user, eyes_of, sak, liv):
    url = f"/leder/soknader/{sak.pk}/"

    assert CANARY in as_user(liv).get(url).content.decode()
    assert eyes_of(liv).get(url).status_code == 403
    assert eyes_of(liv).get("/leder/soknader/").status_code == 200


def test_an_attachment_is_not_given(as_user, eyes_of, sak, liv):
    fil = files.store(b"%PDF-1.7 kanari", name="attest.pdf", content_type=PDF)
    vedlegg = Vedlegg.objects.create(soknad=sak, fil=fil)

    assert as_user(liv).get(f"/vedlegg/{vedlegg.pk}/").status_code == 200
    assert eyes_of(liv).get(f"/vedlegg/{vedlegg.pk}/").status_code == 403


def test_a_draft_is_not_told_of(eyes_of, as_user, sak, ola, october):
    draft = make_sak(ola, sak.runde, status="draft", study="kanari-studium")
    sak.runde.status = "open"
    sak.runde.save()

    assert "kanari-studium" in as_user(ola).get("/hjem/").content.decode()
    assert "kanari-studium" not in eyes_of(ola).get("/hjem/").content.decode()
    assert eyes_of(ola).get(f"/soknad/{draft.pk}/oppsummering/").status_code == 403
