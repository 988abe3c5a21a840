"""The verb on position categories."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Stillingskategori


@transaction.atomic
def group(changes: Mapping[int, tuple[str, str]], *, by: Ansatt) -> int:
    """Map categories to common groups: id to the group that was seen and the one chosen.

    Returns how many that changed.

    Raises:
        PermissionDenied: `by` does not administer the Kommune.
        StaleError: someone else has grouped one of them otherwise meanwhile.
    """
    if not access.may(by, Act.EDIT_SETTINGS):
        raise PermissionDenied
    rows = list(Stillingskategori.objects.select_for_update().filter(pk__in=changes).order_by("pk"))
    stale = [row.name for row in rows if row.group not in changes[row.pk]]
    if stale:
        raise StaleError(
            _("Noen andre har gruppert disse imens: %(names)s.") % {"names": ", ".join(stale)}
        )
    changed = [row for row in rows if row.group != changes[row.pk][1]]
    for row in changed:
        row.group = changes[row.pk][1]
        audit.record("stillingskategori.group", row, by=by, group=row.group)
    Stillingskategori.objects.bulk_update(changed, ["group"])
    return len(changed)
