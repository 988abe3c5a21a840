"""What is too much to be read at all is refused with a sentence, where it is first read."""

import pytest

LANGUAGE = "/sprak/"


@pytest.fixture
def browser(as_user, kari):
    """One that is asked for the form's key, so that the sending is read before any page sees it."""
    made = as_user(kari)
    made.get("/profil/")
    made.handler.enforce_csrf_checks = True
    return made


def test_too_many_fields_are_refused_with_a_sentence(browser):
    answer = browser.post(LANGUAGE, {f"felt{n}": "" for n in range(1001)})

    assert answer.status_code == 413
    assert "Vi tar imot høyst 1000 felter om gangen." in answer.content.decode()


def test_a_text_without_end_is_refused_with_a_sentence(browser, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = browser.post(LANGUAGE, "a=" + "b" * 2000, "application/x-www-form-urlencoded")

    assert answer.status_code == 413
    assert "er større enn vi kan ta imot" in answer.content.decode()
