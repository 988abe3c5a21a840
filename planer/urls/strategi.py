"""The strategy plan: the addresses."""

from django.urls import include, path

from planer.views import strategi, strategiutkast

urlpatterns = [
    path("plan/strategi/", strategi.list_plans, name="list_plans"),
    path("plan/strategi/ny/", strategi.make_plan, name="make_plan"),
    path(
        "plan/strategi/<int:pk>/",
        include(
            [
                path("", strategi.read_plan, name="read_plan"),
                path("pdf/", strategi.print_plan, name="print_plan"),
                path("endre/", strategiutkast.edit_plan, name="edit_plan"),
                path("endre/forside/", strategiutkast.edit_head, name="edit_head"),
                path("endre/enheter/", strategiutkast.cover_units, name="cover_units"),
                path("endre/<slug:part>/ny/", strategiutkast.add_part, name="add_part"),
                path("endre/<slug:part>/<int:row_id>/", strategiutkast.edit_part, name="edit_part"),
                path(
                    "endre/<slug:part>/<int:row_id>/slett/",
                    strategiutkast.remove_part,
                    name="remove_part",
                ),
                path("vedta/", strategi.adopt_plan, name="adopt_plan"),
                path("ny-utgave/", strategi.roll_plan, name="roll_plan"),
                path("steg/<slug:step>/", strategi.step_plan, name="step_plan"),
            ]
        ),
    ),
]
