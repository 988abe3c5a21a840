from django.urls import path

from kompetanse.innlogging.views import openid, people, providers, sessions

app_name = "innlogging"
urlpatterns = [
    path("konto/openid/<int:pk>/", openid.start, name="openid_start"),
    path("konto/openid/<int:pk>/svar/", openid.finish, name="openid_finish"),
    path("konto/openid/<int:pk>/ut/", openid.logged_out, name="openid_logged_out"),
    path("konto/openid/", openid.required, name="openid_required"),
    path("konto/glemt-passord/", sessions.forgotten, name="forgotten"),
    path("konto/utgatt/", sessions.expired, name="expired"),
    path("profil/innlogget/", sessions.sessions, name="sessions"),
    path("profil/innlogget/ut/", sessions.end_all, name="sessions_end_all"),
    path("profil/innlogget/<int:pk>/ut/", sessions.end, name="sessions_end"),
    path("innlogging/", people.people, name="people"),
    path("innlogging/<int:pk>/", people.person, name="person"),
    path("innlogging/<int:pk>/engangspassord/", people.one_time, name="one_time"),
    path("innlogging/<int:pk>/to-trinn/", people.remove_factors, name="remove_factors"),
    path("innlogging/<int:pk>/ut/", people.end_sessions, name="end_sessions"),
    path("innlogging/kobling/<int:pk>/slett/", people.unlink, name="unlink"),
    path("innlogging/tjenester/", providers.providers, name="providers"),
    path("innlogging/tjenester/ny/", providers.add, name="add_provider"),
    path("innlogging/tjenester/<int:pk>/", providers.edit, name="provider"),
    path("innlogging/tjenester/<int:pk>/prov/", providers.try_out, name="try_provider"),
    path("innlogging/tjenester/<int:pk>/slett/", providers.delete, name="delete_provider"),
]
