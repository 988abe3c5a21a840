"""How people get in: only those whom the Kommune has admitted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up: an account comes with the employee, from HR."""

    def is_open_for_signup(self, _request: Any) -> bool:
        return False

    def get_user_search_fields(self) -> list[Any]:
        return []
