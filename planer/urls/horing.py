"""Hearings, and adopted plans for anyone: the addresses."""

from django.urls import include, path

from planer.views import horing, offentlig

urlpatterns = [
    path("plan/strategi/<int:pk>/horing/", horing.hear_plan, name="hear_plan"),
    path("langplan/<int:pk>/horing/", horing.hear_long, name="hear_long"),
    path("opplaringsplan/utgaver/<int:pk>/horing/", horing.hear_edition, name="hear_edition"),
    path("horing/<int:pk>/", horing.read_hearing, name="read_hearing"),
    path(
        "vedtatte-planer/",
        include(
            [
                path("", offentlig.list_published, name="list_published"),
                path("<int:pk>/", offentlig.read_published, name="read_published"),
                path("<int:pk>/plan.pdf", offentlig.print_published, name="print_published"),
            ]
        ),
    ),
]
