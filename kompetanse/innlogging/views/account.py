"""allauth's pages: marked with who may see them, and a form with mistakes answered with 422.

They guard themselves by logging in and by confirming who one is; `act` says so to the tests.
"""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.flows import begin_registration
from django.http import HttpResponse

from kompetanse.innlogging import actions, queries
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, public

View = Callable[..., Any]


def own(view: View) -> View:
    """Mark a page of the logged-in person, which itself leads others to log in."""
    view.act = Act.USE  # type: ignore[attr-defined]
    return view


class _Unprocessable:
    """A form sent back with its mistakes has status 422, as everywhere else."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:  # noqa: PLR2004
            response.status_code = UNPROCESSABLE
        return response


class _Proven:
    """What the person has just set up counts as shown in this session, which gets a new key."""

    request: Any

    def prove(self, kind: str) -> None:
        record_authentication(
            self.request, self.request.user, "mfa", type=kind, reauthenticated=True
        )
        self.request.session.cycle_key()


class _NewKey:
    """Confirming who one is gives the session a new key."""

    request: Any

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        self.request.session.cycle_key()
        return response


class LoginView(_Unprocessable, account.LoginView):
    """User name and password; beside it the Kommune's log-in services and passkeys."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"providers": queries.providers()}


class PasswordChangeView(_Unprocessable, account.PasswordChangeView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        actions.settle_password(self.request.user)
        return response


class ReauthenticateView(_NewKey, _Unprocessable, account.ReauthenticateView):
    """The password once more."""


class AuthenticateView(_Unprocessable, base.AuthenticateView):
    """The second step of logging in."""


class CodeReauthenticateView(_NewKey, _Unprocessable, base.ReauthenticateView):
    """A code, before something that matters."""


class PasskeyReauthenticateView(_NewKey, webauthn.ReauthenticateWebAuthnView):
    """A passkey, before something that matters."""


class ActivateTOTPView(_Proven, _Unprocessable, totp.ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.prove(Authenticator.Type.TOTP)
        return response


class AddPasskeyView(_Proven, _Unprocessable, webauthn.AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask for a passkey that the device itself can find, and that asks for its owner."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = begin_registration(self.request, self.request.user, passwordless=True)
        return context | {"js_data": {"creation_options": options}}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.prove(Authenticator.Type.WEBAUTHN)
        return response


class EditPasskeyView(_Unprocessable, webauthn.EditWebAuthnView):
    """A passkey's name."""


login = public(LoginView.as_view())
logout = public(account.logout)
inactive = public(account.account_inactive)
authenticate = public(AuthenticateView.as_view())
login_passkey = public(webauthn.login_webauthn)

change_password = own(PasswordChangeView.as_view())
reauthenticate = own(ReauthenticateView.as_view())
reauthenticate_code = own(CodeReauthenticateView.as_view())
reauthenticate_passkey = own(PasskeyReauthenticateView.as_view())
index = own(base.index)
activate_totp = own(ActivateTOTPView.as_view())
deactivate_totp = own(totp.deactivate_totp)
add_passkey = own(AddPasskeyView.as_view())
edit_passkey = own(EditPasskeyView.as_view())
remove_passkey = own(webauthn.remove_webauthn)
view_codes = own(codes.view_recovery_codes)
generate_codes = own(codes.generate_recovery_codes)
download_codes = own(codes.download_recovery_codes)
