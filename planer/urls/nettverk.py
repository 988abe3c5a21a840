"""Networks, and whom to ask: the addresses."""

from django.urls import include, path

from planer.views import nettverk

urlpatterns = [
    path("nettverk/", nettverk.list_networks, name="list_networks"),
    path("nettverk/nytt/", nettverk.make_network, name="make_network"),
    path(
        "nettverk/<int:pk>/",
        include(
            [
                path("", nettverk.read_network, name="read_network"),
                path("endre/", nettverk.edit_network, name="edit_network"),
                path("steg/<slug:step>/", nettverk.step_network, name="step_network"),
                path("medlem/", nettverk.enrol_network, name="enrol_network"),
                path("bli-med/", nettverk.join_network, name="join_network"),
                path("medlem/<int:medlem_id>/slett/", nettverk.leave_network, name="leave_network"),
                path("aktivitet/", nettverk.tell_network, name="tell_network"),
            ]
        ),
    ),
    path("hvem-kan-hjelpe/", nettverk.find_help, name="find_help"),
]
