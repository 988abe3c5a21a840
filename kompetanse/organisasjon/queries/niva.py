"""The levels of competence, in the Kommune's own words."""

from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon.models import Niva

# Shown when the Kommune has not named its levels.
LEVELS = {1: _("Grunnleggende"), 2: _("Selvstendig"), 3: _("Videreført"), 4: _("Ekspert")}


def levels() -> list[tuple[int, str]]:
    """Return the levels that can be reached, 1–4, each with its number and name; one query."""
    named = dict(Niva.objects.filter(level__gte=1).values_list("level", "name"))
    return [(level, f"{level} {name}") for level, name in (named or LEVELS).items()]
