"""The parts that end the plan's year: evaluation, and the plan that rolls on."""

import re

from tests.browser.papers import pdf_text, plain
from tests.browser.walk_plan import MEASURE

WHY = "Flere avdelinger ba om det i evalueringen."


def evaluate(advisor):
    """The three questions of M15, and a change of the plan that keeps its reason."""
    advisor.go("/evaluering/ny/")
    advisor.page.get_by_role("radio", name=re.compile("Årlig")).check()
    advisor.fill("Hvilket års plan?", "2027")
    advisor.fill("Dato", "24.05.2027")
    advisor.press("Begynn")
    advisor.click("Svar på spørsmålene")
    advisor.fill("Er tiltakene gjennomført som planlagt?", "De fleste er i gang.")
    advisor.fill("Er målene nådd?", "To av tre.")
    advisor.fill("Hva må endres?", "Refleksjonsgruppene må ut til flere.")
    advisor.press("Lagre svarene")
    advisor.page.get_by_role("radio", name="Nytt tiltak").check()
    advisor.fill("Hva er det nye tiltaket?", "Refleksjon på sykehjemmet")
    advisor.page.locator("select[name=half]").select_option("host")
    advisor.page.locator("input[name=year]").fill("2027")
    advisor.fill("Hvorfor?", WHY)
    advisor.press("Endre planen")
    advisor.press("Fullfør evalueringen")
    advisor.reads(WHY)
    advisor.go("/opplaringsplan/2027/")
    advisor.reads("Refleksjon på sykehjemmet")


def roll(advisor, folder):
    """January again: what was planned is carried on, done, or dropped with a reason."""
    advisor.go("/opplaringsplan/2028/rullering/")
    advisor.reads("Ikke avgjort")
    advisor.click("Avgjør tiltakene")
    row = advisor.page.get_by_role("group", name=MEASURE)
    row.get_by_label("Hva gjør dere med tiltaket?").select_option(label="Det er gjennomført")
    out = advisor.page.get_by_role("group", name="Refleksjon på sykehjemmet")
    out.get_by_label("Hva gjør dere med tiltaket?").select_option(label="Det er ikke med videre")
    advisor.press("Lagre")
    advisor.reads("Skriv hvorfor «Refleksjon på sykehjemmet» ikke er med videre.")
    out.get_by_label("Hvorfor er det ikke med videre?").fill("Slått sammen med fagnettverket.")
    advisor.press("Lagre")
    advisor.reads("Rullert fra Felles opplæringsplan 2027")
    page = plain(advisor.main.inner_text())
    text = pdf_text(advisor.download("Last ned PDF", folder))
    for told in (page, text):
        assert "Slått sammen med fagnettverket." in told
        assert MEASURE in told
        assert "Videreført" in told
