"""What the minutes tell of the applications: what was done, what was said, who stood aside."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from kompetanse import alfabet
from kompetanse.organisasjon.models import Habilitetserklaring
from kompetanse.skall import norsk
from planer.models import Mote, Motedeltaker
from planer.queries.moteinnhold import Avsnitt, Stemme, Tabell
from soknader.models import Inhabilitet, Kommentar, Motesak, Soknad, Vedtak
from soknader.queries import prioritering
from soknader.queries.motesak import NOBODY, belongs, snapshot
from soknader.queries.prioritering import OUTCOMES, Sak


def _motesaker(mote: Mote) -> dict[int, Motesak]:
    rows = Motesak.objects.filter(punkt__mote=mote).select_related("runde")
    return {row.punkt_id: row for row in rows}


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
    used = sum(amount for _pk, outcome, amount in after if outcome in Vedtak.GIVES)
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
    gives = outcome in Vedtak.GIVES
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
        for pk, numbers in sorted(cases.items(), key=lambda each: alfabet.key(people[each[0]]))
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
