"""Modum's year from the leader's needs form to the printed grant application, by all its people.

One long walk, since each part stands on the one before: the clock is moved on the demonstration's
own page, mail is read where the demonstration shows it, and every page is held against axe.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demonstration import await_mail, move_clock
from tests.browser.papers import attachment, pdf_text, plain

pytestmark = pytest.mark.browser


def test_m11_the_year_from_needs_form_to_grant_application(become, tmp_path):
    advisor = become("Heidi", "modum")
    leader = become("Elisabeth", "modum")

    # September: the leader of a service fills in the needs form; the advisor sees who is missing.
    leader.reads("Dette venter på deg")
    fill_in_needs(leader)
    advisor.go("/behov/")
    advisor.reads("Hjemmebaserte tjenester")
    advisor.reads("1 av 11")

    # The advisor opens the round.
    advisor.go("/runder/")
    advisor.click("Høstrunden 2026")
    advisor.press("Åpne runden")
    advisor.reads("Åpen for søknader")
    assert await_mail(advisor, "turid.ronning", "Du kan nå søke om støtte til utdanning") == 1

    # An employee applies on the phone; colleagues apply too.
    employee = become("Nina", "modum", phone=True)
    number = apply_on_the_phone(employee, tmp_path)
    advisor.go("/demo/klokke/")
    advisor.press("La kollegene søke")

    # Two weeks before the deadline those who have not applied are reminded, once.
    move_clock(advisor, "01.10.2026")
    assert await_mail(advisor, "turid.ronning", "Frist 15. oktober 2026: søk om støtte") == 1

    # The nearest leader states.
    nearest = become("Åshild", "modum")
    nearest.go("/leder/soknader/")
    nearest.click("Begynn med den første")
    nearest.reads("Videreutdanning i geriatri")
    nearest.page.get_by_role("radio", name="Jeg støtter søknaden", exact=True).check()
    nearest.page.get_by_label("Hvorfor?").fill("Dette trenger vi i avdelingen.")
    nearest.page.get_by_label("Hva betyr det for bemanningen?").fill(
        "Samlingene kan dekkes av vikar."
    )
    nearest.press(re.compile("Lagre"))

    # After the deadline the group sets the order; the union representative reads along.
    move_clock(advisor, "23.10.2026")
    advisor.go("/prioritering/")
    advisor.click("Høstrunden 2026")
    advisor.press("Start prioriteringen")
    advisor.reads("Her er rammen brukt opp")
    advisor.press("Sorter etter poeng")
    move_case(advisor, "Anita Hagen", to=5)
    advisor.press("Lag utkast etter rekkefølgen")
    advisor.reads(number.removeprefix("2026-").lstrip("0"))
    union = become("Turid", "modum")
    union.go("/prioritering/")
    union.click("Høstrunden 2026")
    union.does_not_read("Nina Antonsen")
    union.does_not_read("Jeg vil kunne mer om de eldste")

    # The meeting, from the back of the room.
    advisor.click("Møtevisning")
    advisor.does_not_read("Nina Antonsen")

    # The decisions, and the letters by 5 November.
    move_clock(advisor, "29.10.2026")
    decide(advisor)
    send_letters(advisor)
    assert await_mail(advisor, "nina.antonsen", "Svaret på søknaden din er klart") == 1
    employee.go("/hjem/")
    employee.reads("Du får støtte til videreutdanning i geriatri")
    employee.click("Du får støtte til videreutdanning i geriatri")
    letter = employee.download("Les svarbrevet", tmp_path)
    assert "Du får støtte til videreutdanning i geriatri" in pdf_text(letter)
    employee.press("Takk ja")
    employee.reads("Du har takket ja")

    # January: the granted education stands in the joint plan, and the application rests on it.
    move_clock(advisor, "08.01.2027")
    advisor.go("/opplaringsplan/2027/felles/")
    advisor.reads("Videreutdanning i geriatri")
    grant_application(advisor, tmp_path)


def move_case(advisor, name, *, to):
    """Move someone's case by its number field, as the group agreed."""
    row = advisor.page.get_by_role("row").filter(has_text=name)
    row.get_by_role("spinbutton").or_(row.get_by_role("textbox")).first.fill(f"{to}")
    advisor.follow(row.locator("button[name=flytt]"))
    advisor.reads(f"til plass {to}")


def fill_in_needs(leader):
    leader.go("/behov/")
    leader.click(re.compile("Hjemmebaserte tjenester"))
    if leader.page.get_by_role("button", name="Hent svar fra i fjor").count():
        leader.press("Hent svar fra i fjor")
    form = re.sub(r"(start/|#.*)$", "", leader.page.url).removeprefix(leader.home)
    for section, label, text in (
        ("mal", "Hva skal enheten få til neste år?", "Flere skal få bo hjemme lenger."),
        ("kan", "Hva er enheten god på?", "Vi er gode på hverdagsrehabilitering."),
    ):
        leader.go(f"{form}{section}/")
        leader.fill(label, text)
        leader.press(re.compile("Lagre|Neste"))
    leader.go(f"{form}oppsummering/")
    leader.reads("Flere skal få bo hjemme lenger.")
    leader.press(re.compile("Send inn"))
    leader.reads("sendt inn")


def apply_on_the_phone(employee, folder):
    """Apply in four steps with an attachment; return the number on the receipt."""
    employee.go("/soknad/")
    employee.tick("Jeg bekrefter at jeg vil svare så riktig som jeg kan")
    employee.press("Start søknad")
    employee.page.get_by_role("radio", name=re.compile("geriatri")).first.check()
    employee.fill("Hva vil du studere?", "Videreutdanning i geriatri")
    employee.fill("Hvor skal du studere?", "Høgskolen i Innlandet")
    employee.fill("Hvor mange studiepoeng gir det?", "30")
    expect(employee.page.get_by_text("Lagret kl.")).to_be_visible()
    employee.press("Neste")
    employee.fill("Når starter studiet?", "15082027")
    employee.fill("Når er studiet ferdig?", "15. juni 2028")
    employee.fill("Hvor mange eksamener har studiet?", "1")
    employee.fill("Hvor mange samlingsdager faller på arbeidsdagene dine?", "3")
    employee.press("Neste")
    employee.fill("Studieavgift og eksamensavgift", "kr 8 000")
    employee.fill("Bøker", "1.500")
    employee.press("Neste")
    employee.fill("Hvorfor søker du?", "Jeg vil kunne mer om de eldste. Mange er alvorlig syke.")
    employee.fill("Hvordan kan arbeidsplassen bruke det du lærer?", "Jeg kan veilede kolleger.")
    employee.press("Neste")
    study_plan = attachment(folder, "studieplan.pdf")
    if employee.page.locator("input[type=file]").count() == 0:
        employee.page.get_by_role("link", name=re.compile("vedlegg", re.I)).first.click()
    employee.page.locator("input[type=file]").first.set_input_files(study_plan)
    employee.press(re.compile("Legg ved|Last opp"))
    employee.reads("studieplan.pdf")
    place = re.sub(r"/(vedlegg|steg)/.*$", "/oppsummering/", employee.page.url)
    employee.go(place.removeprefix(employee.home))
    employee.reads("Søknaden er ikke sendt ennå")
    employee.press("Send inn søknaden")
    employee.reads("Søknaden er sendt")
    found = re.search(r"2026-\d{4}", employee.main.inner_text())
    assert found
    copy = employee.download("Last ned kopi", folder)
    assert "Videreutdanning i geriatri" in pdf_text(copy)
    return found.group()


def decide(advisor):
    """Decide all drafts that the advisor may decide, together."""
    advisor.go("/prioritering/")
    advisor.click("Høstrunden 2026")
    advisor.click("Til vedtak")
    advisor.press(re.compile(r"^Vedta \d+ sak"))
    advisor.reads("Innvilget")


def send_letters(advisor):
    advisor.click("Til svarbrevene")
    advisor.press(re.compile(r"^Lag \d+ brev"))
    expect(advisor.page.get_by_role("link", name="Gå videre")).to_be_visible()
    advisor.click("Gå videre")
    advisor.click(re.compile(r"^Send \d+ brev"))
    advisor.press(re.compile(r"^Ja, send \d+ brev"))
    advisor.reads("Brevene er på vei")
    advisor.press("Stopp utsendingen")
    advisor.reads("Utsendingen er stoppet")
    advisor.click(re.compile(r"^Send \d+ brev"))
    advisor.press(re.compile(r"^Ja, send \d+ brev"))
    advisor.reads("Du kan stoppe dem i 15 minutter til")
    advisor.click("Send nå")
    advisor.press(re.compile(r"^Ja, send \d+ brev nå"))
    advisor.reads("brev er sendt")


def grant_application(advisor, folder):
    """Make the application of 2027 from the plan, complete it, and read the PDF back."""
    advisor.go("/tilskudd/")
    advisor.click("Fortsett på søknaden")
    advisor.click("Søker og formål")
    for label, value in (
        ("Adresse", "Rådhuset, 3370 Vikersund"),
        ("Organisasjonsnummer", "999999999"),
        ("Kontonummer", "12345678901"),
        ("Kontaktperson", "Heidi Aasen"),
        ("Kontaktpersonens e-post", "heidi.aasen@modum.example"),
        ("Underskrives av", "Kommunedirektøren"),
        ("Formål", "Heve kompetansen i helse og sosial."),
        ("Beskrivelse", "Tiltakene står i felles opplæringsplan for 2027."),
    ):
        advisor.page.get_by_label(label, exact=True).fill(value)
    advisor.press("Lagre")
    advisor.click("Hent tiltak fra planen")
    advisor.tick("Videreutdanning i geriatri")
    advisor.press("Hent inn")
    advisor.click("Videreutdanning i geriatri")
    advisor.page.get_by_label("Egenandel").fill("4 875")
    advisor.page.get_by_label("Søkes om").fill("kr 2 500")
    advisor.fill("Mål og forventet virkning", "Flere eldre får hjelp tidlig.")
    advisor.press("Lagre")
    advisor.does_not_read("Mangler:")
    page = plain(advisor.main.inner_text())
    # The columns are narrow, so words are divided there.
    text = pdf_text(advisor.download("Last ned PDF", folder)).replace("- ", "")
    assert "2 500 kr søkes om" in page
    assert "Det søkes om 2 500 kr." in text
    for words in ("Videreutdanning i geriatri", "Heidi Aasen", "7 375 kr", "4 875 kr"):
        assert words in text
