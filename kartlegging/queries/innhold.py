"""What a needs form holds, section by section."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kartlegging.models import Behov, Behovsskjema, Onske, UnderUtdanning


@dataclass(frozen=True, slots=True)
class Del:
    """A section of the form: its key in the address, its heading, and whether it is answered."""

    key: str
    title: str
    count: int = 0
    is_required: bool = False
    is_answered: bool = False

    @property
    def status(self) -> str:
        if self.count:
            return ngettext("%(n)d lagt inn", "%(n)d lagt inn", self.count) % {"n": self.count}
        if self.is_answered:
            return _("Utfylt")
        return _("Må fylles ut") if self.is_required else _("Valgfritt")

    @property
    def color(self) -> str:
        if self.count or self.is_answered:
            return "success"
        return "warning" if self.is_required else "neutral"


@dataclass(frozen=True, slots=True)
class Innhold:
    """What a form holds, ready to be read on one page."""

    goals: str
    strengths: str
    surplus: str
    needs: Sequence[Behov]
    studying: Sequence[UnderUtdanning]
    wishes: Sequence[Onske]

    @property
    def missing(self) -> list[Del]:
        """The sections that must be answered before the form can be sent."""
        return [
            part for part in self.parts if part.is_required and not (part.count or part.is_answered)
        ]

    @property
    def parts(self) -> list[Del]:
        """The five sections in order, and where each stands."""
        return [
            Del("mal", _("Mål for enheten"), is_answered=bool(self.goals), is_required=True),
            Del("kan", _("Hva kan vi?"), is_answered=bool(self.strengths), is_required=True),
            Del("mangler", _("Hva mangler vi?"), count=len(self.needs), is_required=True),
            Del("utdanning", _("Ansatte under utdanning"), count=len(self.studying)),
            Del("onsker", _("Ønsker om satsningsområder"), count=len(self.wishes)),
        ]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is answered; those under education stand there by themselves."""
        return not any((self.goals, self.strengths, self.surplus, self.needs, self.wishes))


EMPTY = Innhold("", "", "", (), (), ())


def innhold(skjema: Behovsskjema) -> Innhold:
    """Return the whole form, in three queries however long it is."""
    return Innhold(
        skjema.goals,
        skjema.strengths,
        skjema.surplus,
        needs=list(skjema.behov.select_related("fokusomrade", "kompetanse")),
        studying=list(skjema.under_utdanning.select_related("ansatt", "kompetanse")),
        wishes=list(skjema.onsker.select_related("fokusomrade")),
    )
