"""Modum's plan and grant from one January to the next, by all who have a part in it.

One walk with a moved clock, since each part stands on the one before; the parts are functions in
`walk_plan`, `walk_course`, `walk_year_after`, `walk_budget` and `grant`, one for each thing done.
"""

import pytest

from tests.browser import grant, walk_budget, walk_course, walk_plan, walk_year_after
from tests.browser.demonstration import move_clock
from tests.browser.papers import pdf_text, plain

pytestmark = pytest.mark.browser


def test_m10_m14_m15_m16_s2_the_whole_cycle_from_needs_to_the_plan_that_rolls_on(become, tmp_path):
    advisor, leader = become("Heidi Aasen", "modum"), become("Elisabeth", "modum")
    union, employee = become("Turid", "modum"), become("Nina", "modum", phone=True)
    hr, head = become("Wenche", "modum"), become("Unni", "modum")
    signer = become("Heidi Madsen", "modum")

    # September to December: needs, GAP, focus areas, the units' plans.
    walk_plan.report_a_need(leader)
    walk_plan.sort_and_settle(advisor)
    walk_plan.plan_the_unit(leader)
    walk_plan.gather(advisor)

    # The plan is heard and discussed; the HR manager takes the costs to the leader group.
    move_clock(advisor, "01.12.2026")
    walk_plan.hear(advisor, until="20.12.2026")
    walk_plan.comment(union)
    walk_budget.propose(hr)
    walk_budget.decide(signer)
    walk_budget.export(hr, tmp_path)

    # January: adopted and frozen; the application rests on it.
    move_clock(advisor, "11.01.2027")
    walk_plan.discuss(advisor, "08.01.2027")
    cost = walk_plan.adopt(advisor, tmp_path)
    grant.apply(advisor)
    sent = grant.sign_and_send(advisor, signer, tmp_path)
    assert "Godkjent 11. januar 2027 av Heidi Madsen, kommunedirektør" in sent

    # Spring: a professional day from sign-up to certificate.
    course = walk_course.arrange(advisor, "15.04.2027")
    walk_course.sign_up(employee, leader, union, course)
    move_clock(advisor, "15.04.2027", hour=10)
    walk_course.attend(advisor, employee, course)
    move_clock(advisor, "16.04.2027")
    walk_course.finish(employee, advisor, course, tmp_path)
    walk_course.count(advisor)

    # May and June: the answer, the evaluation, the distribution.
    move_clock(advisor, "24.05.2027")
    grant.answer(advisor)
    walk_year_after.evaluate(advisor)
    move_clock(advisor, "10.06.2027")
    grant.distribute(advisor, head)

    # September: what is spent.
    move_clock(advisor, "10.09.2027")
    grant.spend(advisor, tmp_path)

    # January again: the plan rolls on, and what was adopted stands as it was.
    move_clock(advisor, "10.01.2028")
    walk_year_after.roll(advisor, tmp_path)
    walk_plan.stands(advisor, cost, tmp_path)

    # March: the report, signed and sent.
    move_clock(advisor, "10.02.2028")
    grant.report(advisor, signer)
    sums = plain(advisor.main.inner_text())
    text = pdf_text(advisor.download("Last ned PDF", tmp_path))
    for shown in ("45 000 kr", "30 000 kr", "15 000 kr"):
        assert shown in sums
        assert shown in text
