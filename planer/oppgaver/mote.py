"""Meetings to come to, and minutes to write and to answer."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from planer import rules
from planer.models import Mote, Motedeltaker, Protokoll, Protokollmerknad


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the meetings the actor is called to, minutes to answer, and those to write."""
    called = Motedeltaker.objects.filter(Q(ansatt=actor) | Q(deputy=actor)).values("mote")
    alive = (Mote.Status.INVITED, Mote.Status.OPEN)
    coming = Mote.objects.filter(pk__in=called, status__in=alive, held_on__gte=on)
    yield waiting(coming.order_by(), _come, text="title", day="held_on")
    answered = Protokollmerknad.objects.filter(by=actor).values("protokoll")
    out = Protokoll.objects.filter(mote__in=called, status=Protokoll.Status.REMARKS)
    to_read = out.exclude(pk__in=answered).order_by()
    yield waiting(to_read, _read, text="mote__title", day="remarks_by")
    if rules.may_edit_moter(actor):
        frozen = Protokoll.objects.filter(approved_at__isnull=False).values("mote")
        held = Mote.objects.filter(status=Mote.Status.HELD, closed_at__isnull=False)
        unwritten = held.exclude(pk__in=frozen).order_by()
        yield waiting(unwritten, _write, text="title", day="held_on")


def _come(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"mote:{rad.pk}",
        title=_("Møte: %(title)s") % {"title": rad.text},
        url=reverse("planer:read_meeting", args=[rad.pk]),
        starts=rad.day,
        text=_("Les sakslisten og papirene"),
    )


def _read(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"referat:{rad.pk}",
        title=_("Les referatet: %(title)s") % {"title": rad.text},
        url=reverse("planer:read_minutes", args=[rad.pk]),
        deadline=rad.day,
        text=_("Godkjenn det, eller skriv en merknad"),
    )


def _write(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"skriv-referat:{rad.pk}",
        title=_("Gjør referatet ferdig: %(title)s") % {"title": rad.text},
        url=reverse("planer:read_meeting", args=[rad.pk]),
        starts=rad.day,
        text=_("Skriv, send til merknader og godkjenn"),
    )
