"""Tables on a phone: each row is read downwards, and nothing of what they are called is cut."""

import pytest

pytestmark = pytest.mark.browser

# Those that asked for scrolling sideways, and whose captions were cut.
PAGES = (
    "/kurs/fagdager/",
    "/laringsarenaer/",
    "/introduksjon/",
    "/opplaringsplan/kolonner/",
    "/opplaringsplan/2026/felles/",
    "/tilskudd/",
    "/vedtatte-planer/",
)
WIDER = """[...document.querySelectorAll('.table-scroll, .document__scroll')]
    .filter(box => box.scrollWidth > box.clientWidth + 1)
    .map(box => `${box.getAttribute('aria-label')}: ${box.scrollWidth}`)"""
# What stands before the first measure that one can come to, and how far down that measure is.
ABOVE = """() => {
    const rows = [...document.querySelectorAll('main tbody tr')];
    const row = rows.find(each => each.checkVisibility());
    const top = row.getBoundingClientRect().top + window.scrollY;
    const controls = [...document.querySelectorAll('main :is(a, button, input, select, summary)')]
        .filter(each => each.checkVisibility() && each.type !== 'hidden');
    const above = controls.filter(each => each.getBoundingClientRect().top + window.scrollY < top);
    return [top, above.length];
}"""
CUT = """[...document.querySelectorAll('table > caption')]
    .filter(each => each.getBoundingClientRect().right > window.innerWidth)
    .map(each => each.textContent)"""
GRANT = ("Fordeling", "Forbruk", "Rapport")


@pytest.fixture
def advisor(become):
    return become("Heidi Aasen", "modum", phone=True)


def test_m6_no_table_of_plans_and_grant_is_read_sideways_on_a_phone(advisor):
    found = {path: read(advisor, path) for path in PAGES}
    for name in GRANT:
        advisor.go("/tilskudd/")
        advisor.click(name)
        found[name] = look(advisor)
    advisor.go("/vedtatte-planer/")
    advisor.follow(advisor.main.get_by_role("link").first)
    found["published"] = look(advisor)

    assert {path: faults for path, faults in found.items() if faults} == {}


def read(advisor, path):
    advisor.go(path)
    return look(advisor)


def look(advisor):
    return [*advisor.page.evaluate(WIDER), *advisor.page.evaluate(CUT)]


def test_a_table_that_must_be_read_sideways_keeps_its_caption_in_sight(advisor):
    """The heat map's twin has a column for each competence."""
    advisor.go("/gap/2027/")
    advisor.page.get_by_text("Vis som tabell").first.click()

    assert advisor.page.evaluate(CUT) == []


def test_m9_the_plan_on_a_phone_begins_with_its_measures(advisor):
    advisor.go("/opplaringsplan/2026/")
    top, controls = advisor.page.evaluate(ABOVE)
    assert top < 2 * 740
    assert controls <= 9

    # What is folded away opens with the keyboard, and what it narrows to is told afterwards.
    advisor.page.get_by_text("Filter, visning og nedlasting").focus()
    advisor.page.keyboard.press("Enter")
    advisor.fits()
    advisor.choose("Status", "Gjennomført")
    advisor.press("Vis")
    advisor.reads("Viser bare: Gjennomført.")
    assert advisor.page.evaluate(ABOVE)[0] < 2 * 740
    advisor.page.get_by_text("Flere valg").focus()
    advisor.page.keyboard.press("Enter")
    advisor.fits()
    advisor.click("Mange fra regneark")


def test_m9_nothing_of_the_plan_is_folded_away_on_a_wide_screen(become):
    advisor = become("Heidi Aasen", "modum")

    advisor.go("/opplaringsplan/2026/")

    assert not advisor.page.get_by_text("Flere valg").is_visible()
    assert not advisor.page.get_by_text("Filter, visning og nedlasting").is_visible()
    advisor.choose("Status", "Gjennomført")
    advisor.press("Vis")
    advisor.reads("Viser bare: Gjennomført.")
    advisor.click("Mange fra regneark")


def test_m9_the_folded_filters_of_the_plan_open_without_script(become):
    advisor = become("Heidi Aasen", "modum", phone=True, script=False)
    advisor.go("/opplaringsplan/2026/")

    advisor.page.get_by_text("Filter, visning og nedlasting").click()
    advisor.choose("Status", "Gjennomført")
    advisor.press("Vis")

    advisor.reads("Viser bare: Gjennomført.")
