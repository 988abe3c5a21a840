"""Verbs on the region: say whom to contact, and publish what the others may see."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.plattform import regionstoff
from kompetanse.plattform.models import Regionkontakt, Regionoppslag


@transaction.atomic
def set_contact(
    *, function: str, email: str, phone: str, by: Ansatt | None, is_coordinator: bool = False
) -> Regionkontakt:
    """Say how the others reach the Kommune, or the region's coordinator: a function, no name.

    Raises:
        PermissionDenied: `by` does not speak for the Kommune in the region.
    """
    if is_coordinator:
        _must_coordinate(by)
    else:
        _must_publish(by)
    kontakt: Regionkontakt
    kontakt, _is_new = Regionkontakt.objects.update_or_create(
        is_coordinator=is_coordinator,
        defaults={"function": function, "email": email, "phone": phone},
    )
    audit.record("regionkontakt.set", kontakt, by=by, is_coordinator=is_coordinator)
    return kontakt


@transaction.atomic
def publish(kommune: Kommune, *, by: Ansatt | None) -> int:
    """Show the region the plans in force and figures without people; return how many.

    What was published before and is no more is taken down.

    Raises:
        DomainError: the Kommune is in no region.
        PermissionDenied: `by` does not speak for the Kommune in the region.
    """
    _must_publish(by)
    if kommune.region_id is None:
        raise DomainError(_("Kommunen er ikke med i noen region."))
    drafts = regionstoff.drafts()
    Regionoppslag.objects.exclude(key__in=[draft.key for draft in drafts]).delete()
    for draft in drafts:
        oppslag, _is_new = Regionoppslag.objects.update_or_create(
            key=draft.key,
            defaults={
                "title": draft.title,
                "lines": [list(line) for line in draft.lines],
                "published_at": clock.now(),
            },
        )
        audit.record("regionoppslag.publish", oppslag, by=by)
    return len(drafts)


def _must_publish(by: Ansatt | None) -> None:
    if by is not None and not access.may(by, Act.PUBLISH_REGION):
        raise PermissionDenied


def _must_coordinate(by: Ansatt | None) -> None:
    if by is not None and not access.has_role(by, Rolle.Kode.REGIONKOORDINATOR):
        raise PermissionDenied
