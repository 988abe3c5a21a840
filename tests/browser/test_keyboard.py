"""Work done with the keyboard alone, and always seeing where one is."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MOST_STOPS = 120
MOST_ANSWERS = 8
# Where the keyboard is, in the words a screen reader would say, and whether that can be seen.
# Designsystemet marks the whole field of a radio button or a tick box, not the small box itself.
STOP = """() => {
  const here = document.activeElement;
  const isMarked = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  };
  const label = here.labels && here.labels.length ? here.labels[0].innerText : "";
  return {
    name: (here.getAttribute("aria-label") || label || here.innerText || "").trim(),
    tag: here.tagName,
    marked: here.matches(":focus-visible") &&
      [here, here.closest(".ds-field")].some((each) => each && isMarked(each)),
  };
}"""


def tab_to(person, name):
    """Press Tab until the keyboard is at the control of that name; every stop must be seen."""
    passed = []
    for _ in range(MOST_STOPS):
        person.page.keyboard.press("Tab")
        stop = person.page.evaluate(STOP)
        assert stop["marked"], f"{person.page.url}: no visible focus on {stop}"
        if re.match(name, stop["name"]):
            return
        passed.append(stop["name"])
    raise AssertionError(f"{name} was not among {passed}")


def skip_to_content(person):
    """Take the skip link, the page's first stop; the next stop is inside the content."""
    person.page.keyboard.press("Tab")
    assert person.page.evaluate(STOP)["name"] == "Hopp til innholdet"
    person.page.keyboard.press("Enter")
    expect(person.main).to_be_focused()


def press(person, key):
    with person.page.expect_navigation(wait_until="load"):
        person.page.keyboard.press(key)
    person.check()


def choose_first(person):
    """Choose the first answer of the group that the keyboard is at, with the arrows."""
    person.page.keyboard.press("Space")
    for _ in range(MOST_ANSWERS):
        if person.page.evaluate("document.activeElement.value") == "0":
            return
        person.page.keyboard.press("ArrowUp")
    raise AssertionError("the arrows never came to 0 points")


def refresh(person):
    """Open the page anew from its top, as after a pause."""
    person.go(person.page.url.partition("#")[0].removeprefix(person.home))


def cases(person):
    return person.main.locator(".rangering th[scope=row]").all_inner_texts()


def test_m3_the_ranked_list_is_moved_by_keyboard(become):
    advisor = become("Astrid", "siljan")
    advisor.go("/prioritering/")
    skip_to_content(advisor)
    tab_to(advisor, "Høstrunden 2026")
    press(advisor, "Enter")
    first, second, third = cases(advisor)[:3]

    skip_to_content(advisor)
    tab_to(advisor, f"Flytt {first.lower()} ned")
    press(advisor, "Enter")
    assert cases(advisor)[:3] == [second, first, third]

    # After a move the keyboard stands at the row that was moved.
    tab_to(advisor, first)
    tab_to(advisor, f"Plass for {first.lower()}")
    advisor.page.keyboard.press("Control+A")
    advisor.page.keyboard.type("3")
    press(advisor, "Enter")
    assert cases(advisor)[:3] == [second, third, first]

    advisor.go(advisor.page.url.partition("#")[0].removeprefix(advisor.home))
    skip_to_content(advisor)
    tab_to(advisor, "Angre")
    press(advisor, "Space")
    assert cases(advisor)[:3] == [second, first, third]


def test_m12_a_case_is_weighed_ordered_and_decided_by_keyboard(become):
    """Points, a place with its reason, what-if, undo, drafts and the decisions."""
    advisor = become("Astrid", "siljan")
    advisor.go("/prioritering/")
    skip_to_content(advisor)
    tab_to(advisor, "Høstrunden 2026")
    press(advisor, "Enter")
    last = cases(advisor)[-1]

    # Points: each criterion is one stop, and the arrows choose within it.
    skip_to_content(advisor)
    tab_to(advisor, f"{last}$")
    press(advisor, "Enter")
    skip_to_content(advisor)
    legends = advisor.main.locator("form[action$='/poeng/'] legend").count()
    for _criterion in range(legends):
        tab_to(advisor, "[0-9] –|Ikke vurdert")
        choose_first(advisor)
    tab_to(advisor, "Lagre poengene")
    press(advisor, "Enter")
    advisor.reads(f"Satte poeng på {last.lower()}")

    # A place by number, and the reason that it asks for.
    skip_to_content(advisor)
    tab_to(advisor, "Til listen")
    press(advisor, "Enter")
    tab_to(advisor, f"Plass for {last.lower()}")
    advisor.page.keyboard.press("Control+A")
    advisor.page.keyboard.type("1")
    press(advisor, "Enter")
    assert cases(advisor)[0] == last
    refresh(advisor)
    skip_to_content(advisor)
    tab_to(advisor, f"{last} står foran noen med flere poeng. Hvorfor")
    advisor.page.keyboard.type("Ingen andre i avdelingen har dette.")
    press(advisor, "Enter")
    advisor.reads(f"Skrev grunn til plassen for {last.lower()}")

    # What if the frame were another? Nothing is saved.
    refresh(advisor)
    skip_to_content(advisor)
    tab_to(advisor, "Hva hvis")
    press(advisor, "Enter")
    skip_to_content(advisor)
    tab_to(advisor, "Ramme")
    advisor.page.keyboard.press("Control+A")
    advisor.page.keyboard.type("100 000")
    press(advisor, "Enter")
    advisor.reads("Rammen på 100 000 kr rekker til")
    advisor.go(advisor.page.url.partition("hva-hvis")[0].removeprefix(advisor.home))
    assert cases(advisor)[0] == last

    # Two steps back: the reason, and the place.
    for _step in range(2):
        skip_to_content(advisor)
        tab_to(advisor, "Angre")
        press(advisor, "Space")
        refresh(advisor)
    assert cases(advisor)[-1] == last

    skip_to_content(advisor)
    tab_to(advisor, "Sorter etter poeng")
    press(advisor, "Enter")
    skip_to_content(advisor)
    tab_to(advisor, "Lag utkast etter rekkefølgen")
    press(advisor, "Enter")
    advisor.reads("utkast")
    skip_to_content(advisor)
    tab_to(advisor, "Til vedtak")
    press(advisor, "Enter")
    skip_to_content(advisor)
    tab_to(advisor, "Vedta [0-9]+ sak")
    press(advisor, "Enter")
    advisor.reads("vedtatt")


def test_m2_a_step_of_the_application_is_written_by_keyboard(become):
    advisor = become("Heidi", "modum")
    advisor.go("/runder/")
    advisor.click("Høstrunden 2026")
    advisor.press("Åpne runden")

    employee = become("Nina", "modum")
    employee.go("/soknad/")
    skip_to_content(employee)
    tab_to(employee, "Jeg bekrefter")
    employee.page.keyboard.press("Space")
    tab_to(employee, "Start søknad")
    press(employee, "Enter")

    radio = employee.page.locator("input[type=radio]")
    tab_to(employee, re.escape(employee.page.locator("label:has(+ *), label").first.inner_text()))
    employee.page.keyboard.press("Space")
    employee.page.keyboard.press("ArrowDown")
    expect(radio.nth(1)).to_be_checked()
    tab_to(employee, re.escape("Hva vil du studere?"))
    employee.page.keyboard.type("Videreutdanning i geriatri")
    tab_to(employee, re.escape("Hvor skal du studere?"))
    employee.page.keyboard.type("Høgskolen i Innlandet")
    tab_to(employee, "Neste")
    press(employee, "Enter")
    employee.reads("Tid og vakter")
    expect(employee.page.get_by_label("Når starter studiet?")).to_be_visible()
