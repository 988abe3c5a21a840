"""The catalogue: levels, competence, and the common groups of the position categories.

These are set up once by the one who administers the Kommune; no verb belongs to them.
"""

from demo import files
from kompetanse.organisasjon.models import Kompetanse, Niva, Stillingskategori


def load(slug: str) -> None:
    plan = files.read(slug, "plan")
    Niva.objects.bulk_create(Niva(**row) for row in plan["niva"])
    Kompetanse.objects.bulk_create(Kompetanse(**row) for row in plan["kompetanse"])
    for group, names in plan["stillingskategorier"].items():
        Stillingskategori.objects.filter(name__in=names).update(group=group)
