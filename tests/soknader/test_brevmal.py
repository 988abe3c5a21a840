"""The municipality's own letter texts: placeholders from a flat list, versions, seen on a case."""

import time
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import files
from kompetanse.kommuner.maler import Mal
from kompetanse.kommuner.models import AuditEvent
from soknader.actions import brevmal as actions
from soknader.models import Brevmal, Svarbrev, Vedtak
from soknader.queries import brevmal as queries
from soknader.rules import brevmal as rules
from tests.soknader.brevene import letter_of, make_all

GRANTED = "/svarbrev/maler/nb/granted/"
VALUES = dict.fromkeys(rules.PLACEHOLDERS, "") | {"navn": "Kari", "begrunnelse": "En.\n\nTo."}


def text_of(content):
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(text.replace("\xa0", " ").split())


def told(**changed):
    return {"heading": "Svar til {{navn}}", "body": "Hei, {{navn}}.", "version": "0"} | changed


@pytest.mark.parametrize(
    "text",
    [
        "{{fodselsnummer}}", "{{navn.kommune}}", "{{navn|upper}}", "{{}}", "{{ navn", "navn }}",
        "{% if navn %}", "{{navn.__class__}}", "{{ {{navn}} }}",
    ],
)  # fmt: skip
def test_what_is_no_placeholder_is_refused(text):
    assert rules.unknown(text) != []


def test_a_template_of_blanks_does_not_hold_the_server():
    """Three parts of the pattern once shared the blanks among them: 4 000 took over a minute."""
    begun = time.process_time()

    assert rules.unknown("{{" + " " * 20_000 + "x") == ["{{"]
    assert rules.fill("{{ \t navn\n }}", {"navn": "Kari"}) == "Kari"
    assert time.process_time() - begun < 1


def test_every_placeholder_of_the_list_is_known():
    assert rules.unknown(" ".join(f"{{{{ {name} }}}}" for name in rules.PLACEHOLDERS)) == []


def test_a_part_with_an_empty_placeholder_falls_out_with_its_heading():
    body = (
        "Hei, {{navn}}.\n\n## Beløp\n\n- Sum: {{belop}}\n\n## Hvorfor\n{{begrunnelse}}\n\n"
        "## Klage\n\nInnen {{klagefrist}}.\n\nSpør oss."
    )

    found = rules.blocks(body, VALUES)

    assert [(block.kind, block.text) for block in found] == [
        ("text", "Hei, Kari."), ("heading", "Hvorfor"), ("text", "En."), ("text", "To."),
        ("text", "Spør oss."),
    ]  # fmt: skip


def test_what_a_person_wrote_is_never_read_as_a_placeholder_or_a_heading():
    values = VALUES | {"begrunnelse": "## {{navn}}\n\n- {{belop}}"}

    found = rules.blocks("{{begrunnelse}}", values)

    assert [(block.kind, block.text) for block in found] == [
        ("text", "## {{navn}}"), ("text", "- {{belop}}"),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["nb", "nn"])
@pytest.mark.parametrize("outcome", Vedtak.Outcome.values)
def test_the_shipped_texts_use_known_placeholders_only(lang, outcome):
    mal = queries.shipped(lang, outcome)

    assert rules.unknown(mal.heading + mal.body) == []
    assert mal.version == 0


def test_a_new_kommune_gets_the_shipped_texts_as_its_first_version(active):
    assert actions.load_shipped(Mal.MODUM) == 8
    assert set(Brevmal.objects.values_list("version", flat=True)) == {1}


def test_a_letter_is_made_from_the_newest_version_and_keeps_it(decided, frida, kari, ola):
    mal = queries.in_force("nb")["granted"]
    first = actions.revise(
        mal, heading="Ja til {{studium}}", body="Kjære {{navn}}!", version=0, by=frida
    )
    make_all(decided, frida)
    before = files.read(letter_of(kari).fil)
    actions.revise(first, heading="Noe annet", body="Noe annet.", version=1, by=frida)

    assert letter_of(kari).mal == first
    assert letter_of(kari).heading == "Ja til videreutdanning i geriatri"
    assert "Kjære Kari Nilsen!" in text_of(before)
    assert letter_of(ola).mal is None
    assert "Du får ikke støtte" in text_of(files.read(letter_of(ola).fil))
    assert list(queries.versions("nb", "granted").values_list("version", "letters")) == [
        (2, 0), (1, 1),
    ]  # fmt: skip
    assert AuditEvent.objects.filter(action="brevmal.revise").count() == 2


def test_the_advisor_sees_it_on_a_real_case_and_saves_a_version(decided, frida, kari, as_user):
    advisor = as_user(frida)
    assert "Innvilget" in advisor.get("/svarbrev/maler/").content.decode()

    shown = advisor.post(GRANTED, told(vis="1", body="Du får {{belop}}.")).content.decode()
    assert "Slik blir brevet i sak 2026-0001" in shown
    assert "Du får 34\xa0000\xa0kr." in shown
    assert not Brevmal.objects.exists()
    assert advisor.post(GRANTED, told(body="Du får {{belop}}.")).status_code == 302

    vedtak = Vedtak.objects.get(soknad__ansatt=kari)
    pdf = advisor.get(f"{GRANTED}prove.pdf?sak={vedtak.pk}")
    assert "Du får 34 000 kr." in text_of(pdf.content)
    assert "Kari Nilsen" in text_of(pdf.content)
    assert not Svarbrev.objects.exists()


def test_an_unknown_placeholder_is_refused_with_a_sentence_and_the_text_kept(
    decided, frida, as_user
):
    answer = as_user(frida).post(GRANTED, told(body="Hei, {{fornavn}}."))

    assert answer.status_code == 422
    assert "«fornavn» kan ikke stå her" in answer.content.decode()
    assert "Hei, {{fornavn}}." in answer.content.decode()
    with pytest.raises(DomainError):
        actions.revise(
            queries.shipped("nb", "granted"), heading="x", body="{{navn.x}}", version=0, by=frida
        )


def test_two_who_save_at_once_never_overwrite_each_other(active, frida, as_user):
    advisor = as_user(frida)
    assert advisor.post(GRANTED, told()).status_code == 302

    assert advisor.post(GRANTED, told(heading="Min")).status_code == 409
    assert Brevmal.objects.get().heading == "Svar til {{navn}}"
    with pytest.raises(StaleError):
        actions.revise(Brevmal.objects.get(), heading="x", body="x", version=0, by=frida)


def test_only_the_advisor_writes_letter_texts(active, kari, liv, turid, as_user):
    for person in (kari, liv, turid):
        for path in ("/svarbrev/maler/", GRANTED, f"{GRANTED}prove.pdf"):
            assert as_user(person).get(path).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.revise(
                queries.shipped("nb", "granted"), heading="x", body="x", version=0, by=person
            )


def test_without_a_case_an_invented_one_is_shown_and_strange_addresses_are_not_found(
    active, frida, as_user
):
    advisor = as_user(frida)

    assert "oppdiktet sak" in advisor.get("/svarbrev/maler/nn/refused/").content.decode()
    assert "Vi har behandla" in text_of(advisor.get("/svarbrev/maler/nn/refused/prove.pdf").content)
    for path in ("/svarbrev/maler/se/granted/", "/svarbrev/maler/nb/kanskje/"):
        assert advisor.get(path).status_code == 404
    assert advisor.get(f"{GRANTED}prove.pdf?sak=999999").status_code == 404
    assert advisor.get(f"{GRANTED}prove.pdf?sak=x").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_pages_cost_the_same_whatever_the_number_of_versions(
    decided, frida, as_user, queries_of, number
):
    for version in range(1, number + 1):
        Brevmal.objects.create(lang="nb", outcome="granted", version=version, heading="x", body="x")

    assert queries_of(as_user(frida), "/svarbrev/maler/") <= 10
    assert queries_of(as_user(frida), GRANTED) <= 10
