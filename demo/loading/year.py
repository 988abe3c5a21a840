"""The municipality's year so far, made by the same verbs that people use."""

from demo.loading import people
from kompetanse.organisasjon.models import Enhet


def is_loaded() -> bool:
    return Enhet.objects.exists()


def load(slug: str) -> None:
    """Load everything that the active Kommune begins the demonstration with."""
    people.load(slug)
