"""M3: rows, saving by itself and two windows of the needs form lose nothing that was written."""

import pytest

from kartlegging.models import Behov
from tests.kartlegging.skjemaet import behov_row, rows, url

pytestmark = pytest.mark.django_db


def test_m3_rows_are_added_and_deleted_without_javascript(september, as_user, vidar, skjema):
    client = as_user(vidar)
    here = url(skjema.enhet, "mangler/")
    first = Behov.objects.get()
    stored = behov_row(0, id=first.pk, what="Palliasjon", number="2", urgency="1")

    added = client.post(here, rows(stored, version=skjema.version, legg_til="1"))
    page = client.get(added.url.partition("#")[0])
    assert len(page.context["rows"].forms) == 2
    assert added.url.endswith("#rad-2")

    second = behov_row(1, what="Demens", number="4")
    saved = client.post(
        here, rows(stored, second, version=page.context["skjema"].version, legg_til="1")
    )
    page = client.get(saved.url.partition("#")[0])
    assert [row.what for row in Behov.objects.all()] == ["Palliasjon", "Demens"]
    assert len(page.context["rows"].forms) == 3

    client.post(here, rows(stored, second, version=page.context["skjema"].version, slett="0"))
    assert [row.what for row in Behov.objects.all()] == ["Demens"]


def test_m3_numbers_that_no_browser_sends_are_answered(september, as_user, vidar, skjema):
    here, huge = url(skjema.enhet, "mangler/"), "1" * 5000
    client = as_user(vidar)

    assert client.post(here, {"version": huge, "rad-TOTAL_FORMS": "0"}).status_code == 409
    sent = {"version": skjema.version, "rad-TOTAL_FORMS": huge, "slett": huge}
    assert client.post(here, sent).status_code == 302
    assert client.get("/gap/", {"enhet": huge}).status_code == 200


def test_m3_a_row_that_is_not_finished_is_shown_again_with_all_that_was_written(
    september, as_user, vidar, skjema
):
    client = as_user(vidar)
    good = behov_row(0, what="Demens", number="4")
    bad = behov_row(1, what="Rus", number="mange", reason="Flere unge")

    page = client.post(url(skjema.enhet, "mangler/"), rows(good, bad, version=skjema.version))

    told = page.content.decode()
    assert page.status_code == 422
    assert "Rad 2: Skriv et helt tall, for eksempel 3." in told
    for text in ("Demens", "Rus", "mange", "Flere unge"):
        assert text in told
    assert [row.what for row in Behov.objects.all()] == ["Demens"]


def test_m3_adding_a_row_keeps_what_is_written_in_one_that_is_not_finished(
    september, as_user, vidar, skjema
):
    client = as_user(vidar)
    bad = behov_row(0, what="Rus", number="mange")

    page = client.post(
        url(skjema.enhet, "mangler/"), rows(bad, version=skjema.version, legg_til="1")
    )

    assert page.status_code == 200
    assert "mange" in page.content.decode()
    assert len(page.context["rows"].forms) == 2


def test_m3_a_stored_row_that_is_being_mended_stays_as_it_was(september, as_user, vidar, skjema):
    client = as_user(vidar)
    stored = Behov.objects.get()
    broken = behov_row(0, id=stored.pk, what="Palliasjon", number="")

    client.post(url(skjema.enhet, "mangler/"), rows(broken, version=skjema.version))

    assert Behov.objects.get().number == 2


def test_m3_the_form_saves_itself_and_tells_the_time(september, as_user, vidar, skjema):
    client = as_user(vidar)

    saved = client.post(
        url(skjema.enhet, "mal/"),
        {"version": skjema.version, "goals": "Flere helger"},
        headers={"X-Autosave": "1"},
    )

    assert saved.json() == {"version": 2, "saved_at": "09.00"}
    skjema.refresh_from_db()
    assert skjema.goals == "Flere helger"


def test_m3_autosave_of_rows_says_which_row_is_not_finished(september, as_user, vidar, skjema):
    good, bad = behov_row(0, what="Demens"), behov_row(1, what="Rus", number="x")

    saved = as_user(vidar).post(
        url(skjema.enhet, "mangler/"),
        rows(good, bad, version=skjema.version),
        headers={"X-Autosave": "1"},
    )

    assert saved.json()["version"] == 2
    assert saved.json()["saved_at"].startswith("09.00. Rad 2 er ikke ferdig")
    assert [row.what for row in Behov.objects.all()] == ["Demens"]


@pytest.mark.parametrize("headers", [{}, {"X-Autosave": "1"}])
def test_m3_two_windows_do_not_overwrite_each_other(september, as_user, vidar, skjema, headers):
    client = as_user(vidar)
    client.post(url(skjema.enhet, "mal/"), {"version": 1, "goals": "Fra det første vinduet"})

    second = client.post(
        url(skjema.enhet, "mal/"),
        {"version": 1, "goals": "Fra det andre vinduet"},
        headers=headers,
    )

    assert second.status_code == 409
    skjema.refresh_from_db()
    assert skjema.goals == "Fra det første vinduet"
    if not headers:
        told = second.content.decode()
        assert "endret i et annet vindu" in told
        assert "Fra det andre vinduet" in told
        assert "Fra det første vinduet" in told
        client.post(
            url(skjema.enhet, "mal/"),
            {
                "version": second.context["form"]["version"].value(),
                "goals": "Fra det andre vinduet",
            },
        )
        skjema.refresh_from_db()
        assert skjema.goals == "Fra det andre vinduet"


def test_m3_a_stale_window_with_rows_loses_nothing(september, as_user, vidar, skjema):
    client = as_user(vidar)
    here = url(skjema.enhet, "mangler/")
    client.post(here, rows(behov_row(0, what="Først"), version=1))

    stale = client.post(here, rows(behov_row(0, what="Sist"), version=1))

    assert stale.status_code == 409
    assert "Sist" in stale.content.decode()
    assert "Først" in stale.content.decode()
    assert [row.what for row in Behov.objects.all()] == ["Først"]
