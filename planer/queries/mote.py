"""Meetings, read, and who speaks for the employees."""

from dataclasses import dataclass

from django.db.models import QuerySet

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Rolle
from planer import rules
from planer.models import Mote, Motedeltaker


@dataclass(frozen=True, slots=True)
class Representative:
    """Someone whom employees and the employer meet: name, for whom, where."""

    name: str
    union: str
    enhet: str
    email: str


def visible_to(actor: Ansatt) -> QuerySet[Mote]:
    """Return all meetings to those who take part in the work; to others those they were in."""
    moter = Mote.objects.order_by("-held_on", "-pk")
    if rules.sees_all_moter(actor):
        return moter
    return moter.filter(pk__in=Motedeltaker.objects.filter(ansatt=actor).values("mote"))


def participants(mote: Mote) -> QuerySet[Motedeltaker]:
    return (
        Motedeltaker.objects.filter(mote=mote)
        .select_related("ansatt__enhet")
        .order_by("ansatt__last_name", "ansatt__first_name")
    )


def in_forum() -> list[Representative]:
    """Return the unions' representatives, who take part in the meetings on priorities."""
    return _holders(Rolle.Kode.TILLITSVALGT)


def stewards() -> list[Representative]:
    """Return the shop stewards for competence, whom every employee may ask."""
    return _holders(Rolle.Kode.KOMPETANSETILLITSVALGT)


def _holders(kode: Rolle.Kode) -> list[Representative]:
    roller = (
        organisasjon.roles_in_force()
        .filter(kode=kode, ansatt__in=organisasjon.current())
        .order_by("ansatt__last_name", "ansatt__first_name")
    )
    rows = roller.values_list(
        "ansatt__first_name", "ansatt__last_name", "union", "enhet__name", "ansatt__email"
    )
    return [Representative(f"{first} {last}", *rest) for first, last, *rest in rows]


def candidates() -> QuerySet[Ansatt]:
    """Return those who can be put down as participants: everyone with a role beyond employee."""
    with_role = organisasjon.roles_in_force().values("ansatt")
    return organisasjon.current().filter(pk__in=with_role).order_by("last_name", "first_name")
