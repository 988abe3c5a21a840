"""The pages that everyone meets first."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("phone", [False, True])
def test_everyone_can_log_in_and_finds_what_waits(become, phone):
    for name in ("Heidi", "Elisabeth", "Nina", "Turid"):
        person = become(name, "modum", phone=phone)
        person.reads("Dette venter på deg")
