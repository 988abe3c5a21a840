"""The pages of the import: from a file, through columns and check, to the register and back."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kompetanse import jobs
from kompetanse.hrimport import example, tasks
from kompetanse.kommuner import tenancy
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon.models import Ansatt, Enhet, Hrimport, Hrlinje, Rolle, Stilling
from kompetanse.varsler.models import Kjoring, Varsel
from soknader.models import Soknadsrunde
from tests.conftest import give

HEADINGS = (
    "Ansattnr", "Fornavn", "Etternavn", "E-post", "Enhetskode", "Enhet", "Stilling",
    "Stillingsprosent", "Fra", "Til",
)  # fmt: skip
WORKERS = {
    "hrimport.read": tasks.read,
    "hrimport.check": tasks.check,
    "hrimport.write": tasks.write,
    "hrimport.undo": tasks.undo,
    "hrimport.take_in": tasks.take_in,
}


def worked(name, **ids):
    """Do a task's work in this transaction, as the worker does it in its own."""
    if name in WORKERS:
        WORKERS[name].run(kommune_id=tenancy.require_id(), **ids)


@pytest.fixture(autouse=True)
def worker_at_once(monkeypatch):
    monkeypatch.setattr(jobs, "enqueue", worked)


def row(number=2001, first="Nils", last="Lie", **changes):
    cells = dict.fromkeys(HEADINGS, "")
    cells |= {"Ansattnr": number, "Fornavn": first, "Etternavn": last, "Enhetskode": "NORD"}
    cells |= {"Enhet": "Nord", "Stilling": "Sykepleier", "Stillingsprosent": 100}
    return cells | changes


def like(ansatt):
    """Return the row that says of the employee what we have."""
    (post,) = ansatt.stillinger.select_related("enhet", "kategori")
    return row(
        ansatt.number,
        ansatt.first_name,
        ansatt.last_name,
        **{
            "E-post": ansatt.email,
            "Enhetskode": post.enhet.code,
            "Enhet": post.enhet.name,
            "Stilling": post.kategori.name,
            "Stillingsprosent": int(post.percentage),
        },
    )


def as_file(*rows, name="hr.csv", encoding="utf-8"):
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, text.getvalue().encode(encoding))


@pytest.fixture
def browser(as_user, sigurd, october):
    return as_user(sigurd)


def latest():
    return Hrimport.objects.latest("pk")


def upload(browser, *rows, scope="whole", **options):
    """Upload the rows, accept the guessed columns, and return the run as it then stands."""
    answer = browser.post("/hr-import/ny/", {"file": as_file(*rows, **options), "scope": scope})
    assert answer.status_code == 302, answer.content.decode()
    run = latest()
    if run.status == Hrimport.Status.MAPPING:
        browser.post(f"/hr-import/{run.pk}/kolonner/", run.columns)
    return latest()


def confirm(browser, run, **answers):
    told = {"check_number": run.check_number} | answers
    answer = browser.post(f"/hr-import/{run.pk}/bekreft/", told)
    run.refresh_from_db()
    return answer


def page(browser, path, status=200):
    answer = browser.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


# --- the way through ----------------------------------------------------------------------------


def test_from_a_file_to_the_register_and_a_receipt(browser, kari, sigurd):
    run = upload(browser, like(kari), like(sigurd), row())

    assert run.status == Hrimport.Status.CHECKED
    shown = page(browser, f"/hr-import/{run.pk}/kontroll/")
    assert "1 nye ansatte" in shown
    assert "Nils Lie" in shown
    assert not Ansatt.objects.filter(number="2001").exists()

    assert "Skriv inn 1 ansatt" in page(browser, f"/hr-import/{run.pk}/bekreft/")
    confirm(browser, run)

    assert run.status == Hrimport.Status.WRITTEN
    nils = Ansatt.objects.get(number="2001")
    assert (nils.full_name, nils.enhet.name) == ("Nils Lie", "Nord")
    assert "Importen er skrevet inn" in page(browser, f"/hr-import/{run.pk}/kvittering/")
    assert run.fil is None
    assert Kjoring.objects.latest("pk").status == Kjoring.Status.DONE
    assert AuditEvent.objects.filter(action="hrimport.write", by_id=sigurd.pk).count() == 1


def test_columns_are_asked_for_once_and_then_remembered(browser, kari):
    upload(browser, like(kari))

    browser.post("/hr-import/ny/", {"file": as_file(like(kari), row()), "scope": "whole"})

    assert latest().status == Hrimport.Status.CHECKED


def test_a_wrong_choice_of_columns_comes_back_with_sentences(browser, kari):
    browser.post("/hr-import/ny/", {"file": as_file(like(kari)), "scope": "whole"})
    run = latest()
    chosen = run.columns | {"last_name": "Fornavn", "job_name": ""}

    answer = browser.post(f"/hr-import/{run.pk}/kolonner/", chosen)

    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Kolonnen «Fornavn» er allerede brukt til «Fornavn»." in told
    assert "Velg hvilken kolonne som er «Stilling»." in told


def test_changes_are_shown_field_by_field(browser, kari, sykehjemmet):
    changed = like(kari) | {
        "Etternavn": "Berg", "Enhetskode": sykehjemmet.code, "Enhet": sykehjemmet.name,
        "Fra": "01.10.2026",
    }  # fmt: skip

    run = upload(browser, changed)

    line = Hrlinje.objects.get(hrimport=run, kind="moved")
    assert line.changes[:2] == [
        ["Etternavn", "Nilsen", "Berg"],
        ["Ansatt fra", "", "01.10.2026"],
    ]
    shown = page(browser, f"/hr-import/{run.pk}/kontroll/?vis=moved")
    assert "Etternavn: Nilsen → Berg" in shown
    assert "Enhet: Nord → Sykehjemmet" in shown


def test_faulty_rows_come_back_with_their_reasons_and_companions(browser, kari):
    bad = like(kari) | {"Stillingsprosent": "åtti"}
    also = like(kari) | {"Enhetskode": "NY", "Enhet": "Ny enhet"}
    browser.post(
        "/hr-import/ny/", {"file": as_file(bad, also, row(), encoding="cp1252"), "scope": "whole"}
    )
    run = latest()
    browser.post(f"/hr-import/{run.pk}/kolonner/", run.columns)

    told = browser.get(f"/hr-import/{run.pk}/feil.csv").content.decode("utf-8-sig")

    back = list(csv.DictReader(io.StringIO(told), delimiter=";"))
    assert [line["Stillingsprosent"] for line in back] == ["åtti", "100"]
    assert back[0]["Feil"] == "Stillingsprosent: «åtti» er ikke et tall."
    assert back[1]["Feil"] == "Ingen feil her, men en annen rad for personen har feil."
    assert browser.get(f"/hr-import/{run.pk}/feil.xlsx").content.startswith(b"PK")
    shown = page(browser, f"/hr-import/{run.pk}/kontroll/")
    assert "«åtti» er ikke et tall." in shown


def test_corrected_rows_are_uploaded_alone_and_nobody_is_missing(browser, kari, ola):
    run = upload(browser, like(kari) | {"Stillingsprosent": "50", "Stilling": ""}, like(ola))
    confirm(browser, run)

    run = upload(browser, like(kari) | {"Stillingsprosent": "50"}, scope="partial")

    assert (run.figures["missing"], run.figures["changed"]) == (0, 1)
    confirm(browser, run)
    assert kari.stillinger.get().percentage == 50


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("hr.pdf", b"%PDF", "Filer av denne typen kan ikke leses. Bruk .xlsx eller .csv."),
        ("hr.xlsx", b"MZ\x90\x00 program", "Filen er ikke en Excel-arbeidsbok (.xlsx)."),
        ("hr.csv", b"a;b\n1;\x002\n", "Filen inneholder tegn som ikke er tekst."),
    ],
)
def test_a_file_that_cannot_be_read_ends_in_a_sentence(browser, name, content, sentence):
    sent = {"file": SimpleUploadedFile(name, content), "scope": "whole"}

    answer = browser.post("/hr-import/ny/", sent)

    told = answer.content.decode() if answer.status_code == 422 else ""
    told = told or page(browser, f"/hr-import/{latest().pk}/")
    assert sentence in told


def test_the_example_is_messy_and_leads_to_a_check(browser):
    answer = browser.get("/hr-import/eksempel/")
    assert answer.content == example.content()

    file = SimpleUploadedFile("eksempel-hr.csv", answer.content)
    browser.post("/hr-import/ny/", {"file": file, "scope": "partial"})
    run = latest()
    browser.post(f"/hr-import/{run.pk}/kolonner/", run.columns)

    run.refresh_from_db()
    assert (run.figures["new"], run.figures["faulty_rows"]) == (5, 3)
    reasons = set(run.linjer.filter(kind="fault").values_list("row", "column"))
    assert {(6, "Stillingsprosent"), (7, "E-post"), (8, "Ansettelsesform"), (8, "Fra")} == reasons


# --- leavers ------------------------------------------------------------------------------------


def test_nobody_leaves_without_a_tick(browser, kari, ola, liv, sigurd):
    run = upload(browser, like(kari), like(liv), like(sigurd))

    asked = page(browser, f"/hr-import/{run.pk}/bekreft/")
    assert "Ola Hansen" in asked
    assert "checked" not in asked.partition("Hvem har sluttet?")[2].partition("</form>")[0]
    confirm(browser, run)

    assert Ansatt.objects.get(pk=ola.pk).left_on is None


def test_a_ticked_leaver_leaves_with_positions_and_roles(browser, kari, liv, sigurd, nord):
    run = upload(browser, like(kari), like(sigurd))
    answer = confirm(browser, run, leavers=[liv.number])
    assert answer.status_code == 422, "one of three is above the limit, and must be written"

    confirm(browser, run, leavers=[liv.number], typed="1")

    liv.refresh_from_db()
    assert liv.left_on == date(2026, 10, 1)
    assert liv.stillinger.get().ends == date(2026, 9, 30)
    assert Rolle.objects.get(ansatt=liv).ends == date(2026, 9, 30)


def test_a_large_share_of_leavers_says_how_many_and_asks_for_the_figure(browser, kari, ola, sigurd):
    run = upload(browser, like(sigurd))

    answer = confirm(browser, run, leavers=[kari.number, ola.number], typed="5")

    assert answer.status_code == 422
    assert "2 slutter, 67 % av de ansatte." in answer.content.decode()
    assert Ansatt.objects.filter(left_on__isnull=False).count() == 0


def test_a_tick_for_someone_who_is_not_missing_is_refused(browser, kari, ola, sigurd):
    run = upload(browser, like(sigurd), like(kari))

    answer = confirm(browser, run, leavers=[sigurd.number], typed="1")

    assert answer.status_code == 422
    assert Ansatt.objects.get(pk=sigurd.pk).left_on is None


# --- over two files -----------------------------------------------------------------------------


def test_import_move_leave_and_return_over_files(browser, kari, sigurd, sykehjemmet):
    first = upload(browser, like(sigurd), like(kari), row(Fra="01.01.2020"))
    confirm(browser, first)
    moved = row(Fra="01.09.2026", Enhetskode=sykehjemmet.code, Enhet=sykehjemmet.name)
    second = upload(browser, like(sigurd), like(kari), moved)
    assert second.figures["moved"] == 1
    confirm(browser, second)
    nils = Ansatt.objects.get(number="2001")
    assert nils.enhet == sykehjemmet
    history = nils.stillinger.order_by("starts").values_list("starts", "ends")
    assert list(history) == [
        (date(2020, 1, 1), date(2026, 8, 31)),
        (date(2026, 9, 1), None),
    ]
    assert nils.employed_from == date(2020, 1, 1)

    third = upload(browser, like(sigurd), like(kari))
    confirm(browser, third, leavers=["2001"], typed="1")
    nils.refresh_from_db()
    assert nils.left_on == date(2026, 10, 1)

    back = row(Fra="01.10.2026", Stillingsprosent=60)
    fourth = upload(browser, like(sigurd), like(kari), back)
    assert fourth.figures["returned"] == 1
    confirm(browser, fourth)
    nils.refresh_from_db()
    assert (nils.left_on, nils.employed_from) == (None, date(2026, 10, 1))
    assert nils.stillinger.count() == 3


# --- bound to what was checked ------------------------------------------------------------------


def test_a_register_that_changed_is_checked_again_and_not_written(browser, kari):
    run = upload(browser, like(kari), row())
    Ansatt.objects.filter(pk=kari.pk).update(last_name="Giftnavn")

    confirm(browser, run)

    assert run.status == Hrimport.Status.CHECKED
    assert run.check_number == 2
    assert run.figures["changed"] == 1
    assert "endret etter kontrollen" in Kjoring.objects.latest("pk").message
    assert not Ansatt.objects.filter(number="2001").exists()


def test_an_older_check_cannot_be_confirmed(browser, kari):
    run = upload(browser, like(kari), row())
    browser.post(f"/hr-import/{run.pk}/kontroller/")

    confirm(browser, run)

    run.refresh_from_db()
    assert (run.status, run.check_number) == (Hrimport.Status.CHECKED, 2)


def test_a_second_yes_writes_nothing_more(browser, kari):
    run = upload(browser, like(kari), row())
    confirm(browser, run)

    confirm(browser, run)

    assert Ansatt.objects.filter(number="2001").count() == 1
    assert AuditEvent.objects.filter(action="hrimport.write").count() == 1


# --- undo ---------------------------------------------------------------------------------------


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Ansatt, Stilling, Rolle)] + [
        list(Enhet.objects.order_by("pk").values("pk", "name", "parent_id", "path"))
    ]


def test_undo_makes_everything_what_it_was(browser, kari, liv, sigurd):
    before = everything()
    run = upload(
        browser,
        like(sigurd),
        like(kari) | {"Stillingsprosent": 40, "Etternavn": "Ny"},
        row(Enhetskode="NY", Enhet="Ny enhet", Stilling="Vernepleier"),
    )
    confirm(browser, run, leavers=[liv.number], typed="1")
    assert everything() != before

    assert "Angre importen?" in page(browser, f"/hr-import/{run.pk}/angre/")
    browser.post(f"/hr-import/{run.pk}/angre/")

    run.refresh_from_db()
    assert run.status == Hrimport.Status.UNDONE
    assert everything() == before
    assert run.spor.count() == 0


def built_role(nils, kari):
    give(nils, Rolle.Kode.TILLITSVALGT, nils.enhet)


def built_application(nils, kari):
    runde = Soknadsrunde.objects.create(
        year=2026, opens=date(2026, 9, 1), deadline=date(2026, 10, 15),
        leader_deadline=date(2026, 10, 18), meeting_on=date(2026, 10, 28),
        answer_by=date(2026, 11, 5), accept_by=date(2026, 11, 20), budget=1, next_number=2,
    )  # fmt: skip
    runde.soknader.create(ansatt=nils, number=1)


def changed_by_hand(nils, kari):
    Ansatt.objects.filter(pk=kari.pk).update(last_name="Annen")


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (built_role, "Nils Lie er brukt i: rolle."),
        (built_application, "Nils Lie er brukt i: søknad."),
        (changed_by_hand, "Kari Annen er endret etterpå."),
    ],
)
def test_undo_says_what_hinders_it(browser, kari, build, sentence):
    run = upload(browser, like(kari) | {"Etternavn": "Ny"}, row())
    confirm(browser, run)
    build(Ansatt.objects.get(number="2001"), kari)

    assert sentence in page(browser, f"/hr-import/{run.pk}/angre/")
    answer = browser.post(f"/hr-import/{run.pk}/angre/")

    assert answer.status_code == 409
    assert Ansatt.objects.filter(number="2001").exists()


def test_a_later_import_of_the_same_person_hinders_undo(browser, kari):
    run = upload(browser, like(kari), row())
    confirm(browser, run)
    confirm(browser, upload(browser, like(kari), row(Stillingsprosent=30)))

    assert "Nils Lie er endret etterpå." in page(browser, f"/hr-import/{run.pk}/angre/")


def test_a_reminder_by_mail_does_not_hinder_undo(browser, kari):
    run = upload(browser, like(kari), row())
    confirm(browser, run)
    nils = Ansatt.objects.get(number="2001")
    Varsel.objects.create(key="x", kind="x", recipient=nils, subject="x", body="x")

    browser.post(f"/hr-import/{run.pk}/angre/")

    assert not Ansatt.objects.filter(number="2001").exists()


# --- who, and how many queries -------------------------------------------------------------------


def test_only_those_who_run_the_import_see_it(as_user, kari, liv, frida):
    for ansatt in (kari, liv, frida):
        assert as_user(ansatt).get("/hr-import/").status_code == 403


def test_no_page_costs_more_with_thirty_rows_than_with_one(browser, queries_of, kari, ola):
    def costs(count):
        rows = [row(3000 + n, f"Fornavn{n}") for n in range(count)]
        bad = [row(4000 + n, "") for n in range(count)]
        run = upload(browser, like(kari), *rows, *bad)
        asked = [
            queries_of(browser, f"/hr-import/{run.pk}/{part}/") for part in ("kontroll", "bekreft")
        ]
        confirm(browser, run)
        asked.append(queries_of(browser, f"/hr-import/{run.pk}/kvittering/"))
        asked.append(queries_of(browser, f"/hr-import/{run.pk}/angre/"))
        return [
            *asked,
            queries_of(browser, "/hr-import/"),
            queries_of(browser, "/hr-import/oppsett/"),
        ]

    one, thirty = costs(1), costs(30)

    assert one == thirty
    assert max(one) <= 10
