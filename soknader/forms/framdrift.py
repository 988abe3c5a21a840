"""How the study goes, told by the employee, and the leader's answer when it is completed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import attachments
from kompetanse.kommuner.attachments import Attachment
from kompetanse.organisasjon.models import Kompetanse
from kompetanse.skall.fields import DatoField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from soknader.actions.framdrift import Melding
from soknader.models import Framdrift

K = Framdrift.Kind
CONFIRM, RETURN = "confirm", "return"
Options = Sequence[tuple[int, str]]


class FramdriftForm(SkallForm):
    """One question for all, and those that belong to the answer."""

    submit_label = _("Send meldingen")

    kind = forms.ChoiceField(
        label=_("Hvordan går det med studiet?"),
        choices=[
            (K.IN_PROGRESS, _("Jeg er i rute")),
            (K.DELAYED, _("Jeg er forsinket")),
            (K.COMPLETED, _("Jeg har fullført")),
            (K.BROKEN_OFF, _("Jeg har avbrutt studiet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvordan det går med studiet.")},
    )
    ends = DatoField(
        label=_("Når tror du at du er ferdig?"), help_text=_("Eksempel: 15.06.2028"), required=False
    )
    ended_on = DatoField(
        label=_("Hvilken dag fullførte eller avbrøt du?"),
        help_text=_("For fullført: datoen på vitnemålet eller karakterutskriften."),
        required=False,
    )
    file = forms.FileField(
        label=_("Vitnemål eller karakterutskrift"),
        help_text=_("Bilde eller PDF, opptil 10 MB. Du kan dekke over karakterene."),
        widget=forms.FileInput(attrs={"accept": attachments.ACCEPT}),
        required=False,
    )
    kompetanse = forms.ChoiceField(
        label=_("Hvilken kompetanse har studiet gitt deg?"), required=False
    )
    level = forms.ChoiceField(label=_("Nivå"), required=False)
    text = forms.CharField(
        label=_("Hva har skjedd?"),
        help_text=_("Skriv hvorfor hvis du er forsinket eller har avbrutt. Ikke skriv om helse."),
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, competences: Options, levels: Options, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, competences, levels)
        # What must be filled in depends on the first answer, and the groups say so.
        self.helper.hide_required = True
        self.field("ended_on", DatoField).latest = on

    def build_layout(self) -> Layout:
        return Layout(
            "kind",
            Group(_("Hvis du er forsinket"), "ends"),
            Group(_("Hvis du har fullført"), "file", SideBySide("kompetanse", "level")),
            Group(_("Hvis du har fullført eller avbrutt"), "ended_on"),
            "text",
            Actions(Button(self.submit_label)),
        )

    def clean_file(self) -> Attachment | None:
        upload = self.cleaned_data["file"]
        try:
            return attachments.received(upload) if upload else None
        except DomainError as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name, sentence in _ASKED.get(values.get("kind", ""), {}).items():
            if name not in self.errors and not values.get(name):
                self.add_error(name, sentence)
        return values

    def melding(self) -> Melding:
        told = self.cleaned_data
        return Melding(
            kind=told["kind"],
            text=told["text"],
            ends=told["ends"],
            ended_on=told["ended_on"],
            kompetanse=_chosen(told["kompetanse"]),
            level=int(told["level"]) if told["level"] else None,
            evidence=told["file"],
        )


_ASKED: dict[str, dict[str, Any]] = {
    K.DELAYED: {"ends": _("Skriv når du tror studiet er ferdig.")},
    K.COMPLETED: {
        "file": _("Legg ved vitnemål eller karakterutskrift."),
        "ended_on": _("Skriv hvilken dag studiet ble fullført."),
    },
    K.BROKEN_OFF: {
        "ended_on": _("Skriv hvilken dag du avbrøt studiet."),
        "text": _("Skriv hvorfor du avbrøt studiet."),
    },
}


class BekreftForm(SkallForm):
    """The leader's answer: confirmed, with the competence it gives, or sent back."""

    submit_label = _("Lagre svaret")

    verdict = forms.ChoiceField(
        label=_("Er studiet fullført?"),
        choices=[(CONFIRM, _("Ja, jeg bekrefter")), (RETURN, _("Nei, noe mangler"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om du bekrefter.")},
    )
    kompetanse = forms.ChoiceField(
        label=_("Kompetansen den ansatte har fått"),
        help_text=_("Blir ført på den ansatte som bekreftet."),
        required=False,
    )
    level = forms.ChoiceField(label=_("Nivå"), required=False)
    reason = forms.CharField(
        label=_("Hva mangler?"), help_text=_("Den ansatte leser dette."),
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, competences: Options, levels: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, competences, levels)

    def build_layout(self) -> Layout:
        return Layout(
            "verdict", SideBySide("kompetanse", "level"), "reason",
            Actions(Button(self.submit_label)),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        is_confirmed = values.get("verdict") == CONFIRM
        if is_confirmed and values.get("kompetanse") and not values.get("level"):
            self.add_error("level", _("Velg hvilket nivå studiet gir."))
        if values.get("verdict") == RETURN and not values.get("reason", "").strip():
            self.add_error("reason", _("Skriv hva som mangler."))
        return values

    def competence(self) -> tuple[Kompetanse | None, int | None]:
        told = self.cleaned_data
        return _chosen(told["kompetanse"]), int(told["level"]) if told["level"] else None


def _offer(form: SkallForm, competences: Options, levels: Options) -> None:
    for name, options in (("kompetanse", competences), ("level", levels)):
        form.offer(name, ((str(pk), label) for pk, label in options), first=_("Ikke valgt"))


def _chosen(pk: str) -> Kompetanse | None:
    return Kompetanse.objects.filter(pk=pk).first() if pk else None
