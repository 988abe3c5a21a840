"""M11: an exception from the priorities is asked for, shown to the group and told in the letter."""

import pytest

from kompetanse import clock
from soknader.documents import brev as documents
from soknader.models import Uttalelse
from soknader.queries import brev
from tests.soknader.saker import make_draft, make_runde, make_sak

pytestmark = pytest.mark.usefixtures("october")

WHY = "Ingen andre i kommunen kan dette utstyret."


@pytest.fixture
def runde(active):
    return make_runde()


@pytest.fixture
def sak(runde, kari):
    return make_sak(kari, runde, is_prioritised=False, exception=WHY)


def test_m11_the_whole_group_reads_why_and_the_unions_only_that_it_is_one(
    runde, sak, frida, siri, kristin, turid, as_user
):
    url = f"/prioritering/{runde.pk}/sak/{sak.pk}/"

    pages = [as_user(each).get(url).content.decode() for each in (frida, siri, kristin, turid)]

    assert [WHY in page for page in pages] == [True, True, True, False]
    assert ["kanari-grunn" in page for page in pages] == [True, False, False, False]


def test_m11_the_group_reads_the_condition_and_the_shifts(runde, sak, frida, as_user):
    Uttalelse.objects.update(verdict="conditional", condition="Vi får vikar.", substitutes=12)

    page = as_user(frida).get(f"/prioritering/{runde.pk}/sak/{sak.pk}/").content.decode()

    assert "Vi får vikar." in page
    assert "12 vakter trenger vikar." in page


@pytest.mark.parametrize(
    ("outcome", "reason", "is_prioritised", "told"),
    [
        ("granted", "", False, True),
        ("granted", "Gruppas egen grunn.", False, False),
        ("granted", "", True, False),
        ("refused", "Gruppas egen grunn.", False, False),
    ],
)
def test_m11_the_letter_says_why_unless_the_group_has_said_it(
    runde, kari, frida, outcome, reason, is_prioritised, told
):
    sak = make_sak(kari, runde, is_prioritised=is_prioritised, exception=WHY)
    amount = 30_000 if outcome == "granted" else 0
    decided = make_draft(
        sak, outcome=outcome, amount=amount, reason=reason, status="decided",
        decided_at=clock.now(), decided_by=frida,
    )  # fmt: skip

    letter = brev.letter(decided, on=clock.today(), counts=(1, 1))
    text = " ".join(block.text for block in documents.text(letter).blocks)

    assert (WHY in text) is told
    assert (reason in text) if reason else True
