"""Units and people, read: called as `queries.tree()`; each noun has its file."""

from kompetanse.organisasjon.queries.aktor import actor_of
from kompetanse.organisasjon.queries.ansatt import (
    IN_LINE,
    LEADING,
    LINE,
    current,
    holders,
    leader_and_holders,
    leader_for,
    leaders_of,
    roles_in_force,
    with_deputies,
)
from kompetanse.organisasjon.queries.enhet import (
    Plass,
    ancestors,
    in_force,
    open_units,
    tree,
    tree_on,
    virksomheter,
)
from kompetanse.organisasjon.queries.innsyn import begun, innsyn
from kompetanse.organisasjon.queries.niva import levels
from kompetanse.organisasjon.queries.oppsett import oppsett

__all__ = [
    "IN_LINE",
    "LEADING",
    "LINE",
    "Plass",
    "actor_of",
    "ancestors",
    "begun",
    "current",
    "holders",
    "in_force",
    "innsyn",
    "leader_and_holders",
    "leader_for",
    "leaders_of",
    "levels",
    "open_units",
    "oppsett",
    "roles_in_force",
    "tree",
    "tree_on",
    "virksomheter",
    "with_deputies",
]
