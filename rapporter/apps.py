from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RapporterConfig(AppConfig):
    name = "rapporter"
    verbose_name = "Rapporter"

    def ready(self) -> None:
        """Register duties and navigation with the lower rooms."""
        from kompetanse.organisasjon.access import Act  # noqa: PLC0415 -- models are ready only now
        from kompetanse.skall import navigation  # noqa: PLC0415
        from kompetanse.skall.navigation import Area, NavItem  # noqa: PLC0415
        from kompetanse.varsler import oppgaver as registry  # noqa: PLC0415
        from rapporter import oppgaver  # noqa: PLC0415

        registry.register(oppgaver.duties)
        navigation.register(
            NavItem(_("Tilskudd"), "rapporter:grants", Act.SEE_GRANT, 80, Area.RAPPORTER)
        )
        navigation.register(
            NavItem(_("Dokumenter"), "rapporter:documents", Act.SEE_PLAN, 90, Area.RAPPORTER)
        )
        from kompetanse.organisasjon import steps  # noqa: PLC0415
        from rapporter import models  # noqa: PLC0415
        from rapporter.workflow import fordeling, innsending  # noqa: PLC0415

        steps.publish(models.Tilskuddssoknad, innsending.SOKNAD_STEPS)
        steps.publish(models.Tilskuddsrapport, innsending.RAPPORT_STEPS)
        steps.publish(models.Fordeling, fordeling.STEPS)
