"""The parts of the plan's year that browser walks are made of: from needs to an adopted plan."""

import re

from tests.browser.papers import pdf_text, plain
from tests.browser.test_year import fill_in_needs

NEED = "Samtale om livets siste dager"
MEASURE = "Refleksjon i hjemmesykepleien"


def report_a_need(leader):
    """The leader sends the unit's needs form with one need that must be learnt."""
    leader.go("/behov/")
    fill_in_needs(leader)


def sort_and_settle(advisor):
    """The advisor sees the needs in three kinds, locks the GAP and prioritises a focus area."""
    advisor.go("/behov/2027/")
    advisor.click("Mobilisere, lære, anskaffe")
    advisor.reads("til sammen")
    advisor.go("/gap/2027/")
    advisor.click(re.compile("Lås .*analyse"))
    advisor.fill("Hva viser analysen?", "Det mangler mest innen palliasjon og demens.")
    area = advisor.page.get_by_label("Fokusområde", exact=True).first
    area.select_option(index=1)
    advisor.press(re.compile("Lås"))
    advisor.reads("Det mangler mest innen palliasjon og demens.")


def plan_the_unit(leader):
    """The leader makes a measure from a need, rolls last year's on, and sends the plan in."""
    leader.go("/behov/2027/mate/")
    leader.click(re.compile("Utvikle ansatte"))
    leader.fill("Hva skal læres eller gjøres?", MEASURE)
    leader.page.get_by_role("radio", name="Vår").check()
    leader.fill("Målgruppe", "Alle i hjemmesykepleien")
    leader.press("Lagre")
    leader.go("/opplaringsplan/2027/")
    leader.reads(MEASURE)
    leader.click("Videre, ferdig og nytt")
    leader.click("Avgjør tiltakene")
    leader.reads("Trygghetsteknologi i praksis")
    leader.press("Lagre")
    leader.reads("Videreført")
    leader.go("/opplaringsplan/2027/felles/")
    if leader.page.get_by_role("link", name="Send inn til felles plan").count():
        leader.click("Send inn til felles plan")
        leader.press("Send inn til felles plan")
        leader.reads("Tiltakene er sendt inn")


def gather(advisor):
    """The advisor makes one of what several units need, and undoing is at hand."""
    advisor.go("/opplaringsplan/2027/felles/")
    advisor.click("Samle planen")
    advisor.reads("Samtaler om det som er vanskelig")
    advisor.press(re.compile("Gjør til ett tiltak"))
    advisor.reads("er nå ett felles tiltak")


def hear(advisor, until):
    """The joint plan is made ready and sent on hearing."""
    advisor.go("/opplaringsplan/2027/felles/")
    advisor.press("Gjør planen klar for høring og vedtak")
    advisor.reads("Fra 2026 til 2027")
    advisor.click("Send på høring")
    advisor.fill("Når er siste dag for å svare?", until)
    advisor.press("Send på høring")
    advisor.reads("Svar innen")


def comment(union):
    """The union representative answers from the front page."""
    union.go("/hjem/")
    union.click("Svar på høringen om felles opplæringsplan 2027")
    union.fill("Hva mener dere om planen?", "Vi støtter planen, og vil ha kurs på dagtid.")
    union.press("Send svaret")
    union.reads("Vi støtter planen, og vil ha kurs på dagtid.")


def discuss(advisor, day):
    """The discussion with the unions is recorded, as a plan asks before it is adopted."""
    advisor.go("/drofting/")
    advisor.click("Be om drøfting")
    advisor.fill("Hva gjelder saken?", "Felles opplæringsplan 2027")
    advisor.fill("Opplæringsplan for år", "2027")
    advisor.press("Be om drøfting")
    advisor.fill("Når ble saken drøftet?", day)
    advisor.page.get_by_role("radio", name="Enighet", exact=True).check()
    advisor.fill("Hva sa part 1?", "Vi legger planen fram.")
    advisor.fill("Hva sa part 2?", "Vi er enige.")
    advisor.press("Lagre drøftingen")
    advisor.reads("Felles opplæringsplan 2027")


def adopt(advisor, folder):
    """The plan is adopted and frozen; page, PDF and workbook have the same sum. Return it."""
    advisor.go("/opplaringsplan/2027/felles/")
    advisor.click("Felles opplæringsplan 2027")
    advisor.click("Registrer vedtak")
    advisor.fill("Hvem vedtok planen?", "Ledergruppa")
    advisor.fill("Når ble den vedtatt?", "11.01.2027")
    advisor.fill("Saksnummer", "27/4")
    advisor.press("Registrer vedtaket")
    advisor.reads("Vedtatt av Ledergruppa 11. januar 2027")
    page = plain(advisor.main.inner_text())
    text = pdf_text(advisor.download("Last ned PDF", folder))
    for told in (page, text):
        assert MEASURE in told
        assert "Rullert fra Felles opplæringsplan 2026" in told
    return cost_of(text)


def cost_of(text):
    """Return what the plan says it costs, as words."""
    found = re.search(r"Kostnad ([\d ]+ kr)", text)
    assert found
    return found.group(1)


def stands(advisor, cost, folder):
    """What was adopted is as it was, whatever has become of the measures."""
    advisor.go("/opplaringsplan/2027/felles/")
    advisor.click("Felles opplæringsplan 2027")
    advisor.reads("Endret etter vedtaket")
    assert cost_of(pdf_text(advisor.download("Last ned PDF", folder))) == cost
