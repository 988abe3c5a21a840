"""Getting in: e-mail, password and code; and a first password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import SkallForm


def _password(label: Any, *, autocomplete: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, help_text=help_text, widget=widget, strip=False)


def _code() -> forms.CharField:
    return forms.CharField(
        label=_("Engangskode"),
        help_text=_("De seks sifrene som appen viser nå"),
        max_length=9,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class LoginForm(SkallForm):
    submit_label = _("Logg inn")

    email = forms.EmailField(
        label=_("E-post"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = _password(_("Passord"), autocomplete="current-password")
    code = _code()


class PasswordForm(SkallForm):
    """A new password, twice; the rules are those of all passwords here."""

    submit_label = _("Lagre passordet")

    password = _password(
        _("Nytt passord"), autocomplete="new-password", help_text=_("Minst 12 tegn")
    )
    again = _password(_("Nytt passord en gang til"), autocomplete="new-password")

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self._user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "password" in cleaned and cleaned["password"] != cleaned.get("again"):
            self.add_error("again", ValidationError(_("De to passordene er ikke like.")))
        return cleaned


class AcceptForm(PasswordForm):
    """An operator's first password, with the first code of the second factor."""

    submit_label = _("Ta kontoen i bruk")

    code = _code()
