"""A stored file whose bytes are lost: the reader is told what to do, and the log says which."""

import logging
from pathlib import Path

from django.conf import settings

from kompetanse.kommuner import files
from tests.soknader.brevene import letter_of


def lose(fil):
    (Path(settings.FILES_ROOT) / fil.path).unlink()


def test_a_lost_letter_is_told_of_in_words_and_in_the_log(made, kari, frida, as_user, caplog):
    letter = letter_of(kari)
    lose(letter.fil)

    with caplog.at_level(logging.ERROR):
        response = as_user(frida).get(f"/brev/{letter.pk}/")

    page = " ".join(response.content.decode().split())
    assert response.status_code == 404
    assert "Vi finner ikke filen" in page
    assert "Ta kontakt og si hvilken side du kom fra" in page
    assert f"stored file {letter.fil.pk} of kommune {letter.kommune_id} is missing" in caplog.text
    assert kari.last_name not in caplog.text
    assert letter.fil.name not in caplog.text


def test_a_letter_that_is_erased_is_told_of_and_not_missed(made, kari, frida, as_user, caplog):
    letter = letter_of(kari)
    lose(letter.fil)
    files.empty(letter.fil)

    with caplog.at_level(logging.ERROR):
        response = as_user(frida).get(f"/brev/{letter.pk}/")

    assert response.status_code == 404
    assert "Vi finner ikke filen" in response.content.decode()
    assert "is missing" not in caplog.text


def test_a_lost_letter_is_unknown_to_a_stranger(made, kari, ola, as_user):
    letter = letter_of(kari)
    lose(letter.fil)

    assert "Vi finner ikke siden" in as_user(ola).get(f"/brev/{letter.pk}/").content.decode()
