"""The yearly wheel, read: activities by month, what comes next, and the meetings counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.skall import charts, norsk
from kompetanse.skall.charts import Chart, Segment, State
from kompetanse.varsler.kalender import Hendelse
from planer import rules
from planer.models import Aktivitet, Aktivitetsrolle, Mote

# What is not done is shown as waiting from so long before its deadline until so long after it.
SHOWN_AROUND = timedelta(days=30)
# What is shown first: the activity that is on now and the three that follow.
AHEAD = 4
# «Det skal holdes minst tre møter i året». Source: Modum's strategy plan, 4.2.1.
MOTER_A_YEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelRow:
    """An activity as the list shows it."""

    id: int
    year: int
    code: str
    title: str
    text: str
    starts: date
    ends: date
    when: str
    responsible: str
    state: State
    is_meeting: bool
    done_at: datetime | None
    done_by: str
    may_tick: bool
    may_untick: bool
    is_just_done: bool

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    rows: tuple[WheelRow, ...]


@dataclass(frozen=True, slots=True)
class MeetingCount:
    """How many meetings of the year have been held and are planned, against the least number."""

    held: int
    planned: int
    least: int = MOTER_A_YEAR

    @property
    def total(self) -> int:
        return self.held + self.planned

    @property
    def is_enough(self) -> bool:
        return self.total >= self.least

    @property
    def lacking(self) -> int:
        return max(self.least - self.total, 0)


@dataclass(frozen=True, slots=True)
class Wheel:
    """One year's wheel: the list by month, what comes first, and how many are done."""

    year: int
    rows: tuple[WheelRow, ...]
    meetings: MeetingCount
    ahead: tuple[WheelRow, ...] = ()

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that have an activity whose deadline falls in them, in order."""
        grouped = groupby(self.rows, key=lambda row: (row.ends.year, row.ends.month))
        return tuple(Month(_month_name(key), tuple(rows)) for key, rows in grouped)

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)


def activities(year: int) -> QuerySet[Aktivitet]:
    """Return the year's activities with roles and who ticked them off, by deadline."""
    return _with_roles(Aktivitet.objects.filter(year=year))


def wheel(year: int, *, actor: Ansatt, on: date) -> Wheel:
    """Return the wheel as the actor sees it, three queries; this year's with what comes first."""
    is_now = year == on.year
    wanted = Q(year=year) | _waiting(on) if is_now else Q(year=year)
    found = [
        _row(each, actor=actor, on=on) for each in _with_roles(Aktivitet.objects.filter(wanted))
    ]
    return Wheel(
        year,
        rows=tuple(row for row in found if row.year == year),
        meetings=meeting_count(year, on=on),
        ahead=_first(found, on=on) if is_now else (),
    )


def ahead(*, actor: Ansatt, on: date) -> tuple[WheelRow, ...]:
    """Return what is not done and comes first, over the new year too; what is late stands first."""
    waiting = _with_roles(Aktivitet.objects.filter(_waiting(on)))
    return tuple(_row(aktivitet, actor=actor, on=on) for aktivitet in waiting[:AHEAD])


def chart(wheel: Wheel, *, on: date, title: str) -> Chart:
    """Return the year drawn as a wheel, with its table twin."""
    segments = [
        Segment(
            label=row.title, on=row.starts, until=row.ends, state=row.state, who=row.responsible
        )
        for row in wheel.rows
    ]
    return charts.wheel(segments, today=on, title=title)


def meeting_count(year: int, *, on: date) -> MeetingCount:
    """Count the year's meetings that are not cancelled."""
    live = Mote.objects.exclude(status=Mote.Status.CANCELLED)
    days = list(live.filter(held_on__year=year).values_list("held_on", flat=True))
    held = sum(day <= on for day in days)
    return MeetingCount(held, len(days) - held)


def waiting_for(actor: Ansatt, *, on: date) -> QuerySet[Aktivitet]:
    """Return what is not done, is due within 30 days or late, and is a role's of the actor."""
    return _open_for(actor).filter(ends__range=(on - timedelta(days=365), on + SHOWN_AROUND))


def in_calendar(actor: Ansatt, since: date) -> Iterable[Hendelse]:
    """Yield the deadlines of the actor's roles as whole days, for the personal calendar."""
    for each in _open_for(actor).filter(ends__gte=since):
        yield Hendelse(
            uid=f"aktivitet-{each.kommune_id}-{each.pk}",
            title=each.title,
            starts=each.ends,
            ends=each.ends + timedelta(days=1),
            text=each.text,
            sequence=each.version,
        )


def to_remind(*, on: date, days: int) -> QuerySet[Aktivitet]:
    """Return what is not done and due in `days` days or less, or was within the last month.

    What all employees are to do is left out: the app of applications reminds them.
    """
    return (
        _with_roles(Aktivitet.objects.filter(done_at__isnull=True))
        .filter(ends__range=(on - SHOWN_AROUND, on + timedelta(days=days)))
        .exclude(roller__kode=Rolle.Kode.ANSATT)
    )


def years() -> list[int]:
    """Return the years that have a wheel, first to last."""
    return list(Aktivitet.objects.order_by("year").values_list("year", flat=True).distinct())


def _open_for(actor: Ansatt) -> QuerySet[Aktivitet]:
    """Return what is not done and is a role's of the actor; what all employees do is nobody's."""
    koder = {role.kode for role in access.held(actor)} - {Rolle.Kode.ANSATT}
    theirs = Aktivitetsrolle.objects.filter(aktivitet=OuterRef("pk"), kode__in=koder)
    return Aktivitet.objects.filter(Exists(theirs), done_at__isnull=True)


def _waiting(on: date) -> Q:
    """Keep what is not done; what has been late for over a month no longer stands first."""
    return Q(done_at__isnull=True, ends__gte=on - SHOWN_AROUND)


def _first(rows: Iterable[WheelRow], *, on: date) -> tuple[WheelRow, ...]:
    waiting = [row for row in rows if not row.is_done and row.ends >= on - SHOWN_AROUND]
    return tuple(waiting[:AHEAD])


def _with_roles(aktiviteter: QuerySet[Aktivitet]) -> QuerySet[Aktivitet]:
    return (
        aktiviteter.select_related("done_by")
        .prefetch_related("roller")
        .order_by("ends", "starts", "pk")
    )


def _row(aktivitet: Aktivitet, *, actor: Ansatt, on: date) -> WheelRow:
    state = state_of(aktivitet, on=on)
    return WheelRow(
        id=aktivitet.pk,
        year=aktivitet.year,
        code=aktivitet.code,
        title=aktivitet.title,
        text=aktivitet.text,
        starts=aktivitet.starts,
        ends=aktivitet.ends,
        when=Segment(
            label=aktivitet.title, on=aktivitet.starts, until=aktivitet.ends, state=state
        ).when,
        responsible=responsible(aktivitet),
        state=state,
        is_meeting=aktivitet.is_meeting,
        done_at=aktivitet.done_at,
        done_by=aktivitet.done_by.full_name if aktivitet.done_by else "",
        may_tick=not aktivitet.is_done and rules.may_tick(actor, aktivitet),
        may_untick=rules.may_untick(actor, aktivitet, at=clock.now()),
        is_just_done=rules.is_just_done(aktivitet, at=clock.now()),
    )


def state_of(aktivitet: Aktivitet, *, on: date) -> State:
    if aktivitet.is_done:
        return State.DONE
    if aktivitet.is_late(on):
        return State.LATE
    return State.SOON if norsk.is_near(aktivitet.ends, on=on) else State.COMING


def responsible(aktivitet: Aktivitet) -> str:
    """Return the roles in words, «Virksomhetsleder og fagrådgiver»."""
    return role_words(rolle.kode for rolle in aktivitet.roller.all())


def role_words(koder: Iterable[str]) -> str:
    order = list(Rolle.Kode.values)
    labels = [str(Rolle.Kode(kode).label) for kode in sorted(koder, key=order.index)]
    return norsk.oppramsing([*labels[:1], *(label.lower() for label in labels[1:])])


def _month_name(key: tuple[int, int]) -> str:
    year, month = key
    return f"{norsk.MONTHS[month - 1].capitalize()} {year}"
