"""Who is logged in: the user and the employee behind it, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from kompetanse.organisasjon import queries
from kompetanse.organisasjon.models import Bruker


class TenantBackend(AuthenticationBackend):
    """allauth's backend, which brings the Ansatt along when it finds the user of a session."""

    def get_user(self, user_id: Any) -> Bruker | None:
        """Return the active user of this Kommune with `actor`; None for who is not employed."""
        actor = queries.actor_of(user_id)
        bruker: Bruker | None = actor.bruker if actor else None
        if bruker is None or not self.user_can_authenticate(bruker):
            return None
        bruker.actor = actor
        return bruker
