"""Verbs on tenants. Only the owner role may write these rows, so they are run as commands."""

from kompetanse.kommuner.models import Kommune


def found(*, slug: str, name: str, number: str, **settings: str) -> Kommune:
    """Make the Kommune, or return the one that has the address; then nothing is changed."""
    kommune, _ = Kommune.objects.get_or_create(
        slug=slug, defaults={"name": name, "number": number, **settings}
    )
    return kommune
