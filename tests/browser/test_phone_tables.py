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
