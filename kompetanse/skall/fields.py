"""Form fields that accept what people in Norway type.

They take text and give domain types: whole NOK, whole numbers, decimals, dates. What cannot be
read is answered with one sentence that shows how to write it.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.skall import norsk

# Ordinary, no-break, narrow no-break, thin and figure space.
SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u2007]+")
DASHES = str.maketrans({norsk.MINUS: "-", "–": "-", "—": "-"})
MOST_KRONER = 999_999_999

_CURRENCY = re.compile(r"^(?:nok|kroner|kr\.?)|(?:nok|kroner|kr\.?)$")
_NO_ORE = re.compile(r",-+$")
_WHOLE = re.compile(r"-?\d+|-?\d{1,3}(?:\.\d{3})+")
# More digits than any number of ours has; Python itself refuses to read thousands of them.
_LONGEST_NUMBER = 30
_WITH_ORE = re.compile(r"(-?(?:\d+|\d{1,3}(?:\.\d{3})+)),(\d{1,2})|(-?\d+)\.(\d{1,2})")

_WEEKDAY = re.compile(r"^(?:man|mån|tir|tys|ons|tor|fre|lør|lau|søn|sun)[a-zøå]*\.?,?\s+")
_NUMERIC = re.compile(r"(\d{1,2})[.,/\- ]+(\d{1,2})[.,/\- ]+(\d{4}|\d{2})\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\.?\s*([a-z]{3,})\.?,?\s+(\d{4}|\d{2})\.?")
# A year of two digits is read as the C library does: 69–99 is last century.
_CENTURY_TURNS = 69


class GroupedNumberInput(forms.TextInput):
    """A text input with a number keyboard, showing digits in groups: 12 500."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "numeric", "size": "12", "autocomplete": "off"} | (attrs or {})
        )

    def format_value(self, value: Any) -> str | None:
        return norsk.tall(value) if isinstance(value, int) else super().format_value(value)


class HeltallField(forms.IntegerField):
    """A whole number, however its thousands are grouped. `unit` is shown after the input."""

    widget = GroupedNumberInput
    unit: str | Promise = ""
    unit_name: str | Promise = ""
    default_error_messages = {
        "invalid": _("Skriv et helt tall, for eksempel 3."),
        "min_value": _("Tallet kan ikke være lavere enn %(limit_value)s."),
        "max_value": _("Tallet kan ikke være høyere enn %(limit_value)s."),
    }

    def __init__(
        self, *, unit: str | Promise = "", unit_name: str | Promise = "", **kwargs: Any
    ) -> None:
        self.unit = unit or self.unit
        self.unit_name = unit_name or self.unit_name
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        text = SPACES.sub("", str(value).translate(DASHES))
        if len(text) > _LONGEST_NUMBER or not _WHOLE.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text.replace(".", ""))

    def widget_attrs(self, _widget: forms.Widget) -> dict[str, Any]:
        """No min, max or step: they belong to inputs of type number."""
        return {}


class YearInput(GroupedNumberInput):
    """A text input with a number keyboard, for a number that is a name: 2027."""

    def format_value(self, value: Any) -> str | None:
        return str(value) if isinstance(value, int) else super().format_value(value)


class AarField(HeltallField):
    """A year, written without a space."""

    widget = YearInput


class KronerField(HeltallField):
    """An amount in whole NOK.

    Reads «10 000», «10.000», «kr 10 000», «10 000,-» and «10 000,00». Øre are refused with a
    sentence instead of being rounded: the one who typed them may have meant something else.
    """

    unit = "kr"
    unit_name = _("i kroner")
    default_error_messages = {
        "invalid": _("Skriv beløpet med tall, for eksempel 12 500."),
        "whole": _("Skriv beløpet i hele kroner, uten øre."),
        "min_value": _("Beløpet kan ikke være lavere enn %(limit_value)s kr."),
        "max_value": _("Beløpet kan ikke være høyere enn %(limit_value)s kr."),
    }

    def __init__(self, *, min_value: int = 0, max_value: int = MOST_KRONER, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if not isinstance(value, str):
            return super().to_python(value)
        text = SPACES.sub("", value.translate(DASHES)).lower()
        text = _NO_ORE.sub("", _CURRENCY.sub("", text))
        if text == "" and value.strip():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(self._without_ore(text))

    def _without_ore(self, text: str) -> str:
        match = _WITH_ORE.fullmatch(text)
        if match is None:
            return text
        whole, ore = (match[1], match[2]) if match[1] else (match[3], match[4])
        if ore.strip("0"):
            raise ValidationError(self.error_messages["whole"], code="whole")
        return whole


class ProsentField(HeltallField):
    """Whole per cent, 0–100."""

    unit = "%"
    unit_name = _("i prosent")
    default_error_messages = {
        "invalid": _("Skriv prosenten med tall, for eksempel 75."),
        "min_value": _("Prosenten må være mellom 0 og 100."),
        "max_value": _("Prosenten må være mellom 0 og 100."),
    }

    def __init__(self, *, min_value: int = 0, max_value: int = 100, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.rstrip().rstrip("%") if isinstance(value, str) else value)


class DecimalInput(forms.TextInput):
    """A text input with a decimal keyboard, showing a comma: 7,5."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "decimal", "size": "8", "autocomplete": "off"} | (attrs or {})
        )

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, (int, float, Decimal)):
            return norsk.tall(value, decimals=2)
        shown: str | None = super().format_value(value)
        return shown


class DesimaltallField(forms.DecimalField):
    """A number with decimals, after a comma or a full stop: «7,5» or «7.5»."""

    widget = DecimalInput
    default_error_messages = {
        "invalid": _("Skriv et tall, for eksempel 7,5."),
        "min_value": _("Tallet kan ikke være lavere enn %(limit_value)s."),
        "max_value": _("Tallet kan ikke være høyere enn %(limit_value)s."),
        "max_decimal_places": _("Skriv tallet med høyst %(max)s desimaler."),
    }

    def __init__(
        self, *, unit: str | Promise = "", unit_name: str | Promise = "", **kwargs: Any
    ) -> None:
        self.unit = unit
        self.unit_name = unit_name
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        text = SPACES.sub("", str(value).translate(DASHES)).replace(",", ".")
        try:
            return Decimal(text)
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def widget_attrs(self, _widget: forms.Widget) -> dict[str, Any]:
        """No min, max or step: they belong to inputs of type number."""
        return {}


class DatoInput(forms.TextInput):
    """A text input that shows a date as 15.10.2026."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"size": "12", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        return norsk.dato(value) if isinstance(value, date) else super().format_value(value)


class DatoField(forms.Field):
    """A date, as people write it: 15.10.2026, 15/10/26, 15102026, 15. oktober 2026."""

    widget = DatoInput
    default_error_messages = {
        "invalid": _("Skriv datoen slik: 15.08.2027."),
        "impossible": _("Den datoen finnes ikke. Skriv datoen slik: 15.08.2027."),
        "earliest": _("Datoen kan ikke være før %(limit)s."),
        "latest": _("Datoen kan ikke være etter %(limit)s."),
    }

    def __init__(
        self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        self.earliest = earliest
        self.latest = latest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return None if value in self.empty_values else value
        parts = _parts(str(value))
        if parts is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        year, month, day = parts
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(self.error_messages["impossible"], code="impossible") from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.earliest and value < self.earliest:
            self._refuse("earliest", self.earliest)
        if self.latest and value > self.latest:
            self._refuse("latest", self.latest)

    def _refuse(self, code: str, limit: date) -> None:
        raise ValidationError(
            self.error_messages[code], code=code, params={"limit": norsk.dato(limit)}
        )


def _parts(text: str) -> tuple[int, int, int] | None:
    """Return (year, month, day) as written, whether or not such a day exists."""
    text = _WEEKDAY.sub("", SPACES.sub(" ", text.translate(DASHES)).strip().lower())
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMERIC.fullmatch(text) or _COMPACT.fullmatch(text):
        return _year(match[3]), int(match[2]), int(match[1])
    if match := _WORDS.fullmatch(text):
        month = _month(match[2])
        return (_year(match[3]), month, int(match[1])) if month else None
    return None


def _month(word: str) -> int | None:
    """Return 1–12 for «oktober», «okt» or «sept»; the names are the same in nynorsk."""
    for number, name in enumerate(norsk.MONTHS, start=1):
        if name.startswith(word):
            return number
    return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:  # noqa: PLR2004
        return year
    return year + (1900 if year >= _CENTURY_TURNS else 2000)
