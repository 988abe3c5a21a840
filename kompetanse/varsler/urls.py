from django.urls import path

from kompetanse.varsler import views

app_name = "varsler"
urlpatterns = [
    path("kjoring/<int:pk>/", views.progress, name="progress"),
    path("varsler/", views.log, name="log"),
    path("varsler/<int:pk>/send/", views.resend, name="resend"),
    path("kalender/", views.own_calendar, name="own_calendar"),
    path("kalender/lag/", views.open_calendar, name="open_calendar"),
    path("kalender/slett/", views.close_calendar, name="close_calendar"),
    path("kalender/<str:token>/kompetanse.ics", views.read_calendar, name="read_calendar"),
]
