"""The verb that counts a Kommune's rows for those who run the platform."""

from kompetanse import clock
from kompetanse.kommuner.models import Fil
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Bruker, Enhet, Rolle
from kompetanse.plattform.models import Kommunetall


def count() -> Kommunetall:
    """Count the active Kommune's rows: how many of what, nothing of whom."""
    figures = {
        "enheter": Enhet.objects.count(),
        "ansatte": organisasjon.current().count(),
        "brukere": Bruker.objects.filter(is_active=True).count(),
        "systemansvarlige": organisasjon.holders(Rolle.Kode.SYSTEMANSVARLIG).count(),
        "filer": Fil.objects.count(),
    }
    tall: Kommunetall
    tall, _is_new = Kommunetall.objects.update_or_create(
        defaults={"figures": figures, "at": clock.now()}
    )
    return tall
