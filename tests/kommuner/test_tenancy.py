"""One Kommune never reaches another's rows, whatever the code above forgets."""

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from kompetanse.errors import TenantError
from kompetanse.kommuner import catalogue
from kompetanse.kommuner.models import AuditEvent, Kommune, TenantModel
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon.models import Ansatt, Bruker, Enhet, Kompetanse
from tests.conftest import make_ansatt, make_enhet, owner_url


@pytest.fixture
def foreign_enhet(nabovik):
    with as_kommune(nabovik.pk):
        return make_enhet("Nabovik kommune", Enhet.Kind.KOMMUNE)


def test_every_model_of_ours_is_a_tenant_model_or_known_to_be_shared():
    platform = {"plattform.Operator", "plattform.Operatorokt", "plattform.Plattformhendelse"}
    ground = {"kommuner.Kommune", "kommuner.Region", "kommuner.Puls", "kommuner.Klokke"}
    ours = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if not model.__module__.startswith(("django.", "allauth."))
        and not issubclass(model, TenantModel)
    }

    assert ours == ground | platform


def test_the_catalogue_has_no_fault(db):
    assert catalogue.faults() == []


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (
            "ALTER TABLE soknader_soknad NO FORCE ROW LEVEL SECURITY",
            "soknader_soknad has no enforced policy",
        ),
        (
            "DROP POLICY tenant ON planer_tiltak",
            "planer_tiltak has no enforced policy",
        ),
        (
            "CREATE UNIQUE INDEX loose ON organisasjon_enhet (code)",
            "unique index loose does not begin with kommune_id",
        ),
        (
            "ALTER TABLE soknader_soknad DROP CONSTRAINT soknader_soknad_ansatt_id_kommune_fk",
            "soknader_soknad.ansatt_id has no key with kommune_id",
        ),
    ],
)
def test_the_catalogue_finds_what_is_open(django_db_setup, damage, fault):
    with psycopg.connect(owner_url(str(connection.settings_dict["NAME"]))) as owner:
        owner.execute(damage)
        found = [
            f"{name} has no enforced policy" for (name,) in owner.execute(catalogue._UNGUARDED)
        ]
        found += [
            f"unique index {name} does not begin with kommune_id"
            for (name,) in owner.execute(catalogue._LOOSE_UNIQUE)
        ]
        keys = set(owner.execute(catalogue._COMPOSITE_KEYS))
        owner.rollback()

    if ("soknader_soknad", "ansatt_id") not in keys:
        found.append("soknader_soknad.ansatt_id has no key with kommune_id")
    assert found == [fault]


def test_the_owner_role_may_not_serve(db):
    assert catalogue._role_faults() == []


def test_asking_without_a_kommune_raises(db):
    with pytest.raises(TenantError):
        Ansatt.objects.count()
    with pytest.raises(TenantError):
        Bruker.objects.count()


def test_another_kommune_cannot_be_entered_inside_one(active, nabovik):
    with pytest.raises(TenantError), as_kommune(nabovik.pk):
        pass


def test_a_row_of_another_kommune_is_not_there(foreign_enhet, active):
    assert not Enhet.objects.filter(pk=foreign_enhet.pk).exists()
    assert Enhet.objects.filter(pk=foreign_enhet.pk).update(name="Tatt") == 0


def test_a_row_for_another_kommune_is_refused(active, nabovik):
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Kompetanse.objects.create(kommune=nabovik, name="Fremmed")


def test_a_foreign_key_to_another_kommune_is_refused(foreign_enhet, kommunen):
    make_ansatt("Kari", "Nilsen", kommunen)

    def move_all() -> None:
        Ansatt.objects.update(enhet=foreign_enhet.pk)
        connection.check_constraints()

    with pytest.raises(IntegrityError, match="kommune_fk"), transaction.atomic():
        move_all()


def test_the_same_code_in_two_kommuner_tells_nothing(foreign_enhet, active):
    twin = Enhet.objects.create(name="Tvilling", code=foreign_enhet.code, kind=Enhet.Kind.KOMMUNE)

    assert twin.kommune_id == active.pk


def test_the_tenant_is_gone_when_the_block_ends(fjordvik):
    with as_kommune(fjordvik.pk):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('kompetanse.kommune_id', true)")
        assert cursor.fetchone() == ("",)


def test_the_audit_trail_can_only_grow(active):
    AuditEvent.objects.create(action="test", object_label="test", object_id=1)
    for statement in (
        "UPDATE kommuner_auditevent SET action = 'annet'",
        "DELETE FROM kommuner_auditevent",
    ):
        with (
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_app_role_cannot_make_a_kommune(db):
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Kommune.objects.create(slug="falsk", name="Falsk", number="9999")
