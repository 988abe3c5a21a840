"""Whose applications a leader states on, as filters: at the lowest level where someone can."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Habilitetserklaring, Rolle
from soknader.models import Inhabilitet


def led(actor: Ansatt) -> Q:
    """Return the filter for those in line below the actor, less those who lead the actor."""
    superiors = organisasjon.roles_in_force().filter(
        kode__in=organisasjon.IN_LINE,
        enhet__in=organisasjon.ancestors(actor.enhet),
    )
    in_line = access.within(actor, Act.RECOMMEND, enhet="ansatt__enhet")
    stands_for = [role.for_id for role in access.held(actor) if role.for_id]
    mine = in_line & _nearest(actor)
    return mine & ~Q(ansatt__in=superiors.values("ansatt")) & ~Q(ansatt__in=stands_for)


def _nearest(actor: Ansatt) -> Q:
    """Keep what the actor states on at the lowest level where someone can: rules.may_recommend."""
    kept = Q(pk__in=[])
    below: tuple[Rolle.Kode, ...] = ()
    for koder in organisasjon.LINE:
        paths = [role.path for role in access.held(actor) if role.kode in koder]
        under = (Q(ansatt__enhet__path__startswith=path) for path in paths)
        reach = reduce(or_, under, Q(pk__in=[]))
        if paths and below:
            reach &= Q(~Exists(_able_leaders(below)))
        kept |= reach
        below = (*below, *koder)
    return kept


def _able_leaders(koder: tuple[Rolle.Kode, ...]) -> QuerySet[Rolle]:
    """Return the applicant's leaders, less those led by the applicant, and who has declared."""
    led_by_applicant = _leading(organisasjon.IN_LINE, over=OuterRef("ansatt__enhet__path")).filter(
        ansatt=OuterRef(OuterRef("ansatt"))
    )
    leaders = _leading(koder, over=OuterRef("ansatt__enhet__path"))
    of_case = Inhabilitet.objects.filter(soknad=OuterRef(OuterRef("pk")), ansatt=OuterRef("ansatt"))
    of_applicant = Habilitetserklaring.objects.filter(
        other=OuterRef(OuterRef("ansatt")), ansatt=OuterRef("ansatt"), ended_at__isnull=True
    )
    able = leaders.exclude(ansatt=OuterRef("ansatt")).exclude(Exists(led_by_applicant))
    return able.exclude(Exists(of_case)).exclude(Exists(of_applicant))


def _leading(koder: Iterable[Rolle.Kode], *, over: OuterRef) -> QuerySet[Rolle]:
    """Return the roles of leaders of the unit with the path `over`, or of one above it."""
    path = ExpressionWrapper(over, output_field=CharField())
    roles = organisasjon.roles_in_force().filter(kode__in=koder)
    return roles.annotate(below=path).filter(below__startswith=F("enhet__path"))
