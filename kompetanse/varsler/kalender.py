"""The personal calendar: what an employee has signed up for or has a deadline on, as iCalendar.

Each app registers what it knows of; the ground makes the file, which names nobody:

    kalender.register(function)   # function(actor, since) yields Hendelse
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event

from kompetanse.organisasjon.models import Ansatt

# How often a calendar program should ask again, hours. It decides itself in the end.
REFRESH_HOURS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Hendelse:
    """Something on a day. Whole days have dates, others moments; `sequence` grows when changed."""

    uid: str
    title: str
    starts: date | datetime
    ends: date | datetime
    place: str = ""
    text: str = ""
    sequence: int = 0
    is_cancelled: bool = False


Events = Callable[[Ansatt, date], Iterable[Hendelse]]

_sources: list[Events] = []


def register(events: Events) -> None:
    """Let the app's events stand in the personal calendar; called from AppConfig.ready()."""
    if events not in _sources:
        _sources.append(events)


def of(actor: Ansatt, *, since: date) -> list[Hendelse]:
    """Return what the actor has in the calendar from a day on."""
    return [each for events in _sources for each in events(actor, since)]


def ics(hendelser: Iterable[Hendelse], *, name: str, host: str, at: datetime) -> bytes:
    """Return the calendar as RFC 5545 has it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kompetanse//NO")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", f"PT{REFRESH_HOURS}H")
    for each in hendelser:
        calendar.add_component(_event(each, host=host, at=at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(hendelse: Hendelse, *, host: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{hendelse.uid}@{host}")
    event.add("sequence", hendelse.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", hendelse.starts)
    event.add("dtend", hendelse.ends)
    event.add("summary", hendelse.title)
    if hendelse.place:
        event.add("location", hendelse.place)
    if hendelse.text:
        event.add("description", hendelse.text)
    event.add("status", "CANCELLED" if hendelse.is_cancelled else "CONFIRMED")
    return event
