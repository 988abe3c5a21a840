"""The page of one case asks the database a few times, however much belongs to the case."""

import pytest

from kompetanse import clock
from kompetanse.kommuner import files
from kompetanse.kommuner.responses import PDF
from soknader.models import Endring, Kommentar, Soknad, Vedlegg
from tests import world
from tests.soknader.saker import give_points, make_draft, make_runde, make_sak


def test_m42_who_weighs_the_case_is_told_who_wrote_it_on_the_applicants_behalf(
    active, frida, vidar, kari, liv, turid, as_user
):
    with clock.frozen(world.MOMENT):
        runde = make_runde()
        sak = make_sak(kari, runde, registered_by=liv)
        url = f"/prioritering/{runde.pk}/sak/{sak.pk}/"
        pages = [as_user(each).get(url).content.decode() for each in (frida, vidar, turid)]
        Soknad.objects.update(taken_over_at=clock.now())
        taken_over = as_user(frida).get(url).content.decode()

    assert ["Registrert av Liv Berg." in page for page in pages] == [True, True, False]
    assert "Søkeren overtok" not in pages[0]
    assert f"Søkeren overtok {world.MOMENT:%d.%m.%Y}." in taken_over


@pytest.mark.parametrize("rows", [1, 30])
def test_the_whole_case_with_all_that_belongs_to_it(
    active, frida, vidar, kari, liv, as_user, queries_of, rows
):
    with clock.frozen(world.MOMENT):
        runde = make_runde()
        sak = make_sak(kari, runde)
        make_draft(sak)
        for by in (frida, vidar):
            give_points(sak, 3, 1, by=by)
        for number in range(rows):
            fil = files.store(b"%PDF-1.7", name=f"{number}.pdf", content_type=PDF)
            Vedlegg.objects.create(soknad=sak, fil=fil)
            Kommentar.objects.create(soknad=sak, text="Enig", by=frida)
            Endring.objects.create(
                runde=runde, soknad=sak, kind="draft", text="Satte", before={"draft": None},
                version=1, by=frida,
            )  # fmt: skip
            make_sak(liv, runde)

        assert queries_of(as_user(frida), f"/prioritering/{runde.pk}/sak/{sak.pk}/") == 9
