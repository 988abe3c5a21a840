"""The pages that everyone meets first."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("phone", [False, True])
def test_everyone_can_log_in_and_finds_what_waits(become, phone):
    for name in ("Heidi", "Elisabeth", "Nina", "Turid"):
        person = become(name, "modum", phone=phone)
        person.reads("Dette venter på deg")


def test_what_is_folded_opens_at_once_so_that_no_button_moves_under_a_press(become):
    nina = become("Nina", "modum")
    nina.go("/mine-data/")
    opened, frames_later = nina.page.locator("details.ds-details").first.evaluate(
        """async (details) => {
            const frame = () => new Promise((shown) => requestAnimationFrame(shown));
            details.open = true;
            const opened = details.offsetHeight;
            await frame();
            await frame();
            await frame();
            return [opened, details.offsetHeight];
        }"""
    )

    assert opened == frames_later
