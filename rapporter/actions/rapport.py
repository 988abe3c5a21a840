"""Verbs on the report: begin, write, correct, attest, fill the county's workbook.

`innsending` puts it forward, approves and sends it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.attachments import Attachment
from kompetanse.kommuner.responses import XLSX
from kompetanse.organisasjon.models import Ansatt
from kompetanse.tables import Row
from rapporter import rules
from rapporter.actions import innsending
from rapporter.models import Rapportlinje, Tilskuddsrapport, Tilskuddssvar
from rapporter.queries import arbeidsbok, maloppnaelse, rapportmangler
from rapporter.queries import rapport as queries

XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"


@dataclass(frozen=True, slots=True)
class Book:
    """The county's workbook: its name and bytes, and its sheets as they were read."""

    name: str
    content: bytes
    sheets: Mapping[str, Sequence[Row]]


@transaction.atomic
def begin(svar: Tilskuddssvar, *, by: Ansatt) -> Tilskuddsrapport:
    """Open the report on what was received, or return the one that is open."""
    if not rules.may_prepare(by):
        raise PermissionDenied
    rapport, is_new = Tilskuddsrapport.objects.get_or_create(svar=svar)
    if is_new:
        audit.record("tilskuddsrapport.begin", rapport, by=by, case=svar.soknad)
    return rapport


@transaction.atomic
def write_line(
    rapport: Tilskuddsrapport, svarlinje: int, *, version: int, by: Ansatt, **fields: Any
) -> None:
    """Write corrections with their reason, what was reached, and what is carried over.

    Raises:
        DomainError: a figure is corrected without a reason, or more is carried over than may be.
        TransitionError, PermissionDenied, StaleError: see workflow.check.
    """
    rapport = innsending.lock(rapport, by=by, version=version)
    row = next(each for each in queries.rows(rapport) if each.spent.pk == svarlinje)
    is_corrected = any(fields.get(name) is not None for name in Rapportlinje.FIGURES)
    if is_corrected and not str(fields.get("reason", "")).strip():
        raise DomainError(_("Skriv hvorfor du retter tallene."))
    most = queries.most_to_carry(row, rapport.svar.soknad.ordning)
    if fields.get("carry_over", 0) > most:
        raise DomainError(rapportmangler.too_much_carried(most))
    Rapportlinje.objects.update_or_create(rapport=rapport, svarlinje_id=svarlinje, defaults=fields)
    audit.record(
        "tilskuddsrapport.write_line", rapport, by=by, case=rapport.svar.soknad, linje=svarlinje,
        carry_over=fields.get("carry_over", 0), is_corrected=is_corrected,
    )  # fmt: skip


@transaction.atomic
def write_texts(
    rapport: Tilskuddsrapport, texts: dict[str, str], *, version: int, by: Ansatt
) -> None:
    """Write the text of each area."""
    rapport = innsending.lock(rapport, by=by, version=version)
    rapport.texts = rapport.texts | texts
    rapport.save(update_fields=["texts"])
    audit.record(
        "tilskuddsrapport.write_texts",
        rapport,
        by=by,
        case=rapport.svar.soknad,
        areas=sorted(texts),
    )


@transaction.atomic
def draft_texts(rapport: Tilskuddsrapport, *, version: int, by: Ansatt) -> int:
    """Fill the texts that are empty from the evaluations; return how many."""
    rapport = innsending.lock(rapport, by=by, version=version)
    drafts = {
        area: text
        for area, text in maloppnaelse.drafts(rapport.svar).items()
        if text and not str(rapport.texts.get(area, "")).strip()
    }
    rapport.texts = rapport.texts | drafts
    rapport.save(update_fields=["texts"])
    audit.record(
        "tilskuddsrapport.draft_texts",
        rapport,
        by=by,
        case=rapport.svar.soknad,
        areas=sorted(drafts),
    )
    return len(drafts)


@transaction.atomic
def attest(rapport: Tilskuddsrapport, attestation: Attachment, *, by: Ansatt) -> None:
    """Keep what the auditor wrote; it may come after the report is put forward."""
    rapport = innsending.lock(rapport, by=by, step="attach")
    rapport.attestation = files.store(
        attestation.content, name=attestation.name, content_type=attestation.content_type
    )
    rapport.save(update_fields=["attestation"])
    audit.record("tilskuddsrapport.attest", rapport, by=by, case=rapport.svar.soknad)


@transaction.atomic
def fill_workbook(
    rapport: Tilskuddsrapport, book: Book, *, applicant: str, by: Ansatt
) -> list[arbeidsbok.Match]:
    """Keep the county's workbook, and the same with our figures in it; return what was placed.

    Raises:
        TableError: the workbook cannot be filled safely; says what to do.
        DomainError: none of the report's tables is in it.
    """
    rapport = innsending.lock(rapport, by=by, step="attach")
    found = arbeidsbok.matches(book.sheets, queries.document(rapport, applicant=applicant))
    cells = [cell for match in found for cell in match.cells]
    if not cells:
        raise DomainError(
            _(
                "Fant ingen tomme felt å fylle ut. Overskriftene i arbeidsboka må være de samme"
                " som i ordningens mal, og radene må hete det samme som tiltakene."
            )
        )
    filled = tables.fill(book.content, cells)
    kind = XLSM if book.name.lower().endswith(".xlsm") else XLSX
    rapport.workbook = files.store(book.content, name=book.name, content_type=kind)
    rapport.filled = files.store(filled.content, name=_("utfylt-%s") % book.name, content_type=kind)
    rapport.save(update_fields=["workbook", "filled"])
    count = len(cells) - len(filled.skipped)
    audit.record(
        "tilskuddsrapport.fill_workbook", rapport, by=by, case=rapport.svar.soknad, cells=count
    )
    return found
