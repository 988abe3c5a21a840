"""A person who has left is erased: from every table, every file and every log."""

import json
import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from kompetanse import clock
from kompetanse.kommuner import persondata
from kompetanse.kommuner.models import Fil, Kommune
from kompetanse.kommuner.persondata import Fate
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Bruker
from kompetanse.personvern import ledger, tasks
from kompetanse.personvern.actions.sletting import NOTICE
from kompetanse.personvern.models import Rydding, Sletting
from kompetanse.personvern.queries import lagringstid
from soknader.models import Soknad, Tilsagn, Utbetaling, Vedtak
from tests import world
from tests.personvern import person
from tests.personvern.person import CANARY, KEPT

NIGHT = datetime(2030, 3, 5, 2, 30, tzinfo=clock.OSLO)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


@pytest.fixture
def fjordvik_id(real_db):
    return Kommune.objects.get(slug="fjordvik").pk


@pytest.fixture
def gone(fjordvik_id):
    """Someone in every table, who left three years before the night."""
    kommune = Kommune.objects.get(pk=fjordvik_id)
    with clock.frozen(world.MOMENT):
        ours = world.build(kommune)
        with as_kommune(fjordvik_id):
            ansatt = person.everywhere(ours)
            Ansatt.objects.filter(pk=ansatt.pk).update(left_on=NIGHT.date() - timedelta(days=1100))
    return ansatt


def nights(*moments):
    for moment in moments:
        with clock.frozen(moment):
            tasks.night()


def found_in_tables(word, kommune_id):
    """Return the tables where the word stands in any column."""
    with as_kommune(kommune_id), connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}" t WHERE t::text ILIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(name)
    return found


def in_ledger(ansatt, *, case_id=None):
    """Return the lines about the employee, or about one case of theirs.

    Others of the world may have left too, and the file outlives a test.
    """
    lines = [json.loads(line) for line in ledger.path().read_text().splitlines()]
    mine = [line for line in lines if line["ansatt_id"] == ansatt.pk]
    return [line for line in mine if line.get("case_id") == case_id]


def found_in_files(word):
    paths = [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]
    return [path for path in paths if word.encode() in path.read_bytes() or word in path.name]


def test_nothing_of_an_erased_person_is_left_anywhere(gone, fjordvik_id, caplog):
    caplog.set_level(logging.DEBUG)
    assert len(found_in_tables(CANARY, fjordvik_id)) > 20
    assert len(found_in_files(CANARY)) >= 5

    nights(NIGHT, NIGHT + NOTICE)

    assert found_in_tables(CANARY, fjordvik_id) == []
    assert found_in_tables(gone.number, fjordvik_id) == []
    assert found_in_files(CANARY) == []
    assert CANARY not in caplog.text


def test_decisions_and_accounts_stay_without_the_person(gone, fjordvik_id):
    nights(NIGHT, NIGHT + NOTICE)

    with as_kommune(fjordvik_id):
        nobody = Ansatt.objects.get(pk=gone.pk)
        soknad = Soknad.objects.get(ansatt=nobody)
        vedtak = Vedtak.objects.get(soknad=soknad)
        assert (nobody.full_name.strip(), nobody.email, nobody.birth_year) == (
            "Tidligere ansatt",
            "",
            None,
        )
        assert nobody.bruker_id is None
        assert not Bruker.objects.filter(pk=gone.bruker_id).exists()
        assert soknad.study.startswith(KEPT)
        assert (vedtak.outcome, vedtak.amount) == ("granted", 1000)
        assert Tilsagn.objects.filter(soknad=soknad).exists()
        assert Utbetaling.objects.get(tilsagn__soknad=soknad).amount == 500


def test_every_row_to_be_deleted_is_gone_and_every_file_but_the_emptied(gone, fjordvik_id):
    nights(NIGHT, NIGHT + NOTICE)

    with as_kommune(fjordvik_id):
        left = {
            table.model: table.rows(gone).count()
            for table in persondata.personal()
            if table.fate is Fate.DELETED
        }
        assert {model for model, count in left.items() if count} == set()
        assert list(Fil.objects.filter(name="").values_list("size", flat=True)) == [0]


def test_a_person_is_announced_before_being_erased(gone, fjordvik_id):
    nights(NIGHT, NIGHT + NOTICE - timedelta(days=1))

    with as_kommune(fjordvik_id):
        sletting = Sletting.objects.get(ansatt=gone, ground="left")
        assert (sletting.due_on, sletting.done_at) == ((NIGHT + NOTICE).date(), None)
        assert Ansatt.objects.get(pk=gone.pk).first_name.startswith(CANARY)


def test_what_is_held_waits_and_an_open_contract_holds(gone, fjordvik_id):
    nights(NIGHT)
    with as_kommune(fjordvik_id):
        Sletting.objects.filter(ansatt=gone).update(held_reason="Klage")
    nights(NIGHT + NOTICE)
    with as_kommune(fjordvik_id):
        assert Sletting.objects.get(ansatt=gone).done_at is None
        Sletting.objects.filter(ansatt=gone).update(held_reason="")
        Soknad.objects.filter(ansatt=gone).get().avtaler.update(status="breached")
    nights(NIGHT + NOTICE + timedelta(days=1))
    with as_kommune(fjordvik_id):
        assert Sletting.objects.get(ansatt=gone).done_at is None
        Soknad.objects.filter(ansatt=gone).get().avtaler.update(status="repaid")

    nights(NIGHT + NOTICE + timedelta(days=2))

    with as_kommune(fjordvik_id):
        assert Sletting.objects.get(ansatt=gone).done_at is not None


def test_the_night_is_done_once_and_tells_what_it_did(gone, fjordvik_id):
    nights(NIGHT, NIGHT, NIGHT + NOTICE, NIGHT + NOTICE, NIGHT.replace(hour=12))

    with as_kommune(fjordvik_id):
        told = list(Rydding.objects.order_by("on").values_list("figures__personer", flat=True))
        done = Sletting.objects.filter(done_at__isnull=False).count()
    assert told == [0, done]
    assert done >= 1


def test_the_ledger_holds_numbers_alone_and_repeats_after_a_restore(gone, fjordvik_id):
    nights(NIGHT, NIGHT + NOTICE)
    lines = in_ledger(gone)
    assert [set(line) for line in lines] == [{"at", "kommune_id", "ansatt_id"}]
    assert (lines[0]["kommune_id"], lines[0]["ansatt_id"]) == (fjordvik_id, gone.pk)

    # An older backup brings the person back, and knows of no erasure.
    with as_kommune(fjordvik_id):
        Sletting.objects.filter(ansatt=gone).delete()
        Ansatt.objects.filter(pk=gone.pk).update(first_name=CANARY, number="1234")
    before = datetime.fromisoformat(lines[0]["at"]) - timedelta(hours=1)
    call_command("replay_erasures", str(ledger.path()), "--since", before.isoformat())

    assert found_in_tables(CANARY, fjordvik_id) == []
    with as_kommune(fjordvik_id):
        assert Sletting.objects.get(ansatt=gone).ground == "restored"


@pytest.fixture
def working(gone, fjordvik_id):
    """The same person, employed, with a case of 2026 that is over and emptied in the night."""
    with as_kommune(fjordvik_id):
        Ansatt.objects.filter(pk=gone.pk).update(left_on=None)
        return Soknad.objects.select_related("runde").get(ansatt=gone)


LATE_NIGHT = datetime(2032, 3, 5, 2, 30, tzinfo=clock.OSLO)


def of_case(soknad):
    """Return the texts, and how many rows and files, that the case holds of the person."""
    texts, counts = "", {}
    for table, way in persondata.below(Soknad):
        rows = table.cls.objects.filter(**{way: soknad.pk})
        counts[table.model] = rows.count()
        texts += str(list(rows.values()))
    return texts, counts


def test_an_old_case_of_someone_who_works_here_keeps_its_outcome_and_loses_its_texts(
    working, gone, fjordvik_id
):
    with as_kommune(fjordvik_id):
        before, _counts = of_case(working)
        assert CANARY in before
    nights(LATE_NIGHT)

    with as_kommune(fjordvik_id):
        texts, counts = of_case(working)
        vedtak = Vedtak.objects.get(soknad=working)
        rydding = Rydding.objects.get(on=LATE_NIGHT.date())
        assert CANARY not in texts
        assert KEPT in texts
        assert (vedtak.outcome, vedtak.amount) == ("granted", 1000)
        assert Utbetaling.objects.get(tilsagn__soknad=working).amount == 500
        assert (counts["soknader.Vedlegg"], counts["soknader.Uttalelse"]) == (0, 0)
        assert rydding.figures["saker"] >= 1
        # What is about the person and not about the case stays.
        assert Ansatt.objects.get(pk=gone.pk).first_name.startswith(CANARY)
        assert gone.kjennetegn.exists()


def test_an_old_case_is_emptied_once_and_not_before_its_time(working, fjordvik_id):
    nights(NIGHT, LATE_NIGHT, LATE_NIGHT + timedelta(days=1))

    with as_kommune(fjordvik_id):
        told = dict(Rydding.objects.values_list("on", "figures__saker"))
        assert told[NIGHT.date()] == 0
        assert told[LATE_NIGHT.date()] >= 1
        assert told[LATE_NIGHT.date() + timedelta(days=1)] == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda soknad: soknad.avtaler.update(status="running"),
        lambda soknad: Soknad.objects.filter(pk=soknad.pk).update(
            starts=LATE_NIGHT.date(), ends=LATE_NIGHT.date()
        ),
        lambda soknad: Soknad.objects.filter(pk=soknad.pk).update(status="decided"),
    ],
)
def test_a_case_that_is_not_over_is_left_alone(working, fjordvik_id, change):
    with as_kommune(fjordvik_id):
        change(working)
    nights(LATE_NIGHT)

    with as_kommune(fjordvik_id):
        assert Soknad.objects.get(pk=working.pk).emptied_on is None


def test_the_dry_run_counts_what_the_night_will_empty(working, fjordvik_id):
    def counted():
        return next(kept.due for kept in lagringstid.all_kept(on) if kept.rule.key == "saker")

    on = LATE_NIGHT.date()
    with as_kommune(fjordvik_id):
        before = counted()
    nights(LATE_NIGHT)

    with as_kommune(fjordvik_id):
        assert Rydding.objects.get(on=on).figures["saker"] == before >= 1
        assert counted() == 0


def test_an_emptied_case_is_emptied_again_after_a_restore(working, gone, fjordvik_id):
    nights(LATE_NIGHT)
    (line,) = in_ledger(gone, case_id=working.pk)
    assert set(line) == {"at", "kommune_id", "ansatt_id", "rule", "case_id"}
    with as_kommune(fjordvik_id):
        Soknad.objects.filter(pk=working.pk).update(emptied_on=None, reason=CANARY)

    before = datetime.fromisoformat(line["at"]) - timedelta(hours=1)
    with clock.frozen(LATE_NIGHT):
        call_command("replay_erasures", str(ledger.path()), "--since", before.isoformat())

    with as_kommune(fjordvik_id):
        assert of_case(working)[0].count(CANARY) == 0


def test_an_erasure_that_the_backup_already_holds_is_not_repeated(gone, fjordvik_id):
    """Numbers may be given anew after a restore; what was done before the backup is in it."""
    nights(NIGHT, NIGHT + NOTICE)
    done = datetime.fromisoformat(in_ledger(gone)[0]["at"])
    with as_kommune(fjordvik_id):
        Sletting.objects.filter(ansatt=gone).delete()
        Ansatt.objects.filter(pk=gone.pk).update(first_name="Ny")

    call_command(
        "replay_erasures", str(ledger.path()), "--since", (done + timedelta(1)).isoformat()
    )

    with as_kommune(fjordvik_id):
        assert Ansatt.objects.get(pk=gone.pk).first_name == "Ny"
