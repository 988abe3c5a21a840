"""How a log-in at a provider ends otherwise than well; the code names the page that tells why."""


class ProviderError(Exception):
    """The log-in at the provider did not end well; `code` names the page that tells why."""

    code = "wrong_answer"


class DownError(ProviderError):
    """The provider does not answer, or not as a provider does."""

    code = "down"


class CancelledError(ProviderError):
    """The person, or the provider, said no."""

    code = "cancelled"


class MismatchError(ProviderError):
    """The answer is not to a question that this browser asked, or it came twice."""

    code = "mismatch"


class ExpiredError(ProviderError):
    """It took too long."""

    code = "expired"


class WrongAnswerError(ProviderError):
    """The token is not one that the provider made for us, now, for this question."""


class WrongLevelError(ProviderError):
    """The log-in was weaker than the Kommune asks for (`acr`)."""

    code = "wrong_level"


class WrongDirectoryError(ProviderError):
    """The account belongs to another organisation (`tid`)."""

    code = "wrong_directory"
