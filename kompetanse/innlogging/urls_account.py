"""Logging in and out, by django-allauth: its names, our paths. No sign-up, no link by e-mail."""

from django.urls import path
from django.views.generic import RedirectView

from kompetanse.innlogging.views import account as views
from kompetanse.organisasjon.access import public

to_help = public(RedirectView.as_view(pattern_name="innlogging:forgotten"))
to_factors = views.own(RedirectView.as_view(pattern_name="mfa_index"))

urlpatterns = [
    path("logg-inn/", views.login, name="account_login"),
    path("logg-inn/kode/", views.authenticate, name="mfa_authenticate"),
    path("logg-inn/passnokkel/", views.login_passkey, name="mfa_login_webauthn"),
    path("logg-ut/", views.logout, name="account_logout"),
    path("passord/", views.change_password, name="account_change_password"),
    path("bekreft/", views.reauthenticate, name="account_reauthenticate"),
    path("bekreft/kode/", views.reauthenticate_code, name="mfa_reauthenticate"),
    path("bekreft/passnokkel/", views.reauthenticate_passkey, name="mfa_reauthenticate_webauthn"),
    path("sperret/", views.inactive, name="account_inactive"),
    path("ny/", to_help, name="account_signup"),
    path("glemt/", to_help, name="account_reset_password"),
    path("sett-passord/", to_help, name="account_set_password"),
    path("e-post/", to_help, name="account_email"),
    path("to-trinn/", views.index, name="mfa_index"),
    path("to-trinn/app/", views.activate_totp, name="mfa_activate_totp"),
    path("to-trinn/app/slett/", views.deactivate_totp, name="mfa_deactivate_totp"),
    path("to-trinn/passnokler/", to_factors, name="mfa_list_webauthn"),
    path("to-trinn/passnokler/ny/", views.add_passkey, name="mfa_add_webauthn"),
    path("to-trinn/passnokler/<int:pk>/", views.edit_passkey, name="mfa_edit_webauthn"),
    path("to-trinn/passnokler/<int:pk>/slett/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("to-trinn/reservekoder/", views.view_codes, name="mfa_view_recovery_codes"),
    path("to-trinn/reservekoder/nye/", views.generate_codes, name="mfa_generate_recovery_codes"),
    path("to-trinn/reservekoder/fil/", views.download_codes, name="mfa_download_recovery_codes"),
]
