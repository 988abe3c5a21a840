"""What the wheel asks of people: duties, reminders, and the advisor's part of the front page."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.skall import norsk
from kompetanse.skall.forside import Section
from kompetanse.varsler import queries as varsler
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from kompetanse.varsler.paminnelser import Paminnelse, moments
from planer import emails, rules
from planer.models import Aktivitet, Arrangement, Mote, Motedeltaker, Protokoll, Protokollmerknad
from planer.queries import arrangement, arshjul, effekt, horing, introduksjon, samling

REMIND_BEFORE = (14, 7, 1)  # days
REMIND_OF_STEP = timedelta(days=3)
COURSES_AHEAD = timedelta(days=30)
REMIND_AT = 8  # o'clock, the day before an event


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the activities of the actor's roles that are due within 30 days, or late."""
    yield waiting(
        arshjul.waiting_for(actor, on=on),
        _do,
        number="year",
        text=Concat("code", Value(" "), "title"),
        day="ends",
    )


def meeting_duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
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


def course_duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the courses of the next month that the actor has a place at."""
    coming = arrangement.coming_of(actor, since=on).filter(on__lte=on + COURSES_AHEAD)
    planned = coming.filter(status=Arrangement.Status.PLANNED).order_by()
    yield waiting(planned, _attend, text="title", day="on")


def _attend(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"kurs:{rad.pk}",
        title=_("Kurs: %(title)s") % {"title": rad.text},
        url=reverse("planer:read_event", args=[rad.pk]),
        starts=rad.day,
        text=_("Du har plass %(day)s.") % {"day": norsk.langdato(rad.day)},
    )


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


def joint_duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield what the joint plan asks: leaders send in, the advisor gathers and has it adopted."""
    yield waiting(
        samling.unsent(actor, on=on), _send_in, number="plan_year", text="name", day="plan_day"
    )
    yield waiting(samling.unadopted(actor, on=on), _gather, number="year", day="ends")


def hearing_duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the hearings that the actor has not answered, for a unit or a union."""
    rows = horing.waiting_for(actor, on=on)
    yield waiting(rows, _answer, text=horing.title(), day="until")


def _send_in(rad: Rad) -> Oppgave:
    url = reverse("planer:submit_joint", args=[rad.number])
    return Oppgave(
        key=f"planinnlevering:{rad.number}:{rad.pk}",
        title=_("Send inn tiltakene til felles opplæringsplan %(year)d") % {"year": rad.number},
        url=f"{url}?enhet={rad.pk}",
        deadline=rad.day,
        text=rad.text,
    )


def _gather(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"fellesplan:{rad.number}",
        title=_("Samle felles opplæringsplan %(year)d og få den vedtatt") % {"year": rad.number},
        url=reverse("planer:gather_joint", args=[rad.number]),
        deadline=rad.day,
    )


def _answer(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"horing:{rad.pk}",
        title=_("Svar på høringen om %(plan)s") % {"plan": rad.text},
        url=reverse("planer:read_hearing", args=[rad.pk]),
        deadline=rad.day,
    )


def _do(rad: Rad) -> Oppgave:
    code, _space, title = rad.text.partition(" ")
    return Oppgave(
        key=f"arshjul:{rad.number}:{code}",
        title=title,
        url=wheel_url(rad.number, rad.pk),
        deadline=rad.day,
        text=_("I årshjulet"),
    )


def reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield a reminder 14, 7 and 1 days before each activity, to the holders of its roles."""
    due = list(arshjul.to_remind(on=at.astimezone(clock.OSLO).date(), days=max(REMIND_BEFORE)))
    if not due:
        return
    address = varsler.address(due[0].kommune)
    for aktivitet in due:
        yield from _reminders_of(aktivitet, address=address)


def event_reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield a reminder the day before each event, to those who have a place."""
    for event in arrangement.tomorrows(at.astimezone(clock.OSLO).date() + timedelta(days=1)):
        subject, body = emails.reminder_of_event(event)
        yield Paminnelse(
            key=f"arrangement:{event.pk}:{event.on}:i-morgen",
            kind="arrangement",
            recipients=arrangement.signed(event),
            subject=subject[:200],
            body=body,
            not_before=clock.start_of(event.on - timedelta(days=1), hour=REMIND_AT),
            expires=event.starts_at,
        )


def introductions(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the actor's steps of introductions, and new employees whom nobody has decided for."""
    yield waiting(
        introduksjon.waiting_for(actor, on=on),
        _step,
        number="introduksjon",
        text="title",
        day="due_on",
    )
    if access.may(actor, Act.PLAN_MEASURES):
        yield waiting(
            introduksjon.newcomers(actor, on=on),
            _begin,
            text=Concat("first_name", Value(" "), "last_name"),
            day="new_from",
        )


def effects(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the measurements of effect that are due again in units that the actor leads."""
    if not access.may(actor, Act.PLAN_MEASURES):
        return
    yield waiting(
        effekt.due(actor, on=on),
        _measure,
        number="effekt",
        text=Concat("effekt__indicator", Value(", "), "enhet__name"),
        day="due",
    )


def _measure(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"effekt:{rad.number}:{rad.pk}",
        title=_("Mål igjen: %(what)s") % {"what": rad.text},
        url=reverse("planer:measure_effect", args=[rad.number]),
        deadline=rad.day,
        text=_("Effekten av et tiltak"),
    )


def step_reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield a reminder three days before each step of an introduction, to the one who does it."""
    day = at.astimezone(clock.OSLO).date() + REMIND_OF_STEP
    for steg in introduksjon.due_on(day):
        subject, body = emails.step_reminder(steg)
        yield Paminnelse(
            key=f"introduksjonssteg:{steg.pk}:{steg.due_on}",
            kind="introduksjon",
            recipients=introduksjon.doers(steg),
            subject=subject[:200],
            body=body,
            not_before=clock.start_of(day - REMIND_OF_STEP, hour=REMIND_AT),
            expires=clock.end_of(day),
        )


def _step(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"introduksjonssteg:{rad.pk}",
        title=rad.text,
        url=reverse("planer:read_introduction", args=[rad.number]),
        deadline=rad.day,
        text=_("Introduksjon av ny ansatt"),
    )


def _begin(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"introduksjon:{rad.pk}",
        title=_("Sett i gang introduksjon for %(name)s") % {"name": rad.text},
        url=reverse("planer:start_introduction", args=[rad.pk]),
        starts=rad.day,
        text=_("Ny ansatt. Forslaget er klart."),
    )


def year_of_work(actor: Ansatt, on: date) -> Section | None:
    """Return the advisor's section of the front page: meetings held, and what comes next."""
    if not rules.may_edit_plans(actor):
        return None
    data = {
        "year": on.year,
        "meetings": arshjul.meeting_count(on.year, on=on),
        "ahead": arshjul.ahead(actor=actor, on=on),
    }
    return Section(_("Året ditt"), "planer/_year_of_work.html", data, order=60)


def year_ahead(actor: Ansatt, on: date) -> Section | None:
    """Return what comes next in the year, for all but the advisor, who has more of it."""
    if rules.may_edit_plans(actor):
        return None
    ahead = arshjul.ahead(actor=actor, on=on)
    if not ahead:
        return None
    data = {"year": on.year, "ahead": ahead}
    return Section(_("Neste i årshjulet"), "planer/_year_ahead.html", data, order=60)


def wheel_url(year: int, aktivitet_id: int) -> str:
    return f"{reverse('planer:read_wheel', args=[year])}#aktivitet-{aktivitet_id}"


def _reminders_of(aktivitet: Aktivitet, *, address: str) -> Iterable[Paminnelse]:
    koder = [Rolle.Kode(rolle.kode) for rolle in aktivitet.roller.all()]
    for moment in moments(aktivitet.ends, days=REMIND_BEFORE):
        yield Paminnelse(
            key=f"arshjul:{aktivitet.year}:{aktivitet.code}:{aktivitet.ends}:{moment.label}",
            kind="arshjul",
            recipients=organisasjon.holders(*koder),
            subject=emails.reminder_subject(aktivitet)[:200],
            body=emails.reminder_body(aktivitet, address=address),
            not_before=moment.not_before,
            expires=moment.expires,
        )
