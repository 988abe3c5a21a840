"""What a unit requires, through its pages."""

import pytest

from kartlegging.models import Kompetansekrav
from kompetanse.kommuner.models import AuditEvent
from tests.kartlegging.conftest import CANARY

pytestmark = pytest.mark.django_db


def answers(kompetanse, **fields):
    return {
        "version": "0", "kompetanse_id": kompetanse.pk, "level": "2", "count": "4",
    } | fields  # fmt: skip


def test_a_leader_adds_changes_and_deletes_a_requirement(september, as_user, liv, nord, medisin):
    client = as_user(liv)
    assert "ingen egne krav ennå" in client.get(f"/kompetanse/{nord.pk}/krav/").content.decode()

    client.post(f"/kompetanse/{nord.pk}/krav/nytt/", answers(medisin, is_statutory="on"))
    krav = Kompetansekrav.objects.get()
    assert (krav.enhet, krav.kompetanse, krav.level, krav.count, krav.is_statutory) == (
        nord, medisin, 2, 4, True,
    )  # fmt: skip
    assert "Medisinhåndtering" in client.get(f"/kompetanse/{nord.pk}/krav/").content.decode()

    client.post(f"/krav/{krav.pk}/endre/", answers(medisin, version=krav.version, count="6"))
    krav.refresh_from_db()
    assert (krav.count, krav.is_statutory, krav.version) == (6, False, 2)

    assert "Slette kravet?" in client.get(f"/krav/{krav.pk}/slett/").content.decode()
    client.post(f"/krav/{krav.pk}/slett/")
    assert list(Kompetansekrav.objects.all()) == []
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))[-3:] == [
        "kompetansekrav.add", "kompetansekrav.change", "kompetansekrav.delete",
    ]  # fmt: skip


def test_the_same_requirement_twice_is_told_in_a_sentence(
    september, as_user, liv, nord, sarstell, require
):
    require(nord, sarstell, level=2)

    page = as_user(liv).post(f"/kompetanse/{nord.pk}/krav/nytt/", answers(sarstell))

    assert page.status_code == 422
    assert "dette kravet på dette nivået fra før" in page.content.decode()
    assert Kompetansekrav.objects.count() == 1


def test_a_stale_change_loses_nothing(september, as_user, liv, nord, sarstell, require):
    krav = require(nord, sarstell)
    client = as_user(liv)
    client.post(f"/krav/{krav.pk}/endre/", answers(sarstell, version=1, count="5"))

    stale = client.post(f"/krav/{krav.pk}/endre/", answers(sarstell, version=1, count="9"))

    assert stale.status_code == 409
    assert "endret av en annen" in stale.content.decode()
    krav.refresh_from_db()
    assert krav.count == 5


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [("liv", 200, 200), ("vidar", 200, 200), ("frida", 200, 200), ("kristin", 200, 403),
     ("siri", 403, 403), ("kari", 403, 403), ("turid", 403, 403)],
)  # fmt: skip
def test_who_may_read_and_write(
    september, as_user, request, nord, sarstell, require, who, reads, writes
):
    krav = require(nord, sarstell)
    client = as_user(request.getfixturevalue(who))

    assert client.get(f"/kompetanse/{nord.pk}/krav/").status_code == reads
    assert client.get(f"/kompetanse/{nord.pk}/krav/nytt/").status_code == writes
    assert client.get(f"/krav/{krav.pk}/endre/").status_code == writes
    assert client.get(f"/krav/{krav.pk}/slett/").status_code == writes
    assert client.post(f"/krav/{krav.pk}/slett/").status_code in {302, writes}
    assert Kompetansekrav.objects.exists() is (writes == 403)


def test_another_municipalitys_competence_is_not_chosen(september, as_user, liv, nord, canaries):
    client = as_user(liv)
    assert CANARY not in client.get(f"/kompetanse/{nord.pk}/krav/nytt/").content.decode()

    page = client.post(
        f"/kompetanse/{nord.pk}/krav/nytt/",
        {"version": "0", "kompetanse_id": canaries["kompetanse"], "level": "2", "count": "1"},
    )

    assert page.status_code == 422
    assert list(Kompetansekrav.objects.all()) == []
