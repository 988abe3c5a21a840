"""Verbs on units, people and roles, called as `actions.place(…)`; each noun has its file."""

from kompetanse.organisasjon.actions.bruker import admit
from kompetanse.organisasjon.actions.enhet import keep_history, place, take_effect
from kompetanse.organisasjon.actions.innsyn import look
from kompetanse.organisasjon.actions.kjennetegn import recognise
from kompetanse.organisasjon.actions.oppsett import set_up
from kompetanse.organisasjon.actions.rolle import entrust, give, take
from kompetanse.organisasjon.actions.stedfortreder import end as end_deputy
from kompetanse.organisasjon.actions.stedfortreder import stand_in

__all__ = [
    "admit",
    "end_deputy",
    "entrust",
    "give",
    "keep_history",
    "look",
    "place",
    "recognise",
    "set_up",
    "stand_in",
    "take",
    "take_effect",
]
