"""The platform's own pages, for those who run it; outside all Kommuner."""

from django.urls import path

from kompetanse.plattform.views import kommune, operator

app_name = "operator"
urlpatterns = [
    path("", kommune.tenants, name="tenants"),
    path("logg-inn/", operator.log_in, name="log_in"),
    path("logg-ut/", operator.log_out, name="log_out"),
    path("velkommen/<str:token>/", operator.accept, name="accept"),
    path("ny/", kommune.found, name="found"),
    path("hendelser/", kommune.trail, name="trail"),
    path("kommune/<slug:slug>/", kommune.tenant, name="tenant"),
    path("kommune/<slug:slug>/pause/", kommune.pause, name="pause"),
    path("kommune/<slug:slug>/apne/", kommune.resume, name="resume"),
    path("kommune/<slug:slug>/ny-adresse/", kommune.welcome_again, name="welcome_again"),
    path("kommune/<slug:slug>/innsyn/", kommune.ask, name="ask"),
    path("kommune/<slug:slug>/innsyn/<int:pk>/inn/", kommune.enter, name="enter"),
]
