"""The table role × act × state, as the help page «Hvem ser hva» tells it."""

from dataclasses import dataclass

from kompetanse.organisasjon import access, steps
from kompetanse.organisasjon.access import ALLOWED, EVERYONE, Act
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.organisasjon.steps import When

Kode = Rolle.Kode


@dataclass(frozen=True, slots=True)
class Line:
    """One act: what may be done, and in which states each step of it can be taken."""

    act: Act
    steps: tuple[When, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one role may do beside what every employee may; where the reader holds it."""

    kode: Rolle.Kode
    lines: tuple[Line, ...]
    held_in: tuple[str, ...]
    is_deputised: bool

    @property
    def is_mine(self) -> bool:
        return bool(self.held_in)


def parts(reader: Ansatt | None) -> list[Part]:
    """Return every role with its acts, every employee's first; the reader's own are marked."""
    held = access.held(reader) if reader is not None else ()
    return [
        Part(
            kode=kode,
            lines=tuple(_lines(kode)),
            held_in=tuple(_place(role) for role in held if role.kode == kode),
            is_deputised=kode in access.DEPUTISED,
        )
        for kode in Kode
    ]


def _lines(kode: Rolle.Kode) -> list[Line]:
    of_all = {act for act in Act if ALLOWED[act] == EVERYONE}
    shown = of_all if kode == Kode.ANSATT else {a for a in Act if kode in ALLOWED[a]} - of_all
    return [Line(act, tuple(steps.when(act))) for act in Act if act in shown]


def _place(role: access.Held) -> str:
    return f"{role.enhet_name} ({role.label})" if role.for_id else role.enhet_name
