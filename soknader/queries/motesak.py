"""Applications in a meeting: the points they make, what is on the wall, and what the minutes tell.

Everything here is read as it is projected: no names, no private words, small groups hidden.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt, Habilitetserklaring
from kompetanse.skall import norsk
from planer.models import Mote, Motedeltaker, Motepunkt, Visning
from planer.queries.moteinnhold import Avsnitt, Forslag, Stemme, Tabell
from soknader.models import Inhabilitet, Kommentar, Motesak, Soknad, Soknadsrunde
from soknader.queries import prioritering
from soknader.queries.prioritering import OUTCOMES, Rangering, Sak
from soknader.rules import prioritering as rules
from soknader.rules.prioritering import Reader

Group, S = Motesak.Group, Soknadsrunde.Status
# What a room can read without scrolling.
ROWS = 7
# As no one: no case is the reader's own, nobody's name is seen, small groups are hidden.
NOBODY = Reader(ansatt_id=0, lines=(), is_group=False, is_decider=True, on_screen=True)
# The applicant has had the answer, or the case is no longer in the round.
TOLD = (
    Soknad.Status.ANSWERED,
    Soknad.Status.ACCEPTED,
    Soknad.Status.DECLINED,
    Soknad.Status.WITHDRAWN,
)


# --- the agenda -------------------------------------------------------------------------------


def in_round(mote: Mote) -> QuerySet[Soknadsrunde]:
    """Return the rounds that are to be prioritised about the day of the meeting."""
    alive = Soknadsrunde.objects.filter(status__in=(S.OPEN, S.PRIORITISING, S.DECIDED))
    return alive.filter(
        Q(meeting_on=mote.held_on) | Q(deadline__lt=mote.held_on, answer_by__gte=mote.held_on)
    ).order_by("deadline")


def proposals(mote: Mote, actor: Ansatt) -> Iterator[Forslag]:
    """Yield the points of the rounds: the frame and the list, and the groups that need words."""
    for runde in in_round(mote):
        counts = _counts(runde, actor)
        if not counts[Group.ALL]:
            continue
        for group in Group:
            if counts[group]:
                yield _proposal(runde, group, counts[group])


def _counts(runde: Soknadsrunde, actor: Ansatt) -> dict[Motesak.Group, int]:
    saker = prioritering.ranked(runde, reader=rules.reader(actor, on_screen=True)).saker
    return {group: sum(belongs(sak, group) for sak in saker) for group in Group}


def belongs(sak: Sak, group: str) -> bool:
    """Return whether the application is among those that the point is about."""
    told = {
        Group.EXCEPTIONS: not sak.is_prioritised,
        Group.LATE: sak.is_late,
        Group.UNSTATED: not sak.verdict,
    }
    return told.get(Group(group), True)


def _proposal(runde: Soknadsrunde, group: Motesak.Group, count: int) -> Forslag:
    titles = {
        Group.ALL: _("Prioritering av søknader, %(round)s (%(n)d saker)"),
        Group.EXCEPTIONS: _("Søknader om unntak fra prioriteringene, %(round)s (%(n)d)"),
        Group.LATE: _("Søknader etter fristen, %(round)s (%(n)d)"),
        Group.UNSTATED: _("Søknader uten uttalelse fra leder, %(round)s (%(n)d)"),
    }
    text = ""
    if group == Group.ALL:
        text = _("Rammen er %(frame)s.") % {"frame": norsk.kroner(runde.budget)}

    def link(punkt: Motepunkt) -> None:
        Motesak.objects.create(punkt=punkt, runde=runde, group=group)

    return Forslag(
        key=f"runde:{runde.pk}:{group}",
        kind=Motepunkt.Kind.CASES,
        title=titles[group] % {"round": str(runde).lower(), "n": count},
        text=text,
        link=link,
    )


# --- the wall ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stop:
    """Somewhere the wall can be: a point, a page of its list, or one of its cases."""

    punkt: int
    page: int = 1
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Wall:
    """What is on the wall, and what comes before and after it.

    `punkter` is the whole agenda. A point with applications has `listed`; then either `sak` is
    one of them, or `saker` a page.
    """

    mote: Mote
    punkter: Sequence[Motepunkt]
    number: int
    total: int
    punkt: Motepunkt | None
    motesak: Motesak | None = None
    listed: Rangering | None = None
    saker: Sequence[Sak] = ()
    sak: Sak | None = None
    page: int = 1
    pages: int = 1
    cut_at: int = 0
    cut_says: str = ""
    place: int = 0
    cases: int = 0
    previous: Stop | None = None
    following: Stop | None = None
    is_closed: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the sum down to the case is more than the frame."""
        return bool(self.sak and self.listed and self.sak.running > self.listed.ramme.budget)

    @property
    def list_stop(self) -> Stop | None:
        """Where the list stands that the case is in."""
        if not self.punkt or not self.sak:
            return None
        return Stop(self.punkt.pk, page=-(-self.place // ROWS))


def wall(mote: Mote, visning: Visning | None, *, reader: Reader, sees_cases: bool) -> Wall:
    """Return what is on the wall for a reader; at most four queries.

    Who may not read the list sees that a case is on the wall, and not which.
    """
    punkter = list(mote.punkter.all())
    ids = [punkt.pk for punkt in punkter]
    if visning is None or visning.punkt_id not in ids:
        first = Stop(ids[0]) if ids else None
        return Wall(mote, punkter, 0, len(ids), None, following=first)
    index = ids.index(visning.punkt_id)
    punkt = punkter[index]
    before, after = _edges(punkter, index)
    bare = Wall(mote, punkter, index + 1, len(ids), punkt, previous=before, following=after)
    if punkt.kind != Motepunkt.Kind.CASES:
        return bare
    if not sees_cases:
        return replace(bare, is_closed=True)
    motesak = Motesak.objects.select_related("runde").filter(punkt=punkt).first()
    return _with_cases(bare, motesak, visning, reader) if motesak else bare


def _edges(punkter: Sequence[Motepunkt], index: int) -> tuple[Stop | None, Stop | None]:
    """Return the points before and after the one at `index`."""
    before = Stop(punkter[index - 1].pk) if index > 0 else None
    after = Stop(punkter[index + 1].pk) if index + 1 < len(punkter) else None
    return before, after


def _with_cases(bare: Wall, motesak: Motesak, visning: Visning, reader: Reader) -> Wall:
    """Return the wall with the list of the point, and the case of it that is shown."""
    listed = prioritering.ranked(motesak.runde, reader=reader)
    saker = [sak for sak in listed.saker if belongs(sak, motesak.group)]
    pages = max(1, -(-len(saker) // ROWS))
    sak = next((each for each in saker if each.pk == visning.case), None)
    page = min(max(visning.page, 1), pages)
    stops = _stops(visning.punkt_id or 0, saker, pages)
    here = pages + saker.index(sak) if sak else page - 1
    above, told = prioritering.cut(listed.saker, listed.ramme)
    return replace(
        bare,
        motesak=motesak,
        listed=listed,
        saker=saker[(page - 1) * ROWS : page * ROWS],
        sak=sak,
        page=page,
        pages=pages,
        cut_at=above + 1 if motesak.group == Group.ALL else 0,
        cut_says=told,
        place=saker.index(sak) + 1 if sak else 0,
        cases=len(saker),
        previous=stops[here - 1] if here > 0 else bare.previous,
        following=stops[here + 1] if here + 1 < len(stops) else bare.following,
    )


def _stops(punkt_id: int, saker: Sequence[Sak], pages: int) -> list[Stop]:
    """Return where the wall can be in the point: the pages of its list, then each case."""
    return [
        *(Stop(punkt_id, page) for page in range(1, pages + 1)),
        *(Stop(punkt_id, 1, sak.pk) for sak in saker),
    ]


def _motesaker(mote: Mote) -> dict[int, Motesak]:
    rows = Motesak.objects.filter(punkt__mote=mote).select_related("runde")
    return {row.punkt_id: row for row in rows}


# --- the minutes ------------------------------------------------------------------------------


def snapshot(runde: Soknadsrunde) -> list[list[Any]]:
    """Return how the list stands: id, outcome and amount of each, first place first."""
    saker = prioritering.ranked(runde, reader=NOBODY).saker
    return [[sak.pk, sak.outcome, sak.planned] for sak in saker]


def happened(mote: Mote) -> Mapping[int, Avsnitt]:
    """Return by point what the meeting did with the applications, and what was said of them."""
    return {pk: _told(motesak, mote) for pk, motesak in _motesaker(mote).items()}


def _told(motesak: Motesak, mote: Mote) -> Avsnitt:
    listed = prioritering.ranked(motesak.runde, reader=NOBODY)
    by_id = {sak.pk: sak for sak in listed.saker if belongs(sak, motesak.group)}
    after = motesak.after or snapshot(motesak.runde)
    before = {row[0]: (place, row[1]) for place, row in enumerate(motesak.before or after, start=1)}
    rows = [
        _row(by_id[pk], place, outcome, amount, before.get(pk))
        for place, (pk, outcome, amount) in enumerate(after, start=1)
        if pk in by_id
    ]
    budget = listed.ramme.budget
    used = sum(amount for _pk, outcome, amount in after if outcome in {"granted", "partly"})
    lines = [
        _("Ramme %(frame)s. Foreslått eller vedtatt støtte %(used)s.")
        % {"frame": norsk.kroner(budget), "used": norsk.kroner(used)}
    ]
    columns = [
        _("Plass"),
        _("Sak"),
        _("Studium"),
        _("Enhet"),
        _("Utfall"),
        _("Beløp"),
        _("I møtet"),
    ]
    table = Tabell(_("Søknadene i den rekkefølgen møtet kom fram til"), columns, rows)
    return Avsnitt(lines=lines, tables=[table], voices=list(_voices(by_id, mote)))


def _row(
    sak: Sak, place: int, outcome: str, amount: int, before: tuple[int, str] | None
) -> list[str]:
    gives = outcome in {"granted", "partly"}
    return [
        str(place),
        str(sak.number),
        sak.study,
        sak.unit or _("Skjult, liten gruppe"),
        str(OUTCOMES.get(outcome, "")),
        norsk.kroner(amount) if gives else "",
        _moved(place, outcome, before),
    ]


def _moved(place: int, outcome: str, before: tuple[int, str] | None) -> str:
    """Say what the meeting changed for the case; empty when nothing."""
    if before is None:
        return _("Ny på listen")
    words = []
    if before[0] != place:
        words.append(_("Flyttet fra plass %(was)d") % {"was": before[0]})
    if before[1] != outcome and before[1]:
        words.append(_("var %(was)s") % {"was": str(OUTCOMES.get(before[1], "")).lower()})
    elif before[1] != outcome:
        words.append(_("foreslått i møtet"))
    return norsk.oppramsing(words)


def _voices(by_id: Mapping[int, Sak], mote: Mote) -> Iterator[Stemme]:
    """Yield what was said of the cases and shared: dissents always, others from the meeting on."""
    said = Kommentar.objects.filter(soknad__in=by_id, is_shared=True).select_related("by")
    if mote.opened_at:
        said = said.filter(Q(is_dissent=True) | Q(at__gte=mote.opened_at))
    else:
        said = said.filter(is_dissent=True)
    for each in said:
        about = _("Sak %(number)s") % {"number": by_id[each.soknad_id].number}
        yield Stemme(each.by.full_name, each.text, each.is_dissent, about)


def recused(mote: Mote) -> Sequence[str]:
    """Return who in the meeting was not impartial in which cases; the ground is not told."""
    people = _there(mote)
    cases: dict[int, set[int]] = {}
    for pk, number in _barred(mote, people):
        cases.setdefault(pk, set()).add(number)
    return [
        _("%(name)s var inhabil i %(cases)s og deltok ikke i behandlingen.")
        % {"name": people[pk], "cases": _numbers(sorted(numbers))}
        for pk, numbers in sorted(cases.items(), key=lambda each: people[each[0]])
    ]


def _numbers(numbers: list[int]) -> str:
    words = norsk.oppramsing([str(number) for number in numbers])
    return _("sak %(numbers)s") % {"numbers": words}


def _there(mote: Mote) -> dict[int, str]:
    """Return the names of those who took part, by id: who came, else who is called."""
    rows = Motedeltaker.objects.filter(mote=mote).select_related("ansatt", "deputy")
    present = Motedeltaker.Attendance.PRESENT
    was = [row.ansatt for row in rows if row.attendance == present]
    was += [row.deputy for row in rows if row.deputy]
    return {each.pk: each.full_name for each in was or [row.ansatt for row in rows]}


def _barred(mote: Mote, people: Mapping[int, str]) -> Iterable[tuple[int, int]]:
    """Yield (Ansatt's id, case number): own cases, and those declared; three queries."""
    runder = {motesak.runde_id for motesak in _motesaker(mote).values()}
    cases = Soknad.objects.filter(runde__in=runder, status__in=prioritering.LISTED)
    declared = Inhabilitet.objects.filter(soknad__in=cases, ansatt__in=people)
    towards = Habilitetserklaring.objects.filter(ansatt__in=people, ended_at__isnull=True)
    found: list[Iterable[tuple[int, int | None]]] = [
        cases.filter(ansatt__in=people).values_list("ansatt_id", "number"),
        declared.values_list("ansatt_id", "soknad__number"),
        towards.filter(other__soknader__in=cases).values_list(
            "ansatt_id", "other__soknader__number"
        ),
    ]
    yield from ((pk, number) for rows in found for pk, number in rows if number is not None)


def closed_to(actor: Ansatt) -> QuerySet[Any]:
    """Return the ids of meetings whose minutes tell of the actor's own case before the answer."""
    own = Soknad.objects.filter(ansatt=actor, status__in=prioritering.LISTED).exclude(
        status__in=TOLD
    )
    return Motesak.objects.filter(runde__in=own.values("runde")).values("punkt__mote")
