"""The wizard in a browser: the messy example, its faulty rows corrected alone, and the undo."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ADMIN = "Berit"
# What a person would write instead, by employee number.
CORRECTIONS = {
    "90004": {"Stillingsstørrelse": "80"},
    "90005": {"E-post jobb": "siri.haugen@eksempel.example"},
    "90006": {"Overordnet": "E100", "Ansettelsestype": "Fast", "Startdato": "28.02.2021"},
}


def upload(person, path):
    """Upload the file as one that names only some, and wait for the worker."""
    person.go("/hr-import/ny/")
    person.page.get_by_label("Fil fra HR-systemet").set_input_files(path)
    person.page.get_by_role("radio", name=re.compile("Bare noen")).check()
    person.press("Last opp filen")
    on(person)


def on(person):
    """Go on when the work is done; the page of progress asks again by itself."""
    link = person.page.get_by_role("link", name="Gå videre")
    expect(link).to_be_visible()
    person.follow(link)


def accept_columns(person):
    """Accept the guess when the headings are new; a file like the last one is not asked about."""
    button = person.page.get_by_role("button", name="Kontroller filen")
    if button.is_visible():
        person.reads("Vi har gjettet ut fra overskriftene")
        person.follow(button)
        on(person)


def corrected(path, folder):
    """Correct the rows that came back, and leave the columns of reasons as they are."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    for row in rows:
        row.update(CORRECTIONS.get(row["Ansatt-nr."], {}))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    target = folder / "rettet.csv"
    target.write_text(text.getvalue(), encoding="utf-8-sig")
    return target


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_from_a_messy_file_to_a_corrected_one(become, tmp_path, phone):
    admin = become(ADMIN, "modum", phone=phone)
    admin.go("/hr-import/ny/")
    messy = admin.download("Last ned et eksempel", tmp_path)

    upload(admin, messy)
    accept_columns(admin)

    admin.reads("5 nye ansatte")
    admin.reads("«åtti» er ikke et tall.")
    admin.reads("Mente du «fast»?")
    faulty = admin.download("Last ned radene med feil (CSV)", tmp_path)
    admin.click("Gå videre og bekreft")
    admin.press("Skriv inn 5 ansatte")
    on(admin)
    admin.reads("Importen er skrevet inn")

    upload(admin, corrected(faulty, tmp_path))
    accept_columns(admin)
    admin.reads("3 nye ansatte")
    admin.does_not_read("Rader med feil")
    admin.click("Gå videre og bekreft")
    admin.press("Skriv inn 3 ansatte")
    on(admin)
    admin.reads("Importen er skrevet inn")

    # Back again, the last first: nobody has built on either.
    for _ in range(2):
        admin.click("Angre importen")
        admin.press("Ja, angre importen")
        on(admin)
        admin.reads("Importen er angret")
        admin.click("Til alle importer")
        written = admin.page.get_by_role("row").filter(has_text="eksempel-hr.csv")
        admin.follow(written.first.get_by_role("link"))


def test_a_hostile_file_ends_in_a_sentence(become, tmp_path):
    program = tmp_path / "ansatte.xlsx"
    program.write_bytes(b"MZ" + bytes(4000))
    admin = become(ADMIN, "modum", script=False)

    admin.go("/hr-import/ny/")
    admin.page.get_by_label("Fil fra HR-systemet").set_input_files(program)
    admin.press("Last opp filen")
    on(admin)

    admin.reads("Filen er ikke en Excel-arbeidsbok (.xlsx).")


def test_a_key_is_made_shown_once_and_revoked(become):
    admin = become(ADMIN, "modum")
    admin.go("/hr-import/oppsett/")
    admin.fill("Hva skal bruke nøkkelen?", "Nattlig fil")
    admin.press("Lag nøkkel")

    token = admin.page.get_by_label("Nøkkel", exact=True).input_value()
    assert token.startswith("hr_")
    admin.go("/hr-import/oppsett/")
    admin.does_not_read(token)
    admin.press(re.compile("Trekk tilbake"))
    admin.reads("virker ikke lenger")
