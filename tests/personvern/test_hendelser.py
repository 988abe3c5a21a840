"""The audit trail: what is written, what it is called, and that nobody can change it."""

import re

import pytest
from django.db import ProgrammingError, connection, transaction

from kompetanse import clock
from kompetanse.kommuner import audit
from kompetanse.kommuner.models import AuditEvent
from kompetanse.organisasjon import actions as organisasjon
from kompetanse.organisasjon.models import Rolle
from soknader.models import Vedtak
from tests import world
from tests.conftest import give
from tests.personvern.recorded import patterns


def test_every_recorded_action_has_a_norwegian_name():
    named = audit.names()
    nameless = {
        pattern: sorted(files)
        for pattern, files in patterns().items()
        if not any(re.fullmatch(pattern, action) for action in named)
    }

    assert nameless == {}, "Name them in the app's hendelser.py"


def test_a_line_tells_role_case_and_whom_it_is_about(fjordvik, active):
    ours = world.build(fjordvik)
    advisor, applicant = ours.people["fagradgiver"], ours.people["kollega"]
    vedtak = Vedtak.objects.get(pk=ours.rows.vedtak.pk)

    event = audit.record("vedtak.draft", vedtak, by=advisor)

    assert (event.by_id, event.role) == (advisor.pk, "fagradgiver")
    assert (event.object_label, event.object_id) == ("soknader.vedtak", vedtak.pk)
    assert (event.case_label, event.case_id) == ("soknader.soknad", vedtak.soknad_id)
    assert event.about_id == applicant.pk


def test_the_role_is_what_the_person_holds_at_that_moment(kari, nord):
    before = audit.record("ansatt.open", kari, by=kari)
    give(kari, Rolle.Kode.LEDER, nord)
    give(kari, Rolle.Kode.VERNEOMBUD, nord)
    after = audit.record("ansatt.open", kari, by=kari)

    assert before.role == "ansatt"
    assert set(after.role.split(",")) == {"leder", "verneombud"}


def test_a_deputys_role_is_told_in_words_with_whom_it_was_for(active, as_user, sigurd, liv, kari):
    today = clock.today()
    organisasjon.stand_in(liv, kari, starts=today, ends=today, reason="ferie", by=liv)
    audit.record("ansatt.open", sigurd, by=kari)

    page = as_user(sigurd).get("/hendelser/?handling=ansatt.open").content.decode()

    assert "Leder, som stedfortreder for Liv Berg" in page
    assert f"leder for {liv.pk}" not in page


def test_the_details_are_told_in_norwegian(active, as_user, sigurd, kari):
    audit.record("ansatt.open", kari, by=kari, kode="leder", amount=12500, is_late=False)

    page = as_user(sigurd).get("/hendelser/?handling=ansatt.open").content.decode()

    assert "rolle: Leder, beløp (kr): 12\N{NO-BREAK SPACE}500, etter fristen: nei" in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kommuner_auditevent SET by_id = 1",
        "DELETE FROM kommuner_auditevent",
        "TRUNCATE kommuner_auditevent",
        "DROP TABLE kommuner_auditevent",
        "ALTER TABLE kommuner_auditevent DISABLE ROW LEVEL SECURITY",
    ],
)
def test_the_app_can_neither_change_nor_remove_a_line(kari, statement):
    audit.record("ansatt.open", kari, by=kari)

    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEvent.objects.filter(action="ansatt.open").count() == 1
