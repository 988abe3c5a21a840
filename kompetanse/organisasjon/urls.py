from django.urls import path

from kompetanse.organisasjon.views import hjelp, oppsett

app_name = "organisasjon"
urlpatterns = [
    path("hjelp/hvem-ser-hva/", hjelp.who_may, name="who_may"),
    path("innstillinger/", oppsett.settings, name="settings"),
]
