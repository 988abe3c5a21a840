"""The ground's part of the template for a new Kommune: levels and position categories."""

from pathlib import Path

from kompetanse.kommuner import maler
from kompetanse.kommuner.maler import Mal
from kompetanse.organisasjon.models import Niva, Stillingskategori

FILE = Path(__file__).resolve().parent.parent / "data" / "mal.toml"


def load_levels(_mal: Mal) -> int:
    return len(Niva.objects.bulk_create(Niva(**row) for row in maler.read(FILE)["niva"]))


def load_categories(_mal: Mal) -> int:
    """Make the categories that most municipalities have, each in its common group."""
    groups = maler.read(FILE)["stillingskategorier"]
    made = Stillingskategori.objects.bulk_create(
        Stillingskategori(name=name, group=group)
        for group, names in groups.items()
        for name in names
    )
    return len(made)
