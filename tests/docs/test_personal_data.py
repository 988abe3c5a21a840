"""docs/personal-data.md is the record of processing, drawn from what the apps declare.

`UPDATE_DOCS=1 pytest tests/docs` draws it again.
"""

import os

from django.utils import translation

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Tabell
from kompetanse.organisasjon.models import Ansatt
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "personal-data.md"
HEAD = """# Personal data

The record of processing (GDPR art. 30), drawn from the tables that each app declares in its
`personvern.py` by `tests/docs/test_personal_data.py`, not by hand. What stands above a table holds
for each of its fields. `tests/personvern/test_completeness.py` finds a table, a text or a reference
to a person that nobody has declared. The administrator reads the same as «Behandlingsprotokoll»;
every employee reads their own part of it as «Mine data», and who has opened it.

A national identity number is never stored: the import refuses it. Purpose of all: strategic
competence work by agreement with the unions (HTA 3.3 and 14), not pay. The basis is never consent.
Each municipality chooses how long things are kept; what stands below is proposed. How a person is
erased: [ADR 16](adr/0016-erasure.md).

Logs, tasks and the audit trail carry ids and amounts, never names or reasons. E-mails carry no link
with a token and nothing of what an application says. Groups smaller than five are hidden for unions
and on the projector. Cookies: session, language, CSRF, and for 180 days
that the browser has been logged in with (no name in it); no tracking, so no consent is asked for.
"""
COLUMNS = "| felt | hva | ved sletting |\n|---|---|---|"


def fate_of(table: Tabell, field) -> str:
    if field.name in table.records:
        return f"Beholdes: {table.records[field.name]}"
    if {field.name, field.attname} & set(table.emptied):
        return "Tømmes"
    if field.related_model is not None and table.fate is not persondata.Fate.DELETED:
        return "Beholdes, uten navn"
    return str(table.fate.value)


def is_told(table: Tabell, field) -> bool:
    """A row about someone is theirs in every field; of other rows, who did it and the texts."""
    if field.primary_key:
        return False
    points = "(ansatt)" in str(field.verbose_name) or field.related_model is Ansatt
    return table.is_about_someone or points or field.name in table.records


def line(table: Tabell, field) -> str:
    return f"| `{field.name}` | {field.verbose_name} | {fate_of(table, field)} |"


def section(table: Tabell) -> str:
    told = [field for field in table.fields() if is_told(table, field)]
    hidden = " ".join(f"`{name}`: {why}" for name, why in table.hidden.items())
    facts = (
        ("Formål", table.purpose),
        ("Grunnlag", table.basis.value),
        ("Hvor lenge", table.kept),
        ("Hvem ser det", table.readers),
        ("Ved sletting av personen", table.fate.value),
        ("Ikke i egen kopi", hidden),
    )
    lines = [f"- {label}: {value}" for label, value in facts if value]
    return "\n".join(
        [f"## {table.model}", "", *lines, "", COLUMNS, *(line(table, each) for each in told), ""]
    )


def drawn() -> str:
    impersonal = [f"- `{label}`: {why}" for label, why in sorted(persondata.impersonal().items())]
    rules = [f"| {rule.label} | {rule.months} |" for rule in persondata.rules()]
    return "\n".join(
        [
            HEAD,
            "## Lagringstider\n\n| hva | foreslått, måneder |\n|---|---|",
            *rules,
            "",
            *(section(table) for table in persondata.tables()),
            "## Uten personopplysninger\n",
            *impersonal,
            "",
        ]
    )


def test_the_page_is_what_the_apps_declare():
    with translation.override("nb"):
        page = drawn()

    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "Run UPDATE_DOCS=1 pytest tests/docs"


def test_every_field_says_purpose_basis_and_retention():
    for table in persondata.tables():
        assert all(
            str(told).strip()
            for told in (table.purpose, table.basis.value, table.kept, table.readers)
        ), table.model
