"""M3: who fills in, reads and reminds of needs forms, and what is never shown or taken."""

from datetime import date

import pytest

from kartlegging.models import Behov, Behovsskjema, UnderUtdanning
from kompetanse import clock
from tests.kartlegging.conftest import CANARY
from tests.kartlegging.skjemaet import behov_row, rows, url

pytestmark = pytest.mark.django_db


def test_m3_a_sent_form_takes_no_more_answers(september, as_user, vidar, skjema):
    skjema.status, skjema.submitted_by, skjema.submitted_at = "submitted", vidar, clock.now()
    skjema.save()

    answer = as_user(vidar).post(
        url(skjema.enhet, "mal/"), {"version": skjema.version, "goals": "Nytt"}
    )

    assert answer.status_code == 409
    skjema.refresh_from_db()
    assert skjema.goals == "Flere kveldsvakter."


@pytest.mark.parametrize(
    ("who", "reads", "fills", "reminds"),
    [("vidar", 200, 200, 403), ("liv", 403, 403, 403), ("siri", 200, 403, 403),
     ("frida", 200, 403, 200), ("kristin", 200, 403, 200), ("kari", 403, 403, 403),
     ("turid", 403, 403, 403)],
)  # fmt: skip
def test_m3_who_may_read_fill_in_and_remind(
    september, as_user, request, skjema, who, reads, fills, reminds
):
    client = as_user(request.getfixturevalue(who))

    assert client.get(url(skjema.enhet)).status_code == reads
    assert client.get(url(skjema.enhet, "mal/")).status_code == fills
    assert client.get("/behov/2027/purr/").status_code == reminds
    for rest in ("start/", "mal/", "send/", "apne/"):
        answer = client.post(url(skjema.enhet, rest), {"version": "99"})
        assert (answer.status_code == 403) == (fills == 403)


def test_m3_a_draft_is_read_by_those_who_write_it_only(september, as_user, frida, vidar, skjema):
    assert "Flere kveldsvakter." not in as_user(frida).get(url(skjema.enhet)).content.decode()
    skjema.status, skjema.submitted_by, skjema.submitted_at = "submitted", vidar, clock.now()
    skjema.save()

    assert "Flere kveldsvakter." in as_user(frida).get(url(skjema.enhet)).content.decode()


def test_m3_who_is_under_education_is_not_named_to_other_leaders(
    september, as_user, frida, siri, kari, vidar, skjema
):
    UnderUtdanning.objects.create(
        skjema=skjema, ansatt=kari, study="Sårstell", expected_on=date(2027, 6, 1)
    )
    skjema.status, skjema.submitted_by, skjema.submitted_at = "submitted", vidar, clock.now()
    skjema.save()

    other = as_user(siri).get(url(skjema.enhet)).content.decode()
    assert "Sårstell" in other
    assert "Kari Nilsen" not in other
    assert "Kari Nilsen" in as_user(frida).get(url(skjema.enhet)).content.decode()


def test_m3_another_municipalitys_form_is_not_found(september, as_user, vidar, frida, canaries):
    for rest in ("", "mal/", "mangler/", "oppsummering/", "kvittering/"):
        path = f"/behov/2027/{canaries['enhet']}/{rest}"
        assert as_user(vidar).get(path).status_code == 404
    assert as_user(vidar).post(f"/behov/2027/{canaries['enhet']}/start/").status_code == 404
    assert as_user(frida).get(f"/behov/2027/{canaries['enhet']}/").status_code == 404


def test_m3_another_municipalitys_ids_are_not_taken(september, as_user, vidar, skjema, canaries):
    row = behov_row(
        0, what="Rus", fokusomrade_id=canaries["fokusomrade"], kompetanse_id=canaries["kompetanse"]
    )

    page = as_user(vidar).post(url(skjema.enhet, "mangler/"), rows(row, version=skjema.version))

    assert page.status_code == 422
    assert CANARY not in page.content.decode()
    assert not Behov.objects.filter(what="Rus").exists()


def test_m3_a_row_of_another_unit_is_not_changed(
    september, as_user, vidar, siri, skjema, sykehjemmet
):
    other = Behovsskjema.objects.create(enhet=sykehjemmet, year=2027)
    theirs = Behov.objects.create(skjema=other, what="Deres", kind="learn", number=1, urgency=2)

    as_user(vidar).post(
        url(skjema.enhet, "mangler/"),
        rows(behov_row(0, id=theirs.pk, what="Kapret"), version=skjema.version),
    )

    theirs.refresh_from_db()
    assert (theirs.what, theirs.skjema) == ("Deres", other)


def test_m3_a_form_for_another_year_is_not_begun(september, as_user, vidar, hjemmetjenesten):
    answer = as_user(vidar).post(url(hjemmetjenesten, "start/", year=2050))

    assert answer.status_code == 409
    assert list(Behovsskjema.objects.all()) == []
