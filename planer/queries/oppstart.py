"""What a new Kommune has left to do with its plans."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kompetanse.plattform.oppstart import Step
from planer.models import Aktivitet, Strategiplan


def _in_force() -> QuerySet[Strategiplan]:
    return Strategiplan.objects.filter(status=Strategiplan.Status.IN_FORCE)


def _changed() -> QuerySet[Aktivitet]:
    """Return activities that someone has looked at: changed, or ticked off."""
    return Aktivitet.objects.filter(version__gt=1) | Aktivitet.objects.filter(done_at__isnull=False)


WHEEL = Step(
    "arshjul",
    _("Se over årshjulet"),
    _("Malen har fylt det ut. Endre datoene til kommunens egne."),
    "planer:open_wheel",
    _changed,
    40,
)
PLAN = Step(
    "plan",
    _("Legg inn strategiplanen"),
    _("Søknader, behov og tiltak peker på fokusområdene i den."),
    "planer:list_plans",
    _in_force,
    50,
)
