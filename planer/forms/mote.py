"""Forms of meetings: when and where, who, the agenda, presence, papers, and what is said."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import attachments
from kompetanse.kommuner.attachments import Attachment
from kompetanse.skall.fields import DatoField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.actions.frammote import Presence
from planer.forms.arrangement import klokke
from planer.forms.strategi import long_text
from planer.models import Motedeltaker, Motepapir
from planer.queries import mote

Attendance, Absence = Motedeltaker.Attendance, Motedeltaker.Absence


class _Meeting(SkallForm):
    title = forms.CharField(
        label=_("Hva handler møtet om?"),
        help_text=_("For eksempel: Satsingsområder neste år"),
        max_length=160,
    )
    held_on = DatoField(label=_("Når er møtet?"), help_text=_("Eksempel: 15.09.2026"))
    begins = klokke(_("Fra kl."))
    ends = klokke(_("Til kl."))
    place = forms.CharField(label=_("Hvor?"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begins"].required = self.fields["ends"].required = False

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        begins, ends = answers.get("begins"), answers.get("ends")
        if ends and not begins and "begins" not in self.errors:
            self.add_error("begins", _("Skriv når møtet begynner."))
        if begins and ends and ends <= begins:
            self.add_error("ends", _("Møtet må slutte etter at det begynner."))
        return answers


class ArrangeForm(_Meeting, OnceForm):
    """A new meeting; one of the wheel's calls those whom the wheel names."""

    aktivitet: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Er det et av møtene i årshjulet?"),
        help_text=_("Da settes de som har rollene i årshjulet, opp som deltakere."),
        queryset=None,
        required=False,
        empty_label=_("Nei, et annet møte"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("aktivitet", mote.meetings_of_wheel(clock.today()))
        aktivitet: Any = self.fields["aktivitet"]
        aktivitet.label_from_instance = lambda each: f"{each.title} ({each.year})"

    def build_layout(self) -> Layout:
        return Layout(
            "aktivitet",
            "title",
            SideBySide("held_on", "begins", "ends"),
            "place",
            Actions(Button(_("Lagre møtet"))),
        )


class MeetingForm(_Meeting, VersionedForm):
    def build_layout(self) -> Layout:
        return Layout(
            "title",
            SideBySide("held_on", "begins", "ends"),
            "place",
            Actions(Button(_("Lagre"))),
        )


class InviteForm(OnceForm):
    """Who took part, and as what."""

    submit_label = _("Legg til deltaker")

    ansatt: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvem deltar?"), queryset=None, empty_label=_("Velg person")
    )
    capacity = forms.CharField(
        label=_("Deltar som"),
        help_text=_("For eksempel HTV Fagforbundet. La stå tomt, så bruker vi rollen."),
        max_length=80,
        required=False,
    )

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_action = action
        self.offer("ansatt", mote.candidates())


class PunktForm(OnceForm):
    """A point of the agenda."""

    submit_label = _("Lagre punktet")

    title = forms.CharField(label=_("Punkt"), max_length=160)
    text = long_text(_("Bakgrunn"), rows=4, required=False)


class PresenceForm(SkallForm):
    """The presence of all participants, three questions for each."""

    submit_label = _("Lagre oppmøtet")

    def __init__(self, *args: Any, deltakere: Sequence[Motedeltaker], **kwargs: Any) -> None:
        self.deltakere = deltakere
        super().__init__(*args, **kwargs)
        people = [("", _("Velg vara")), *((each.pk, each.full_name) for each in mote.candidates())]
        for each in deltakere:
            self._add(each, people)
        self.helper = self.build_helper()

    def _add(self, deltaker: Motedeltaker, people: Sequence[tuple[Any, Any]]) -> None:
        pk, name = deltaker.pk, {"name": deltaker.ansatt.full_name}
        choice = forms.TypedChoiceField
        self.fields[f"attendance_{pk}"] = forms.ChoiceField(
            label=gettext("Oppmøte, %(name)s") % name,
            choices=Attendance.choices,
            initial=deltaker.attendance,
        )
        self.fields[f"absence_{pk}"] = forms.ChoiceField(
            label=gettext("Grunn til forfall, %(name)s") % name,
            choices=[("", _("Ikke forfall")), *Absence.choices],
            initial=deltaker.absence,
            required=False,
        )
        self.fields[f"deputy_{pk}"] = choice(
            label=gettext("Vara for %(name)s") % name,
            choices=people,
            coerce=int,
            empty_value=None,
            initial=deltaker.deputy_id,
            required=False,
        )

    def build_layout(self) -> Layout:
        groups = [
            Group(
                each.ansatt.full_name,
                SideBySide(f"attendance_{each.pk}", f"absence_{each.pk}", f"deputy_{each.pk}"),
                description=each.capacity,
            )
            for each in self.deltakere
        ]
        return Layout(*groups, Actions(Button(self.submit_label)))

    def told(self) -> dict[int, Presence]:
        """Return what is said of each, by the id of the row."""
        people = mote.candidates().in_bulk()
        given = self.cleaned_data
        return {
            each.pk: Presence(
                given[f"attendance_{each.pk}"],
                given[f"absence_{each.pk}"],
                people.get(given[f"deputy_{each.pk}"] or 0),
            )
            for each in self.deltakere
        }


class DeclineForm(SkallForm):
    """Why oneself cannot come, chosen from a few grounds, and who comes instead."""

    submit_label = _("Meld forfall")

    absence = forms.ChoiceField(
        label=_("Hvorfor kan du ikke komme?"),
        help_text=_("Bare den som leder møtet, ser dette. Det står ikke i referatet."),
        choices=Absence.choices,
        widget=forms.RadioSelect,
    )
    deputy: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Hvem møter for deg?"),
        queryset=None,
        required=False,
        empty_label=_("Ingen vara"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("deputy", mote.candidates())


class PaperForm(SkallForm):
    """A file for the meeting; it arrives as an Attachment, judged by its content."""

    submit_label = _("Legg ved filen")

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("PDF, bilde, Word, Excel eller CSV, opptil 10 MB."),
        widget=forms.FileInput(attrs={"accept": attachments.ACCEPT}),
        error_messages={"required": _("Velg en fil før du trykker «Legg ved filen».")},
    )
    readers = forms.ChoiceField(
        label=_("Hvem kan se den?"),
        choices=Motepapir.Readers.choices,
        initial=Motepapir.Readers.ALL,
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Attachment:
        try:
            return attachments.received(self.cleaned_data["file"])
        except DomainError as refused:
            raise forms.ValidationError(str(refused)) from refused


class InnspillForm(OnceForm):
    """What a participant says to a point; those of the unions can have a dissent entered."""

    submit_label = _("Lagre")

    text = long_text(_("Innspill"), rows=4)
    is_dissent = forms.BooleanField(
        label=_("Vi er uenige, og vil ha det ført i referatet"), required=False
    )

    def __init__(self, *args: Any, may_dissent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_dissent:
            del self.fields["is_dissent"]
        self.helper = self.build_helper()

    def answers(self) -> dict[str, Any]:
        return {"is_dissent": False} | super().answers()
