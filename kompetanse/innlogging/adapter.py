"""How people get in, as allauth asks: only those whom the Kommune has admitted, and employs."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse import sealing
from kompetanse.innlogging import browser, guesses, rules
from kompetanse.organisasjon import queries

INCORRECT = _("Koden stemmer ikke. Sjekk at du leste den riktig, og prøv en gang til.")


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up: an account comes with the employee, from HR."""

    def is_open_for_signup(self, _request: Any) -> bool:
        return False

    def get_user_search_fields(self) -> list[Any]:
        return []

    def pre_login(self, request: Any, user: Any, **kwargs: Any) -> Any:
        """Stop who has left, and who comes with a one-time password that has gone out."""
        if user.is_active and queries.actor_of(user.pk) is None:
            return self.respond_user_inactive(request, user)
        if rules.has_expired(user) and rules.used_password(request, user):
            return self._to("innlogging:expired")
        return super().pre_login(request, user, **kwargs)

    def get_logout_redirect_url(self, request: Any) -> str:
        """Lead who came from the Kommune's log-in service to where they may log out there too."""
        tilbyder = rules.provider_of(request)
        if tilbyder is not None:
            return reverse("innlogging:openid_logged_out", args=[tilbyder])
        return str(super().get_logout_redirect_url(request))

    def get_login_stages(self) -> list[str]:
        return ["kompetanse.innlogging.stages.SecondFactor"]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return allauth's ways to confirm who one is, in our words."""
        words = {
            "reauthenticate": gettext("Bruk passordet"),
            "mfa_reauthenticate": gettext("Bruk en kode"),
            "mfa_reauthenticate:webauthn": gettext("Bruk passnøkkel"),
        }
        return [
            method | {"description": words.get(method["id"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]

    def post_login(self, request: Any, user: Any, **kwargs: Any) -> Any:
        """Know the browser again, by each name that the person may log in with."""
        response = super().post_login(request, user, **kwargs)
        names = [guesses.name_of(name) for name in (user.username, user.email) if name]
        browser.remember(request, response, names)
        return response

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Refuse a guess when there have been too many from where it comes.

        The count is taken back by allauth when the password is right.
        """
        name = self._get_login_attempts_cache_key(request, **credentials)
        self._login_failed_rl_usage = guesses.count(request, name)
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, _request: Any, **credentials: Any) -> str:
        """Count attempts in each Kommune by itself: the same user name may stand in several."""
        return guesses.name_of(credentials.get("email") or credentials.get("username") or "")

    def _to(self, name: str) -> Any:
        from allauth.core.internal.httpkit import headed_redirect_response  # noqa: PLC0415

        return headed_redirect_response(name)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: sealed in the database, named by the Kommune, refused in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": INCORRECT,
        "cannot_delete_authenticator": _("Kommunen krever to trinn for rollen din."),
        "cannot_generate_recovery_codes": _("Sett opp en app eller en passnøkkel først."),
    }

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Return whether the user has a factor of the types; on a page, asked for once.

        A form that adds or removes one asks the database each time.
        """
        if user.is_anonymous:
            return False
        if getattr(context.request, "method", "") != "GET":
            return bool(super().is_mfa_enabled(user, types))
        if not hasattr(user, "factor_types"):
            found = Authenticator.objects.filter(user=user).values_list("type", flat=True)
            user.factor_types = frozenset(found)
        return bool(user.factor_types.intersection(types) if types else user.factor_types)

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return f"Kompetanse {_kommune_name()}".strip()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Name the Kommune too: one device may hold passkeys for several."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"name": f"{entity['name']} ({_kommune_name()})"}

    def generate_authenticator_name(self, *_: Any, **__: Any) -> str:
        return gettext("Passnøkkel")


def _kommune_name() -> str:
    kommune = getattr(context.request, "kommune", None)
    return kommune.name if kommune else ""
