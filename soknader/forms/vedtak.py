"""What a decision says: the outcome, what it gives, why, and on which conditions."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.skall import norsk
from kompetanse.skall.fields import DatoField, HeltallField, KronerField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout, SideBySide
from soknader.actions.innhold import NOT_PARTLY, NOTHING, Content
from soknader.enums import Slag
from soknader.models import Soknad, Vedtak
from soknader.queries import ordning as ordninger
from soknader.rules import ordning as satser

Outcome = Vedtak.Outcome


class VedtakForm(SkallForm):
    """A draft of a decision. The reason may wait until the decision is made."""

    submit_label = _("Lagre utkastet")

    outcome = forms.ChoiceField(
        label=_("Utfall"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    amount = KronerField(
        label=_("Beløp i alt"),
        help_text=_("Fordeles i rekkefølge når du ikke skriver beløp for hver ordning."),
        required=False,
    )
    leave_days = HeltallField(
        label=_("Dager fri med lønn"), unit=_("dager"), min_value=0, max_value=400, required=False
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_(
            "Gruppas egen begrunnelse. Den kan leses av de tillitsvalgte og kommer med i svaret."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    conditions = forms.CharField(
        label=_("Vilkår"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, soknad: Soknad, **kwargs: Any) -> None:
        self.soknad = soknad
        self.ordninger = ordninger.in_runde(soknad.runde)
        self.offered = satser.offered(self.ordninger, soknad)
        super().__init__(*args, **kwargs)

    def build_layout(self) -> Layout:
        for kind in self._kinds():
            self.fields[kind] = self._part(kind)
        return Layout(
            "outcome",
            SideBySide("amount", "leave_days"),
            Group(_("Beløp for hver ordning"), *self._kinds()),
            "reason",
            "conditions",
            Actions(Button(self.submit_label)),
        )

    def clean(self) -> dict[str, Any]:
        """Fill in what full support means, and keep the support within what is applied for."""
        values = super().clean() or self.cleaned_data
        if values.get("outcome") not in Vedtak.GIVES:
            return values
        self._sum_up()
        if values.get("outcome") == Outcome.GRANTED:
            if values.get("amount") is None:
                values["amount"] = self.soknad.amount
            if values.get("leave_days") is None:
                values["leave_days"] = self.soknad.leave_days or 0
        self._keep_within("amount", self.soknad.amount)
        self._keep_within("leave_days", self.soknad.leave_days or 0)
        if not self.errors:
            self._must_be_what_it_says()
        return values

    def content(self) -> Content:
        values = self.cleaned_data
        return Content(
            outcome=values["outcome"],
            amount=values["amount"] or 0,
            leave_days=values["leave_days"] or 0,
            reason=values["reason"],
            conditions=values["conditions"],
            parts=self._parts(),
        )

    def _kinds(self) -> list[str]:
        """Return the kinds that something can be granted of."""
        return [kind for kind, most in self.offered.items() if most]

    def _part(self, kind: str) -> KronerField:
        ordning = self.ordninger.get(kind)
        label = ordning.name if ordning else Slag(kind).label
        most = norsk.kroner(self.offered[kind])
        return KronerField(
            label=label, required=False, help_text=_("Høyst %(most)s") % {"most": most}
        )

    def _parts(self) -> dict[str, int] | None:
        """Return what is written for each scheme, NOK; None when nothing is."""
        written = {kind: self.cleaned_data.get(kind) for kind in self._kinds()}
        if all(amount is None for amount in written.values()):
            return None
        return {kind: amount or 0 for kind, amount in written.items()}

    def _sum_up(self) -> None:
        """Let the sum follow from its parts, and the parts be within what is offered."""
        parts = self._parts()
        if parts is None:
            return
        for kind in parts:
            self._keep_within(kind, self.offered[kind])
        total, told = sum(parts.values()), self.cleaned_data.get("amount")
        if told is None:
            self.cleaned_data["amount"] = total
        elif told != total:
            text = _("Beløpene for hver ordning blir %(sum)s. Rett dem, eller la summen stå tom.")
            self.add_error("amount", ValidationError(text % {"sum": norsk.kroner(total)}))

    def _must_be_what_it_says(self) -> None:
        """Refuse a support that gives nothing, and a part that is all."""
        asked, content = self.soknad, self.content()
        if content.is_nothing:
            self.add_error("amount", NOTHING)
        elif content.outcome == Outcome.PARTLY and content.is_all(
            of=asked.amount, days=asked.leave_days or 0
        ):
            self.add_error("outcome", NOT_PARTLY)

    def _keep_within(self, name: str, most: int) -> None:
        if (self.cleaned_data.get(name) or 0) > most:
            field = self.fields[name]
            unit = getattr(field, "unit", "")
            self.add_error(
                name,
                ValidationError(
                    _("Det er søkt om %(most)s %(unit)s. Støtten kan ikke være større."),
                    params={"most": norsk.tall(most), "unit": unit},
                ),
            )


class ErstattForm(VedtakForm):
    """A new decision instead of one that is made; it needs a reason."""

    submit_label = _("Erstatt vedtaket")

    accept_by = DatoField(
        label=_("Siste dag for å takke ja"),
        help_text=_("Tomt betyr rundens frist, eller to uker hvis den har gått ut."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].label = _("Hvorfor erstattes vedtaket?")

    def build_layout(self) -> Layout:
        layout = super().build_layout()
        layout.insert(len(layout) - 1, "accept_by")
        return layout

    def clean_accept_by(self) -> date | None:
        day: date | None = self.cleaned_data["accept_by"]
        if day is not None and day < clock.today():
            raise ValidationError(_("Fristen for å takke ja må være i dag eller senere."))
        return day

    def content(self) -> Content:
        return replace(super().content(), accept_by=self.cleaned_data["accept_by"])


class VedtaForm(forms.Form):
    """The one button that decides; its token lets it act once."""

    engangsnokkel = forms.UUIDField(widget=forms.HiddenInput)
