"""Those who can log in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from kompetanse.kommuner.models import TenantManager, TenantModel

if TYPE_CHECKING:
    from kompetanse.organisasjon.models.ansatt import Ansatt


class BrukerManager(TenantManager["Bruker"], BaseUserManager["Bruker"]):
    """Users of the active Kommune; raises without one, as all tenant managers do."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Bruker":
        bruker = self.model(username=username, **fields)
        bruker.set_password(password)
        bruker.save(using=self._db)
        return bruker


class Bruker(AbstractBaseUser, TenantModel):
    """Someone who can log in to one Kommune. The person behind it is an Ansatt."""

    username = models.CharField("brukernavn", max_length=150)
    email = models.EmailField("e-post", blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    language = models.CharField("språk", max_length=2, blank=True)
    # A password that someone else has made is used once, and not after it expires.
    is_one_time = models.BooleanField("engangspassord", default=False)
    one_time_expires = models.DateTimeField("engangspassordet går ut", null=True, blank=True)
    # Counted up to end every session of the user, wherever it is.
    session_round = models.PositiveIntegerField("øktrunde", default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[BrukerManager] = BrukerManager()

    class Meta:
        verbose_name = "bruker"
        verbose_name_plural = "brukere"
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(name="bruker_username_once", fields=["kommune", "username"]),
        ]

    def __str__(self) -> str:
        return self.username

    def get_session_auth_hash(self) -> str:
        """Return what a session must hold to be valid: it changes with password and round."""
        return salted_hmac(
            "kompetanse.session", f"{self.password}{self.session_round}", algorithm="sha256"
        ).hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return the same under the keys that a change of SECRET_KEY leaves valid: none."""
        return iter(())

    # The employee behind the user, once TenantBackend has found them.
    actor: "Ansatt | None" = None

    # Django's and allauth's pages ask every user for these; we have neither staff nor superusers.
    is_staff = False
    is_superuser = False
