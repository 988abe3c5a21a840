from django.urls import URLPattern, path

from soknader.views import (
    arbeidsark,
    avtale,
    brev,
    brevmal,
    brudd,
    endring,
    framdrift,
    hvahvis,
    innsending,
    kalkulator,
    mine,
    mote,
    offentlig,
    oppfolging,
    ordning,
    prioritering,
    runde,
    sak,
    settestedfortreder,
    soknad,
    sporsmal,
    tall,
    utbetaling,
    utlysning,
    utsending,
    uttalelse,
    vedlegg,
    vedtak,
)

app_name = "soknader"

# --- the employee -----------------------------------------------------------------------------

soknad_urls: list[URLPattern] = [
    path("utlysning/", offentlig.current, name="public_announcement"),
    path("utlysning/<int:pk>/", offentlig.one, name="public_round"),
    path("utlysning/<int:pk>/utlysning.pdf", offentlig.poster, name="public_poster"),
    path("soknad/regn/", kalkulator.calculator, name="calculator"),
    path("soknad/", utlysning.announcement, name="announcement"),
    path("soknad/utlysning.pdf", utlysning.poster, name="poster"),
    path("soknad/pa-vegne/", utlysning.register, name="register"),
    path("soknad/<int:pk>/steg/<int:number>/", soknad.step, name="step"),
    path("soknad/<int:pk>/steg/<int:number>/lagre/", soknad.autosave, name="autosave"),
    path("soknad/<int:pk>/oppsummering/", innsending.summary, name="summary"),
    path("soknad/<int:pk>/kvittering/", innsending.receipt, name="receipt"),
    path("soknad/<int:pk>/kopi.pdf", innsending.copy, name="copy"),
    path("soknad/<int:pk>/slett/", soknad.discard, name="discard"),
    path("soknad/<int:pk>/vedlegg/", vedlegg.attach, name="attach"),
    path("soknad/<int:pk>/vedlegg/<int:vedlegg_id>/slett/", vedlegg.detach, name="detach"),
    path("vedlegg/<int:pk>/", vedlegg.download, name="download"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<int:pk>/", mine.own, name="own"),
    path("mine/<int:pk>/trekk/", mine.withdraw, name="withdraw"),
    path("mine/<int:pk>/overta/", mine.take_over, name="take_over"),
    path("mine/<int:pk>/sporsmal/", sporsmal.answer, name="answer_question"),
]

# --- the leader -------------------------------------------------------------------------------

leder_urls: list[URLPattern] = [
    path("leder/soknader/", uttalelse.to_recommend, name="to_recommend"),
    path("leder/soknader/<int:pk>/", uttalelse.recommend, name="recommend"),
    path("leder/soknader/<int:pk>/neste/", uttalelse.skip, name="skip_statement"),
    path("leder/soknader/<int:pk>/sporsmal/", sporsmal.ask, name="ask"),
    path("leder/soknader/<int:pk>/inhabil/", uttalelse.recuse, name="recuse_leader"),
]

# --- the advisor's rounds ---------------------------------------------------------------------

runde_urls: list[URLPattern] = [
    path("runder/", runde.rounds, name="rounds"),
    path("runder/ny/", runde.prepare, name="prepare_round"),
    path("runder/<int:pk>/", runde.detail, name="round"),
    path("runder/<int:pk>/endre/", runde.edit, name="edit_round"),
    path("runder/<int:pk>/utdanninger/", runde.set_educations, name="set_educations"),
    path("runder/<int:pk>/kriterier/", runde.set_criteria, name="set_criteria"),
    path("runder/<int:pk>/apne/", runde.open_round, name="open_round"),
    path("runder/<int:pk>/ordninger/", ordning.choose, name="set_schemes"),
    path("ordninger/", ordning.schemes, name="schemes"),
    path("ordninger/ny/", ordning.add, name="add_scheme"),
    path("ordninger/<int:ordning_id>/", ordning.revise, name="revise_scheme"),
]

# --- the group's list of priorities, its cases and the meeting ----------------------------------

prioritering_urls: list[URLPattern] = [
    path("prioritering/", prioritering.rounds, name="priorities"),
    path("prioritering/<int:runde_id>/", prioritering.rank, name="rank"),
    path("prioritering/<int:runde_id>/start/", prioritering.start, name="start_ranking"),
    path("prioritering/<int:runde_id>/flytt/", prioritering.move, name="move"),
    path("prioritering/<int:runde_id>/sorter/", prioritering.suggest_order, name="suggest_order"),
    path("prioritering/<int:runde_id>/utkast/", prioritering.suggest_drafts, name="suggest_drafts"),
    path("prioritering/<int:runde_id>/apne-poeng/", prioritering.open_points, name="open_points"),
    path("prioritering/<int:runde_id>/endringer/", endring.log, name="changes"),
    path("prioritering/<int:runde_id>/angre/<int:endring_id>/", endring.undo, name="undo"),
    path(
        "prioritering/<int:runde_id>/angre-til/<int:endring_id>/",
        endring.undo_back_to,
        name="undo_back_to",
    ),
    path("prioritering/<int:runde_id>/hva-hvis/", hvahvis.what_if, name="what_if"),
    path("prioritering/<int:runde_id>/arbeidsark/", arbeidsark.worksheet, name="worksheet"),
    path("prioritering/<int:runde_id>/arbeidsark.xlsx", arbeidsark.download, name="worksheet_file"),
    path(
        "prioritering/<int:runde_id>/arbeidsark/lagre/", arbeidsark.confirm, name="save_worksheet"
    ),
    path("prioritering/<int:runde_id>/regneark/", prioritering.export, name="export_priorities"),
    path(
        "prioritering/<int:runde_id>/pdf/", prioritering.print_priorities, name="print_priorities"
    ),
    path("prioritering/<int:runde_id>/mote/", mote.project, name="project"),
    path("mote/<int:mote_id>/vis/", mote.present_meeting, name="present_meeting"),
    path("mote/<int:mote_id>/folg/", mote.follow_meeting, name="follow_meeting"),
    path("mote/<int:mote_id>/sak/<int:soknad_id>/", mote.say_of_case, name="say_of_case"),
    path("prioritering/<int:runde_id>/sak/<int:soknad_id>/", sak.weigh, name="weigh"),
    path("prioritering/<int:runde_id>/sak/<int:soknad_id>/poeng/", sak.score, name="score"),
    path("prioritering/<int:runde_id>/sak/<int:soknad_id>/plass/", sak.explain, name="explain"),
    path("prioritering/<int:runde_id>/sak/<int:soknad_id>/utkast/", sak.draft, name="draft"),
    path("prioritering/<int:runde_id>/sak/<int:soknad_id>/kommentar/", sak.comment, name="comment"),
    path("prioritering/<int:runde_id>/sak/<int:soknad_id>/inhabil/", sak.recuse, name="recuse"),
]

# --- the decisions ----------------------------------------------------------------------------

vedtak_urls: list[URLPattern] = [
    path(
        "vedtak/<int:runde_id>/sak/<int:soknad_id>/settestedfortreder/",
        settestedfortreder.ask_decider,
        name="ask_decider",
    ),
    path("settestedfortreder/<int:pk>/", settestedfortreder.name_decider, name="name_decider"),
    path(
        "settestedfortreder/<int:pk>/vedta/", settestedfortreder.decide_named, name="decide_named"
    ),
    path("vedtak/<int:runde_id>/", vedtak.decisions, name="decisions"),
    path("vedtak/<int:runde_id>/vedta/", vedtak.decide, name="decide"),
    path("vedtak/<int:runde_id>/sak/<int:vedtak_id>/", vedtak.replace, name="replace"),
]

# --- the letters ------------------------------------------------------------------------------

brev_urls: list[URLPattern] = [
    path("svarbrev/maler/", brevmal.texts, name="letter_texts"),
    path("svarbrev/maler/<str:lang>/<str:outcome>/", brevmal.edit, name="edit_letter_text"),
    path("svarbrev/maler/<str:lang>/<str:outcome>/prove.pdf", brevmal.sample, name="letter_sample"),
    path("svarbrev/<int:runde_id>/", brev.letters, name="letters"),
    path("svarbrev/<int:runde_id>/lag/", brev.make, name="make_letters"),
    path("svarbrev/<int:runde_id>/send/", utsending.send, name="send_letters"),
    path("svarbrev/<int:runde_id>/stopp/", utsending.stop, name="stop_letters"),
    path("svarbrev/<int:runde_id>/na/", utsending.send_now, name="send_letters_now"),
    path("svarbrev/<int:runde_id>/framdrift/", utsending.progress, name="sending"),
    path("svarbrev/<int:runde_id>/varsel/<int:pk>/", utsending.resend, name="resend_letter_notice"),
    path("brev/<int:pk>/", brev.read, name="letter"),
    path("mine/<int:pk>/svar/", brev.reply, name="reply"),
]

# --- contracts, payments and progress ------------------------------------------------------------

avtale_urls: list[URLPattern] = [
    path("mine/avtaler/", avtale.mine, name="own_contracts"),
    path("avtale/<int:avtale_id>/", avtale.contract, name="contract"),
    path("avtale/<int:avtale_id>/avtale.pdf", avtale.pdf, name="contract_pdf"),
    path("avtale/<int:avtale_id>/signer/", avtale.sign, name="sign_contract"),
    path("avtale/<int:avtale_id>/pause/", brudd.pause, name="pause_contract"),
    path("avtale/<int:avtale_id>/pause/slutt/", brudd.resume, name="resume_contract"),
    path("avtale/<int:avtale_id>/brudd/", brudd.breach, name="breach_contract"),
    path("avtale/<int:avtale_id>/betalt/", brudd.repay, name="repay_contract"),
    path("avtale/<int:avtale_id>/ettergi/", brudd.release, name="release_contract"),
    path("avtaler/", oppfolging.contracts, name="contracts"),
    path("avtaler/oppfylt/", oppfolging.fulfil, name="fulfil_contracts"),
    path("avtaler/regler/", oppfolging.binding_rules, name="binding_rules"),
    path("avtaler/regler/ny/", oppfolging.add_rule, name="add_binding_rule"),
    path("avtaler/regler/<int:regel_id>/", oppfolging.edit_rule, name="edit_binding_rule"),
    path("mine/<int:pk>/utbetaling/", utbetaling.own, name="own_payments"),
    path("utbetalinger/", utbetaling.payments, name="payments"),
    path("utbetalinger/lonn.xlsx", utbetaling.payroll, name="payroll"),
    path("utbetalinger/overfort/", utbetaling.transfer, name="transfer_payments"),
    path("utbetalinger/<int:utbetaling_id>/", utbetaling.decide, name="decide_payment"),
    path("utbetalinger/<int:utbetaling_id>/bilag/", utbetaling.receipt, name="payment_receipt"),
    path("mine/<int:pk>/framdrift/", framdrift.report, name="report_progress"),
    path("studier/", framdrift.studies, name="studies"),
    path("studier/<int:framdrift_id>/", framdrift.confirm, name="confirm_study"),
    path("studier/<int:framdrift_id>/bevis/", framdrift.evidence, name="study_evidence"),
]

# --- the figures ------------------------------------------------------------------------------

tall_urls: list[URLPattern] = [
    path("tall/", tall.figures, name="figures"),
    path("tall/tall.xlsx", tall.workbook, name="figures_workbook"),
]

urlpatterns: list[URLPattern] = [
    *soknad_urls,
    *leder_urls,
    *runde_urls,
    *prioritering_urls,
    *vedtak_urls,
    *brev_urls,
    *avtale_urls,
    *tall_urls,
]
