"""What is remembered of the lists when a meeting begins and rises."""

from planer.models import Mote
from planer.queries.moteinnhold import Kilde
from soknader.models import Motesak
from soknader.queries import motereferat
from soknader.queries import motesak as queries


def begun(mote: Mote) -> None:
    """Remember how the lists on the agenda stand when the meeting begins."""
    for motesak in _of(mote):
        motesak.before = queries.snapshot(motesak.runde)
        motesak.save(update_fields=["before"])


def risen(mote: Mote) -> None:
    """Remember how the lists stand when the meeting rises: that is what it decided."""
    for motesak in _of(mote):
        motesak.after = queries.snapshot(motesak.runde)
        motesak.save(update_fields=["after"])


def _of(mote: Mote) -> list[Motesak]:
    return list(Motesak.objects.filter(punkt__mote=mote).select_related("runde"))


KILDE = Kilde(
    proposals=queries.proposals,
    begun=begun,
    risen=risen,
    happened=motereferat.happened,
    recused=motereferat.recused,
    closed_to=queries.closed_to,
)
