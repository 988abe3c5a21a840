"""The Kommune's settings, read."""

from kompetanse.organisasjon.models import Oppsett


def oppsett() -> Oppsett:
    """Return the settings; those that come with the product until the Kommune has changed any."""
    return Oppsett.objects.first() or Oppsett()
