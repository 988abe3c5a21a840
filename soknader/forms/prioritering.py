"""What the group and the union representatives fill in: moves, points, comments, habilitet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.skall.forms import SkallForm
from kompetanse.skall.layout import Actions, Button, Layout
from soknader.models import Inhabilitet, Kriterium
from soknader.queries.innsnevring import STATES, Narrowing
from soknader.queries.prioritering import Sak

NOT_SCORED = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Which application is to stand at which place."""

    soknad_id: int
    place: int


class MoveForm:
    """The form around the whole list: «opp», «ned» or «flytt» with the application's id.

    Enter in a number field sends no button: then the one place that was changed is meant.
    """

    def __init__(self, post: Mapping[str, Any], saker: Sequence[Sak]) -> None:
        self.post = post
        self.saker = {sak.pk: sak for sak in saker}
        self.version = version_in(post)

    def move(self) -> Move | None:
        """Return the move that is asked for, or None when it cannot be understood."""
        for name, step in (("opp", -1), ("ned", 1)):
            sak = self._named(name)
            if sak:
                return Move(sak.pk, sak.place + step)
        sak = self._named("flytt") or self._changed()
        place = self._place(sak) if sak else None
        return Move(sak.pk, place) if sak and place else None

    def _named(self, button: str) -> Sak | None:
        return self.saker.get(_number(self.post.get(button)) or 0)

    def _changed(self) -> Sak | None:
        changed = [sak for sak in self.saker.values() if self._place(sak) not in {None, sak.place}]
        return changed[0] if len(changed) == 1 else None

    def _place(self, sak: Sak) -> int | None:
        return _number(self.post.get(f"plass-{sak.pk}"))


class PoengForm(SkallForm):
    """One's own points for each criterion of the round, each with what it means."""

    submit_label = _("Lagre poengene")

    versjon = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kriterier: Sequence[Kriterium], **kwargs: Any) -> None:
        self.kriterier = {f"kriterium_{kriterium.pk}": kriterium for kriterium in kriterier}
        super().__init__(*args, **kwargs)
        for name, kriterium in self.kriterier.items():
            self.fields[name] = _points_field(kriterium)
        self.helper = self.build_helper()

    def clean(self) -> dict[str, Any]:
        """Ask for all of them or none: half of the points would count as few."""
        values = super().clean() or self.cleaned_data
        missing = [name for name in self.kriterier if values.get(name) == NOT_SCORED]
        if missing and len(missing) < len(self.kriterier):
            for name in missing:
                told = gettext("Gi poeng for «%(name)s», eller la alle stå som ikke vurdert.")
                self.add_error(name, told % {"name": self.kriterier[name].name})
        return values

    def points(self) -> dict[Kriterium, int | None]:
        """Return the answer for each criterion; None where it is not scored."""
        given = {name: self.cleaned_data[name] for name in self.kriterier}
        return {
            self.kriterier[name]: None if value == NOT_SCORED else int(value)
            for name, value in given.items()
        }


class GrunnForm(SkallForm):
    """Why the case stands where its points would not put it."""

    submit_label = _("Lagre grunnen")

    rank_reason = forms.CharField(
        label=_("Hvorfor står saken her?"),
        help_text=_(
            "Kan leses av de tillitsvalgte. Skriv ikke noe om søkerens helse eller familie."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    versjon = forms.IntegerField(widget=forms.HiddenInput)

    def build_layout(self) -> Layout:
        return Layout("rank_reason", Actions(Button(self.submit_label, variant="secondary")))


class KommentarForm(SkallForm):
    """A comment. Only a union representative's can be a dissent; only the group's kept inside."""

    submit_label = _("Lagre kommentaren")

    text = forms.CharField(
        label=_("Kommentar"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_dissent = forms.BooleanField(label=_("Uenighet som skal føres i referatet"), required=False)
    is_shared = forms.BooleanField(label=_("Vis kommentaren for de tillitsvalgte"), required=False)

    def __init__(self, *args: Any, is_union: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unasked = "is_shared" if is_union else "is_dissent"
        del self.fields[unasked]
        self.helper.layout = Layout(
            *self.fields, Actions(Button(self.submit_label, variant="secondary"))
        )


class InhabilForm(SkallForm):
    """The declaration that one is not impartial in the case."""

    ground = forms.ChoiceField(
        label=_("Hvorfor er du inhabil i saken?"),
        choices=Inhabilitet.Ground.choices,
        widget=forms.RadioSelect,
    )

    def build_layout(self) -> Layout:
        return Layout("ground", Actions(Button(_("Meld meg inhabil"), variant="secondary")))


def version_in(post: Mapping[str, Any]) -> int:
    """Return the version that the page was made from; 0, which is never right, when it is lost."""
    return _number(post.get("versjon")) or 0


def number_in(query: Mapping[str, Any], name: str) -> int | None:
    """Return the whole number of an address, or None."""
    return _number(query.get(name))


def narrowing(query: Mapping[str, Any]) -> Narrowing:
    """Return the filter of a page's address; what is not known is no filter."""
    return Narrowing(
        enhet=_number(query.get("enhet")),
        sektor=_number(query.get("sektor")),
        fokusomrade=_number(query.get("fokus")),
        kategori=_number(query.get("kategori")),
        status=status if (status := str(query.get("status") or "")) in STATES else "",
    )


def _points_field(kriterium: Kriterium) -> forms.ChoiceField:
    texts = [*kriterium.texts, *[""] * (Kriterium.MAX_POINTS + 1)]
    scale = [
        (str(points), f"{points} – {texts[points]}" if texts[points] else str(points))
        for points in range(kriterium.most + 1)
    ]
    weight = _("Vekt %(weight)s") % {"weight": kriterium.weight} if kriterium.weight > 1 else ""
    return forms.ChoiceField(
        label=kriterium.name,
        help_text=weight,
        choices=[*scale, (NOT_SCORED, _("Ikke vurdert"))],
        widget=forms.RadioSelect,
        required=False,
    )


def _number(text: Any) -> int | None:
    """Return the whole number 1 or more, below what the database holds; None for anything else."""
    value = str(text or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None  # noqa: PLR2004
