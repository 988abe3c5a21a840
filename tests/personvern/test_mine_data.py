"""«Mine data»: everything on me, as page, JSON, PDF and zip, and who has looked."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from allauth.mfa.models import Authenticator
from django.utils import translation
from pypdf import PdfReader

from kompetanse import clock
from kompetanse.kommuner import audit, persondata
from kompetanse.kommuner.models import AuditEvent
from kompetanse.personvern import tasks
from kompetanse.personvern.models import Sletting, Uttrekk
from kompetanse.varsler.models import Kjoring, Varsel
from soknader.models import Vedtak
from tests import world
from tests.personvern import person
from tests.personvern.person import CANARY


@pytest.fixture
def ours(fjordvik, active):
    with clock.frozen(world.MOMENT):
        yield world.build(fjordvik)


@pytest.fixture
def petra(ours):
    """Stands in every table."""
    return person.everywhere(ours)


def exported(browser):
    return json.loads(browser.get("/mine-data/json/").content)


def test_the_copy_holds_every_table_that_the_person_may_see(petra, as_user):
    told = exported(as_user(petra))
    tables = {table["tabell"] for table in told["tabeller"]}

    # A planned erasure comes by itself; the person has asked for none.
    assert {table.model for table in persondata.personal()} - tables == {"personvern.Sletting"}
    assert all(
        table["formal"] and table["grunnlag"] and table["lagring"] for table in told["tabeller"]
    )


def test_the_copy_holds_every_text_but_the_hidden_ones(petra, as_user):
    for table in exported(as_user(petra))["tabeller"]:
        declared = next(each for each in persondata.tables() if each.model == table["tabell"])
        names = {field.attname for field in declared.fields() if field.name not in declared.hidden}

        assert {frozenset(row) for row in table["rader"]} == {frozenset(names)}, table["tabell"]


def test_nothing_of_others_is_in_the_copy(petra, ours, as_user):
    text = as_user(petra).get("/mine-data/json/").content.decode()

    assert CANARY in text
    assert ours.canary not in text.replace(ours.rows.enhet.name, "").replace(
        ours.rows.kompetanse.name, ""
    ).replace(ours.rows.runde.announcement, "")


def test_a_decision_is_not_told_before_its_letter(petra, as_user):
    Vedtak.objects.filter(soknad__ansatt=petra).get().soknad.__class__.objects.filter(
        ansatt=petra
    ).update(status="decided")
    tables = {table["tabell"] for table in exported(as_user(petra))["tabeller"]}

    assert "soknader.Vedtak" not in tables
    assert "soknader.Uttalelse" not in tables


def test_the_page_shows_it_in_words_within_ten_queries(petra, as_user, queries_of):
    browser = as_user(petra)
    html = browser.get("/mine-data/").content.decode()

    assert "Ansattnummer" in html
    assert "Grunnlag:" in html
    assert CANARY in html
    assert queries_of(browser, "/mine-data/") <= 10


def test_codes_and_names_of_libraries_are_said_in_norwegian(ours, as_user):
    kari = ours.people["ansatt"]
    Varsel.objects.create(key="x", kind="soknad.state", recipient=kari, subject="x", body="x")
    Authenticator.objects.create(user=kari.bruker, type="recovery_codes", data={})
    html = as_user(kari).get("/mine-data/").content.decode()

    assert "soknad.state" not in html
    assert "Innlogging i to trinn (" in html
    assert "Reservekoder" in html
    assert not {"Authenticators", "Gjenopprettingskoder", "Recipient", "Created at"} & set(
        html.replace("<", ">").split(">")
    )


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_name_of_a_field_is_code(language):
    with translation.override(language):
        names = {label for table in persondata.tables() for label in [*table.labels(), table.name]}

    assert {name for name in names if "_" in name or name.endswith((" by", " at"))} == set()


def test_who_opened_my_record_is_told_to_me_and_not_what_i_opened_myself(petra, ours, as_user):
    leader = ours.people["leder"]
    audit.record("ansatt.open", petra, by=leader)
    audit.record("soknad.open", petra.soknader.get(), by=leader)
    audit.record("ansatt.open", petra, by=petra)
    audit.record("ansatt.open", leader, by=ours.people["fagradgiver"])

    opened = exported(as_user(petra))["apnet_av"]

    assert [line["handling"] for line in opened] == ["Åpnet søknaden", "Åpnet personsiden"]
    assert {line["hvem"] for line in opened} == {leader.full_name}
    assert leader.full_name in as_user(petra).get("/mine-data/").content.decode()


def test_what_i_have_done_is_counted_and_what_i_have_not_is_left_out(ours, as_user):
    deeds = exported(as_user(ours.people["fagradgiver"]))["det_du_har_gjort"]

    counted = {deed["table"]: deed["count"] for deed in deeds}
    assert counted["kommentarer"] == 1
    assert 0 not in counted.values()


def test_the_pdf_can_be_read(petra, as_user):
    """It is long, so a worker makes it."""
    browser = as_user(petra)
    browser.get("/mine-data/pdf/")
    uttrekk = Uttrekk.objects.get(ansatt=petra, kind=Uttrekk.Kind.DOCUMENT)
    tasks.make_document.run(
        kommune_id=petra.kommune_id, uttrekk_id=uttrekk.pk, kjoring_id=uttrekk.kjoring_id
    )
    answer = browser.get(f"/mine-data/filer/{uttrekk.pk}/")
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)

    assert answer["Content-Type"] == "application/pdf"
    assert "Mine data" in text
    assert CANARY in text


def test_the_package_holds_the_files_and_is_mine_alone(
    petra, ours, as_user, django_capture_on_commit_callbacks
):
    browser = as_user(petra)
    browser.post("/mine-data/pakke/")
    uttrekk = Uttrekk.objects.get(ansatt=petra, fil__isnull=True)
    kjoring = Kjoring.objects.get(by=petra)
    tasks.pack_person.run(kommune_id=petra.kommune_id, uttrekk_id=uttrekk.pk, kjoring_id=kjoring.pk)

    answer = browser.get(f"/mine-data/filer/{uttrekk.pk}/")
    archive = ZipFile(BytesIO(answer.content))
    names = archive.namelist()

    assert {"mine-data.json", "mine-data.html", "mine-data.pdf"} <= set(names)
    files = [name for name in names if name.startswith("filer/")]
    assert len(files) >= 5
    assert all(CANARY.encode() in archive.read(name) for name in files)
    assert as_user(ours.people["leder"]).get(f"/mine-data/filer/{uttrekk.pk}/").status_code == 404
    assert (
        as_user(ours.people["systemansvarlig"]).get(f"/mine-data/filer/{uttrekk.pk}/").status_code
        == 404
    )


def test_fetching_is_written_in_the_trail(petra, as_user):
    exported(as_user(petra))

    event = AuditEvent.objects.get(action="mine_data.export")
    assert (event.by_id, event.about_id) == (petra.pk, petra.pk)


def test_asking_for_erasure_is_answered_on_the_page(petra, ours, as_user):
    mine, admin = as_user(petra), as_user(ours.people["systemansvarlig"])
    mine.post("/mine-data/slett-meg/")
    mine.post("/mine-data/slett-meg/")
    sletting = Sletting.objects.get(ansatt=petra)

    assert petra.full_name in admin.get("/sletting/").content.decode()
    assert admin.post(f"/sletting/{sletting.pk}/slett/").status_code == 409
    assert admin.post(f"/sletting/{sletting.pk}/avsla/", {"answer": ""}).status_code == 422
    admin.post(f"/sletting/{sletting.pk}/avsla/", {"answer": "Du arbeider her fortsatt."})

    assert "Du arbeider her fortsatt." in mine.get("/mine-data/").content.decode()
    assert Sletting.objects.filter(ansatt=petra, done_at__isnull=False).count() == 0
