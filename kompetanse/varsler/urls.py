from django.urls import path

from kompetanse.varsler import views

app_name = "varsler"
urlpatterns = [
    path("kjoring/<int:pk>/", views.progress, name="progress"),
    path("varsler/", views.log, name="log"),
    path("varsler/<int:pk>/send/", views.resend, name="resend"),
]
