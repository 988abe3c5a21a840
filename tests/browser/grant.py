"""The parts of the state grant's year that browser walks are made of, each by who does it."""

from tests.browser.demonstration import await_mail
from tests.browser.papers import pdf_text, plain

ABC = "Demensomsorgens ABC, to grupper"
LEDGER = "Bilag;Dato;Beløp;Prosjekt;Tekst\n270901;01.09.2027;30 000,00;P27-1;Vikar\n"


def grants(advisor):
    advisor.go("/tilskudd/")
    advisor.click("Se søknaden")


def apply(advisor):
    advisor.go("/tilskudd/")
    advisor.click("Fortsett på søknaden")
    advisor.click("Søker og formål")
    advisor.page.get_by_label("Organisasjonsnummer", exact=True).fill("999999999")
    advisor.page.get_by_label("Kontonummer", exact=True).fill("12345678901")
    advisor.press("Lagre")
    advisor.click("Hent tiltak fra planen")
    advisor.tick(ABC)
    advisor.press("Hent inn")
    advisor.click(ABC)
    advisor.fill("Mål og forventet virkning", "Alle i skjermet avdeling har grunnopplæringen.")
    advisor.press("Lagre")
    advisor.does_not_read("Mangler:")


def sign_and_send(advisor, signer, folder, number="2027/143"):
    """Put forward, signed by the kommunedirektør, sent by hand and frozen. Return the PDF."""
    advisor.press("Legg fram til godkjenning")
    advisor.reads("Lagt fram til godkjenning")
    signer.go("/hjem/")
    signer.click("Godkjenn søknaden om statstilskudd for 2027")
    signer.press("Godkjenn")
    grants(advisor)
    advisor.click("Merk som sendt")
    advisor.fill("Saksnummer", number)
    advisor.press("Merk som sendt")
    advisor.page.get_by_role("link", name="Gå videre").wait_for()
    advisor.click("Gå videre")
    advisor.reads(f"saksnummer {number}")
    return pdf_text(advisor.download("Last ned PDF", folder))


def answer(advisor):
    grants(advisor)
    advisor.click("Før svaret")
    advisor.fill("Mottatt beløp", "45 000")
    advisor.fill("Svarets dato", "20.05.2027")
    advisor.fill("Statsforvalterens saksnummer", "2027/4711")
    advisor.fill(f"1. {ABC}", "45 000")
    advisor.press("Lagre svaret")
    advisor.reads("Svaret er ført")


def distribute(advisor, head):
    grants(advisor)
    advisor.click("Se fordelingen")
    advisor.press("Fordel resten etter planen")
    advisor.press("Legg fram til godkjenning")
    head.go("/hjem/")
    head.click("Godkjenn fordelingen av statstilskuddet for 2027")
    head.press("Godkjenn fordelingen")
    head.page.get_by_role("link", name="Gå videre").wait_for()
    head.click("Gå videre")
    head.reads("Brev til enhetene")
    assert await_mail(advisor, "", "av statstilskuddet for 2027") >= 1


def spend(advisor, folder):
    grants(advisor)
    advisor.click("Se forbruket")
    advisor.click("Konto på linjene")
    advisor.fill(f"1. {ABC}", "P27-1")
    advisor.press("Lagre")
    advisor.click("Les inn fra regnskapet")
    ledger = folder / "regnskap.csv"
    ledger.write_text(LEDGER)
    advisor.page.locator("input[type=file]").set_input_files(ledger)
    advisor.press("Les filen")
    advisor.press("Før 1 rad")
    advisor.reads("1 rader er ført.")
    assert "15 000 kr igjen" in plain(advisor.main.inner_text())


def report(advisor, signer):
    grants(advisor)
    advisor.click("Se rapporten")
    advisor.press("Begynn på rapporten")
    advisor.click(ABC)
    advisor.fill("Er målet nådd?", "Alle har fullført.")
    advisor.page.get_by_label("Søkes overført til neste år").fill("15 000")
    advisor.press("Lagre linja")
    advisor.click("Tekst for hvert område")
    advisor.fill("Kompetansetiltak", "Begge gruppene er gjennomført.")
    advisor.press("Lagre")
    advisor.press("Legg fram til godkjenning")
    signer.go("/hjem/")
    signer.click("Godkjenn rapporten om statstilskudd for 2027")
    signer.press("Godkjenn")
    signer.reads("Godkjent 10. februar 2028")
    advisor.page.reload()
    advisor.click("Merk som sendt")
    advisor.fill("Saksnummer", "2028/7")
    advisor.press("Merk som sendt")
    advisor.page.get_by_role("link", name="Gå videre").wait_for()
    advisor.click("Gå videre")
    advisor.reads("Rapporten er låst")
