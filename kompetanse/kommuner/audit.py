"""The audit trail is written here and nowhere else."""

from typing import Any

from kompetanse.kommuner.models import AuditEvent, TenantModel


def record(
    action: str, obj: TenantModel, *, by: Any | None, role: str = "", **details: Any
) -> AuditEvent:
    """Write one line in the caller's transaction; `by` is an Ansatt, or None for the system.

    `details` is JSON: ids and amounts (NOK), never names or reasons.
    """
    return AuditEvent.objects.create(
        by_id=by.pk if by else None,
        role=role,
        action=action,
        object_label=obj._meta.label_lower,
        object_id=obj.pk,
        details=details,
    )
