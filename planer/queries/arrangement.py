"""Events, read: what is open to whom, who comes, and what they thought."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Avg, Count, Q, QuerySet

from kompetanse.kommuner.persondata import FEWEST
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.kalender import Hendelse
from planer import rules
from planer.models import Arrangement, Kurssvar, Pamelding, Tiltak

P = Pamelding.Status
HOLDS_SEAT = (P.SIGNED, P.ATTENDED, P.ABSENT)
QUESTIONS = ("useful", "content", "teaching", "overall")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An event in the list, and where the reader stands in it."""

    id: int
    title: str
    on: date
    begins: time
    place: str
    seats: int
    taken: int
    is_fagdag: bool
    status: str
    own: str

    @property
    def free(self) -> int | None:
        """Seats left; None when there is room for all."""
        return max(self.seats - self.taken, 0) if self.seats else None

    @property
    def own_label(self) -> str:
        return str(P(self.own).label) if self.own else ""

    @property
    def is_cancelled(self) -> bool:
        return self.status == Arrangement.Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Answers:
    """What those who were there thought: means from 1 to 5, and comments; hidden when too few."""

    count: int
    means: dict[str, float]
    comments: tuple[str, ...]

    @property
    def is_hidden(self) -> bool:
        return 0 < self.count < FEWEST


def visible_to(actor: Ansatt) -> QuerySet[Arrangement]:
    """Return the events for the actor's unit, those one plans, and those one has signed up for."""
    above = organisasjon.ancestors(actor.enhet)
    for_me = Q(enhet__isnull=True) | Q(enhet__in=above)
    mine = Q(pk__in=Pamelding.objects.filter(ansatt=actor).values("arrangement"))
    paths = rules.measure_scopes(actor)
    planned = Q(pk__in=[])
    for path in paths:
        planned |= Q(enhet__path__startswith=path)
    return Arrangement.objects.filter(for_me | mine | planned).select_related(
        "enhet", "tiltak", "kompetanse"
    )


def listed_to(actor: Ansatt, *, since: date, until: date | None = None) -> list[Listed]:
    """Return the events from a day on, and up to another, with the reader's own place."""
    rows = visible_to(actor).filter(on__gte=since)
    if until is not None:
        rows = rows.filter(on__lt=until)
    counted = rows.annotate(
        taken=Count("pameldinger", filter=Q(pameldinger__status__in=HOLDS_SEAT))
    )
    own = dict(Pamelding.objects.filter(ansatt=actor).values_list("arrangement", "status"))
    names = ("pk", "title", "on", "begins", "place", "seats", "taken", "is_fagdag", "status")
    fields = ("id", *names[1:])
    return [
        Listed(**dict(zip(fields, row, strict=True)), own=own.get(row[0], ""))
        for row in counted.order_by("on", "begins", "pk").values_list(*names)
    ]


def own(arrangement: Arrangement, actor: Ansatt) -> Pamelding | None:
    """Return the actor's own place, also one given up."""
    return arrangement.pameldinger.filter(ansatt=actor).first()


def taken(arrangement: Arrangement) -> int:
    return arrangement.pameldinger.filter(status__in=HOLDS_SEAT).count()


def there(arrangement: Arrangement) -> int:
    """Return how many are written down as there."""
    return arrangement.pameldinger.filter(status=P.ATTENDED).count()


def participants(arrangement: Arrangement) -> QuerySet[Pamelding]:
    """Return those with a place or in the queue, by name; those who gave it up are left out."""
    return (
        arrangement.pameldinger.exclude(status=P.WITHDRAWN)
        .select_related("ansatt__enhet")
        .order_by("ansatt__last_name", "ansatt__first_name", "pk")
    )


def team(arrangement: Arrangement, actor: Ansatt) -> QuerySet[Ansatt]:
    """Return the employees whom the actor may sign up and who are not signed up."""
    within = Q(pk__in=[])
    for path in rules.led_paths(actor):
        within |= Q(enhet__path__startswith=path)
    there = arrangement.pameldinger.exclude(status=P.WITHDRAWN).values("ansatt")
    people = organisasjon.current().filter(within).exclude(pk__in=there)
    if arrangement.enhet is not None:
        people = people.filter(enhet__path__startswith=arrangement.enhet.path)
    return people.select_related("enhet").order_by("last_name", "first_name", "pk")


def answers(arrangement: Arrangement) -> Answers:
    """Return the questionnaire's figures; nothing but the count when fewer than five answered."""
    rows = Kurssvar.objects.filter(arrangement=arrangement)
    found = rows.aggregate(count=Count("pk"), **{name: Avg(name) for name in QUESTIONS})
    count = found.pop("count")
    if count < FEWEST:
        return Answers(count, {}, ())
    # By text and not by id: the order of answering could tell who wrote.
    comments = rows.exclude(comment="").order_by("comment").values_list("comment", flat=True)
    return Answers(count, {name: round(mean, 1) for name, mean in found.items()}, tuple(comments))


def tomorrows(on: date) -> QuerySet[Arrangement]:
    return Arrangement.objects.filter(on=on, status=Arrangement.Status.PLANNED)


def signed(arrangement: Arrangement) -> QuerySet[Ansatt]:
    """Return those who have a place and still work here."""
    rows = Pamelding.objects.filter(arrangement=arrangement, status=P.SIGNED)
    return organisasjon.current().filter(pk__in=rows.values("ansatt"))


def coming_of(ansatt: Ansatt, *, since: date) -> QuerySet[Arrangement]:
    """Return the events from a day on that the employee has a place at; for the calendar feed.

    A cancelled one stands there too, so that it goes out of the calendar.
    """
    mine = Pamelding.objects.filter(ansatt=ansatt, status__in=HOLDS_SEAT)
    return Arrangement.objects.filter(pk__in=mine.values("arrangement"), on__gte=since).order_by(
        "on", "begins"
    )


def in_calendar(actor: Ansatt, since: date) -> Iterable[Hendelse]:
    """Yield the events that the employee has a place at, for the personal calendar."""
    for event in coming_of(actor, since=since):
        yield Hendelse(
            uid=f"arrangement-{event.kommune_id}-{event.pk}",
            title=event.title,
            starts=event.starts_at,
            ends=event.ends_at,
            place=event.place,
            text=event.text,
            sequence=event.version,
            is_cancelled=event.status == Arrangement.Status.CANCELLED,
        )


def of_measure(tiltak: Tiltak) -> list[tuple[Arrangement, int]]:
    """Return the dates of a measure, each with how many have a place; one query."""
    rows = Arrangement.objects.filter(tiltak=tiltak).annotate(
        taken=Count("pameldinger", filter=Q(pameldinger__status__in=HOLDS_SEAT))
    )
    return [(row, row.taken) for row in rows.order_by("on", "begins")]
