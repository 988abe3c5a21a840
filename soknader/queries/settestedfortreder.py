"""Cases that nobody in the line is impartial in, and who could decide them."""

from collections.abc import Sequence

from django.db.models import QuerySet

from kompetanse import alfabet
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Rolle
from soknader.models import Settestedfortreder, Soknad
from soknader.queries import myndighet, prioritering
from soknader.rules import habilitet

# Leaders of departments are many, and near the cases; the others are asked.
ELIGIBLE = access.DEPUTISED - {Rolle.Kode.LEDER}


def asked() -> QuerySet[Settestedfortreder]:
    """Return those asked for in cases that are not decided, the oldest first."""
    rows = Settestedfortreder.objects.filter(soknad__status__in=prioritering.UNDECIDED)
    related = ("soknad__ansatt__enhet", "soknad__runde", "ansatt", "asked_by")
    return rows.select_related(*related).order_by("asked_at", "pk")


def named(actor: Ansatt) -> QuerySet[Settestedfortreder]:
    """Return those where the actor is the one who decides."""
    return asked().filter(ansatt=actor)


def unnamed() -> QuerySet[Settestedfortreder]:
    return asked().filter(ansatt__isnull=True)


def candidates(soknad: Soknad) -> Sequence[Ansatt]:
    """Return those who lead or advise in the Kommune and are impartial in the case, by name.

    Not only those who decide otherwise: when the chief executive is not impartial, all who stand
    directly below are barred too.
    """
    roles = organisasjon.roles_in_force().filter(kode__in=ELIGIBLE)
    people = list(
        organisasjon.current().filter(pk__in=roles.values("ansatt")).select_related("enhet")
    )
    case = Soknad.objects.filter(pk=soknad.pk)
    impartial = habilitet.read(case, people=people)
    free = [person for person in people if impartial.ground(person.pk, soknad.pk) is None]
    return sorted(
        free, key=lambda each: (alfabet.key(each.last_name), alfabet.key(each.first_name))
    )


def impartial_in_line(soknad: Soknad) -> Sequence[Ansatt]:
    """Return those who have the authority in the applicant's unit and are impartial."""
    enhet = soknad.ansatt.enhet
    reaching = [
        person
        for person, roles in myndighet.able().items()
        if any(enhet.is_within(role.path) for role in roles)
    ]
    impartial = habilitet.read(Soknad.objects.filter(pk=soknad.pk), people=reaching)
    return [person for person in reaching if impartial.ground(person.pk, soknad.pk) is None]
