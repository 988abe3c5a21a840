"""What of a scheme is data: head, warnings and the report's parts, with what is usual."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapporter.models import Tilskuddsordning
from rapporter.queries import columns
from rapporter.queries.grid import as_data

Text = str | Promise
Strictness = Tilskuddsordning.Strictness

HEAD: dict[str, Text] = {
    "address": _("Adresse"),
    "organisation_number": _("Organisasjonsnummer"),
    "account_number": _("Kontonummer"),
    "contact_name": _("Kontaktperson"),
    "contact_email": _("Kontaktpersonens e-post"),
    "signer": _("Underskrives av"),
}
PARTS: dict[str, Text] = {
    "goals": _("Måloppnåelse"),
    "staff": _("Utvikling i årsverk"),
    "texts": _("Tekst for hvert område"),
    "accounts": _("Regnskap"),
}


@dataclass(frozen=True, slots=True)
class Regel:
    """A rule that the product tells of, and how strictly it usually is taken."""

    label: Text
    usual: str


# Source: the counties' announcements; each decides itself how strictly it reads a rule.
WARNINGS: dict[str, Regel] = {
    "focus": Regel(_("Tiltaket er ikke knyttet til et fokusområde"), Strictness.ADVICE),
    "own_share": Regel(_("Linja er uten egenandel"), Strictness.ADVICE),
    "short_course": Regel(_("Kort internt kurs, bortsett fra i BPA"), Strictness.ADVICE),
    "same_cost": Regel(_("Samme tiltak i to søknader"), Strictness.ADVICE),
    "carried_over": Regel(_("Overført beløp er ikke det rapporten ba om"), Strictness.ADVICE),
}


def head_of(ordning: Tilskuddsordning) -> dict[str, str]:
    """Return the head's fields in the scheme's order, with its headings."""
    told = {each["field"]: each["heading"] for each in ordning.head if each["field"] in HEAD}
    return told or {name: str(label) for name, label in HEAD.items()}


def parts_of(ordning: Tilskuddsordning) -> dict[str, str]:
    """Return the report's parts in the scheme's order, with its headings."""
    told = {each["field"]: each["heading"] for each in ordning.parts if each["field"] in PARTS}
    return told or {name: str(label) for name, label in PARTS.items()}


def strictness(ordning: Tilskuddsordning, code: str) -> str:
    told: Mapping[str, Any] = ordning.warnings
    return str(told.get(code, WARNINGS[code].usual))


def schemes() -> QuerySet[Tilskuddsordning]:
    """Return the schemes, the newest first, each with `uses`: how many applications it has."""
    counted = Tilskuddsordning.objects.annotate(uses=Count("soknader"))
    return counted.order_by("-year", "name")


def usual(table: str) -> list[dict[str, str]]:
    """Return what a table of the scheme has when the scheme says nothing."""
    tables: dict[str, tuple[Mapping[str, Any], tuple[str, ...]]] = {
        "columns": (columns.FIELDS, columns.USUAL),
        "goal_columns": (columns.GOALS, columns.USUAL_GOALS),
        "staff_columns": (columns.STAFF, columns.USUAL_STAFF),
    }
    if table in tables:
        fields, names = tables[table]
        return as_data(names, fields)
    labels = HEAD if table == "head" else PARTS
    return [{"field": name, "heading": str(label)} for name, label in labels.items()]
