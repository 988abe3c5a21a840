"""Applications on a meeting's agenda: the points they make, and how the lists stand.

Everything here is read as it is projected: no names, no private words, small groups hidden.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer.models import Mote, Motepunkt
from planer.queries.moteinnhold import Forslag
from soknader.models import Motesak, Soknad, Soknadsrunde
from soknader.queries import prioritering
from soknader.queries.prioritering import Sak
from soknader.rules import prioritering as rules
from soknader.rules.prioritering import Reader

Group, S = Motesak.Group, Soknadsrunde.Status
# As no one: no case is the reader's own, nobody's name is seen, small groups are hidden.
NOBODY = Reader(ansatt_id=0, lines=(), is_group=False, is_decider=True, on_screen=True)
# The applicant has had the answer, or the case is no longer in the round.
TOLD = (
    Soknad.Status.ANSWERED,
    Soknad.Status.ACCEPTED,
    Soknad.Status.DECLINED,
    Soknad.Status.WITHDRAWN,
)


def in_round(mote: Mote) -> QuerySet[Soknadsrunde]:
    """Return the rounds that are to be prioritised about the day of the meeting."""
    alive = Soknadsrunde.objects.filter(status__in=(S.OPEN, S.PRIORITISING, S.DECIDED))
    return alive.filter(
        Q(meeting_on=mote.held_on) | Q(deadline__lt=mote.held_on, answer_by__gte=mote.held_on)
    ).order_by("deadline")


def proposals(mote: Mote, actor: Ansatt) -> Iterator[Forslag]:
    """Yield the points of the rounds: the frame and the list, and the groups that need words."""
    for runde in in_round(mote):
        counts = _counts(runde, actor)
        if not counts[Group.ALL]:
            continue
        for group in Group:
            if counts[group]:
                yield _proposal(runde, group, counts[group])


def _counts(runde: Soknadsrunde, actor: Ansatt) -> dict[Motesak.Group, int]:
    saker = prioritering.ranked(runde, reader=rules.reader(actor, on_screen=True)).saker
    return {group: sum(belongs(sak, group) for sak in saker) for group in Group}


def belongs(sak: Sak, group: str) -> bool:
    """Return whether the application is among those that the point is about."""
    told = {
        Group.EXCEPTIONS: not sak.is_prioritised,
        Group.LATE: sak.is_late,
        Group.UNSTATED: not sak.verdict,
    }
    return told.get(Group(group), True)


def _proposal(runde: Soknadsrunde, group: Motesak.Group, count: int) -> Forslag:
    titles = {
        Group.ALL: _("Prioritering av søknader, %(round)s (%(n)d saker)"),
        Group.EXCEPTIONS: _("Søknader om unntak fra prioriteringene, %(round)s (%(n)d)"),
        Group.LATE: _("Søknader etter fristen, %(round)s (%(n)d)"),
        Group.UNSTATED: _("Søknader uten uttalelse fra leder, %(round)s (%(n)d)"),
    }
    text = ""
    if group == Group.ALL:
        text = _("Rammen er %(frame)s.") % {"frame": norsk.kroner(runde.budget)}

    def link(punkt: Motepunkt) -> None:
        Motesak.objects.create(punkt=punkt, runde=runde, group=group)

    return Forslag(
        key=f"runde:{runde.pk}:{group}",
        kind=Motepunkt.Kind.CASES,
        title=titles[group] % {"round": str(runde).lower(), "n": count},
        text=text,
        link=link,
    )


def snapshot(runde: Soknadsrunde) -> list[list[Any]]:
    """Return how the list stands: id, outcome and amount of each, first place first."""
    saker = prioritering.ranked(runde, reader=NOBODY).saker
    return [[sak.pk, sak.outcome, sak.planned] for sak in saker]


def closed_to(actor: Ansatt) -> QuerySet[Any]:
    """Return the ids of meetings whose minutes tell of the actor's own case before the answer."""
    own = Soknad.objects.filter(ansatt=actor, status__in=prioritering.LISTED).exclude(
        status__in=TOLD
    )
    return Motesak.objects.filter(runde__in=own.values("runde")).values("punkt__mote")
