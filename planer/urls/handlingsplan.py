"""The action plan of a year, and what goes into the budget: the addresses."""

from django.urls import include, path

from planer.urls.aar import YEAR
from planer.views import handlingsplan, konto, lop

urlpatterns = [
    path("lop/", lop.open_path, name="open_path"),
    path(f"lop/{YEAR}", lop.read_path, name="read_path"),
    path(
        "handlingsplan/",
        include(
            [
                path(YEAR, handlingsplan.read_actions, name="read_actions"),
                path(f"{YEAR}lag/", handlingsplan.begin_actions, name="begin_actions"),
                path(f"{YEAR}endre/", handlingsplan.edit_actions, name="edit_actions"),
                path(f"{YEAR}steg/<slug:step>/", handlingsplan.step_actions, name="step_actions"),
                path(f"{YEAR}resten/", handlingsplan.approve_rest, name="approve_rest"),
                path(f"{YEAR}vedta/", handlingsplan.decide_actions, name="decide_actions"),
                path(f"{YEAR}pdf/", handlingsplan.print_actions, name="print_actions"),
                path(f"{YEAR}budsjett/", handlingsplan.read_budget, name="read_budget"),
                path(
                    f"{YEAR}budsjett/<slug:form>/",
                    handlingsplan.export_budget,
                    name="export_budget",
                ),
                path("punkt/<int:pk>/", handlingsplan.weigh_point, name="weigh_point"),
                path("okonomiplan/", konto.set_economic_plan, name="set_economic_plan"),
            ]
        ),
    ),
    path(
        "handlingsplan/konto/",
        include(
            [
                path("", konto.list_accounts, name="list_accounts"),
                path("ny/", konto.add_account, name="add_account"),
                path("<int:pk>/", konto.edit_account, name="edit_account"),
                path("<int:pk>/slett/", konto.remove_account, name="remove_account"),
            ]
        ),
    ),
]
