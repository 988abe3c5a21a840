"""What the report on a grant lacks, and where it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from rapporter.models import Tilskuddslinje, Tilskuddsordning, Tilskuddsrapport, Tilskuddssvar
from rapporter.queries.rapport import Row, areas, most_to_carry, needs_attestation, rows


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the report lacks, and where it is mended: "texts", "line" with its id, "workbook"."""

    text: str
    place: str
    pk: int = 0
    is_fault: bool = True


def too_much_carried(most: int) -> str:
    return _("Det kan høyst søkes om å overføre %(most)s.") % {"most": norsk.kroner(most)}


def lacks_attestation(rapport: Tilskuddsrapport) -> bool:
    return needs_attestation(rapport.svar) and rapport.attestation_id is None


def has_faults(rapport: Any) -> bool:
    return any(each.is_fault for each in missing(rapport, rows(rapport)))


def missing(rapport: Tilskuddsrapport, lines: Sequence[Row]) -> list[Lacking]:
    """Return what the report lacks, faults first, each with where it is mended."""
    scheme = rapport.svar.soknad.ordning
    told = [
        *_missing_texts(rapport, lines),
        *(each for row in lines for each in _missing_in(row, scheme)),
    ]
    if lacks_attestation(rapport):
        told.append(Lacking(_unattested(rapport.svar), "attestation", is_fault=False))
    return sorted(told, key=lambda each: not each.is_fault)


def _missing_texts(rapport: Tilskuddsrapport, lines: Sequence[Row]) -> Iterator[Lacking]:
    for area in areas(lines):
        if not str(rapport.texts.get(area, "")).strip():
            label = Tilskuddslinje.Area(area).label
            yield Lacking(_("Skriv teksten om «%(area)s».") % {"area": label}, "texts")


def _missing_in(row: Row, scheme: Tilskuddsordning) -> Iterator[Lacking]:
    goal, name = row.goal, f"{row.spent.priority}. {row.spent.theme}"
    most = most_to_carry(row, scheme)
    told = (
        (
            goal.broken_off and not row.note.broken_off_because,
            _("skriv hvorfor noen avbrøt."),
            True,
        ),
        (row.carry_over > most, too_much_carried(most), True),
        (not row.note.comment, _("skriv om målet er nådd."), False),
        (goal.is_uneven, _("startet er ikke lik under utdanning, fullført og avbrutt."), False),
        (
            row.repaid > 0,
            _("%(left)s er verken brukt eller søkt overført, og betales tilbake.")
            % {"left": norsk.kroner(row.repaid)},
            False,
        ),
    )
    for is_so, text, is_fault in told:
        if is_so:
            yield Lacking(f"{name}: {text}", "line", row.spent.pk, is_fault)


def _unattested(svar: Tilskuddssvar) -> str:
    words = {
        "amount": norsk.kroner(svar.amount),
        "limit": norsk.kroner(svar.soknad.ordning.attested_from),
    }
    return (
        _(
            "Tilskuddet er %(amount)s, og fra %(limit)s må revisor attestere regnskapet."
            " Last opp attestasjonen før rapporten sendes."
        )
        % words
    )
