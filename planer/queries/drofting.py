"""Discussions with the unions, read; and which plan still lacks one."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer import rules
from planer.models import Drofting, Droftingspart, Langplan, Opplaringsplan, Strategiplan
from planer.queries.moteinnhold import Avsnitt, Stemme

Held = Drofting.Status.HELD
Plan: TypeAlias = Strategiplan | Langplan | Opplaringsplan


@dataclass(frozen=True, slots=True)
class Listed:
    """A discussion in the list: of what, when, with whom, and how it ended."""

    id: int
    title: str
    held_on: date | None
    about: str
    parties: str
    is_held: bool
    result: str


def visible_to(actor: Ansatt) -> QuerySet[Drofting]:
    """Return all discussions to those who take part in them: the group, executives, unions."""
    if not rules.sees_cases(actor):
        return Drofting.objects.none()
    return Drofting.objects.select_related("strategiplan", "langplan", "mote")


def listed_to(actor: Ansatt) -> list[Listed]:
    """Return what waits to be discussed first, then the rest, newest first; two queries."""
    rows = visible_to(actor).prefetch_related("parter").order_by("status", "-held_on", "-pk")
    return [
        Listed(
            id=each.pk,
            title=each.title,
            held_on=each.held_on,
            about=about(each),
            parties=norsk.oppramsing([part.party for part in each.parter.all()]),
            is_held=each.status == Held,
            result=each.get_result_display() if each.result else "",
        )
        for each in rows
    ]


def about(drofting: Drofting) -> str:
    """Return which plan it is about, or nothing."""
    if drofting.strategiplan:
        return str(drofting.strategiplan)
    if drofting.langplan:
        return str(drofting.langplan)
    return _("Opplæringsplan %(year)d") % {"year": drofting.year} if drofting.year else ""


def told(drofting: Drofting) -> Avsnitt:
    """Return what the minutes tell of it: what each party said, and the result."""
    voices = [Stemme(_who(part), part.said, is_dissent=False) for part in drofting.parter.all()]
    result = _("Resultat: %(result)s.") % {"result": drofting.get_result_display()}
    lines = [result, drofting.text] if drofting.text else [result]
    return Avsnitt(lines=lines, voices=[voice for voice in voices if voice.text])


def lacks(plan: Plan) -> bool:
    """Return whether the plan must be discussed with the unions before it is adopted, and is not.

    That the strategy plan was discussed is not enough for a long plan: its goals are others. The
    training plan of a year is discussed once, whatever its edition.

    Source: Hovedtariffavtalen 3.3.
    """
    asks = organisasjon.oppsett().asks_for_discussion
    return asks and not Drofting.objects.filter(_of(plan), status=Held).exists()


def _of(plan: Plan) -> Q:
    if isinstance(plan, Opplaringsplan):
        return Q(year=plan.year)
    return Q(langplan=plan) if isinstance(plan, Langplan) else Q(strategiplan=plan)


def employers() -> QuerySet[Ansatt]:
    """Return those who can speak in a discussion: everyone with a role beyond employee."""
    with_role = organisasjon.roles_in_force().values("ansatt")
    return organisasjon.current().filter(pk__in=with_role).order_by("last_name", "first_name")


def unions() -> list[str]:
    """Return the unions that have a representative today, by name."""
    roller = organisasjon.roles_in_force().filter(kode="tillitsvalgt").exclude(union="")
    return sorted(set(roller.values_list("union", flat=True)))


def _who(part: Droftingspart) -> str:
    if part.ansatt is None:
        return part.party
    return _("%(party)s ved %(name)s") % {"party": part.party, "name": part.ansatt.full_name}
