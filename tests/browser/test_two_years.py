"""From the announcement in September 2026 to the completed study in December 2027, by every role.

Each test is a part of one story, on the same database and with the same people at their browsers;
the clock is moved on the demonstration's page. The steps are in `parts/`. The year's needs form,
plan and grant application are in `test_year.py`.
"""

import pytest

from tests.browser.demonstration import await_mail, let_colleagues_apply, move_clock, wait_an_hour
from tests.browser.parts import (
    announce,
    apply,
    decide,
    meet,
    prioritise,
    state,
    study,
)
from tests.browser.parts.apply import Study

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("next_part")]

ADVISOR, LEADER, SERVICE_LEADER, UNION = "Heidi Aasen", "Åshild", "Elisabeth", "Turid"
DECIDER, NINA = "Astrid", "Nina"
ESPEN, SILJE = "espen.solheim@modum.example", "silje.karlsen@modum.example"

GERIATRICS = Study(
    "Videreutdanning i geriatri", "geriatri", "11.01.2027", "17. desember 2027", "kr 24 000"
)
DEMENTIA = Study("Videreutdanning i demens", "geriatri", "11.01.2027", "17.12.2027", "9 000")
MENTAL_HEALTH = Study("Fagskole i psykisk helse", "psykisk", "13.01.2027", "15.12.2027", "8.000")
AGAIN = Study("Fagskole i psykisk helse", "psykisk", "12.01.2028", "15.12.2028", "8.000")


def email(name):
    """Return the address that the demonstration gives to someone of that name."""
    letters = str.maketrans({"æ": "a", "ø": "o", "å": "a", " ": "."})
    return f"{name.lower().translate(letters)}@modum.example"


# --- 2026 -------------------------------------------------------------------------------------


def test_m12_the_round_is_announced_and_everyone_is_told(company):
    advisor = company(ADVISOR)
    announce.open_round(advisor, "Høstrunden 2026")

    assert await_mail(advisor, "nina.antonsen", "Du kan nå søke om støtte til utdanning") == 1


def test_m11_an_employee_counts_and_applies_on_the_phone(company, tmp_path):
    nina = company(NINA, phone=True)
    apply.calculate(nina, GERIATRICS)
    nina.reads("24 000 kr")
    nina.reads("måneder bindingstid")

    apply.begin(nina)
    apply.write(nina, GERIATRICS)
    apply.attach(nina, tmp_path, "studieplan.pdf")
    assert apply.send(nina) == "2026-0001"
    assert await_mail(company(ADVISOR), "nina.antonsen", "Vi har fått søknaden din") == 1


def test_m11_what_the_leader_began_for_another_is_taken_over(company, tmp_path):
    leader, espen = company(LEADER), company(ESPEN, phone=True)
    apply.register_for(leader, "10184")
    apply.write(leader, DEMENTIA)
    apply.attach(leader, tmp_path, "opptak.pdf")

    apply.take_over(espen, DEMENTIA)
    espen.reads("Åshild Karlsen begynte på søknaden på vegne av Espen Solheim")
    espen.press("Send inn søknaden")
    espen.reads("2026-0002")

    silje = company(SILJE)
    apply.begin(silje)
    apply.write(silje, MENTAL_HEALTH)
    assert apply.send(silje) == "2026-0003"


def test_m11_leaders_ask_state_and_step_aside(company):
    leader, nina = company(LEADER), company(NINA)
    state.find(leader, "Nina Antonsen")
    state.ask(leader, "Hvilke uker er samlingene?")
    state.answer(nina, "Hvilke uker er samlingene?", "Uke 6, 14 og 40.")
    state.find(leader, "Nina Antonsen")
    leader.reads("Uke 6, 14 og 40.")
    state.support(leader, why="Dette trenger vi.", condition="Samlingene legges utenom ferien.")
    state.find(leader, "Espen Solheim")
    state.support(leader, why="Vi trenger flere som kan demens.")

    # Silje is of the leader's family: the next level states.
    state.find(leader, "Silje Karlsen")
    state.step_aside(leader, "Familie")
    leader.reads("Elisabeth Jakobsen gir uttalelse i stedet for deg")
    next_level = company(SERVICE_LEADER)
    state.find(next_level, "Silje Karlsen")
    state.support(next_level, why="Vi trenger flere med denne kompetansen.")


def test_m11_the_group_gives_points_and_the_advisor_orders_with_a_reason(company):
    advisor, member = company(ADVISOR), company(SERVICE_LEADER)
    let_colleagues_apply(advisor)
    move_clock(advisor, "23.10.2026")
    prioritise.open_desk(advisor)
    advisor.press("Start prioriteringen")

    # Others' points are hidden until one's own are in.
    prioritise.open_case(advisor, MENTAL_HEALTH.name)
    prioritise.give_points(advisor, each=3)
    prioritise.open_case(member, MENTAL_HEALTH.name)
    member.does_not_read("Heidi Aasen: 3")
    prioritise.give_points(member, each=2)
    member.reads("Heidi Aasen: 3")
    prioritise.open_case(advisor, GERIATRICS.name)
    prioritise.give_points(advisor, each=1)

    # The order by points waits for those who have not given theirs, or for the advisor to open.
    prioritise.open_desk(advisor)
    advisor.is_refused("Sorter etter poeng", "Gi dine egne poeng først")
    prioritise.open_desk(advisor)
    advisor.press("Åpne poengene for alle")
    advisor.press("Sorter etter poeng")
    assert prioritise.order(advisor)[:2] == ["Sak 3", "Sak 1"]

    prioritise.place(advisor, GERIATRICS.name, at=1)
    prioritise.say_why(advisor, "Avdelingen mangler to.")
    prioritise.try_frame(advisor, "200 000")
    advisor.reads("Faller under streken")
    prioritise.open_desk(advisor)
    advisor.press("Lag utkast etter rekkefølgen")
    assert prioritise.order(advisor)[:2] == ["Sak 1", "Sak 3"]
    prioritise.open_case(advisor, "Yoga-instruktør")
    prioritise.draft(advisor, "Avslag", reason="Kurset er ikke knyttet til et fokusområde.")


def test_m19_the_meeting_on_the_wall_with_the_unions_on_their_own_screen(company):
    advisor, union = company(ADVISOR), company(UNION)
    meet.call(advisor)
    assert await_mail(advisor, "turid.ronning", meet.MEETING) == 1
    move_clock(advisor, "28.10.2026")

    meet.begin(advisor)
    meet.show_first_case(advisor)
    meet.follow(union)
    meet.sees_the_wall(union, GERIATRICS.name)
    union.does_not_read("Nina Antonsen")
    union.does_not_read(GERIATRICS.reason)
    meet.dissent(union, "Reise skal dekkes for deltidsansatte.")
    advisor.press(meet.NEXT)
    meet.sees_the_wall(union, MENTAL_HEALTH.name)

    meet.rise(advisor)
    meet.send_minutes(advisor, conclusion="Rekkefølgen følger kriteriene.", by="02.11.2026")
    meet.agree(union)


def test_m11_the_head_of_the_sector_decides_all_at_once(company, tmp_path):
    advisor = company(ADVISOR)
    move_clock(advisor, "29.10.2026")
    assert decide.decide_all(company(DECIDER)) == 22

    # The other union has not answered by the day for it.
    move_clock(advisor, "03.11.2026")
    minutes = meet.approve(advisor, tmp_path)
    assert "Rekkefølgen følger kriteriene." in minutes
    assert "Uenighet: " in minutes
    assert "Reise skal dekkes for deltidsansatte." in minutes
    assert "Nina Antonsen" not in minutes


def test_m12_letters_are_made_sampled_stopped_and_sent(company, tmp_path):
    advisor = company(ADVISOR)
    move_clock(advisor, "04.11.2026")
    decide.make_letters(advisor)
    refusal = decide.sample(advisor, tmp_path, "Avslag")
    assert "Kurset er ikke knyttet til et fokusområde." in refusal
    assert "Du kan klage" in refusal

    decide.send_letters(advisor)
    decide.stop_letters(advisor)
    decide.send_letters(advisor)
    advisor.reads("Du kan stoppe dem i 15 minutter til")
    wait_an_hour(advisor, "04.11.2026", 12)
    assert await_mail(advisor, "nina.antonsen", "Svaret på søknaden din er klart") == 1


def test_m13_two_say_yes_one_says_no_and_the_waiting_list_moves(company, tmp_path):
    advisor = company(ADVISOR)
    granted = f"Du får støtte til {GERIATRICS.name[0].lower()}{GERIATRICS.name[1:]}"
    letter = decide.reply(company(NINA), granted, "Takk ja", tmp_path)
    assert granted in letter
    decide.reply(company(ESPEN), "Du får støtte til", "Takk ja", tmp_path)
    decide.reply(company(SILJE), "Du får støtte til", "Takk nei", tmp_path)

    number = decide.next_on_waiting_list(advisor)
    decide.give_place_to_next(advisor, number)
    decide.make_letters(advisor)
    decide.send_letters(advisor)
    wait_an_hour(advisor, "04.11.2026", 14)
    lucky = company(email(prioritise.applicant(advisor, number)))
    decide.reply(lucky, "Du får støtte til", "Takk ja", tmp_path)


def test_m13_both_sign_the_contract(company):
    nina, leader = company(NINA), company(LEADER)
    study.sign_own(nina, GERIATRICS.name, name="Nina Antonsen")
    study.sign_for_the_municipality(leader, "Nina Antonsen", name="Åshild Karlsen")

    study.open_contract(nina, GERIATRICS.name)
    nina.reads("Begge har signert")
    nina.reads("0 av 12")


# --- 2027 -------------------------------------------------------------------------------------


def test_m13_a_receipt_is_paid_against_the_grant(company, tmp_path):
    advisor, leader, nina = company(ADVISOR), company(LEADER), company(NINA)
    move_clock(advisor, "20.01.2027")
    study.send_receipt(nina, GERIATRICS.name, amount="12 500", on="15.01.2027", folder=tmp_path)
    study.approve_receipt(leader, "Nina Antonsen")
    study.hand_over_to_payroll(advisor)

    study.open_payments(nina, GERIATRICS.name)
    nina.reads("11 500 kr igjen")


def test_m13_progress_is_told_and_the_needs_form_knows_who_studies(company):
    advisor, nina, member = company(ADVISOR), company(NINA), company(SERVICE_LEADER)
    move_clock(advisor, "20.06.2027")
    study.report(nina, GERIATRICS.name)

    move_clock(advisor, "10.09.2027")
    assert {DEMENTIA.name, GERIATRICS.name} <= set(study.under_education(member))


def test_m12_next_years_round_is_copied_and_announced(company):
    advisor, silje = company(ADVISOR), company(SILJE)
    announce.copy_round(advisor, "Høstrunden 2026", to="Høstrunden 2027")
    announce.open_round(advisor, "Høstrunden 2027")

    silje.go("/soknad/")
    silje.reads("Frist fredag 15. oktober")
    apply.begin(silje)
    apply.write(silje, AGAIN)
    assert apply.send(silje) == "2027-0001"


def test_m6_the_completed_study_is_confirmed_and_found_in_the_stock(company, tmp_path):
    advisor, leader, nina = company(ADVISOR), company(LEADER), company(NINA)
    before = study.holders(leader, GERIATRICS.name)
    move_clock(advisor, "20.12.2027")
    study.complete(nina, GERIATRICS.name, on="17.12.2027", folder=tmp_path)
    study.confirm(leader, "Nina Antonsen")

    assert "Nina Antonsen" not in before
    assert study.holders(leader, GERIATRICS.name) == sorted([*before, "Nina Antonsen"])
    study.open_contract(nina, GERIATRICS.name)
    nina.reads("Bindingstiden løper")
    nina.go("/min-kompetanse/")
    nina.reads(GERIATRICS.name)


def test_m11_the_figures_tell_of_both_years(company):
    advisor = company(ADVISOR)
    advisor.go("/tall/")
    table = advisor.main.get_by_role("table", name="Søknader år for år")
    years = table.get_by_role("rowheader").all_inner_texts()
    assert years == ["2027", "2026", "2025", "2024"]
    for other in (UNION, DECIDER):
        company(other).go("/tall/")
        company(other).does_not_read("Nina Antonsen")
