"""The product with JavaScript off: nothing in the year needs it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.papers import attachment, pdf_text
from tests.browser.parts import decide, prioritise

pytestmark = pytest.mark.browser

MENDS = "For å gå videre må du rette opp følgende feil"


def faults(person):
    """Return the sentences of the error summary, which stands above the form."""
    summary = person.main.locator(".ds-error-summary")
    expect(summary).to_contain_text(MENDS)
    form = person.main.locator("form[method=post]").last
    assert summary.bounding_box()["y"] < form.locator(".ds-field").first.bounding_box()["y"]
    return summary.get_by_role("listitem").all_inner_texts()


def test_m11_apply_from_announcement_to_receipt_without_javascript(become, tmp_path):
    advisor = become("Heidi", "modum", script=False)
    advisor.go("/runder/")
    advisor.click("Høstrunden 2026")
    advisor.press("Åpne runden")
    advisor.reads("Åpen for søknader")

    employee = become("Nina", "modum", phone=True, script=False)
    employee.go("/soknad/")
    employee.tick("Jeg bekrefter at jeg vil svare så riktig som jeg kan")
    employee.press("Start søknad")
    employee.reads("Søknaden er ikke sendt ennå")

    employee.page.get_by_role("radio", name=re.compile("geriatri")).first.check()
    employee.fill("Hva vil du studere?", "Videreutdanning i geriatri")
    employee.fill("Hvor skal du studere?", "Høgskolen i Innlandet")
    employee.press("Neste")

    # Back once: what was written is there.
    employee.click("Forrige")
    expect(employee.page.get_by_label("Hva vil du studere?")).to_have_value(
        "Videreutdanning i geriatri"
    )
    employee.press("Neste")

    employee.fill("Når starter studiet?", "neste høst")
    employee.fill("Når er studiet ferdig?", "15.06.2028")
    employee.fill("Hvor mange eksamener har studiet?", "1")
    employee.fill("Hvor mange samlingsdager faller på arbeidsdagene dine?", "3")
    employee.press("Neste")
    assert faults(employee) == ["Skriv datoen slik: 15.08.2027."]
    expect(employee.page.get_by_label("Når starter studiet?")).to_have_value("neste høst")
    employee.fill("Når starter studiet?", "15.08.2027")
    employee.press("Neste")

    employee.fill("Studieavgift og eksamensavgift", "åtte tusen")
    employee.fill("Bøker", "1 500")
    employee.press("Neste")
    assert faults(employee) == ["Skriv beløpet med tall, for eksempel 12 500."]
    employee.page.get_by_role("link", name="Skriv beløpet med tall").click()
    expect(employee.page.get_by_label("Studieavgift og eksamensavgift")).to_be_focused()
    employee.fill("Studieavgift og eksamensavgift", "8 000")
    employee.press("Neste")

    employee.fill("Hvorfor søker du?", "Jeg vil kunne mer om de eldste.")
    employee.fill("Hvordan kan arbeidsplassen bruke det du lærer?", "Jeg kan veilede kolleger.")
    employee.press("Neste")

    study_plan = attachment(tmp_path, "studieplan.pdf")
    employee.page.locator("input[type=file]").set_input_files(study_plan)
    employee.press(re.compile("Legg ved|Last opp"))
    employee.reads("studieplan.pdf")
    employee.click("Gå til oppsummeringen")
    employee.reads("Søknaden er ikke sendt ennå")
    employee.press("Send inn søknaden")

    employee.reads("Søknaden er sendt")
    number = re.search(r"2026-\d{4}", employee.main.inner_text())
    assert number
    copy = pdf_text(employee.download("Last ned kopi", tmp_path))
    assert number.group() in copy
    assert "Videreutdanning i geriatri" in copy


def test_m11_needs_rows_are_added_and_deleted_without_javascript(become):
    leader = become("Elisabeth", "modum", phone=True, script=False)
    leader.go("/behov/")
    leader.click(re.compile("Hjemmebaserte tjenester"))
    if "start" not in leader.page.url and leader.page.get_by_role("button", name="Start").count():
        leader.press("Start")
    leader.go(re.sub(r"(start/|#.*)$", "", leader.page.url).removeprefix(leader.home) + "mangler/")
    rows = leader.main.locator("fieldset.formset-row")
    before = rows.count()
    rows.last.get_by_label("Hva trenger dere?").fill("Flere som kan sårbehandling")
    leader.press("Legg til rad")
    expect(rows).to_have_count(before + 1)
    rows.last.get_by_label("Hva trenger dere?").fill("En som kan lindrende behandling")
    leader.press("Legg til rad")
    expect(rows).to_have_count(before + 2)
    leader.follow(rows.nth(before - 1).get_by_role("button", name=re.compile("^Slett rad")))
    leader.go(leader.page.url.partition("?")[0].removeprefix(leader.home))
    wanted = [row.get_by_label("Hva trenger dere?").input_value() for row in rows.all()]
    assert "En som kan lindrende behandling" in wanted
    assert "Flere som kan sårbehandling" not in wanted


def test_m3_the_ranked_list_is_moved_without_javascript(become):
    advisor = become("Astrid", "siljan", script=False)
    advisor.go("/prioritering/")
    advisor.click(re.compile("2026"))
    first, second, third = cases(advisor)[:3]

    advisor.press(f"Flytt {second.lower()} opp")
    assert cases(advisor)[:3] == [second, first, third]
    advisor.reads(f"Flyttet {second.lower()} fra plass 2 til plass 1.")

    advisor.page.get_by_label(f"Plass for {third.lower()}").fill("1")
    advisor.press(f"Flytt {third.lower()} til plassen")
    assert cases(advisor)[:3] == [third, second, first]

    advisor.press("Angre")
    assert cases(advisor)[:3] == [second, first, third]


def test_m12_cases_are_weighed_ordered_and_decided_without_javascript(become):
    """Points, a place with its reason, what-if, undo, drafts and the decisions."""
    advisor = become("Astrid", "siljan", script=False)
    prioritise.open_desk(advisor)
    *_rest, last = cases(advisor)
    advisor.click(re.compile(f"^{last}$"))
    prioritise.give_points(advisor, each=0)
    advisor.reads(f"Satte poeng på {last.lower()}")

    prioritise.open_desk(advisor)
    advisor.page.get_by_label(f"Plass for {last.lower()}").fill("1")
    advisor.press(f"Flytt {last.lower()} til plassen")
    assert cases(advisor)[0] == last
    prioritise.say_why(advisor, "Ingen andre i avdelingen har dette.")
    prioritise.try_frame(advisor, "100 000")
    advisor.reads("Rammen på 100 000 kr rekker til")
    prioritise.open_desk(advisor)
    assert cases(advisor)[0] == last

    advisor.press("Angre")
    prioritise.open_desk(advisor)
    advisor.press("Angre")
    assert cases(advisor)[-1] == last

    advisor.press("Sorter etter poeng")
    advisor.press("Lag utkast etter rekkefølgen")
    assert decide.decide_all(advisor) > 1
    advisor.reads("Vedtatt")


def cases(person):
    """Return the cases of the list in their order: «Sak 3», «Sak 1» …"""
    return person.main.locator(".rangering th[scope=row]").all_inner_texts()
