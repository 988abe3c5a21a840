from django.urls import path, register_converter

from planer.views import (
    arena,
    arrangement,
    arshjul,
    dagsorden,
    drofting,
    evaluering,
    felles,
    handlingsplan,
    horing,
    introduksjon,
    introduksjonsmal,
    kolonne,
    konto,
    langplan,
    lop,
    mote,
    nettverk,
    offentlig,
    oppfolging,
    opplaringsplan,
    oppmote,
    oppslag,
    plan,
    protokoll,
    rad,
    samling,
    strategi,
    tiltak,
    tiltaksark,
)

FIRST_YEAR, LAST_YEAR = 2000, 2100


class YearConverter:
    """A year that a plan can be for; another one is not found."""

    regex = "[0-9]{1,6}"

    def to_python(self, value: str) -> int:
        year = int(value)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(value)
        return year

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(YearConverter, "aar")

app_name = "planer"
urlpatterns = [
    # The strategy plan
    path("plan/strategi/", strategi.list_plans, name="list_plans"),
    path("plan/strategi/ny/", strategi.make_plan, name="make_plan"),
    path("plan/strategi/<int:pk>/", strategi.read_plan, name="read_plan"),
    path("plan/strategi/<int:pk>/pdf/", strategi.print_plan, name="print_plan"),
    path("plan/strategi/<int:pk>/endre/", strategi.edit_plan, name="edit_plan"),
    path("plan/strategi/<int:pk>/endre/forside/", strategi.edit_head, name="edit_head"),
    path("plan/strategi/<int:pk>/endre/enheter/", strategi.cover_units, name="cover_units"),
    path("plan/strategi/<int:pk>/endre/<slug:part>/ny/", strategi.add_part, name="add_part"),
    path(
        "plan/strategi/<int:pk>/endre/<slug:part>/<int:row_id>/",
        strategi.edit_part,
        name="edit_part",
    ),
    path(
        "plan/strategi/<int:pk>/endre/<slug:part>/<int:row_id>/slett/",
        strategi.remove_part,
        name="remove_part",
    ),
    path("plan/strategi/<int:pk>/vedta/", strategi.adopt_plan, name="adopt_plan"),
    path("plan/strategi/<int:pk>/ny-utgave/", strategi.roll_plan, name="roll_plan"),
    path("plan/strategi/<int:pk>/steg/<slug:step>/", strategi.step_plan, name="step_plan"),
    # The yearly wheel
    path("arshjul/", arshjul.open_wheel, name="open_wheel"),
    path("arshjul/<aar:year>/", arshjul.read_wheel, name="read_wheel"),
    path("arshjul/<aar:year>/pdf/", arshjul.print_wheel, name="print_wheel"),
    path("arshjul/<aar:year>/ny/", arshjul.add_activity, name="add_activity"),
    path("arshjul/<aar:year>/hent/", arshjul.copy_wheel, name="copy_wheel"),
    path("arshjul/aktivitet/<int:pk>/", arshjul.edit_activity, name="edit_activity"),
    path("arshjul/aktivitet/<int:pk>/slett/", arshjul.remove_activity, name="remove_activity"),
    path("arshjul/aktivitet/<int:pk>/kvitter/", arshjul.tick_activity, name="tick_activity"),
    path("arshjul/aktivitet/<int:pk>/angre/", arshjul.untick_activity, name="untick_activity"),
    # Measures and training plans
    path("opplaringsplan/", plan.open_training, name="open_training"),
    path("opplaringsplan/<aar:year>/", plan.read_training, name="read_training"),
    path("opplaringsplan/<aar:year>/pdf/", plan.print_training, name="print_training"),
    path("opplaringsplan/<aar:year>/regneark/", plan.export_training, name="export_training"),
    path("opplaringsplan/<aar:year>/nytt/", tiltak.add_measure, name="add_measure"),
    path("opplaringsplan/<aar:year>/hent/", tiltak.carry_measures, name="carry_measures"),
    path("opplaringsplan/<aar:year>/felles/", felles.read_joint, name="read_joint"),
    path("opplaringsplan/<aar:year>/ark/", tiltaksark.read_sheet, name="read_sheet"),
    path("opplaringsplan/<aar:year>/ark/hent/", tiltaksark.prepare_sheet, name="prepare_sheet"),
    path("opplaringsplan/ark/<int:pk>/", tiltaksark.check_sheet, name="check_sheet"),
    path("opplaringsplan/<aar:year>/innlevering/", samling.submit_joint, name="submit_joint"),
    path("opplaringsplan/<aar:year>/samling/", samling.gather_joint, name="gather_joint"),
    path("opplaringsplan/tiltak/<int:pk>/del/", samling.split_measure, name="split_measure"),
    path("opplaringsplan/<aar:year>/felles/pdf/", felles.print_joint, name="print_joint"),
    path("opplaringsplan/<aar:year>/felles/regneark/", felles.export_joint, name="export_joint"),
    path(
        "opplaringsplan/<aar:year>/handlingsplan/", felles.read_activities, name="read_activities"
    ),
    path(
        "opplaringsplan/<aar:year>/handlingsplan/pdf/",
        felles.print_activities,
        name="print_activities",
    ),
    path(
        "opplaringsplan/<aar:year>/handlingsplan/regneark/",
        felles.export_activities,
        name="export_activities",
    ),
    path("opplaringsplan/<aar:year>/oppslag/", oppslag.read_poster, name="read_poster"),
    path("opplaringsplan/<aar:year>/oppslag/pdf/", oppslag.print_poster, name="print_poster"),
    path("opplaringsplan/kolonner/", kolonne.edit_columns, name="edit_columns"),
    path("opplaringsplan/tiltak/<int:pk>/", tiltak.edit_measure, name="edit_measure"),
    path("opplaringsplan/tiltak/<int:pk>/rad/", rad.follow_measure, name="follow_measure"),
    path(
        "opplaringsplan/tiltak/<int:pk>/oppfolging/",
        oppfolging.read_dates_measure,
        name="read_dates_measure",
    ),
    path(
        "opplaringsplan/tiltak/<int:pk>/effekt/",
        oppfolging.begin_effect_measure,
        name="begin_effect_measure",
    ),
    path("effekt/<int:pk>/", oppfolging.measure_effect, name="measure_effect"),
    # Editions of a year's plan: drafted, heard, adopted, frozen
    path("opplaringsplan/utgaver/", opplaringsplan.list_editions, name="list_editions"),
    path(
        "opplaringsplan/<aar:year>/utgaver/ny/", opplaringsplan.begin_edition, name="begin_edition"
    ),
    path("opplaringsplan/utgaver/<int:pk>/", opplaringsplan.read_edition, name="read_edition"),
    path(
        "opplaringsplan/utgaver/<int:pk>/pdf/", opplaringsplan.print_edition, name="print_edition"
    ),
    path(
        "opplaringsplan/utgaver/<int:pk>/regneark/",
        opplaringsplan.export_edition,
        name="export_edition",
    ),
    path(
        "opplaringsplan/utgaver/<int:pk>/vedta/", opplaringsplan.adopt_edition, name="adopt_edition"
    ),
    path(
        "opplaringsplan/utgaver/<int:pk>/steg/<slug:step>/",
        opplaringsplan.step_edition,
        name="step_edition",
    ),
    # Hearings
    path("plan/strategi/<int:pk>/horing/", horing.hear_plan, name="hear_plan"),
    path("langplan/<int:pk>/horing/", horing.hear_long, name="hear_long"),
    path("opplaringsplan/utgaver/<int:pk>/horing/", horing.hear_edition, name="hear_edition"),
    path("horing/<int:pk>/", horing.read_hearing, name="read_hearing"),
    # Adopted plans, for anyone
    path("vedtatte-planer/", offentlig.list_published, name="list_published"),
    path("vedtatte-planer/<int:pk>/", offentlig.read_published, name="read_published"),
    path("vedtatte-planer/<int:pk>/plan.pdf", offentlig.print_published, name="print_published"),
    # Learning arenas
    path("laringsarenaer/", arena.list_arenas, name="list_arenas"),
    path("laringsarenaer/ny/", arena.add_arena, name="add_arena"),
    path("laringsarenaer/<int:pk>/", arena.edit_arena, name="edit_arena"),
    path("laringsarenaer/<int:pk>/slett/", arena.remove_arena, name="remove_arena"),
    # The long training plan
    path("langplan/", langplan.list_longs, name="list_longs"),
    path("langplan/ny/", langplan.make_long, name="make_long"),
    path("langplan/<int:pk>/", langplan.read_long, name="read_long"),
    path("langplan/<int:pk>/pdf/", langplan.print_long, name="print_long"),
    path("langplan/<int:pk>/vedtatt/", langplan.print_adopted_long, name="print_adopted_long"),
    path("langplan/<int:pk>/regneark/", langplan.export_long, name="export_long"),
    path("langplan/<int:pk>/mal/nytt/", langplan.add_goal, name="add_goal"),
    path("langplan/<int:pk>/vedta/", langplan.adopt_long, name="adopt_long"),
    path("langplan/<int:pk>/ny-utgave/", langplan.roll_long, name="roll_long"),
    path("langplan/<int:pk>/steg/<slug:step>/", langplan.step_long, name="step_long"),
    path("langplan/mal/<int:pk>/", langplan.read_goal, name="read_goal"),
    path("langplan/mal/<int:pk>/endre/", langplan.edit_goal, name="edit_goal"),
    path("langplan/mal/<int:pk>/slett/", langplan.remove_goal, name="remove_goal"),
    # Evaluations
    path("evaluering/", evaluering.list_evaluations, name="list_evaluations"),
    path("evaluering/ny/", evaluering.begin_evaluation, name="begin_evaluation"),
    path("evaluering/<int:pk>/", evaluering.read_evaluation, name="read_evaluation"),
    path("evaluering/<int:pk>/svar/", evaluering.answer_evaluation, name="answer_evaluation"),
    path("evaluering/<int:pk>/endre-planen/", evaluering.revise_plan, name="revise_plan"),
    path("evaluering/<int:pk>/fullfor/", evaluering.finish_evaluation, name="finish_evaluation"),
    path("evaluering/<int:pk>/pdf/", evaluering.print_evaluation, name="print_evaluation"),
    # Courses and professional days
    path("kurs/", arrangement.list_events, name="list_events"),
    path("kurs/nytt/", arrangement.arrange_event, name="arrange_event"),
    path("kurs/fagdager/", arrangement.read_fagdager, name="read_fagdager"),
    path("kurs/<int:pk>/", arrangement.read_event, name="read_event"),
    path("kurs/<int:pk>/endre/", arrangement.edit_event, name="edit_event"),
    path("kurs/<int:pk>/avlys/", arrangement.cancel_event, name="cancel_event"),
    path("kurs/<int:pk>/meld-pa/", arrangement.join_event, name="join_event"),
    path("kurs/<int:pk>/meld-av/", arrangement.leave_event, name="leave_event"),
    path("kurs/<int:pk>/meld-pa-flere/", arrangement.send_team, name="send_team"),
    path("kurs/<int:pk>/oppmote/", oppmote.attend_event, name="attend_event"),
    path("kurs/<int:pk>/liste.pdf", oppmote.print_list_event, name="print_list_event"),
    path("kurs/<int:pk>/oppmote/skann/", oppmote.scan_list_event, name="scan_list_event"),
    path("kurs/<int:pk>/kode/", oppmote.show_code_event, name="show_code_event"),
    path("kurs/<int:pk>/her/", oppmote.meet_event, name="meet_event"),
    path("kurs/<int:pk>/evaluer/", arrangement.evaluate_event, name="evaluate_event"),
    path("kurs/<int:pk>/kursbevis.pdf", arrangement.certify_event, name="certify_event"),
    path("kurs/<int:pk>/kalender.ics", arrangement.calendar_event, name="calendar_event"),
    # The action plan of a year, and what goes into the budget
    path("lop/", lop.open_path, name="open_path"),
    path("lop/<aar:year>/", lop.read_path, name="read_path"),
    path("handlingsplan/<aar:year>/", handlingsplan.read_actions, name="read_actions"),
    path("handlingsplan/<aar:year>/lag/", handlingsplan.begin_actions, name="begin_actions"),
    path("handlingsplan/<aar:year>/endre/", handlingsplan.edit_actions, name="edit_actions"),
    path(
        "handlingsplan/<aar:year>/steg/<slug:step>/",
        handlingsplan.step_actions,
        name="step_actions",
    ),
    path("handlingsplan/<aar:year>/resten/", handlingsplan.approve_rest, name="approve_rest"),
    path("handlingsplan/<aar:year>/vedta/", handlingsplan.decide_actions, name="decide_actions"),
    path("handlingsplan/<aar:year>/pdf/", handlingsplan.print_actions, name="print_actions"),
    path("handlingsplan/<aar:year>/budsjett/", handlingsplan.read_budget, name="read_budget"),
    path(
        "handlingsplan/<aar:year>/budsjett/<slug:form>/",
        handlingsplan.export_budget,
        name="export_budget",
    ),
    path("handlingsplan/punkt/<int:pk>/", handlingsplan.weigh_point, name="weigh_point"),
    path("handlingsplan/konto/", konto.list_accounts, name="list_accounts"),
    path("handlingsplan/konto/ny/", konto.add_account, name="add_account"),
    path("handlingsplan/konto/<int:pk>/", konto.edit_account, name="edit_account"),
    path("handlingsplan/konto/<int:pk>/slett/", konto.remove_account, name="remove_account"),
    path("handlingsplan/okonomiplan/", konto.set_economic_plan, name="set_economic_plan"),
    # Introduction of new employees
    path("introduksjon/", introduksjon.list_introductions, name="list_introductions"),
    path("introduksjon/min/", introduksjon.own_introductions, name="own_introductions"),
    path("introduksjon/<int:pk>/", introduksjon.read_introduction, name="read_introduction"),
    path("introduksjon/<int:pk>/pdf/", introduksjon.print_introduction, name="print_introduction"),
    path(
        "introduksjon/<int:pk>/endre/", introduksjon.change_introduction, name="change_introduction"
    ),
    path("introduksjon/<int:pk>/avslutt/", introduksjon.end_introduction, name="end_introduction"),
    path(
        "introduksjon/ny/<int:ansatt_id>/",
        introduksjon.start_introduction,
        name="start_introduction",
    ),
    path(
        "introduksjon/ny/<int:ansatt_id>/forslag/",
        introduksjon.start_proposed,
        name="start_proposed",
    ),
    path(
        "introduksjon/ny/<int:ansatt_id>/ingen/",
        introduksjon.decline_introduction,
        name="decline_introduction",
    ),
    path("introduksjon/steg/<int:pk>/gjort/", introduksjon.tick_step, name="tick_step"),
    path("introduksjon/steg/<int:pk>/angre/", introduksjon.untick_step, name="untick_step"),
    path("introduksjon/maler/", introduksjonsmal.list_templates, name="list_intro_templates"),
    path("introduksjon/maler/ny/", introduksjonsmal.make_template, name="make_intro_template"),
    path(
        "introduksjon/maler/<int:pk>/", introduksjonsmal.read_template, name="read_intro_template"
    ),
    path(
        "introduksjon/maler/<int:pk>/endre/",
        introduksjonsmal.edit_template,
        name="edit_intro_template",
    ),
    path("introduksjon/maler/<int:pk>/steg/", introduksjonsmal.add_step, name="add_intro_step"),
    path("introduksjon/maler/steg/<int:pk>/", introduksjonsmal.edit_step, name="edit_intro_step"),
    path(
        "introduksjon/maler/steg/<int:pk>/slett/",
        introduksjonsmal.remove_step,
        name="remove_intro_step",
    ),
    # Meetings
    path("mote/", mote.list_meetings, name="list_meetings"),
    path("mote/nytt/", mote.arrange_meeting, name="arrange_meeting"),
    path("mote/<int:pk>/", mote.read_meeting, name="read_meeting"),
    path("mote/<int:pk>/endre/", mote.edit_meeting, name="edit_meeting"),
    path("mote/<int:pk>/avlys/", mote.cancel_meeting, name="cancel_meeting"),
    path("mote/<int:pk>/steg/<slug:step>/", mote.step_meeting, name="step_meeting"),
    path("mote/<int:pk>/kalender.ics", mote.calendar_meeting, name="calendar_meeting"),
    path("mote/<int:pk>/oppmote/", mote.attend_meeting, name="attend_meeting"),
    path("mote/<int:pk>/forfall/", mote.decline_meeting, name="decline_meeting"),
    path("mote/<int:pk>/saksliste/", dagsorden.plan_agenda, name="plan_agenda"),
    path("mote/<int:pk>/saksliste/lag/", dagsorden.fill_agenda, name="fill_agenda"),
    path("mote/<int:pk>/saksliste/<int:punkt_id>/", dagsorden.edit_point, name="edit_point"),
    path(
        "mote/<int:pk>/saksliste/<int:punkt_id>/innspill/",
        dagsorden.say_in_meeting,
        name="say_in_meeting",
    ),
    path(
        "mote/<int:pk>/saksliste/<int:punkt_id>/<slug:way>/",
        dagsorden.move_point,
        name="move_point",
    ),
    path("mote/<int:pk>/papir/", dagsorden.add_paper, name="add_paper"),
    path("mote/<int:pk>/papir/<int:papir_id>/", dagsorden.download_paper, name="download_paper"),
    path("mote/<int:pk>/papir/<int:papir_id>/slett/", dagsorden.remove_paper, name="remove_paper"),
    path("mote/<int:pk>/referat/", protokoll.draft_minutes, name="draft_minutes"),
    path("mote/<int:pk>/deltaker/", mote.invite_person, name="invite_person"),
    path("mote/<int:pk>/deltaker/<int:row_id>/slett/", mote.dismiss_person, name="dismiss_person"),
    # Minutes
    path("referat/<int:pk>/", protokoll.read_minutes, name="read_minutes"),
    path("referat/<int:pk>/pdf/", protokoll.print_minutes, name="print_minutes"),
    path("referat/<int:pk>/skriv/", protokoll.write_minutes, name="write_minutes"),
    path("referat/<int:pk>/hent/", protokoll.refresh_minutes, name="refresh_minutes"),
    path("referat/<int:pk>/send/", protokoll.send_minutes, name="send_minutes"),
    path("referat/<int:pk>/svar/", protokoll.remark_minutes, name="remark_minutes"),
    path("referat/<int:pk>/godkjenn/", protokoll.approve_minutes, name="approve_minutes"),
    path("referat/<int:pk>/rett/", protokoll.correct_minutes, name="correct_minutes"),
    # Discussions with the unions
    path("drofting/", drofting.list_discussions, name="list_discussions"),
    path("drofting/ny/", drofting.ask_discussion, name="ask_discussion"),
    path("drofting/<int:pk>/", drofting.read_discussion, name="read_discussion"),
    path("drofting/<int:pk>/for/", drofting.record_discussion, name="record_discussion"),
    # Networks, and whom to ask
    path("nettverk/", nettverk.list_networks, name="list_networks"),
    path("nettverk/nytt/", nettverk.make_network, name="make_network"),
    path("nettverk/<int:pk>/", nettverk.read_network, name="read_network"),
    path("nettverk/<int:pk>/endre/", nettverk.edit_network, name="edit_network"),
    path("nettverk/<int:pk>/steg/<slug:step>/", nettverk.step_network, name="step_network"),
    path("nettverk/<int:pk>/medlem/", nettverk.enrol_network, name="enrol_network"),
    path("nettverk/<int:pk>/bli-med/", nettverk.join_network, name="join_network"),
    path(
        "nettverk/<int:pk>/medlem/<int:medlem_id>/slett/",
        nettverk.leave_network,
        name="leave_network",
    ),
    path("nettverk/<int:pk>/aktivitet/", nettverk.tell_network, name="tell_network"),
    path("hvem-kan-hjelpe/", nettverk.find_help, name="find_help"),
]
