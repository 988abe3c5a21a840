"""Who is logged in: the user and the employee behind it, in one query."""

from collections.abc import Iterator
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username

from kompetanse.organisasjon import queries
from kompetanse.organisasjon.models import Bruker


class TenantBackend(AuthenticationBackend):
    """allauth's backend, which brings the Ansatt along when it finds the user of a session.

    A password is asked for once, where allauth asks once for each way a name could be meant: the
    time it takes would tell a stranger that there is such a user.
    """

    def _authenticate(self, _request: Any, **credentials: Any) -> Bruker | None:
        names = {str(credentials.get(way) or "") for way in ("email", "username")} - {""}
        named = {user.pk: user for name in names for user in _named(name)}
        checked = (self._check_password(user, credentials["password"]) for user in named.values())
        return next((user for user in checked if user is not None), None)

    def get_user(self, user_id: Any) -> Bruker | None:
        """Return the active user of this Kommune with `actor`; None for who is not employed."""
        actor = queries.actor_of(user_id)
        bruker: Bruker | None = actor.bruker if actor else None
        if bruker is None or not self.user_can_authenticate(bruker):
            return None
        bruker.actor = actor
        return bruker


def _named(name: str) -> Iterator[Bruker]:
    """Yield the users that the name could mean: by e-mail, then by user name."""
    yield from filter_users_by_email(name, prefer_verified=True, for_login=True)
    if user := get_user_by_username(name):
        yield user
