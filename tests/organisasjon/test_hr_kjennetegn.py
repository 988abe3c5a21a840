"""The marks of Entra ID in the HR file: checked for doubles, written, undone."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kompetanse import jobs
from kompetanse.hrimport import tasks
from kompetanse.innlogging import known
from kompetanse.innlogging.models import Tilbyder
from kompetanse.kommuner import tenancy
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon import actions
from kompetanse.organisasjon.models import Ansatt, Hrimport, Hrlinje, Kjennetegn

HEADINGS = (
    "Ansattnr", "Fornavn", "Etternavn", "Enhetskode", "Enhet", "Stilling", "Stillingsprosent",
    "ObjectId", "userPrincipalName",
)  # fmt: skip
FIRST = "0f8fad5b-d9cb-469f-a165-70867728950e"
SECOND = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
WORKERS = {
    "hrimport.read": tasks.read,
    "hrimport.check": tasks.check,
    "hrimport.write": tasks.write,
    "hrimport.undo": tasks.undo,
}


@pytest.fixture
def browser(as_user, sigurd, october, monkeypatch):
    def worked(name, **ids):
        if name in WORKERS:
            WORKERS[name].run(kommune_id=tenancy.require_id(), **ids)

    monkeypatch.setattr(jobs, "enqueue", worked)
    return as_user(sigurd)


def row(number, oid="", upn="", **changes):
    return {
        "Ansattnr": number, "Fornavn": "Nils", "Etternavn": f"Lie {number}", "Enhetskode": "NORD",
        "Enhet": "Nord", "Stilling": "Sykepleier", "Stillingsprosent": 100, "ObjectId": oid,
        "userPrincipalName": upn,
    } | changes  # fmt: skip


def check(browser, *rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    file = SimpleUploadedFile("hr.csv", text.getvalue().encode())
    browser.post("/hr-import/ny/", {"file": file, "scope": "partial"})
    run = Hrimport.objects.latest("pk")
    if run.status == Hrimport.Status.MAPPING:
        told = run.columns | {"oid": "ObjectId", "upn": "userPrincipalName"}
        browser.post(f"/hr-import/{run.pk}/kolonner/", told)
    run.refresh_from_db()
    assert run.status == Hrimport.Status.CHECKED, run.message
    return run


def load(browser, *rows):
    run = check(browser, *rows)
    browser.post(f"/hr-import/{run.pk}/bekreft/", {"check_number": run.check_number})
    run.refresh_from_db()
    assert run.status == Hrimport.Status.WRITTEN, run.message
    return run


def marks():
    found = Kjennetegn.objects.order_by("ansatt__number", "kind")
    return list(found.values_list("ansatt__number", "kind", "value"))


def faults(run):
    lines = run.linjer.filter(kind=Hrlinje.Kind.FAULT).order_by("row")
    return list(lines.values_list("row", "column", "text"))


def test_marks_are_written_and_the_person_is_known_by_them_at_the_log_in(browser):
    load(browser, row(2001, FIRST.upper(), "Nils.Lie@Storvik.example"))

    assert marks() == [("2001", "oid", FIRST), ("2001", "upn", "nils.lie@storvik.example")]
    entra = Tilbyder.objects.create(
        name="Entra", kind=Tilbyder.Kind.ENTRA, issuer="https://x.example", client_id="x",
        match=Tilbyder.Match.OID, claim="oid",
    )  # fmt: skip
    bruker = known.user_of({"oid": FIRST, "tid": "t", "sub": "s"}, entra)
    assert bruker.ansatte.get().number == "2001"


def test_every_mark_that_is_given_is_in_the_trail(browser):
    load(browser, row(2001, FIRST, "nils@storvik.example"))

    told = AuditEvent.objects.filter(action="kjennetegn.recognise")
    assert [event.details["kind"] for event in told.order_by("pk")] == ["oid", "upn"]
    assert {event.about_id for event in told} == {Ansatt.objects.get(number="2001").pk}


def test_the_check_shows_the_mark_before_it_is_written_and_the_columns_are_remembered(browser):
    run = check(browser, row(2001, FIRST))
    shown = browser.get(f"/hr-import/{run.pk}/kontroll/").content.decode()

    assert FIRST in shown
    assert "1 nye kjennetegn for innlogging med Entra ID" in shown
    assert marks() == []
    again = check(browser, row(2001, SECOND))
    assert again.columns["oid"] == "ObjectId"


def test_the_same_mark_for_two_people_is_a_fault_of_both_and_given_to_neither(browser):
    run = load(browser, row(2001, FIRST), row(2002, FIRST), row(2003, SECOND))

    assert faults(run) == [
        (2, "Objekt-ID i Entra ID",
         "Ansattnr 2002 har den samme i rad 3. To personer kan ikke dele den."),
        (3, "Objekt-ID i Entra ID",
         "Ansattnr 2001 har den samme i rad 2. To personer kan ikke dele den."),
    ]  # fmt: skip
    assert marks() == [("2003", "oid", SECOND)]


def test_two_positions_with_two_marks_is_a_fault(browser):
    run = check(browser, row(2001, FIRST), row(2001, SECOND, Stillingsprosent=20))

    assert faults(run) == [(3, "Objekt-ID i Entra ID", "Personen har en annen verdi her i rad 2.")]


def test_a_mark_that_another_has_in_the_register_is_a_fault(browser, kari):
    actions.recognise(kari, Kjennetegn.Kind.OID, FIRST, by=None)

    run = check(browser, row(2001, FIRST))

    sentence = f"Ansattnr {kari.number} har den samme i registeret. Rett den som er feil."
    assert faults(run) == [(2, "Objekt-ID i Entra ID", sentence)]


def test_two_people_may_change_marks_and_undo_changes_them_back(browser):
    load(browser, row(2001, FIRST), row(2002, SECOND))
    before = marks()
    run = load(browser, row(2001, SECOND), row(2002, FIRST))
    assert marks() == [("2001", "oid", SECOND), ("2002", "oid", FIRST)]

    browser.post(f"/hr-import/{run.pk}/angre/")

    run.refresh_from_db()
    assert run.status == Hrimport.Status.UNDONE
    assert marks() == before


def test_undo_takes_away_the_marks_of_those_it_made(browser):
    run = load(browser, row(2001, FIRST, "nils@storvik.example"))

    browser.post(f"/hr-import/{run.pk}/angre/")

    assert marks() == []
    assert not Ansatt.objects.filter(number="2001").exists()


def test_an_empty_cell_leaves_the_mark_and_the_same_file_changes_nothing(browser):
    load(browser, row(2001, FIRST))

    assert check(browser, row(2001)).figures["unchanged"] == 1
    assert check(browser, row(2001, FIRST)).figures["unchanged"] == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"oid": "4711"},
         "«4711» er ikke en objekt-ID. Den har 32 tegn delt av fire bindestreker."),
        ({"upn": "nils"},
         "«nils» er ikke et brukernavn i Entra ID, som ser ut som en e-postadresse."),
    ],
)  # fmt: skip
def test_what_is_no_mark_is_a_fault_with_a_sentence(browser, wrong, sentence):
    run = check(browser, row(2001, **wrong))

    assert [text for *_, text in faults(run)] == [sentence]
