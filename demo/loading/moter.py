"""The meetings that have been, the one that is called, discussions, and networks: by the verbs."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from demo.loading.register import Register
from kompetanse import clock
from planer.actions import dagsorden, drofting, frammote, innspill, nettverk, protokoll
from planer.actions import mote as meetings
from planer.models import Mote, Motedeltaker
from planer.queries import mote as queries

Row = Mapping[str, Any]
Attendance = Motedeltaker.Attendance
# The invitation goes out this long before, and minutes are read for a week.
BEFORE = timedelta(days=16)
TO_READ = timedelta(days=7)
# The day that the networks were entered.
ENTERED = date(2026, 8, 20)


def load(register: Register) -> None:
    """Tell what `moter.toml` tells; a Kommune without the file has only its plan's meetings."""
    told = register.file("moter")
    for row in told.get("drofting", ()):
        _discuss(register, row)
    for row in told.get("holdt", ()):
        _hold(register, row)
    for row in told.get("innkalt", ()):
        _call(register, row)
    for row in told.get("nettverk", ()):
        _network(register, row)


def _hold(register: Register, row: Row) -> None:
    """Hold the meeting on its day: agenda, presence, what was said, and approved minutes."""
    mote, by = _mote(row), register.advisor
    Mote.objects.filter(pk=mote.pk).update(status=Mote.Status.INVITED)
    with clock.frozen(mote.starts_at or clock.start_of(mote.held_on, hour=9)):
        points = {each["title"]: each for each in row["punkt"]}
        for title in points:
            dagsorden.add(mote, title=title, by=by)
        mote = meetings.begin(mote, by=by)
        frammote.attend(mote, told=_presence(register, mote, row), by=by)
        for punkt in mote.punkter.all():
            for number, text, is_dissent in points[punkt.title].get("innspill", ()):
                who = register.person(number)
                innspill.say(mote, punkt=punkt, text=text, is_dissent=is_dissent, by=who)
    with clock.frozen(mote.ends_at or clock.start_of(mote.held_on, hour=11)):
        mote = meetings.rise(mote, by=by)
    _write(register, mote, row, points)


def _write(register: Register, mote: Mote, row: Row, points: Mapping[str, Row]) -> None:
    by = register.advisor
    with clock.frozen(clock.start_of(mote.held_on + timedelta(days=1), hour=10)):
        draft = protokoll.draft(mote, by=by)
        concluded = {
            each["id"]: points[each["title"]]["conclusion"] for each in draft.content["points"]
        }
        draft = protokoll.write(
            draft, opening=row["apning"], conclusions=concluded, version=draft.version, by=by
        )
        protokoll.send(draft, remarks_by=clock.today() + TO_READ, by=by)
    with clock.frozen(clock.start_of(mote.held_on + TO_READ, hour=10)):
        for number in row["godkjent_av"]:
            protokoll.remark(draft, agrees=True, by=register.person(number))
        protokoll.approve(draft, by=by)


def _presence(register: Register, mote: Mote, row: Row) -> dict[int, frammote.Presence]:
    rows = {each.ansatt.number: each.pk for each in queries.participants(mote)}
    told = {pk: frammote.Presence(Attendance.PRESENT) for pk in rows.values()}
    for number, ground in row.get("forfall", ()):
        told[rows[str(number)]] = frammote.Presence(Attendance.ABSENT, ground)
    for number, ground, deputy in row.get("vara", ()):
        person = register.person(deputy)
        told[rows[str(number)]] = frammote.Presence(Attendance.DEPUTY, ground, person)
    return told


def _call(register: Register, row: Row) -> None:
    """Call the meeting with its agenda."""
    mote, by = _mote(row), register.advisor
    with clock.frozen(clock.start_of(mote.held_on - BEFORE, hour=10)):
        for title, text in row["punkt"]:
            dagsorden.add(mote, title=title, text=text, by=by)
        dagsorden.fill(mote, by=by)
        meetings.call(mote, by=by)


def _discuss(register: Register, row: Row) -> None:
    day = row.get("held_on", date(2026, 8, 20))
    with clock.frozen(clock.start_of(day, hour=12)):
        year = {"year": row["aar"]} if "aar" in row else {}
        asked = drofting.ask(title=row["title"], by=register.person(row["av"]), **year)
        if "held_on" not in row:
            return
        parties = [
            drofting.Part(party, register.person(number), said)
            for party, number, said in row["parter"]
        ]
        drofting.record(
            asked,
            held_on=day,
            result=row["result"],
            text=row["text"],
            parties=parties,
            version=asked.version,
            by=register.advisor,
        )


def _network(register: Register, row: Row) -> None:
    """Enter the network before the autumn begins, with what it has done and plans to do."""
    with clock.frozen(clock.start_of(ENTERED, hour=10)):
        _enter(register, row)


def _enter(register: Register, row: Row) -> None:
    by, contact = register.advisor, register.person(row["kontakt"])
    names = ("kind", "mandate", "rhythm", "starts", "ends")
    values: dict[str, Any] = {name: row[name] for name in names if name in row}
    made = nettverk.make(name=row["name"], contact=contact, by=by, **values)
    for number in row["medlemmer"]:
        nettverk.enrol(made, ansatt=register.person(number), by=contact)
    for on, title, text, present in row["aktiviteter"]:
        nettverk.tell(made, on=on, title=title, text=text, present=present or None, by=contact)
    if row.get("hviler"):
        nettverk.step(made, "rest", by=contact)


def _mote(row: Row) -> Mote:
    mote: Mote = Mote.objects.get(title=row["mote"])
    return mote
