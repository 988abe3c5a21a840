"""R9: those who hire see what competence there is at any time, and what will be needed."""

import pytest

from kartlegging.models import Behov, Behovsskjema
from kompetanse import clock
from kompetanse.organisasjon.models import Rolle
from tests.conftest import give, make_ansatt

pytestmark = pytest.mark.django_db


@pytest.fixture
def wenche(kommunen):
    """The HR manager, who hires."""
    ansatt = make_ansatt("Wenche", "Ruud", kommunen, kategori="Personalsjef")
    return give(ansatt, Rolle.Kode.PERSONALSJEF, kommunen)


def told(browser, path, **asked):
    return " ".join(browser.get(path, asked).content.decode().split())


def test_r9_who_hires_sees_what_there_is_now_and_what_will_be_needed(
    september, as_user, wenche, vidar, nord, kari, ola, sarstell, require, has, hjemmetjenesten
):
    require(nord, sarstell, level=2, count=3)
    has(kari, sarstell, 3, status="confirmed")
    has(ola, sarstell, 2)
    skjema = Behovsskjema.objects.create(
        enhet=hjemmetjenesten, year=2027, status="submitted", submitted_at=clock.now(),
        submitted_by=vidar,
    )  # fmt: skip
    Behov.objects.create(
        skjema=skjema, what="Vernepleier på natt", kind="acquire", number=2, urgency=2
    )
    hr = as_user(wenche)

    found = told(hr, "/kompetanse/sok/", kompetanse=sarstell.pk, level="2")
    gap = hr.get("/gap/2027/")
    needed = told(hr, "/behov/2027/mate/")

    assert kari.full_name in found
    assert ola.full_name in found
    assert [(row.kompetanse, row.need, row.have, row.lack) for row in gap.context["rows"]] == [
        ("Sårstell", 3, 1, 2)
    ]
    acquired = needed[needed.index("Anskaffe (") :]
    assert "Vernepleier på natt" in acquired
    assert "1 behov, til sammen 2 personer." in acquired


def test_r9_what_someone_has_today_is_found_today(september, as_user, wenche, kari, sarstell, has):
    """At any time: no round, form or analysis stands between."""
    hr = as_user(wenche)
    before = told(hr, "/kompetanse/sok/", kompetanse=sarstell.pk, level="1")

    as_user(kari).post(
        "/min-kompetanse/ny/", {"kompetanse": sarstell.pk, "level": "3", "valid_until": ""}
    )

    assert kari.full_name not in before
    assert kari.full_name in told(hr, "/kompetanse/sok/", kompetanse=sarstell.pk, level="1")
