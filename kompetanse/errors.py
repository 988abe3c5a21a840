"""What can go wrong in a way that the domain knows of."""

from collections.abc import Sequence

from django.utils.functional import Promise


class DomainError(Exception):
    """A rule of the domain was broken. The text is Norwegian and may be shown to the user."""


class TransitionError(DomainError):
    """The object is not in a state from which the wanted step can be taken."""


class StaleError(DomainError):
    """Someone else changed the object after the user opened it; `told` is what each did."""

    def __init__(self, sentence: str | Promise = "", *, told: Sequence[str] = ()) -> None:
        super().__init__(" ".join([str(sentence), *told]))
        self.sentence = sentence
        self.told = tuple(told)


class TenantError(RuntimeError):
    """Code tried to work without a Kommune, or for another than the active one. Always a bug."""
