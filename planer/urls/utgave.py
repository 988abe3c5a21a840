"""Editions of a year's plan: drafted, heard, adopted, frozen: the addresses."""

from django.urls import include, path

from planer.urls.aar import YEAR
from planer.views import opplaringsplan

urlpatterns = [
    path("opplaringsplan/utgaver/", opplaringsplan.list_editions, name="list_editions"),
    path(f"opplaringsplan/{YEAR}utgaver/ny/", opplaringsplan.begin_edition, name="begin_edition"),
    path(
        "opplaringsplan/utgaver/<int:pk>/",
        include(
            [
                path("", opplaringsplan.read_edition, name="read_edition"),
                path("pdf/", opplaringsplan.print_edition, name="print_edition"),
                path("regneark/", opplaringsplan.export_edition, name="export_edition"),
                path("vedta/", opplaringsplan.adopt_edition, name="adopt_edition"),
                path("steg/<slug:step>/", opplaringsplan.step_edition, name="step_edition"),
            ]
        ),
    ),
]
