"""Meetings, minutes, and discussions with the unions: the addresses."""

from django.urls import include, path

from planer.views import dagsorden, drofting, mote, protokoll

urlpatterns = [
    path("mote/", mote.list_meetings, name="list_meetings"),
    path("mote/nytt/", mote.arrange_meeting, name="arrange_meeting"),
    path(
        "mote/<int:pk>/",
        include(
            [
                path("", mote.read_meeting, name="read_meeting"),
                path("endre/", mote.edit_meeting, name="edit_meeting"),
                path("avlys/", mote.cancel_meeting, name="cancel_meeting"),
                path("steg/<slug:step>/", mote.step_meeting, name="step_meeting"),
                path("kalender.ics", mote.calendar_meeting, name="calendar_meeting"),
                path("oppmote/", mote.attend_meeting, name="attend_meeting"),
                path("forfall/", mote.decline_meeting, name="decline_meeting"),
                path("saksliste/", dagsorden.plan_agenda, name="plan_agenda"),
                path("saksliste/lag/", dagsorden.fill_agenda, name="fill_agenda"),
                path("saksliste/<int:punkt_id>/", dagsorden.edit_point, name="edit_point"),
                path(
                    "saksliste/<int:punkt_id>/innspill/",
                    dagsorden.say_in_meeting,
                    name="say_in_meeting",
                ),
                path(
                    "saksliste/<int:punkt_id>/<slug:way>/", dagsorden.move_point, name="move_point"
                ),
                path("papir/", dagsorden.add_paper, name="add_paper"),
                path("papir/<int:papir_id>/", dagsorden.download_paper, name="download_paper"),
                path("papir/<int:papir_id>/slett/", dagsorden.remove_paper, name="remove_paper"),
                path("referat/", protokoll.draft_minutes, name="draft_minutes"),
                path("deltaker/", mote.invite_person, name="invite_person"),
                path("deltaker/<int:row_id>/slett/", mote.dismiss_person, name="dismiss_person"),
            ]
        ),
    ),
    path(
        "referat/<int:pk>/",
        include(
            [
                path("", protokoll.read_minutes, name="read_minutes"),
                path("pdf/", protokoll.print_minutes, name="print_minutes"),
                path("skriv/", protokoll.write_minutes, name="write_minutes"),
                path("hent/", protokoll.refresh_minutes, name="refresh_minutes"),
                path("send/", protokoll.send_minutes, name="send_minutes"),
                path("svar/", protokoll.remark_minutes, name="remark_minutes"),
                path("godkjenn/", protokoll.approve_minutes, name="approve_minutes"),
                path("rett/", protokoll.correct_minutes, name="correct_minutes"),
            ]
        ),
    ),
    path(
        "drofting/",
        include(
            [
                path("", drofting.list_discussions, name="list_discussions"),
                path("ny/", drofting.ask_discussion, name="ask_discussion"),
                path("<int:pk>/", drofting.read_discussion, name="read_discussion"),
                path("<int:pk>/for/", drofting.record_discussion, name="record_discussion"),
            ]
        ),
    ),
]
