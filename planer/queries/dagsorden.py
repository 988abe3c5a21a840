"""The agenda, read and proposed: fixed points, discussions, the wheel, and other apps."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer.models import Aktivitet, Drofting, Mote, Motepunkt
from planer.queries import moteinnhold
from planer.queries.moteinnhold import Forslag

Kind = Motepunkt.Kind
# What the wheel asks for in the time after the meeting is gone through there.
AHEAD = timedelta(days=60)
MOST_FROM_WHEEL = 6


def points(mote: Mote) -> QuerySet[Motepunkt]:
    return Motepunkt.objects.filter(mote=mote)


def proposals(mote: Mote, actor: Ansatt) -> Iterable[Forslag]:
    """Yield what the agenda is made from, in its order."""
    yield Forslag(
        key="apning",
        kind=Kind.FIXED,
        title=_("Innkalling, saksliste og habilitet"),
        text=_("Den som er inhabil i en sak, sier fra og går ut når saken behandles."),
    )
    for kilde in moteinnhold.kilder():
        yield from kilde.proposals(mote, actor)
    yield from (_discussion(each) for each in _awaiting(mote))
    yield from _from_wheel(mote)
    yield Forslag(key="eventuelt", kind=Kind.FIXED, title=_("Eventuelt"))


def _awaiting(mote: Mote) -> QuerySet[Drofting]:
    """Return what someone has asked to discuss, and no other meeting has taken up."""
    asked = Drofting.objects.filter(status=Drofting.Status.ASKED, mote=None)
    return (asked | Drofting.objects.filter(mote=mote)).order_by("pk")


def _discussion(drofting: Drofting) -> Forslag:
    def link(punkt: Motepunkt) -> None:
        Drofting.objects.filter(pk=drofting.pk).update(mote=punkt.mote_id)

    return Forslag(
        key=f"drofting:{drofting.pk}",
        kind=Kind.DISCUSSION,
        title=_("Drøfting: %(title)s") % {"title": drofting.title},
        link=link,
    )


def _from_wheel(mote: Mote) -> Iterable[Forslag]:
    due = Aktivitet.objects.filter(
        done_at__isnull=True, is_meeting=False, ends__range=(mote.held_on, mote.held_on + AHEAD)
    ).order_by("ends", "pk")[:MOST_FROM_WHEEL]
    if not due:
        return
    lines = [
        _("%(title)s, frist %(day)s.") % {"title": each.title, "day": norsk.langdato(each.ends)}
        for each in due
    ]
    yield Forslag(
        key="arshjul",
        kind=Kind.WHEEL,
        title=_("Dette kommer nå i årshjulet"),
        text="\n".join(lines),
    )
