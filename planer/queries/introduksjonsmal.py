"""Templates of introductions, read: all of them, and those that fit an employee."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.queries.kategori import group_of
from planer.models import Introduksjon, Introduksjonsmal, Malsteg
from planer.queries.nyansatt import ARRIVAL


def templates() -> QuerySet[Introduksjonsmal]:
    return Introduksjonsmal.objects.annotate(steps=Count("steg")).order_by("name")


def template_steps() -> QuerySet[Malsteg]:
    return Malsteg.objects.select_related("mal", "kompetanse").order_by("day", "pk")


def proposed_for(ansatt: Ansatt) -> QuerySet[Introduksjonsmal]:
    """Return the templates that are offered for everyone in the employee's group."""
    return _fitting(ansatt).filter(is_proposed=True)


def _fitting(ansatt: Ansatt) -> QuerySet[Introduksjonsmal]:
    kategori = ansatt.kategori
    group = group_of(kategori.name, kategori.group) if kategori else ""
    return Introduksjonsmal.objects.filter(group__in={"", group}, is_active=True)


def choosable_for(ansatt: Ansatt) -> QuerySet[Introduksjonsmal]:
    """Return the templates that fit the employee and are not begun or declined."""
    known = begun(ansatt, on=clock.today()).values("mal")
    return _fitting(ansatt).exclude(pk__in=known).order_by("-is_proposed", "name")


def begun(ansatt: Ansatt, *, on: date) -> QuerySet[Introduksjon]:
    """Return the plans that stand in the way of beginning the same anew: those of this time.

    One of an earlier position that is ended does not.
    """
    lately = Q(starts_on__gte=on - ARRIVAL) | Q(status=Introduksjon.Status.ONGOING)
    return Introduksjon.objects.filter(lately, ansatt=ansatt, mal__isnull=False)
