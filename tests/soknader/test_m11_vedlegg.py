"""M11: attachments are checked, shown to those they are for, and taken out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from soknader.models import Soknad, Vedlegg
from tests.soknader.soknadsskjema import PDF_BYTES

pytestmark = pytest.mark.usefixtures("october")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("virus.exe", b"MZ\x90", "Filer av denne typen tas ikke imot"),
        ("side.pdf", b"<html><script>alert(1)</script>", "skadet eller ikke en PDF"),
        ("tom.pdf", b"", "Filen er tom"),
        ("skript.pdf", b"%PDF-1.7\n/JavaScript (x)\n%%EOF\n", "inneholder skript"),
    ],
)
def test_m11_hostile_attachments_are_refused_in_words(
    runde, kari, as_user, make_soknad, name, content, told
):
    soknad = make_soknad(kari)

    answered = as_user(kari).post(
        f"/soknad/{soknad.pk}/vedlegg/", {"file": SimpleUploadedFile(name, content)}
    )

    assert answered.status_code == 422
    assert told in answered.content.decode()
    assert not Vedlegg.objects.exists()


def test_m11_an_attachment_is_for_the_applicant_the_leaders_in_line_and_the_advisor(
    runde, kari, liv, vidar, frida, siri, ola, turid, as_user, make_soknad
):
    soknad = make_soknad(kari, status=Soknad.Status.SUBMITTED)
    plan = SimpleUploadedFile("../../plan.pdf", PDF_BYTES, "text/html")
    as_user(kari).post(f"/soknad/{soknad.pk}/vedlegg/", {"file": plan})
    url = f"/vedlegg/{Vedlegg.objects.get().pk}/"

    given = [as_user(each).get(url) for each in (kari, liv, vidar, frida)]
    refused = [as_user(each).get(url).status_code for each in (siri, ola, turid)]

    assert [response.content for response in given] == [PDF_BYTES] * 4
    assert given[0]["Content-Type"] == "application/pdf"
    assert given[0]["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert refused == [404, 404, 404]


def test_m11_the_attachment_of_a_draft_is_the_applicants_alone(
    runde, kari, liv, frida, as_user, make_soknad
):
    soknad = make_soknad(kari)
    plan = SimpleUploadedFile("plan.pdf", PDF_BYTES)
    as_user(kari).post(f"/soknad/{soknad.pk}/vedlegg/", {"file": plan})
    url = f"/vedlegg/{Vedlegg.objects.get().pk}/"

    assert [as_user(each).get(url).status_code for each in (kari, liv, frida)] == [200, 404, 404]


def test_m11_an_attachment_can_be_taken_out_again(runde, kari, as_user, make_soknad):
    soknad = make_soknad(kari)
    browser = as_user(kari)
    browser.post(
        f"/soknad/{soknad.pk}/vedlegg/", {"file": SimpleUploadedFile("plan.pdf", PDF_BYTES)}
    )
    vedlegg = Vedlegg.objects.get()

    browser.post(f"/soknad/{soknad.pk}/vedlegg/{vedlegg.pk}/slett/")

    assert not Vedlegg.objects.exists()


def test_m11_an_application_has_ten_attachments_whatever_others_have(
    runde, kari, ola, as_user, make_soknad
):
    mine, theirs = make_soknad(kari), make_soknad(ola)

    def attach(who, soknad):
        plan = SimpleUploadedFile("plan.pdf", PDF_BYTES)
        return as_user(who).post(f"/soknad/{soknad.pk}/vedlegg/", {"file": plan})

    taken = [attach(kari, mine).status_code for _time in range(10)]
    one_more, another = attach(kari, mine), attach(ola, theirs)

    assert (taken, another.status_code) == ([302] * 10, 302)
    assert one_more.status_code in {409, 422}
    assert "Du kan legge ved opptil 10 filer." in one_more.content.decode()
    assert Vedlegg.objects.filter(soknad=mine).count() == 10
