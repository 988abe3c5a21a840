"""Forms of minutes: what was concluded, the deadline for remarks, remarks, and a correction."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.skall.fields import DatoField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.forms.strategi import long_text
from planer.models import Protokoll

DAYS_TO_READ = 7


class WriteForm(VersionedForm):
    """One text for each point of the agenda."""

    submit_label = _("Lagre referatet")

    opening = long_text(_("Innledning"), rows=3, required=False)

    def __init__(self, *args: Any, protokoll: Protokoll, **kwargs: Any) -> None:
        super().__init__(*args, version=protokoll.version, **kwargs)
        self.fields["opening"].initial = protokoll.content.get("opening", "")
        self.points = {f"punkt_{row['id']}": row for row in protokoll.content.get("points", ())}
        for number, (name, row) in enumerate(self.points.items(), start=1):
            field = long_text(f"{number}. {row['title']}", rows=4, required=False)
            field.initial = row["conclusion"]
            field.help_text = gettext("Hva kom møtet fram til?")
            self.fields[name] = field
        self.helper = self.build_helper()

    def conclusions(self) -> dict[int, str]:
        """Return the texts by the point's id."""
        return {row["id"]: self.cleaned_data[name] for name, row in self.points.items()}


class SendForm(SkallForm):
    submit_label = _("Send til merknader")

    remarks_by = DatoField(
        label=_("Frist for merknader"), help_text=_("Deltakerne får beskjed på e-post.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remarks_by"].initial = clock.today() + timedelta(days=DAYS_TO_READ)


class RemarkForm(OnceForm):
    submit_label = _("Send svaret")

    agrees = forms.ChoiceField(
        label=_("Er referatet riktig?"),
        choices=[("ja", _("Ja, jeg godkjenner det")), ("nei", _("Nei, jeg har en merknad"))],
        widget=forms.RadioSelect,
    )
    text = long_text(_("Merknad"), rows=3, required=False)

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_action = action

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("agrees") == "nei" and not answers.get("text"):
            self.add_error("text", _("Skriv hva som ikke er riktig."))
        return answers

    def answers(self) -> dict[str, Any]:
        given = super().answers()
        return {"agrees": given["agrees"] == "ja", "text": given["text"]}


class CorrectForm(OnceForm):
    submit_label = _("Lag ny utgave")

    reason = forms.CharField(
        label=_("Hva skal rettes?"),
        help_text=_("Dette står på den nye utgaven. Den gamle beholdes."),
        max_length=300,
    )
