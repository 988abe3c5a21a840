"""The needs form's five sections: two of text, three of rows. They save nothing.

Rows are added and deleted by submit buttons, so a sending is first read as raw rows, perhaps one
fewer, and then checked. A row nobody has written in is no row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kartlegging.models import Behov, Behovsskjema, Onske, UnderUtdanning
from kompetanse import radnummer
from kompetanse.skall.fields import DatoField, HeltallField
from kompetanse.skall.forms import SkallForm, SkallHelper
from kompetanse.skall.layout import Layout, SideBySide

PREFIX = "rad"
MOST_ROWS = 40

Choices = Mapping[str, Sequence[Any]]
Raw = dict[str, Any]


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


class RowForm(SkallForm):
    """One row. `asks` are the fields that tell whether anything is written in it."""

    asks: ClassVar[tuple[str, ...]] = ()
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            if name in self.fields:
                self.fields[name].choices = options  # type: ignore[attr-defined]

    def build_helper(self) -> SkallHelper:
        helper = super().build_helper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.hide_summary = True
        # Tags on every question of every row would drown the questions.
        helper.hide_required = True
        return helper

    def has_changed(self) -> bool:
        return any(self[name].data for name in self.asks)

    @classmethod
    def blank(cls) -> Raw:
        """Return what a new row holds before anyone writes in it."""
        return {name: field.initial for name, field in cls.base_fields.items()}


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


if TYPE_CHECKING:
    BaseRowSet = forms.BaseFormSet[RowForm]
else:
    BaseRowSet = forms.BaseFormSet


class RowSet(BaseRowSet):
    """The rows of a section."""

    @property
    def written(self) -> list[RowForm]:
        """The rows that somebody has written in."""
        return [form for form in self.forms if form.has_changed()]

    @property
    def faulty(self) -> list[int]:
        """The numbers, from 1, of written rows that cannot be saved yet."""
        return [n for n, form in enumerate(self.forms, start=1) if not form.is_valid()]

    def answers(self) -> list[tuple[RowForm, dict[str, Any]]]:
        """Return the rows that can be saved, each with what it says."""
        return [(form, form.cleaned_data) for form in self.written if form.is_valid()]

    def kept(self) -> set[int]:
        """Return the ids of stored rows that are being mended, and so must stay as they are."""
        told = [str(form["id"].data) for form in self.written if not form.is_valid()]
        return set(radnummer.read_all(told))


@dataclass(frozen=True, slots=True)
class RowSection:
    """A section of rows: its form, its model, and what one row is called."""

    form: type[RowForm]
    model: type[Behov] | type[UnderUtdanning] | type[Onske]
    row_name: Any

    def stored(self, skjema: Behovsskjema) -> list[Raw]:
        """Return the rows as they are stored."""
        names = list(self.form.base_fields)
        return [_as_raw(row) for row in self.model.objects.filter(skjema=skjema).values(*names)]

    def sent(self, data: Mapping[str, Any]) -> list[Raw]:
        """Return the rows as they were sent, unchecked, at most MOST_ROWS."""
        total = radnummer.read(str(data.get(f"{PREFIX}-TOTAL_FORMS", "")))
        number = min(total or 0, MOST_ROWS)
        names = list(self.form.base_fields)
        return [
            {name: data.get(f"{PREFIX}-{n}-{name}", "") for name in names} for n in range(number)
        ]

    def shown(self, raws: Iterable[Raw], *, choices: Choices) -> RowSet:
        """Return the rows to be written in, without judging them."""
        return self._formset()(initial=list(raws), prefix=PREFIX, form_kwargs={"choices": choices})

    def checked(self, raws: Sequence[Raw], *, choices: Choices) -> RowSet:
        """Return the rows checked, each with its errors."""
        data = {f"{PREFIX}-TOTAL_FORMS": len(raws), f"{PREFIX}-INITIAL_FORMS": 0}
        for n, raw in enumerate(raws):
            data |= {f"{PREFIX}-{n}-{name}": value for name, value in raw.items()}
        return self._formset()(data=data, prefix=PREFIX, form_kwargs={"choices": choices})

    def _formset(self) -> type[RowSet]:
        made = forms.formset_factory(
            self.form, formset=RowSet, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
        )
        return cast("type[RowSet]", made)


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


def _as_raw(row: Mapping[str, Any]) -> Raw:
    """Return the stored row as its form shows it; yes and no are choices there."""
    return {name: str(value) if isinstance(value, bool) else value for name, value in row.items()}
