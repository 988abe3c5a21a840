"""Which column of an HR export holds what. Systems spell headings differently."""

import difflib
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.tables import Table

# The heading that we write in reports, and what else it is called.
EMPLOYEE = {
    "number": ("Ansattnr", "Ansattnummer", "Ansatt nr", "Ressursnr", "Ressursnummer", "Lønnsnr"),
    "first_name": ("Fornavn",),
    "last_name": ("Etternavn",),
    "email": ("E-post", "E-postadresse", "Epost", "Mail", "E-post jobb"),
    "birth_year": ("Fødselsår",),
    "unit_code": ("Enhetskode", "Organisasjonskode", "Ansvar", "Org.kode"),
    "unit_name": ("Enhet", "Enhetsnavn", "Organisasjonsenhet"),
    "parent_code": ("Overordnet enhetskode", "Overordnet"),
    "job_code": ("Stillingskode",),
    "job_name": ("Stilling", "Stillingsbetegnelse", "Stillingsnavn"),
    "percentage": ("Stillingsprosent", "Prosent", "Stillingsstørrelse"),
    "terms": ("Ansettelsesform", "Ansettelsestype"),
    "starts": ("Fra", "Fra dato", "Startdato"),
    "ends": ("Til", "Til dato", "Sluttdato"),
    "is_leader": ("Leder",),
    "oid": (
        "Objekt-ID i Entra ID", "Objekt-ID", "Object ID", "oid", "Entra-ID", "Entra objekt-ID",
        "Azure objekt-ID", "Azure AD objekt-ID",
    ),
    "upn": (
        "Brukernavn i Entra ID", "UPN", "User principal name", "Brukernavn Entra", "AD-brukernavn",
    ),
}  # fmt: skip
EMPLOYEE_REQUIRED = (
    "number",
    "first_name",
    "last_name",
    "unit_code",
    "unit_name",
    "job_name",
    "percentage",
)
UNIT = {
    "code": ("Enhetskode",),
    "name": ("Enhet", "Enhetsnavn"),
    "kind": ("Slag", "Nivå", "Type"),
    "parent_code": ("Overordnet enhetskode", "Overordnet"),
    "leader": ("Leder ansattnr", "Leder"),
}
UNIT_REQUIRED = ("code", "name", "kind")


def plain(heading: str) -> str:
    """Return the heading without what people vary: case, spaces, dots, hyphens, brackets."""
    return re.sub(r"\([^)]*\)|[\W_]", "", heading).lower()


def positions(table: Table, fields: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Return where each field that the table has stands; the first of two equal headings."""
    headings = [plain(heading) for heading in table.columns]
    return {
        field: headings.index(spelling)
        for field, spellings in fields.items()
        for spelling in map(plain, reversed(spellings))
        if spelling in headings
    }


def guess(table: Table, remembered: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the heading of each field that can be told: as last time, else by its spelling."""
    guessed = {field: table.columns[at] for field, at in positions(table, EMPLOYEE).items()}
    known = {field: name for field, name in (remembered or {}).items() if name in table.columns}
    taken = set(known.values())
    return {field: name for field, name in guessed.items() if name not in taken} | known


def require(table: Table, chosen: Mapping[str, str] | None = None) -> dict[str, int]:
    """Return where the fields of an employee table stand, as chosen or else by their headings.

    Raises:
        DomainError: a column that the import cannot do without is missing; names all of them.
    """
    found = _chosen(table, chosen) if chosen else positions(table, EMPLOYEE)
    missing = [EMPLOYEE[field][0] for field in EMPLOYEE_REQUIRED if field not in found]
    if missing:
        raise DomainError(
            _("Filen mangler kolonnene %(columns)s. %(hint)s").strip()
            % {"columns": ", ".join(missing), "hint": _hint(missing, table.columns)}
        )
    return found


def _chosen(table: Table, chosen: Mapping[str, str]) -> dict[str, int]:
    return {
        field: table.columns.index(name) for field, name in chosen.items() if name in table.columns
    }


def is_units(table: Table) -> bool:
    """Tell whether the sheet lists units rather than employees."""
    found = positions(table, UNIT)
    return all(field in found for field in UNIT_REQUIRED)


def _hint(missing: list[str], headings: tuple[str, ...]) -> str:
    close = [
        _("Er «%(heading)s» det vi kaller «%(name)s»?") % {"heading": match, "name": name}
        for name in missing
        for match in difflib.get_close_matches(name, headings, n=1, cutoff=0.7)
    ]
    return " ".join(close)
