from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlattformConfig(AppConfig):
    name = "kompetanse.plattform"
    verbose_name = "Plattform"

    def ready(self) -> None:
        """Show the ways into the pages that this app gives each Kommune."""
        from kompetanse.kommuner import looking, maler  # noqa: PLC0415
        from kompetanse.organisasjon.access import Act  # noqa: PLC0415
        from kompetanse.organisasjon.actions import mal  # noqa: PLC0415
        from kompetanse.plattform import oppstart, regionstoff, stotte  # noqa: PLC0415
        from kompetanse.plattform.queries import region  # noqa: PLC0415
        from kompetanse.skall import beskjeder, forside  # noqa: PLC0415
        from kompetanse.skall.navigation import Area, NavItem, register  # noqa: PLC0415

        register(
            NavItem(
                _("Region"),
                "plattform:region",
                Act.SEE_REGION,
                300,
                Area.PLANER,
                when=lambda kommune: kommune.region_id is not None,
            )
        )
        register(
            NavItem(
                _("Innsyn fra driften"),
                "plattform:support",
                Act.SEE_SUPPORT,
                960,
                Area.ORGANISASJON,
            )
        )
        looking.register(stotte.source)
        forside.register(oppstart.section)
        beskjeder.register(stotte.told)
        regionstoff.register(region.figures)
        oppstart.register_ground()
        maler.register(_("Kompetansenivåer"), mal.load_levels)
        maler.register(_("Stillingskategorier"), mal.load_categories)
