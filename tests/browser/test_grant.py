"""The state grant from January to March the year after, by all who have a part in it.

One long walk with a moved clock: application, signature, answer, distribution, spending, report.
"""

import pytest

from tests.browser.demonstration import move_clock
from tests.browser.grant import answer, apply, distribute, report, sign_and_send, spend
from tests.browser.papers import pdf_text, plain

pytestmark = pytest.mark.browser


def test_m14_the_grant_from_january_to_march(become, tmp_path):
    advisor = become("Heidi Aasen", "modum")
    signer, head = become("Heidi Madsen", "modum"), become("Unni", "modum")

    # January: the application is written from the plan and put forward.
    move_clock(advisor, "08.01.2027")
    apply(advisor)
    text = sign_and_send(advisor, signer, tmp_path)
    assert "Godkjent 8. januar 2027 av Heidi Madsen, kommunedirektør" in text

    # May: the answer. June: the distribution, approved by stabsleder; letters to the units.
    move_clock(advisor, "21.05.2027")
    answer(advisor)
    move_clock(advisor, "10.06.2027")
    distribute(advisor, head)

    # September: what is spent comes from the ledger.
    move_clock(advisor, "10.09.2027")
    spend(advisor, tmp_path)

    # March: the report, signed and sent.
    move_clock(advisor, "10.02.2028")
    report(advisor, signer)
    sums = plain(advisor.main.inner_text())
    text = pdf_text(advisor.download("Last ned PDF", tmp_path))
    for shown in ("45 000 kr", "30 000 kr", "15 000 kr"):
        assert shown in sums
        assert shown in text
