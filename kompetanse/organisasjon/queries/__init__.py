"""Units and people, read: called as `queries.tree()`; each noun has its file."""

from kompetanse.organisasjon.queries.ansatt import (
    IN_LINE,
    LEADING,
    actor_of,
    current,
    holders,
    leader_for,
    leaders_of,
    roles_in_force,
)
from kompetanse.organisasjon.queries.enhet import ancestors, tree, virksomheter
from kompetanse.organisasjon.queries.innsyn import begun, innsyn
from kompetanse.organisasjon.queries.oppsett import oppsett

__all__ = [
    "IN_LINE",
    "LEADING",
    "actor_of",
    "ancestors",
    "begun",
    "current",
    "holders",
    "innsyn",
    "leader_for",
    "leaders_of",
    "oppsett",
    "roles_in_force",
    "tree",
    "virksomheter",
]
