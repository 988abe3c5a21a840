"""Evaluations: the addresses."""

from django.urls import include, path

from planer.views import evaluering

urlpatterns = [
    path("evaluering/", evaluering.list_evaluations, name="list_evaluations"),
    path("evaluering/ny/", evaluering.begin_evaluation, name="begin_evaluation"),
    path(
        "evaluering/<int:pk>/",
        include(
            [
                path("", evaluering.read_evaluation, name="read_evaluation"),
                path("svar/", evaluering.answer_evaluation, name="answer_evaluation"),
                path("endre-planen/", evaluering.revise_plan, name="revise_plan"),
                path("fullfor/", evaluering.finish_evaluation, name="finish_evaluation"),
                path("pdf/", evaluering.print_evaluation, name="print_evaluation"),
            ]
        ),
    ),
]
