from django.urls import path

from kompetanse.organisasjon import views

app_name = "organisasjon"
urlpatterns = [
    path("hjelp/hvem-ser-hva/", views.who_may, name="who_may"),
]
