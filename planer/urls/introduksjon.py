"""Introduction of new employees: the addresses."""

from django.urls import include, path

from planer.views import introduksjon, introduksjonsmal

urlpatterns = [
    path(
        "introduksjon/",
        include(
            [
                path("", introduksjon.list_introductions, name="list_introductions"),
                path("min/", introduksjon.own_introductions, name="own_introductions"),
                path("<int:pk>/", introduksjon.read_introduction, name="read_introduction"),
                path("<int:pk>/pdf/", introduksjon.print_introduction, name="print_introduction"),
                path(
                    "<int:pk>/endre/", introduksjon.change_introduction, name="change_introduction"
                ),
                path("<int:pk>/avslutt/", introduksjon.end_introduction, name="end_introduction"),
                path(
                    "ny/<int:ansatt_id>/",
                    introduksjon.start_introduction,
                    name="start_introduction",
                ),
                path(
                    "ny/<int:ansatt_id>/forslag/",
                    introduksjon.start_proposed,
                    name="start_proposed",
                ),
                path(
                    "ny/<int:ansatt_id>/ingen/",
                    introduksjon.decline_introduction,
                    name="decline_introduction",
                ),
                path("steg/<int:pk>/gjort/", introduksjon.tick_step, name="tick_step"),
                path("steg/<int:pk>/angre/", introduksjon.untick_step, name="untick_step"),
            ]
        ),
    ),
    path(
        "introduksjon/maler/",
        include(
            [
                path("", introduksjonsmal.list_templates, name="list_intro_templates"),
                path("ny/", introduksjonsmal.make_template, name="make_intro_template"),
                path("<int:pk>/", introduksjonsmal.read_template, name="read_intro_template"),
                path("<int:pk>/endre/", introduksjonsmal.edit_template, name="edit_intro_template"),
                path("<int:pk>/steg/", introduksjonsmal.add_step, name="add_intro_step"),
                path("steg/<int:pk>/", introduksjonsmal.edit_step, name="edit_intro_step"),
                path(
                    "steg/<int:pk>/slett/", introduksjonsmal.remove_step, name="remove_intro_step"
                ),
            ]
        ),
    ),
]
