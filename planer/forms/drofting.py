"""Forms of discussions with the unions."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.fields import AarField, DatoField
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Group, Layout
from kompetanse.skall.versjon import OnceForm, VersionedForm
from planer.actions.drofting import Part
from planer.forms.strategi import FIRST_YEAR, LAST_YEAR, long_text
from planer.models import Drofting, Langplan, Mote, Strategiplan
from planer.queries import drofting as queries

# Rows for parties beyond those that are known: the employer and each union.
SPARE = 1
MOST_PARTIES = 8


class _About(SkallForm):
    title = forms.CharField(label=_("Hva gjelder saken?"), max_length=160)
    strategiplan: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Strategiplan"), queryset=None, required=False, empty_label=_("Ingen")
    )
    langplan: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Langsiktig opplæringsplan"), queryset=None, required=False, empty_label=_("Ingen")
    )
    year = AarField(
        label=_("Opplæringsplan for år"),
        help_text=_("La stå tomt når saken ikke gjelder en opplæringsplan."),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("strategiplan", Strategiplan.objects.order_by("-first_year", "name"))
        self.offer("langplan", Langplan.objects.order_by("-first_year", "name"))


class AskForm(_About, OnceForm):
    submit_label = _("Be om drøfting")


class RecordForm(_About, VersionedForm):
    """The discussion as it was: when, what each party said, and the result."""

    held_on = DatoField(label=_("Når ble saken drøftet?"), help_text=_("Eksempel: 15.09.2026"))
    mote: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("I hvilket møte?"), queryset=None, required=False, empty_label=_("Ikke i et møte")
    )
    result = forms.ChoiceField(
        label=_("Hva ble resultatet?"),
        choices=Drofting.Result.choices,
        widget=forms.RadioSelect,
    )
    text = long_text(_("Hva kom partene fram til?"), rows=4, required=False)

    def __init__(self, *args: Any, drofting: Drofting, **kwargs: Any) -> None:
        super().__init__(*args, version=drofting.version, **kwargs)
        self.offer("mote", Mote.objects.order_by("-held_on"))
        self.people = {each.pk: each for each in queries.employers()}
        self.rows = _rows(drofting)
        for number, part in enumerate(self.rows):
            self._add(number, part)
        self.helper = self.build_helper()

    def _add(self, number: int, part: Part) -> None:
        order = {"n": number + 1}
        people = [
            ("", _("Ikke oppgitt")),
            *((pk, each.full_name) for pk, each in self.people.items()),
        ]
        self.fields[f"party_{number}"] = forms.CharField(
            label=gettext("Part %(n)d") % order, max_length=80, required=False, initial=part.party
        )
        self.fields[f"ansatt_{number}"] = forms.TypedChoiceField(
            label=gettext("Ved, part %(n)d") % order,
            choices=people,
            coerce=int,
            empty_value=None,
            required=False,
            initial=part.ansatt.pk if part.ansatt else None,
        )
        said = long_text(gettext("Hva sa part %(n)d?") % order, rows=3, required=False)
        said.initial = part.said
        self.fields[f"said_{number}"] = said

    def build_layout(self) -> Layout:
        parties = [
            Group(gettext("Part %(n)d") % {"n": n + 1}, f"party_{n}", f"ansatt_{n}", f"said_{n}")
            for n in range(len(getattr(self, "rows", ())))
        ]
        about = ("title", "strategiplan", "langplan", "year")
        return Layout(
            *about, "held_on", "mote", *parties, "result", "text",
            Actions(Button(_("Lagre drøftingen"))),
        )  # fmt: skip

    def parties(self) -> list[Part]:
        given = self.cleaned_data
        return [
            Part(
                given[f"party_{n}"],
                self.people.get(given[f"ansatt_{n}"] or 0),
                given[f"said_{n}"],
            )
            for n in range(len(self.rows))
        ]

    def about(self) -> dict[str, Any]:
        """Return what it is about, and in which meeting."""
        names = ("title", "strategiplan", "langplan", "year", "mote")
        return {name: self.cleaned_data[name] for name in names}


def _rows(drofting: Drofting) -> list[Part]:
    """Return a row for each party that is written down; else the employer and each union."""
    is_asked = drofting.status == Drofting.Status.ASKED
    parties = [] if is_asked else drofting.parter.select_related("ansatt")
    written = [Part(each.party, each.ansatt, each.said) for each in parties]
    rows = written or [Part(gettext("Arbeidsgiver")), *(Part(name) for name in queries.unions())]
    return [*rows, *(Part("") for _each in range(SPARE))][:MOST_PARTIES]
