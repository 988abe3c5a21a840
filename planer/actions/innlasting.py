"""A Kommune's plans from a file: strategy plan, wheel, meetings, arenas and measures.

The fields are named as in the models. A focus area's `nr` is what other rows point to; units are
given by their code, people by employee number, an activity's days as «MM-DD».
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import transaction

from kompetanse import clock
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Enhet, Kompetanse
from planer.actions import arshjul, drofting, langplan, linje
from planer.models import (
    Aktivitet,
    Belopslinje,
    Fokusomrade,
    Henvisning,
    Hovedmal,
    Kapittel,
    Langplan,
    Laringsarena,
    Mote,
    Motedeltaker,
    Plankolonne,
    Planomfang,
    Planvedtak,
    Protokoll,
    Strategiplan,
    Tiltak,
)
from planer.queries import protokoll

Rows: TypeAlias = Iterable[Mapping[str, Any]]
NOON = 12
PARTS: dict[Any, str] = {
    Hovedmal: "hovedmal",
    Kapittel: "kapittel",
    Henvisning: "henvisning",
    Planvedtak: "planvedtak",
}


@transaction.atomic
def plan_from(data: Mapping[str, Any], *, by: Ansatt | None) -> Strategiplan:
    """Make what the file holds and is not there yet; run again it changes nothing.

    Units, people and the catalogue of competence must be there before. The wheel is made for
    this year and the next; what has its deadline behind it is ticked off.
    """
    plan, areas = _strategy(data)
    wheel_from(data.get("aktivitet", ()), by=by)
    _meetings(data.get("mote", ()))
    arenas_from(data.get("laringsarenaer", {}).get("navn", ()))
    _measures(data.get("tiltak", ()), areas=areas)
    _columns(data.get("kolonne", ()))
    if by is not None and "langplan" in data:
        _long_plan(data["langplan"], plan=plan, areas=areas, by=by)
    audit.record("strategiplan.load", plan, by=by)
    return plan


def _strategy(data: Mapping[str, Any]) -> tuple[Strategiplan, dict[str, Fokusomrade]]:
    head = dict(data["plan"])
    units, number = head.pop("omfang", ()), head.pop("ansvarlig", None)
    head["responsible"] = _people([number]).get(str(number))
    plan, is_new = Strategiplan.objects.get_or_create(
        name=head.pop("name"), defaults=_trimmed(head)
    )
    if is_new:
        for model, key in PARTS.items():
            for row in data.get(key, ()):
                model.objects.create(plan=plan, **_trimmed(row))
        covered = Enhet.objects.filter(code__in=units)
        Planomfang.objects.bulk_create(Planomfang(plan=plan, enhet=enhet) for enhet in covered)
    return plan, _areas(plan, data.get("fokusomrade", ()))


def _areas(plan: Strategiplan, rows: Rows) -> dict[str, Fokusomrade]:
    """Return the focus areas by their `nr`; an area stands before its sub-areas."""
    made: dict[str, Fokusomrade] = {}
    for row in rows:
        made[row["nr"]], _is_new = Fokusomrade.objects.get_or_create(
            plan=plan,
            parent=made.get(row.get("under", "")),
            name=row["name"],
            defaults={"order": row["order"], "text": row["text"]},
        )
    return made


def wheel_from(rows: Rows, *, by: Ansatt | None) -> None:
    """Make the wheel of this year and the next from rows whose days are «MM-DD»."""
    today = clock.today()
    known = set(Aktivitet.objects.values_list("year", "code"))
    for year in (today.year, today.year + 1):
        for row in rows:
            if (year, row["code"]) not in known:
                _tick_if_past(_activity(row, year, by=by), on=today, by=by)


def _activity(row: Mapping[str, Any], year: int, *, by: Ansatt | None) -> Aktivitet:
    return arshjul.set_activity(
        row["code"],
        year,
        title=row["title"],
        text=row.get("text", ""),
        starts=_day(year, row["starts"]),
        ends=_day(year, row["ends"]),
        is_meeting=row.get("is_meeting", False),
        roles=row["roller"],
        by=by,
    )


def _tick_if_past(aktivitet: Aktivitet, *, on: date, by: Ansatt | None) -> None:
    if by is not None and aktivitet.ends < on:
        aktivitet.done_at, aktivitet.done_by = clock.start_of(aktivitet.ends, hour=NOON), by
        aktivitet.save(update_fields=["done_at", "done_by"])


def tick_past(*, by: Ansatt) -> int:
    """Tick off what has its deadline behind it, each at noon of its last day; return how many."""
    past = list(Aktivitet.objects.filter(done_at__isnull=True, ends__lt=clock.today()))
    for aktivitet in past:
        aktivitet.done_at, aktivitet.done_by = clock.start_of(aktivitet.ends, hour=NOON), by
    return Aktivitet.objects.bulk_update(past, ["done_at", "done_by"])


def _meetings(rows: Rows) -> None:
    for row in rows:
        year = row["held_on"].year
        mote, is_new = Mote.objects.get_or_create(
            title=row["title"],
            held_on=row["held_on"],
            defaults={
                "place": row.get("place", ""),
                "begins": row.get("begins"),
                "ends": row.get("ends"),
                "aktivitet": Aktivitet.objects.filter(year=year, code=row.get("aktivitet")).first(),
            },
        )
        if is_new:
            _participants(mote, row.get("deltakere", ()))
            _minutes(mote, row.get("minutes", "").strip())


def _minutes(mote: Mote, text: str) -> None:
    """Let a meeting of the past be held; what is told of it is a draft of its minutes."""
    if mote.held_on < clock.today():
        mote.status = Mote.Status.HELD
        mote.save(update_fields=["status"])
    if text:
        content = protokoll.drafted(mote) | {"opening": text}
        Protokoll.objects.create(mote=mote, content=content)


def _participants(mote: Mote, pairs: Iterable[tuple[int, str]]) -> None:
    capacity = {str(number): text for number, text in pairs}
    people = _people(capacity)
    Motedeltaker.objects.bulk_create(
        Motedeltaker(mote=mote, ansatt=ansatt, capacity=capacity[number])
        for number, ansatt in people.items()
    )


def arenas_from(names: Iterable[str]) -> None:
    """Make the learning arenas that are not there yet, in this order."""
    for order, name in enumerate(names, start=1):
        Laringsarena.objects.get_or_create(name=name, defaults={"order": order})


def _measures(rows: Rows, *, areas: Mapping[str, Fokusomrade]) -> None:
    units = {enhet.code: enhet for enhet in Enhet.objects.all()}
    arenas = {arena.name: arena for arena in Laringsarena.objects.all()}
    catalogue = {kompetanse.name: kompetanse for kompetanse in Kompetanse.objects.all()}
    for row in rows:
        values = dict(row)
        amounts = values.pop("belop", {})
        key = {name: values.pop(name) for name in ("year", "half", "theme")}
        key["enhet"] = units.get(values.pop("enhet", ""))
        values["arena"] = arenas.get(values.get("arena", ""))
        built = catalogue.get(values.pop("kompetanse", ""))
        level = values.pop("niva", None)
        values["fokusomrade"] = areas.get(values.get("fokusomrade", ""))
        tiltak, is_new = Tiltak.objects.get_or_create(**key, defaults=values)
        if is_new:
            Belopslinje.objects.bulk_create(
                Belopslinje(tiltak=tiltak, kind=kind, amount=amount)
                for kind, amount in amounts.items()
            )
            linje.set_competences(tiltak, {built.pk: level} if built else {})


def _columns(rows: Rows) -> None:
    """Make the Kommune's own columns, in the order of the file; what is there stays."""
    known = set(Plankolonne.objects.values_list("field", flat=True))
    Plankolonne.objects.bulk_create(
        Plankolonne(order=place, field=row["felt"], heading=row["overskrift"])
        for place, row in enumerate(rows, start=1)
        if row["felt"] not in known
    )


def _long_plan(
    data: Mapping[str, Any], *, plan: Strategiplan, areas: Mapping[str, Fokusomrade], by: Ansatt
) -> None:
    """Make the long training plan with its goals and measurements, and adopt it."""
    head = {name: data[name] for name in ("name", "first_year", "last_year")}
    if Langplan.objects.filter(strategiplan=plan, **head).exists():
        return
    long = langplan.make(plan, **head, by=by)
    for version, row in enumerate(data["mal"], start=long.version):
        values = dict(row) | {"fokusomrade": areas[row["fokusomrade"]]}
        measured = values.pop("malinger", ())
        mal = langplan.add(long, version=version, by=by, **values)
        for on, value in measured:
            langplan.measure(mal, on=on, value=Decimal(str(value)), by=by)
    if "drofting" in data:
        _discuss(long, data["drofting"], by=by)
    langplan.adopt(long, **data["vedtak"], by=by)


def _discuss(long: Langplan, row: Mapping[str, Any], *, by: Ansatt) -> None:
    """Record the discussion with the unions that comes before the decision."""
    people = _people(number for _party, number, _said in row["parter"])
    asked = drofting.ask(title=row["title"], langplan=long, by=by)
    drofting.record(
        asked,
        held_on=row["held_on"],
        result=row["result"],
        text=row["text"],
        parties=[
            drofting.Part(party, people.get(str(number)), said)
            for party, number, said in row["parter"]
        ],
        version=asked.version,
        by=by,
    )


def _people(numbers: Iterable[Any]) -> dict[str, Ansatt]:
    wanted = [str(number) for number in numbers]
    return {ansatt.number: ansatt for ansatt in Ansatt.objects.filter(number__in=wanted)}


def _trimmed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}


def _day(year: int, text: str) -> date:
    month, day = (int(part) for part in text.split("-"))
    return date(year, month, day)
