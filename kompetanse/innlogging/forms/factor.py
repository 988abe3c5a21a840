"""The forms of the second factor: allauth's, asking in our words."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.innlogging.forms.account import InOurWords, Words

CODE: Words = {"code": (_("Kode"), _("Seks siffer fra appen, eller en reservekode på åtte."))}


class _CodeForm(InOurWords):
    """Asks for a code with the keyboard of figures, and says what is wrong by the field."""

    words: Words = CODE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
        }


class AuthenticateForm(_CodeForm, base.AuthenticateForm):
    """The second step of logging in."""


class ReauthenticateForm(_CodeForm, base.ReauthenticateForm):
    """The person once more, before something that matters."""


class ActivateTOTPForm(_CodeForm, totp.ActivateTOTPForm):
    """The first code of a new app, which shows that it was read in rightly."""

    words: Words = {
        "code": (_("Koden appen viser"), _("Seks siffer. Appen lager en ny hvert halve minutt."))
    }


class AddPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):
    """A passkey with a name; it always asks for PIN, finger or face."""

    words: Words = {"name": (_("Navn på passnøkkelen"), _("For eksempel: Jobbtelefonen"))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"] = forms.BooleanField(widget=forms.HiddenInput, initial=True)


class EditPasskeyForm(InOurWords, webauthn.EditWebAuthnForm):
    words: Words = {"name": (_("Navn på passnøkkelen"), "")}
