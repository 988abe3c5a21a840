from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InnloggingConfig(AppConfig):
    """Logging in: passwords, second factor, OpenID Connect, and the sessions they give."""

    name = "kompetanse.innlogging"
    label = "innlogging"
    verbose_name = "Innlogging"

    def ready(self) -> None:
        from kompetanse.organisasjon.access import Act  # noqa: PLC0415
        from kompetanse.skall.navigation import Area, NavItem, register  # noqa: PLC0415

        register(
            NavItem(_("Innlogging"), "innlogging:people", Act.MANAGE_LOGIN, 940, Area.ORGANISASJON)
        )
