"""Verbs on units, people and roles, called as `actions.place(…)`; each noun has its file."""

from kompetanse.organisasjon.actions.bruker import admit
from kompetanse.organisasjon.actions.enhet import keep_history, place, take_effect
from kompetanse.organisasjon.actions.innsyn import look
from kompetanse.organisasjon.actions.oppsett import set_up
from kompetanse.organisasjon.actions.rolle import give, take

__all__ = [
    "admit",
    "give",
    "keep_history",
    "look",
    "place",
    "set_up",
    "take",
    "take_effect",
]
