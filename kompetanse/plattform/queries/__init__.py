"""What the platform's pages read, by noun."""

from kompetanse.plattform.queries import kommuner, region, stotte

__all__ = ["kommuner", "region", "stotte"]
