"""Courses and professional days: the addresses."""

from django.urls import include, path

from planer.views import arrangement, oppmote

urlpatterns = [
    path(
        "kurs/",
        include(
            [
                path("", arrangement.list_events, name="list_events"),
                path("nytt/", arrangement.arrange_event, name="arrange_event"),
                path("fagdager/", arrangement.read_fagdager, name="read_fagdager"),
            ]
        ),
    ),
    path(
        "kurs/<int:pk>/",
        include(
            [
                path("", arrangement.read_event, name="read_event"),
                path("endre/", arrangement.edit_event, name="edit_event"),
                path("avlys/", arrangement.cancel_event, name="cancel_event"),
                path("meld-pa/", arrangement.join_event, name="join_event"),
                path("meld-av/", arrangement.leave_event, name="leave_event"),
                path("meld-pa-flere/", arrangement.send_team, name="send_team"),
                path("oppmote/", oppmote.attend_event, name="attend_event"),
                path("liste.pdf", oppmote.print_list_event, name="print_list_event"),
                path("oppmote/skann/", oppmote.scan_list_event, name="scan_list_event"),
                path("kode/", oppmote.show_code_event, name="show_code_event"),
                path("her/", oppmote.meet_event, name="meet_event"),
                path("evaluer/", arrangement.evaluate_event, name="evaluate_event"),
                path("kursbevis.pdf", arrangement.certify_event, name="certify_event"),
                path("kalender.ics", arrangement.calendar_event, name="calendar_event"),
            ]
        ),
    ),
]
