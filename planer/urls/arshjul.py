"""The yearly wheel: the addresses."""

from django.urls import include, path

from planer.urls.aar import YEAR
from planer.views import arshjul

urlpatterns = [
    path(
        "arshjul/",
        include(
            [
                path("", arshjul.open_wheel, name="open_wheel"),
                path(YEAR, arshjul.read_wheel, name="read_wheel"),
                path(f"{YEAR}pdf/", arshjul.print_wheel, name="print_wheel"),
                path(f"{YEAR}ny/", arshjul.add_activity, name="add_activity"),
                path(f"{YEAR}hent/", arshjul.copy_wheel, name="copy_wheel"),
            ]
        ),
    ),
    path(
        "arshjul/aktivitet/<int:pk>/",
        include(
            [
                path("", arshjul.edit_activity, name="edit_activity"),
                path("slett/", arshjul.remove_activity, name="remove_activity"),
                path("kvitter/", arshjul.tick_activity, name="tick_activity"),
                path("angre/", arshjul.untick_activity, name="untick_activity"),
            ]
        ),
    ),
]
