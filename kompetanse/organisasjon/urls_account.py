"""Logging in and out, by django-allauth. There is no sign-up and no link by e-mail."""

from allauth.account import views
from django.urls import path
from django.views.generic import RedirectView

to_help = RedirectView.as_view(pattern_name="skall:help")

urlpatterns = [
    path("logg-inn/", views.login, name="account_login"),
    path("logg-ut/", views.logout, name="account_logout"),
    path("passord/", views.password_change, name="account_change_password"),
    path("bekreft/", views.reauthenticate, name="account_reauthenticate"),
    path("sperret/", views.account_inactive, name="account_inactive"),
    path("ny/", to_help, name="account_signup"),
    path("glemt/", to_help, name="account_reset_password"),
    path("sett-passord/", to_help, name="account_set_password"),
    path("e-post/", to_help, name="account_email"),
]
