"""What forms that change or make something carry: the version they saw, and a one-time token."""

from typing import Any

from django import forms

from kompetanse.errors import StaleError
from kompetanse.kommuner import once
from kompetanse.skall.forms import SkallForm


class VersionedForm(SkallForm):
    """A form on something that others may change meanwhile.

    `version` is what the thing has now; the hidden field is what the person saw.
    """

    versjon = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"versjon": version} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.version = version

    @property
    def seen_version(self) -> int:
        version: int = self.cleaned_data["versjon"]
        return version

    def answers(self) -> dict[str, Any]:
        """Return what was answered, without the form's own hidden fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "versjon"}

    def catch_up(self, error: StaleError) -> None:
        """Tell what others have done, keep the person's text, and let the next save go through."""
        self.add_error(None, str(error))
        answers: Any = self.data
        answers = answers.copy()
        answers["versjon"] = str(self.version)
        self.data = answers


class OnceForm(SkallForm):
    """A form that makes something; sent twice it leads to what the first sending made."""

    engangsnokkel = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"engangsnokkel": once.new_token()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "engangsnokkel"}
