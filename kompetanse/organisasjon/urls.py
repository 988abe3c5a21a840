from django.urls import path

from kompetanse.organisasjon.views import folk, hjelp, innsyn, oppsett

app_name = "organisasjon"
urlpatterns = [
    path("folk/", folk.people, name="people"),
    path("innsyn/", innsyn.sessions, name="looks"),
    path("innsyn/avslutt/", innsyn.end_looking, name="end_looking"),
    path("innsyn/<int:pk>/", innsyn.look, name="look"),
    path("hjelp/hvem-ser-hva/", hjelp.who_may, name="who_may"),
    path("innstillinger/", oppsett.settings, name="settings"),
]
