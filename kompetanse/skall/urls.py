from django.urls import path

from kompetanse.skall.views import own, public

app_name = "skall"
urlpatterns = [
    path("", public.start, name="start"),
    path("hjem/", own.home, name="home"),
    path("profil/", own.profile, name="profile"),
    path("profil/her/", own.stay, name="stay"),
    path("sprak/", public.choose_language, name="language"),
    path("hjelp/", public.help_page, name="help"),
    path("tilgjengelighet/", public.accessibility, name="accessibility"),
    path("personvern/", public.privacy, name="privacy"),
]
