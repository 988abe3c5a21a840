"""A year in an address."""

from django.urls import register_converter

FIRST_YEAR, LAST_YEAR = 2000, 2100
YEAR = "<aar:year>/"


class YearConverter:
    """A year that a plan can be for; another one is not found."""

    regex = "[0-9]{1,6}"

    def to_python(self, value: str) -> int:
        year = int(value)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(value)
        return year

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(YearConverter, "aar")
