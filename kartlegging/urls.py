"""Pages of needs, guidance, competence and GAP."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter

from kartlegging.views import (
    beholdning,
    behov,
    behovsdel,
    fellesbehov,
    forslag,
    gap,
    krav,
    papir,
    purring,
    samlet,
    styring,
)


class PlanYear(IntConverter):
    """A year that a plan can be for."""

    regex = "20[0-9]{2}"


register_converter(PlanYear, "plan_year")

app_name = "kartlegging"

FORM = "behov/<plan_year:year>/<int:enhet_id>/"
UNIT = "kompetanse/<int:enhet_id>/"
GAP = "gap/<plan_year:year>/"

urlpatterns: list[URLPattern] = [
    # Needs forms
    path("behov/", behov.index, name="needs"),
    path("behov/<plan_year:year>/", behov.index, name="needs_of_year"),
    path("behov/<plan_year:year>/purr/", purring.remind, name="needs_remind"),
    path("behov/<plan_year:year>/mate/", samlet.by_kind, name="needs_by_kind"),
    path(FORM, behov.form, name="needs_form"),
    path(f"{FORM}start/", behov.start, name="needs_start"),
    path(f"{FORM}pdf/", papir.print_needs, name="needs_pdf"),
    path(f"{FORM}oppsummering/", behov.summary, name="needs_summary"),
    path(f"{FORM}send/", behov.submit, name="needs_submit"),
    path(f"{FORM}kvittering/", behov.receipt, name="needs_receipt"),
    path(f"{FORM}apne/", behov.reopen, name="needs_reopen"),
    path(f"{FORM}<slug:key>/", behovsdel.section, name="needs_section"),
    # Guidance
    path("styringssignaler/<plan_year:year>/", styring.index, name="guidance"),
    path("styringssignaler/<plan_year:year>/ny/", styring.write, name="guidance_write"),
    path("styringssignaler/<int:pk>/endre/", styring.change, name="guidance_change"),
    path("styringssignaler/<int:pk>/slett/", styring.delete, name="guidance_delete"),
    # Competence
    path("min-kompetanse/", beholdning.mine, name="mine"),
    path("min-kompetanse/ny/", beholdning.declare, name="declare"),
    path("min-kompetanse/<int:pk>/endre/", beholdning.declare, name="redeclare"),
    path("min-kompetanse/<int:pk>/slett/", beholdning.remove, name="remove"),
    path("kompetanse/", beholdning.units, name="units"),
    path("kompetanse/sok/", beholdning.search, name="search"),
    path("kompetanse/bekreft/", beholdning.waiting, name="waiting"),
    path("kompetanse/bekreft/<int:pk>/", beholdning.confirm, name="confirm"),
    path("kompetanse/forslag/", forslag.confirm_course, name="confirm_course"),
    path("kompetanse/forslag/<int:pk>/", forslag.confirm_proposal, name="confirm_proposal"),
    path("kompetanse/forslag/<int:pk>/avvis/", forslag.decline_proposal, name="decline_proposal"),
    path(UNIT, beholdning.matrix, name="matrix"),
    path(f"{UNIT}registrer/", beholdning.register, name="register"),
    path(f"{UNIT}krav/", krav.index, name="requirements"),
    path(f"{UNIT}krav/nytt/", krav.add, name="requirement_add"),
    path("krav/<int:pk>/endre/", krav.change, name="requirement_change"),
    path("krav/<int:pk>/slett/", krav.delete, name="requirement_delete"),
    # Common needs
    path("felles-behov/", fellesbehov.common, name="common"),
    path("felles-behov/krav/ny/", fellesbehov.add_training, name="add_law"),
    path("felles-behov/krav/<int:pk>/", fellesbehov.read_training, name="read_training"),
    path("felles-behov/krav/<int:pk>/slett/", fellesbehov.drop_training, name="drop_training"),
    path("fagsystem/nytt/", fellesbehov.make_system, name="make_system"),
    path("fagsystem/<int:pk>/", fellesbehov.read_system, name="read_system"),
    path("fagsystem/<int:pk>/endre/", fellesbehov.edit_system, name="edit_system"),
    path("fagsystem/<int:pk>/krav/", fellesbehov.add_training, name="ask_system"),
    # GAP
    path("gap/", gap.index, name="gap_now"),
    path(GAP, gap.index, name="gap"),
    path(f"{GAP}las/", gap.settle, name="gap_settle"),
    path(f"{GAP}pdf/", papir.print_gap, name="gap_pdf"),
    path(f"{GAP}regneark/", gap.workbook, name="gap_workbook"),
    path(f"{GAP}<int:enhet_id>/", gap.of_unit, name="gap_of_unit"),
    path(f"{GAP}<int:enhet_id>/regneark/", gap.workbook, name="gap_workbook_of_unit"),
    path("gap/analyse/<int:pk>/", gap.analysis, name="gap_analysis"),
    path("gap/analyse/<int:pk>/pdf/", papir.print_analysis, name="gap_analysis_pdf"),
    path("gap/analyse/<int:pk>/regneark/", gap.analysis_workbook, name="gap_analysis_workbook"),
]
