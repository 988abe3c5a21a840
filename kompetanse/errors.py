"""What can go wrong in a way that the domain knows of."""


class DomainError(Exception):
    """A rule of the domain was broken. The text is Norwegian and may be shown to the user."""


class TransitionError(DomainError):
    """The object is not in a state from which the wanted step can be taken."""


class StaleError(DomainError):
    """Someone else changed the object after the user opened it."""


class TenantError(RuntimeError):
    """Code tried to work without a Kommune, or for another than the active one. Always a bug."""
