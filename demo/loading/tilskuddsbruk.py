"""What last year's grant is spent on so far, what was moved with consent, and its report begun."""

from collections.abc import Mapping
from typing import Any

from demo import files
from demo.loading.register import Register
from kompetanse import clock, pdf, tables
from kompetanse.kommuner import attachments
from rapporter.actions import forbruk, innlesing, rapport
from rapporter.actions.forbruk import Consent
from rapporter.models import (
    Regnskapsinnlesing,
    Svarlinje,
    Tilskuddsrapport,
    Tilskuddssoknad,
    Tilskuddssvar,
)

LETTER = (
    "<!DOCTYPE html><html lang='nb'><head><title>Samtykke</title></head><body>"
    "<h1>Samtykke til omdisponering</h1>"
    "<p>Vi samtykker i at 6 000 kr flyttes mellom de to tiltakene kommunen har oppgitt.</p>"
    "</body></html>"
)


def load(soknad: Tilskuddssoknad, told: Mapping[str, Any], register: Register) -> None:
    """Post a file from the ledger, leave the next one waiting, move with consent, report."""
    svar = Tilskuddssvar.objects.select_related("soknad__ordning").get(soknad=soknad)
    lines = {each.linje.tiltak.theme: each for each in _lines(svar)}
    with clock.frozen(clock.start_of(told["forbruk"]["written_on"], hour=9)):
        accounts = {lines[row["theme"]].pk: row["account"] for row in told["linje"]}
        forbruk.name_accounts(svar, accounts, by=register.advisor)
        read = _receive(svar, "regnskap.csv", register)
        innlesing.write(read, rest_is_own=False, version=read.version, by=register.advisor)
    with clock.frozen(clock.start_of(told["forbruk"]["moved_on"], hour=9)):
        _move(svar, lines, told["forbruk"]["moved"], register)
    with clock.frozen(clock.start_of(told["rapport"]["begun_on"], hour=9)):
        _report(svar, lines, told["rapport"], register)
        _receive(svar, "regnskap-august.csv", register)


def _lines(svar: Tilskuddssvar) -> list[Svarlinje]:
    return list(Svarlinje.objects.filter(svar=svar).select_related("linje__tiltak"))


def _receive(svar: Tilskuddssvar, name: str, register: Register) -> Regnskapsinnlesing:
    table = tables.read(files.FOLDER / register.slug / name, filename=name)
    return innlesing.receive(svar, table, file_name=name, by=register.advisor)


def _move(
    svar: Tilskuddssvar,
    lines: Mapping[str, Svarlinje],
    moved: Mapping[str, Any],
    register: Register,
) -> None:
    letter = attachments.checked("samtykke.pdf", pdf.render(LETTER, lang="nb"))
    forbruk.move(
        svar,
        source=lines[moved["source"]],
        target=lines[moved["target"]],
        amount=moved["amount"],
        consent=Consent(moved["consented_by"], moved["consented_on"], letter),
        by=register.advisor,
    )


def _report(
    svar: Tilskuddssvar,
    lines: Mapping[str, Svarlinje],
    told: Mapping[str, Any],
    register: Register,
) -> None:
    by = register.advisor
    row = rapport.begin(svar, by=by)
    names = ("started", "completed", "reason", "comment", "carry_over")
    written = {name: told[name] for name in names}
    rapport.write_line(row, lines[told["theme"]].pk, version=row.version, by=by, **written)
    row = Tilskuddsrapport.objects.get(pk=row.pk)
    rapport.write_texts(row, {"competence": told["text"]}, version=row.version, by=by)
