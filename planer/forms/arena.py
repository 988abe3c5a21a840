"""The form of a learning arena."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import HeltallField
from kompetanse.skall.versjon import OnceForm
from planer.models import Laringsarena

LAST_PLACE = 999


class ArenaForm(OnceForm):
    """What the arena is called; `arena` is the one that is renamed."""

    name = forms.CharField(
        label=_("Hva heter læringsarenaen?"), help_text=_("Eksempel: Hospitering"), max_length=80
    )

    def __init__(self, *args: Any, arena: Laringsarena | None = None, **kwargs: Any) -> None:
        self.arena = arena
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = Laringsarena.objects.filter(name__iexact=name)
        others = same.exclude(pk=self.arena.pk) if self.arena else same
        if others.exists():
            raise forms.ValidationError(_("Det er en læringsarena med det navnet fra før."))
        return name


class RenameArenaForm(ArenaForm):
    order = HeltallField(label=_("Plass i listen"), min_value=1, max_value=LAST_PLACE)
