"""Measures, training plans and their effect: the addresses."""

from django.urls import include, path

from planer.urls.aar import YEAR
from planer.views import (
    felles,
    kolonne,
    oppfolging,
    oppslag,
    plan,
    rad,
    rullering,
    samling,
    tiltak,
    tiltaksark,
)

urlpatterns = [
    path(
        "opplaringsplan/",
        include(
            [
                path("", plan.open_training, name="open_training"),
                path(YEAR, plan.read_training, name="read_training"),
                path(f"{YEAR}pdf/", plan.print_training, name="print_training"),
                path(f"{YEAR}regneark/", plan.export_training, name="export_training"),
                path(f"{YEAR}nytt/", tiltak.add_measure, name="add_measure"),
                path(f"{YEAR}hent/", tiltak.carry_measures, name="carry_measures"),
                path(f"{YEAR}rullering/", rullering.read_rolling, name="read_rolling"),
                path(f"{YEAR}rullering/avgjor/", rullering.roll_measures, name="roll_measures"),
                path(f"{YEAR}rullering/pdf/", rullering.print_rolling, name="print_rolling"),
                path(f"{YEAR}rullering/regneark/", rullering.export_rolling, name="export_rolling"),
                path("tiltak/<int:pk>/angre-ut/", rullering.regret_measure, name="regret_measure"),
                path(f"{YEAR}felles/", felles.read_joint, name="read_joint"),
                path(f"{YEAR}ark/", tiltaksark.read_sheet, name="read_sheet"),
                path(f"{YEAR}ark/hent/", tiltaksark.prepare_sheet, name="prepare_sheet"),
                path("ark/<int:pk>/", tiltaksark.check_sheet, name="check_sheet"),
                path(f"{YEAR}innlevering/", samling.submit_joint, name="submit_joint"),
                path(f"{YEAR}samling/", samling.gather_joint, name="gather_joint"),
                path("tiltak/<int:pk>/del/", samling.split_measure, name="split_measure"),
                path(f"{YEAR}felles/pdf/", felles.print_joint, name="print_joint"),
                path(f"{YEAR}felles/regneark/", felles.export_joint, name="export_joint"),
                path(f"{YEAR}handlingsplan/", felles.read_activities, name="read_activities"),
                path(f"{YEAR}handlingsplan/pdf/", felles.print_activities, name="print_activities"),
                path(
                    f"{YEAR}handlingsplan/regneark/",
                    felles.export_activities,
                    name="export_activities",
                ),
                path(f"{YEAR}oppslag/", oppslag.read_poster, name="read_poster"),
                path(f"{YEAR}oppslag/pdf/", oppslag.print_poster, name="print_poster"),
                path("kolonner/", kolonne.edit_columns, name="edit_columns"),
                path("tiltak/<int:pk>/", tiltak.edit_measure, name="edit_measure"),
                path("tiltak/<int:pk>/rad/", rad.follow_measure, name="follow_measure"),
                path(
                    "tiltak/<int:pk>/oppfolging/",
                    oppfolging.read_dates_measure,
                    name="read_dates_measure",
                ),
                path(
                    "tiltak/<int:pk>/effekt/",
                    oppfolging.begin_effect_measure,
                    name="begin_effect_measure",
                ),
            ]
        ),
    ),
    path("effekt/<int:pk>/", oppfolging.measure_effect, name="measure_effect"),
]
