"""The page of one case asks the database a few times, however much belongs to the case."""

import pytest

from kompetanse import clock
from kompetanse.kommuner import files
from kompetanse.kommuner.responses import PDF
from soknader.models import Endring, Kommentar, Vedlegg
from tests import world
from tests.soknader.saker import give_points, make_draft, make_runde, make_sak


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

        assert queries_of(as_user(frida), f"/prioritering/{runde.pk}/sak/{sak.pk}/") == 10
