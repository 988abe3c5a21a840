"""A row as it is now, locked until the transaction ends."""

from soknader.models import Soknad


def soknad(pk: int) -> Soknad:
    """Return the application, locked, with its round, applicant, unit and Kommune; one query."""
    rows = Soknad.objects.select_for_update(of=("self",))
    found: Soknad = rows.select_related("runde", "ansatt__enhet", "kommune").get(pk=pk)
    return found
