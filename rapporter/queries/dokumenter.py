"""The registry of documents: one list of them all, and who may see which.

Each app's documents have pages of their own; here they are found. A new document is one line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt


@dataclass(frozen=True, slots=True)
class Report:
    """A document: its name, whom it is for, where it is, and the year it needs, if any.

    `year` counts from this year: 1 is the coming year's plan.
    """

    group: str | Promise
    name: str | Promise
    act: Act
    url_name: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    name: str
    url: str


PLANS, NEEDS, APPLICATIONS, GRANT = (
    _("Planer og årshjul"),
    _("Kartlegging"),
    _("Søknader"),
    _("Statstilskudd"),
)

REPORTS: tuple[Report, ...] = (
    Report(GRANT, _("Søknad om statstilskudd"), Act.PREPARE_GRANT, "rapporter:grants"),
)


def visible_to(actor: Ansatt, *, on: date) -> Mapping[str, list[Listed]]:
    """Return the documents that the actor may see, by group, in the registry's order."""
    groups: dict[str, list[Listed]] = {}
    for group, listed in _listed(actor, on):
        groups.setdefault(group, []).append(listed)
    return groups


def _listed(actor: Ansatt, on: date) -> Iterator[tuple[str, Listed]]:
    for report in REPORTS:
        if access.may(actor, report.act):
            arguments = [] if report.year is None else [on.year + report.year]
            name = str(report.name) if report.year is None else f"{report.name} {arguments[0]}"
            yield str(report.group), Listed(name, reverse(report.url_name, args=arguments))
