"""What to look for in the audit trail."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.personvern.queries import hendelser
from kompetanse.personvern.queries.hendelser import Filter
from kompetanse.skall.fields import DatoField, HeltallField
from kompetanse.skall.forms import FilterForm


class HendelseForm(FilterForm):
    submit_label = _("Vis hendelser")

    hvem = forms.CharField(
        label=_("Hvem"), required=False, max_length=120, help_text=_("Navn eller ansattnummer")
    )
    handling = forms.ChoiceField(label=_("Handling"), required=False)
    objekt = forms.ChoiceField(label=_("Gjelder"), required=False)
    nummer = HeltallField(label=_("Nummer"), required=False, min_value=1)
    fra = DatoField(label=_("Fra og med"), required=False)
    til = DatoField(label=_("Til og med"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("handling", audit.names().items(), first=_("Alle"))
        self.offer("objekt", hendelser.labels(), first=_("Alle"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        wanted = self.cleaned_data
        starts, ends = wanted.get("fra"), wanted.get("til")
        if starts and ends and starts > ends:
            self.add_error("til", gettext("Til-datoen kan ikke være før fra-datoen."))
        if wanted.get("nummer") and not wanted.get("objekt"):
            self.add_error("objekt", gettext("Velg hva nummeret gjelder, for eksempel søknad."))
        return wanted

    @property
    def wanted(self) -> Filter:
        """What to look for; all of it when nothing is said."""
        said = self.cleaned_data
        return Filter(
            person=said["hvem"],
            action=said["handling"],
            label=said["objekt"],
            number=said["nummer"],
            starts=said["fra"],
            ends=said["til"],
        )
