"""Files that come by themselves: by key and by folder, written only when nothing is in doubt."""

import os
import time

import pytest

from kompetanse import clock, jobs
from kompetanse.hrimport import actions, folder, oppgaver
from kompetanse.hrimport.views import delivery
from kompetanse.organisasjon.hr import afterwards
from kompetanse.organisasjon.models import Ansatt, Hrimport, Hrlinje, Hrnokkel, Hrspor
from kompetanse.varsler import oppgaver as duties
from kompetanse.varsler.models import Varsel
from tests.conftest import OCTOBER, TenantClient, forget_cached
from tests.organisasjon.test_hr_wizard import as_file, confirm, like, row, upload, worked

S = Hrimport.Status


@pytest.fixture(autouse=True)
def worker_at_once(monkeypatch):
    monkeypatch.setattr(jobs, "enqueue", worked)
    forget_cached()


@pytest.fixture
def browser(as_user, sigurd, october):
    return as_user(sigurd)


@pytest.fixture
def known(browser, kari, ola, liv, sigurd):
    """The rows of everyone, imported once by a person, so that the columns are known."""
    rows = [like(ansatt) for ansatt in (kari, ola, liv, sigurd)]
    confirm(browser, upload(browser, *rows))
    return rows


@pytest.fixture
def token(sigurd):
    _nokkel, text = actions.make_key("Nattlig fil", by=sigurd)
    return text


def send(token, *rows, prefix="/fjordvik", **headers):
    outside = TenantClient(enforce_csrf_checks=True)
    outside.prefix = prefix
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return outside.post("/hr-import/fil/", {"fil": as_file(*rows)}, headers=headers)


def latest():
    return Hrimport.objects.latest("pk")


# --- by key -------------------------------------------------------------------------------------


def test_a_file_without_doubt_is_written_by_itself(known, token):
    answer = send(token, *known, row())

    assert (answer.status_code, answer.json()["nummer"]) == (202, latest().pk)
    assert latest().status == S.WRITTEN
    assert Ansatt.objects.get(number="2001").full_name == "Nils Lie"
    assert Hrnokkel.objects.get().used_at == OCTOBER
    assert Varsel.objects.filter(kind="hrimport").count() == 0


def test_the_body_itself_may_be_the_file(known, token):
    content = as_file(*known, row()).read()
    outside = TenantClient(enforce_csrf_checks=True)

    answer = outside.post(
        "/hr-import/fil/?navn=natt.csv",
        content,
        content_type="text/csv",
        headers={"Authorization": f"Bearer {token}"},
    )

    assert answer.status_code == 202
    assert (latest().file_name, latest().status) == ("natt.csv", S.WRITTEN)


def test_only_the_fingerprint_of_a_key_is_stored(token):
    nokkel = Hrnokkel.objects.get()

    assert token not in str(vars(nokkel))
    assert nokkel.digest == actions.digest(token)


def test_a_key_is_shown_once(browser):
    answer = browser.post("/hr-import/nokkel/", {"name": "Lønn"})

    text = answer.content.decode()
    shown = text.partition('value="hr_')[2].partition('"')[0]
    assert actions.key_of(f"hr_{shown}") == Hrnokkel.objects.get()
    assert shown not in browser.get("/hr-import/oppsett/").content.decode()


@pytest.mark.parametrize("wrong", ["", "hr_feil", "Bearer"])
def test_a_wrong_key_opens_nothing(known, token, wrong):
    assert send(wrong, *known).status_code == 401
    assert latest().source == Hrimport.Source.PERSON


def test_a_revoked_key_opens_nothing(browser, known, token):
    browser.post(f"/hr-import/nokkel/{Hrnokkel.objects.get().pk}/trekk/")

    assert send(token, *known).status_code == 401


def test_a_key_of_one_kommune_opens_nothing_in_another(known, token, nabovik):
    assert send(token, *known, prefix="/nabovik").status_code == 401
    assert Hrimport.objects.count() == 1


def test_too_many_files_in_an_hour_must_wait(known, token, monkeypatch):
    monkeypatch.setattr(delivery, "FILES_AN_HOUR", 2)

    answers = [send(token, *known).status_code for _ in range(3)]

    assert answers == [202, 202, 429]


def test_guessing_keys_is_stopped(known, token, monkeypatch):
    monkeypatch.setattr(delivery, "WRONG_KEYS_AN_HOUR", 2)

    answers = [send(guess, *known).status_code for guess in ("hr_a", "hr_b", token)]

    assert answers == [401, 401, 429]


def test_one_who_guesses_behind_the_proxy_closes_the_door_for_oneself_alone(
    known, token, monkeypatch, settings
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(delivery, "WRONG_KEYS_AN_HOUR", 2)
    guesser, system = {"X-Forwarded-For": "192.0.2.7"}, {"X-Forwarded-For": "192.0.2.8"}
    for guess in ("hr_a", "hr_b", "hr_c"):
        send(guess, *known, **guesser)

    assert send(token, *known, **guesser).status_code == 429
    assert send(token, *known, **system).status_code == 202


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [("hr.pdf", b"%PDF", 415), ("hr.csv", b"", 400), ("hr.csv", b"x" * (20 * 2**20 + 1), 413)],
)
def test_what_cannot_be_a_file_from_hr_is_refused_at_the_door(known, token, name, content, status):
    outside = TenantClient(enforce_csrf_checks=True)

    answer = outside.post(
        f"/hr-import/fil/?navn={name}",
        content,
        content_type="application/octet-stream",
        headers={"Authorization": f"Bearer {token}"},
    )

    assert (answer.status_code, bool(answer.json()["feil"])) == (status, True)


# --- when it must wait for a person --------------------------------------------------------------


def waits(run, sentence):
    assert run.status == S.CHECKED
    assert sentence in run.message
    assert not Ansatt.objects.filter(number="2001").exists()
    assert Varsel.objects.filter(key__startswith=f"hrimport:{run.pk}:").count() == 1


def test_a_faulty_row_lets_the_file_wait(known, token, sigurd):
    send(token, *known, row(), row(2002, Stillingsprosent="x"))

    waits(latest(), "1 rad har feil.")
    titles = [each.title for each in duties.waiting_for(sigurd, on=clock.today())]
    assert "Se over HR-filen «hr.csv»" in titles


def test_many_missing_let_the_file_wait(known, token):
    send(token, *known[:2], row())

    waits(latest(), "2 av 4 ansatte mangler i filen eller slutter. Grensen er 5 %.")


def test_the_kommune_sets_the_limit_and_the_missing_are_asked_for(browser, known, token, sigurd):
    browser.post("/hr-import/oppsett/", {"version": 0, "hr_leavers_limit": "60"})

    send(token, *known[2:], row())

    run = latest()
    assert run.status == S.WRITTEN
    assert Ansatt.objects.filter(left_on__isnull=False).count() == 0
    waiting = {each.title: each.url for each in duties.waiting_for(sigurd, on=clock.today())}
    assert "Har de 2 som mangler i HR-filen, sluttet?" in waiting

    told = browser.get(f"/hr-import/{run.pk}/kvittering/").content.decode()
    assert "Kari Nilsen" in told
    browser.post(f"/hr-import/{run.pk}/kvittering/", {"leavers": [known[0]["Ansattnr"]]})
    assert Ansatt.objects.get(number=known[0]["Ansattnr"]).left_on is not None


def test_unknown_columns_let_the_file_wait(token, kari, october):
    send(token, like(kari), row())

    assert latest().status == S.MAPPING
    assert "Kolonnene er ikke kjent fra før." in latest().message


def test_a_newer_file_takes_the_place_of_one_that_waits(known, token):
    send(token, *known, row(Stillingsprosent="x"))
    waiting = latest()

    send(token, *known, row())

    waiting.refresh_from_db()
    assert (waiting.status, latest().status) == (S.DISCARDED, S.WRITTEN)


def test_duties_are_for_those_who_import(known, token, kari):
    send(token, *known, row(Stillingsprosent="x"))

    assert list(oppgaver.duties(kari, clock.today())) == []


# --- by folder ----------------------------------------------------------------------------------


@pytest.fixture
def place(settings, tmp_path, fjordvik):
    settings.HR_IMPORT_ROOT = str(tmp_path / "hr")
    place = tmp_path / "hr" / "fjordvik"
    place.mkdir(parents=True)
    return place


def lay(place, content, name="natt.csv", *, age=120):
    path = place / name
    path.write_bytes(content)
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_a_file_in_the_folder_is_written_and_moved_with_a_report(known, place, fjordvik):
    lay(place, as_file(*known, row()).read())

    assert folder.empty(fjordvik) == 1

    assert Ansatt.objects.filter(number="2001").exists()
    kept, report = sorted((place / "done").iterdir())
    assert (kept.name[-8:], report.suffix) == ("natt.csv", ".txt")
    assert "1 nye ansatte" in report.read_text()
    assert folder.empty(fjordvik) == 0


def test_a_file_that_must_wait_goes_to_failed_with_the_reason(known, place, fjordvik):
    lay(place, as_file(*known, row(Stillingsprosent="x")).read())

    folder.empty(fjordvik)

    report = next((place / "failed").glob("*.txt"))
    assert "1 rad har feil." in report.read_text()
    assert "Lie" not in report.read_text()


def test_a_file_that_cannot_be_read_goes_to_failed_with_a_sentence(known, place, fjordvik):
    lay(place, b"MZ program", "natt.exe")

    folder.empty(fjordvik)

    report = next((place / "failed").glob("*.txt"))
    assert "kan ikke leses. Bruk .xlsx eller .csv." in report.read_text()
    assert latest().status == S.REFUSED


def test_a_file_that_is_still_on_its_way_is_left_alone(known, place, fjordvik):
    lay(place, as_file(*known).read(), age=0)
    (place / "lenke.csv").symlink_to("/etc/passwd")
    lay(place, b"x", ".skjult.csv")

    assert folder.empty(fjordvik) == 0


def test_what_a_worker_died_with_is_taken_up_again(known, place, fjordvik, monkeypatch):
    (place / "in-progress").mkdir()
    lay(place / "in-progress", as_file(*known, row()).read(), "20261001T090000-natt.csv")
    monkeypatch.setattr(folder, "LOST_SECONDS", -1)

    folder.empty(fjordvik)

    assert Ansatt.objects.filter(number="2001").exists()


def test_the_folder_of_one_kommune_is_nothing_to_another(known, place, nabovik):
    lay(place, as_file(*known, row()).read())

    assert folder.empty(nabovik) == 0


def test_without_a_root_no_folder_is_looked_in(known, settings, fjordvik):
    settings.HR_IMPORT_ROOT = ""

    assert folder.empty(fjordvik) == 0


# --- forgetting ---------------------------------------------------------------------------------


def test_after_two_weeks_nothing_of_people_is_left_in_a_run(browser, known):
    run = upload(browser, *known, row(), row(2002, Stillingsprosent="x"))
    confirm(browser, run)

    assert afterwards.forget(before=OCTOBER) == 0
    assert afterwards.forget(before=OCTOBER + afterwards.KEEP) == 2

    assert (Hrlinje.objects.count(), Hrspor.objects.count()) == (0, 0)
    run.refresh_from_db()
    assert (run.status, run.figures["new"]) == (S.WRITTEN, 1)
    assert "Angre importen" not in browser.get(f"/hr-import/{run.pk}/kvittering/").content.decode()
    assert Ansatt.objects.filter(number="2001").exists()


def test_a_national_identity_number_is_never_kept(browser, known):
    file = as_file(*known, row("01018012345"))
    browser.post("/hr-import/ny/", {"file": file, "scope": "whole"})

    run = latest()
    assert run.figures["faults"] == 1
    kept = str(list(run.linjer.values())) + str(vars(run))
    assert "01018012345" not in kept
    assert "01018012345" not in browser.get(f"/hr-import/{run.pk}/feil.csv").content.decode()
