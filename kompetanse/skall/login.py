"""The forms for logging in and for a new password: allauth's, asking in our words."""

from typing import Any

from allauth.account import forms as account
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import say_in_norwegian

Words = dict[str, tuple[str | Promise, str | Promise]]


class _InOurWords:
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


class LoginForm(_InOurWords, account.LoginForm):
    words: Words = {
        "login": (_("Brukernavn eller e-post"), ""),
        "password": (_("Passord"), ""),
    }


class ChangePasswordForm(_InOurWords, account.ChangePasswordForm):
    words: Words = {
        "oldpassword": (_("Passordet du har nå"), ""),
        "password1": (_("Nytt passord"), _("Minst 12 tegn")),
        "password2": (_("Nytt passord en gang til"), ""),
    }


class ReauthenticateForm(_InOurWords, account.ReauthenticateForm):
    words: Words = {"password": (_("Passord"), "")}
