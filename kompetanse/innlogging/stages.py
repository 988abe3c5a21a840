"""The second step of logging in."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage


class SecondFactor(AuthenticateStage):
    """allauth's step, which a log-in service that has asked for two factors already fills."""

    def _should_handle(self, request: Any) -> bool:
        records = get_authentication_records(request, self.login.user)
        if records and records[-1].get("second_factor"):
            return False
        return bool(super()._should_handle(request))
