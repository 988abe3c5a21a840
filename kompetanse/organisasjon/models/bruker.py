"""Those who can log in."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

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

    # The employee behind the user, once TenantBackend has found them.
    actor: "Ansatt | None" = None

    # Django's and allauth's pages ask every user for these; we have neither staff nor superusers.
    is_staff = False
    is_superuser = False
