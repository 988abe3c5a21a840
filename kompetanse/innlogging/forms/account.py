"""The forms for logging in and for a new password: allauth's, asking in our words."""

from typing import Any

from allauth.account import forms as account
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import say_in_norwegian

MISMATCH = _("Brukernavnet og passordet passer ikke sammen. Sjekk begge, og prøv en gang til.")
PAUSE = _("Det ble for mange forsøk. Vent noen minutter og prøv en gang til.")
TOO_MANY = "too_many_login_attempts"

Words = dict[str, tuple[str | Promise, str | Promise]]


class InOurWords:
    """Gives each field a label, a description and Norwegian errors; no placeholders."""

    words: Words = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label, help_text = self.words.get(name, (field.label, ""))
            field.label, field.help_text = label, help_text
            field.widget.attrs.pop("placeholder", None)
            say_in_norwegian(field, label=str(label))


class LoginForm(InOurWords, account.LoginForm):
    """User name or e-mail, and password. Which of them is wrong is not said."""

    words: Words = {
        "login": (_("Brukernavn eller e-post"), ""),
        "password": (_("Passord"), ""),
    }

    def clean(self) -> Any:
        try:
            return super().clean()
        except ValidationError as error:
            if getattr(error, "code", "") == TOO_MANY:
                raise ValidationError(PAUSE, code=TOO_MANY) from None
            raise ValidationError(MISMATCH, code="mismatch") from None


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    words: Words = {
        "oldpassword": (_("Passordet du har nå"), ""),
        "password1": (_("Nytt passord"), _("Minst 12 tegn")),
        "password2": (_("Nytt passord en gang til"), ""),
    }


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    words: Words = {"password": (_("Passord"), "")}
