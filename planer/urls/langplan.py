"""The long training plan, and its learning arenas: the addresses."""

from django.urls import include, path

from planer.views import arena, langplan, langrullering

urlpatterns = [
    path(
        "laringsarenaer/",
        include(
            [
                path("", arena.list_arenas, name="list_arenas"),
                path("ny/", arena.add_arena, name="add_arena"),
                path("<int:pk>/", arena.edit_arena, name="edit_arena"),
                path("<int:pk>/slett/", arena.remove_arena, name="remove_arena"),
            ]
        ),
    ),
    path("langplan/", langplan.list_longs, name="list_longs"),
    path("langplan/ny/", langplan.make_long, name="make_long"),
    path(
        "langplan/<int:pk>/",
        include(
            [
                path("", langplan.read_long, name="read_long"),
                path("pdf/", langplan.print_long, name="print_long"),
                path("vedtatt/", langplan.print_adopted_long, name="print_adopted_long"),
                path("regneark/", langplan.export_long, name="export_long"),
                path("mal/nytt/", langplan.add_goal, name="add_goal"),
                path("vedta/", langplan.adopt_long, name="adopt_long"),
                path("ny-utgave/", langrullering.roll_long, name="roll_long"),
                path("steg/<slug:step>/", langplan.step_long, name="step_long"),
            ]
        ),
    ),
    path(
        "langplan/mal/<int:pk>/",
        include(
            [
                path("", langplan.read_goal, name="read_goal"),
                path("endre/", langplan.edit_goal, name="edit_goal"),
                path("slett/", langplan.remove_goal, name="remove_goal"),
            ]
        ),
    ),
]
