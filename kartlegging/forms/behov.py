"""The needs form's five sections: two of text, three of rows. They save nothing."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from kartlegging.forms.rader import RowForm, RowSection
from kartlegging.models import Behov, Onske, UnderUtdanning
from kompetanse.skall.fields import DatoField, HeltallField
from kompetanse.skall.forms import SkallForm, SkallHelper
from kompetanse.skall.layout import Layout, SideBySide


class TextForm(SkallForm):
    """A section whose answers are fields of the form itself."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def build_helper(self) -> SkallHelper:
        helper = super().build_helper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def build_layout(self) -> Layout:
        return Layout(*self.fields)

    @classmethod
    def draft(cls, data: Mapping[str, Any]) -> Self:
        """Return the form as it is while it is being written: nothing must be answered yet."""
        form = cls(data)
        for field in form.fields.values():
            field.required = False
        return form

    @property
    def texts(self) -> dict[str, str]:
        """The answers, without the version."""
        return {name: text for name, text in self.cleaned_data.items() if name != "version"}


class MalForm(TextForm):
    goals = forms.CharField(
        label=_("Hva skal enheten få til neste år?"),
        help_text=_("Skriv kort. Punkter er fint."),
        widget=forms.Textarea({"rows": 8}),
        max_length=4000,
        error_messages={"required": _("Skriv hva enheten skal få til neste år.")},
    )


class KanForm(TextForm):
    strengths = forms.CharField(
        label=_("Hva er enheten god på?"),
        help_text=_("Hvilken kompetanse har dere som må tas vare på?"),
        widget=forms.Textarea({"rows": 6}),
        max_length=4000,
        error_messages={"required": _("Skriv hva enheten er god på.")},
    )
    surplus = forms.CharField(
        label=_("Har dere kompetanse som andre kan låne?"),
        help_text=_("For eksempel en veileder som kan holde kurs for andre enheter."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        required=False,
    )


def _id_choice(label: Any, *, required: bool, **fields: Any) -> forms.TypedChoiceField:
    """Return a select of rows that are named by id; its choices come with the page."""
    return forms.TypedChoiceField(
        label=label, coerce=int, empty_value=None, required=required, **fields
    )


class BehovRow(RowForm):
    asks = ("what", "reason")

    what = forms.CharField(
        label=_("Hva trenger dere?"),
        help_text=_("For eksempel: flere som kan sårbehandling."),
        max_length=200,
        error_messages={"required": _("Skriv hva dere trenger, eller slett raden.")},
    )
    kind = forms.ChoiceField(
        label=_("Hvordan kan behovet dekkes?"),
        choices=Behov.Kind.choices,
        initial=Behov.Kind.LEARN,
        widget=forms.RadioSelect,
    )
    number = HeltallField(
        label=_("Hvor mange personer gjelder det?"),
        min_value=1,
        max_value=999,
        initial=1,
        widget=forms.TextInput({"inputmode": "numeric", "size": "5"}),
    )
    urgency = forms.TypedChoiceField(
        label=_("Hvor mye haster det?"),
        choices=Behov.Urgency.choices,
        coerce=int,
        initial=Behov.Urgency.NEXT,
    )
    fokusomrade_id = _id_choice(_("Hvilket fokusområde hører det til? (valgfritt)"), required=False)
    kompetanse_id = _id_choice(_("Hvilken kompetanse i katalogen? (valgfritt)"), required=False)
    is_lifted = forms.TypedChoiceField(
        label=_("Hvor skal det løses?"),
        choices=[("True", _("Løftes til felles plan")), ("False", _("Løses i enheten"))],
        coerce=lambda value: value == "True",
        initial="True",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Hvorfor? (valgfritt)"),
        widget=forms.Textarea({"rows": 2}),
        max_length=2000,
        required=False,
    )

    def build_layout(self) -> Layout:
        return Layout(
            "id",
            "what",
            "reason",
            SideBySide("kind", "is_lifted"),
            SideBySide("number", "urgency"),
            SideBySide("fokusomrade_id", "kompetanse_id"),
        )


class UnderUtdanningRow(RowForm):
    asks = ("ansatt_id", "study", "expected_on")

    ansatt_id = _id_choice(_("Hvem?"), required=True)
    study = forms.CharField(
        label=_("Hvilken utdanning?"),
        max_length=200,
        error_messages={"required": _("Skriv hvilken utdanning det er.")},
    )
    kompetanse_id = _id_choice(
        _("Hvilken kompetanse gir den? (valgfritt)"),
        required=False,
        help_text=_("Velger du en, blir utdanningen regnet med i GAP-analysen."),
    )
    expected_on = DatoField(
        label=_("Når er den ventet ferdig?"),
        help_text=_("Eksempel: 15.06.2027"),
        error_messages={"required": _("Skriv når utdanningen er ventet ferdig.")},
    )

    def build_layout(self) -> Layout:
        return Layout("id", "ansatt_id", "study", SideBySide("kompetanse_id", "expected_on"))


class OnskeRow(RowForm):
    asks = ("fokusomrade_id", "text")

    fokusomrade_id = _id_choice(_("Hva bør det satses på?"), required=True)
    text = forms.CharField(
        label=_("Hvorfor? (valgfritt)"),
        widget=forms.Textarea({"rows": 2}),
        max_length=300,
        required=False,
    )

    def build_layout(self) -> Layout:
        return Layout("id", "fokusomrade_id", "text")


TEXT_SECTIONS: dict[str, type[TextForm]] = {"mal": MalForm, "kan": KanForm}
ROW_SECTIONS: dict[str, RowSection] = {
    "mangler": RowSection(BehovRow, Behov, _("Behov")),
    "utdanning": RowSection(UnderUtdanningRow, UnderUtdanning, _("Ansatt under utdanning")),
    "onsker": RowSection(OnskeRow, Onske, _("Ønske")),
}


class TokenForm(SkallForm):
    """What comes with a button that acts once."""

    engangsnokkel = forms.UUIDField(widget=forms.HiddenInput)


class SubmitForm(TokenForm):
    """What comes with the last button: the one-time token, and which version was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
