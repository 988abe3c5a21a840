"""The minutes, read: drafted from what happened, and as the document that page and PDF show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer import rules
from planer.models import (
    Drofting,
    Mote,
    Motedeltaker,
    Motepunkt,
    Protokoll,
    Protokollmerknad,
)
from planer.queries import drofting, moteinnhold
from planer.queries import mote as moter
from planer.queries.moteinnhold import Avsnitt, Stemme

S = Protokoll.Status
FROZEN = (S.APPROVED, S.SUPERSEDED)
Attendance = Motedeltaker.Attendance


@dataclass(frozen=True, slots=True)
class Punkt:
    """A point as the minutes tell it. `lines`, `tables` and `voices` are what happened."""

    number: int
    id: int
    title: str
    text: str
    conclusion: str
    lines: Sequence[str] = ()
    tables: Sequence[Mapping[str, Any]] = ()
    voices: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesDocument:
    """One edition of the minutes, whole, as page and PDF show it."""

    title: str
    held_on: date
    place: str
    edition: int
    status: str
    is_frozen: bool
    correction: str
    opening: str
    began: str
    rose: str
    present: Sequence[Sequence[str]]
    away: Sequence[Sequence[str]]
    recused: Sequence[str]
    points: Sequence[Punkt]
    remarks: Sequence[tuple[str, str]] = ()
    agreed: Sequence[str] = ()
    approved_on: date | None = None
    approved_by: str = ""
    dissents: int = field(default=0)


def visible_to(actor: Ansatt) -> QuerySet[Protokoll]:
    """Return the minutes that the actor may read.

    Drafts are the advisor's; those called read them when they are out for remarks. Minutes that
    tell of applications are read by those who may read the list, and by nobody whose own case is
    in them before it is answered.
    """
    found = Protokoll.objects.filter(mote__in=moter.visible_to(actor).order_by().values("pk"))
    if not rules.may_edit_moter(actor):
        called = Motedeltaker.objects.filter(Q(ansatt=actor) | Q(deputy=actor)).values("mote")
        found = found.filter(Q(status__in=FROZEN) | Q(status=S.REMARKS, mote__in=called))
    if not rules.sees_cases(actor):
        with_cases = Motepunkt.objects.filter(kind=Motepunkt.Kind.CASES).values("mote")
        found = found.exclude(mote__in=with_cases)
    for kilde in moteinnhold.kilder():
        found = found.exclude(mote__in=kilde.closed_to(actor))
    return found


def approved_to(actor: Ansatt) -> QuerySet[Protokoll]:
    """Return the approved minutes that the actor may read, for the list of documents."""
    return visible_to(actor).filter(status=S.APPROVED)


def editions(mote: Mote, actor: Ansatt) -> list[Protokoll]:
    """Return the meeting's minutes that the actor may read, the newest first."""
    return list(visible_to(actor).filter(mote=mote).order_by("-edition"))


def is_closed(mote: Mote, actor: Ansatt) -> bool:
    """Return whether the actor's own case keeps the meeting's minutes closed for now."""
    closed = (kilde.closed_to(actor) for kilde in moteinnhold.kilder())
    return any(Mote.objects.filter(pk=mote.pk, pk__in=ids).exists() for ids in closed)


# --- drafted ----------------------------------------------------------------------------------


def drafted(mote: Mote, *, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what the minutes say of what happened; texts written `before` are kept."""
    kept = before or {}
    conclusions = {row["id"]: row["conclusion"] for row in kept.get("points", ())}
    deltakere = list(moter.participants(mote))
    happened = _happened(mote)
    return {
        "opening": kept.get("opening", ""),
        "began": _clock(mote.opened_at or mote.starts_at),
        "rose": _clock(mote.closed_at),
        "present": [line for each in deltakere for line in _present(each)],
        "away": [line for each in deltakere for line in _away(each)],
        "recused": [line for kilde in moteinnhold.kilder() for line in kilde.recused(mote)],
        "points": [
            {
                "id": punkt.pk,
                "title": punkt.title,
                "text": punkt.text,
                "conclusion": conclusions.get(punkt.pk, punkt.conclusion),
                **happened.get(punkt.pk, Avsnitt()).kept(),
            }
            for punkt in mote.punkter.all()
        ],
    }


def _present(deltaker: Motedeltaker) -> Iterable[list[str]]:
    """Yield name and capacity of the one who was there; a deputy with whom it was for."""
    if deltaker.attendance == Attendance.PRESENT:
        yield [deltaker.ansatt.full_name, deltaker.capacity]
    if deltaker.attendance == Attendance.DEPUTY and deltaker.deputy:
        name = deltaker.ansatt.full_name
        yield [deltaker.deputy.full_name, _("vara for %(name)s") % {"name": name}]


def _away(deltaker: Motedeltaker) -> Iterable[list[str]]:
    """Yield name and capacity of the one who was away; why is not told."""
    if deltaker.attendance in {Attendance.ABSENT, Attendance.DEPUTY}:
        yield [deltaker.ansatt.full_name, deltaker.capacity]


def _happened(mote: Mote) -> dict[int, Avsnitt]:
    """Return by point what was discussed, said, and brought by other apps."""
    parts: dict[int, list[Avsnitt]] = {}
    for kilde in moteinnhold.kilder():
        for pk, avsnitt in kilde.happened(mote).items():
            parts.setdefault(pk, []).append(avsnitt)
    for pk, avsnitt in _discussed(mote):
        parts.setdefault(pk, []).append(avsnitt)
    for innspill in moter.voices(mote):
        by = _named(innspill.by.full_name, innspill.capacity)
        voice = Stemme(by, innspill.text, innspill.is_dissent)
        parts.setdefault(innspill.punkt_id or 0, []).append(Avsnitt(voices=[voice]))
    return {pk: _joined(each) for pk, each in parts.items()}


def _discussed(mote: Mote) -> Iterable[tuple[int, Avsnitt]]:
    punkter = {punkt.key: punkt.pk for punkt in mote.punkter.filter(kind="drofting")}
    held = Drofting.objects.filter(mote=mote, status=Drofting.Status.HELD)
    for each in held.prefetch_related("parter__ansatt"):
        pk = punkter.get(f"drofting:{each.pk}")
        if pk is not None:
            yield pk, drofting.told(each)


def _joined(parts: Sequence[Avsnitt]) -> Avsnitt:
    return Avsnitt(
        lines=[line for each in parts for line in each.lines],
        tables=[table for each in parts for table in each.tables],
        voices=[voice for each in parts for voice in each.voices],
    )


def _named(name: str, capacity: str) -> str:
    return f"{name}, {capacity}" if capacity else name


def _clock(moment: Any) -> str:
    return norsk.klokkeslett(moment) if moment else ""


# --- shown ------------------------------------------------------------------------------------


def document(protokoll: Protokoll) -> MinutesDocument:
    """Return the edition as page and PDF show it; two queries for the remarks."""
    content, mote = protokoll.content, protokoll.mote
    remarks = list(protokoll.merknader.select_related("by"))
    points = [_punkt(number, row) for number, row in enumerate(content.get("points", ()), start=1)]
    return MinutesDocument(
        title=mote.title,
        held_on=mote.held_on,
        place=mote.place,
        edition=protokoll.edition,
        status=str(protokoll.get_status_display()),
        is_frozen=protokoll.is_frozen,
        correction=protokoll.correction,
        opening=content.get("opening", ""),
        began=content.get("began", ""),
        rose=content.get("rose", ""),
        present=content.get("present", ()),
        away=content.get("away", ()),
        recused=content.get("recused", ()),
        points=points,
        remarks=[(each.by.full_name, each.text) for each in remarks if each.text],
        agreed=[each.by.full_name for each in remarks if each.agrees],
        approved_on=clock.local_date(protokoll.approved_at) if protokoll.approved_at else None,
        approved_by=protokoll.approved_by.full_name if protokoll.approved_by else "",
        dissents=sum(voice["is_dissent"] for punkt in points for voice in punkt.voices),
    )


def _punkt(number: int, row: Mapping[str, Any]) -> Punkt:
    return Punkt(number=number, **row)


def yet_to_answer(protokoll: Protokoll) -> list[Ansatt]:
    """Return those of the unions who were there and have said nothing of the draft."""
    answered = Protokollmerknad.objects.filter(protokoll=protokoll).values_list("by_id", flat=True)
    there = there_in(protokoll.mote)
    return [each for each in there if each.pk not in set(answered) and rules.may_dissent(each)]


def there_in(mote: Mote) -> list[Ansatt]:
    """Return those who were in the meeting; before anyone has said who was, those called."""
    deltakere = list(moter.participants(mote).select_related("ansatt__enhet", "deputy__enhet"))
    was = [each.ansatt for each in deltakere if each.attendance == Attendance.PRESENT]
    was += [each.deputy for each in deltakere if each.deputy is not None]
    return was or [each.ansatt for each in deltakere]
