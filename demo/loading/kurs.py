"""Courses and professional days: two that have been, with who came, and some that are coming."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from demo.loading.register import Register
from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from planer.actions import arrangement
from planer.models import Arrangement, Kurssvar, Pamelding

STATUS = Pamelding.Status


def load(register: Register) -> None:
    """Put up the file's events; those who came are picked by their number, the same each time."""
    for row in register.file("kurs").get("arrangement", ()):
        values = dict(row)
        came, signed = values.pop("kom", 0), values.pop("pameldt", 0)
        scores = values.pop("svar", ())
        values["enhet"] = register.units.get(values.get("enhet", ""))
        values["kompetanse"] = register.competences.get(values.get("kompetanse", ""))
        for name in ("begins", "ends"):
            values[name] = time.fromisoformat(values[name])
        event = arrangement.arrange(by=register.advisor, **values)
        if came:
            _held(event, register, share=came)
            _judged(event, scores)
        if signed:
            _signed(event, register, share=signed)


def _held(event: Arrangement, register: Register, *, share: int) -> None:
    """Let `share` per cent of those it is for have been there, and a few have stayed away."""
    people = [each for each in register.people.values() if _is_for(each, event)]
    Pamelding.objects.bulk_create(
        Pamelding(
            arrangement=event,
            ansatt=each,
            status=STATUS.ATTENDED if _draw(each, event) < share else STATUS.ABSENT,
            at=clock.start_of(event.on, hour=8),
            by=each,
        )
        for each in people
        if _draw(each, event) < share + 5
    )
    present = event.pameldinger.filter(status=STATUS.ATTENDED).values_list("ansatt", flat=True)
    arrangement.attend(event, list(present), by=register.advisor)


def _signed(event: Arrangement, register: Register, *, share: int) -> None:
    """Let `share` per cent of those it is for have a place at what is coming."""
    Pamelding.objects.bulk_create(
        Pamelding(arrangement=event, ansatt=each, status=STATUS.SIGNED, by=each)
        for each in register.people.values()
        if _is_for(each, event) and _draw(each, event) < share
    )


def _judged(event: Arrangement, scores: Iterable[Any]) -> None:
    names = ("useful", "content", "teaching", "overall", "comment")
    Kurssvar.objects.bulk_create(
        Kurssvar(arrangement=event, **dict(zip(names, row, strict=False))) for row in scores
    )


def _is_for(ansatt: Ansatt, event: Arrangement) -> bool:
    if ansatt.left_on is not None:
        return False
    return event.enhet is None or ansatt.enhet.is_within(event.enhet.path)


def _draw(ansatt: Ansatt, event: Arrangement) -> int:
    """Return 0–99, spread over the employees and different from event to event."""
    return (int(ansatt.number) * 37 + event.on.month * 11) % 100
