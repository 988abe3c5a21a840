from django.urls import path

from kompetanse.organisasjon.views import folk, hjelp, innsyn, oppsett, rolle, stedfortreder

app_name = "organisasjon"
urlpatterns = [
    path("folk/", folk.people, name="people"),
    path("innsyn/", innsyn.sessions, name="looks"),
    path("innsyn/avslutt/", innsyn.end_looking, name="end_looking"),
    path("innsyn/<int:pk>/", innsyn.look, name="look"),
    path("roller/", rolle.roles, name="roles"),
    path("roller/ny/<int:pk>/", rolle.give_role, name="give_role"),
    path("roller/<int:pk>/avslutt/", rolle.end_role, name="end_role"),
    path("stedfortreder/", stedfortreder.deputies, name="deputies"),
    path("stedfortreder/<int:ansatt_id>/ny/", stedfortreder.choose_deputy, name="choose_deputy"),
    path("stedfortreder/<int:ansatt_id>/ny/<int:pk>/", stedfortreder.set_deputy, name="set_deputy"),
    path("stedfortreder/<int:pk>/avslutt/", stedfortreder.end_deputy, name="end_deputy"),
    path("hjelp/hvem-ser-hva/", hjelp.who_may, name="who_may"),
    path("innstillinger/", oppsett.settings, name="settings"),
]
