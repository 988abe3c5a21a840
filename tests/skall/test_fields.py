"""What people type, and what it becomes."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from kompetanse.skall.fields import (
    AarField,
    DatoField,
    DesimaltallField,
    HeltallField,
    KronerField,
    ProsentField,
)
from kompetanse.skall.forms import SkallForm


@pytest.fixture(autouse=True)
def bokmaal():
    with translation.override("nb"):
        yield


@pytest.mark.parametrize(
    "typed",
    [
        "10000", "10 000", "10\u00a0000", "10\u202f000", "10.000", "kr 10 000", "kr10000",
        "Kr. 10 000",
        "10 000 kr", "10 000 kroner", "NOK 10 000", "10 000,-", "10.000,-", "10 000,00", "10000.00",
        "10.000,00", " 10 000 ",
    ],
)  # fmt: skip
def test_kroner_reads_ten_thousand_however_it_is_typed(typed):
    assert KronerField().clean(typed) == 10000


@pytest.mark.parametrize("typed", ["10 000,50", "10.000,5", "10000.50", "kr 99,90"])
def test_kroner_refuses_ore_instead_of_rounding(typed):
    with pytest.raises(ValidationError, match="hele kroner, uten øre"):
        KronerField().clean(typed)


@pytest.mark.parametrize(
    "typed", ["ti tusen", "10,000", "1.00.0", "10 000 €", "kr", "12-13", "--5"]
)
def test_kroner_says_how_to_write_what_it_cannot_read(typed):
    with pytest.raises(ValidationError, match="Skriv beløpet med tall, for eksempel 12 500"):
        KronerField().clean(typed)


@pytest.mark.parametrize("typed", ["-500", "−500", "–500"])
def test_kroner_refuses_less_than_nothing(typed):
    with pytest.raises(ValidationError, match="ikke være lavere enn 0 kr"):
        KronerField().clean(typed)


@pytest.mark.parametrize("field", [KronerField, HeltallField, ProsentField, AarField])
@pytest.mark.parametrize("typed", ["9" * 5000, "0" * 5000, "-" + "1" * 5000, "1" + ".234" * 2000])
def test_a_number_of_thousands_of_digits_is_answered_with_how_to_write_it(field, typed):
    """Python refuses to read one of more than 4 300, which was an error of ours."""
    with pytest.raises(ValidationError, match="Skriv"):
        field().clean(typed)


def test_kroner_refuses_more_than_the_database_holds():
    with pytest.raises(ValidationError, match="ikke være høyere enn"):
        KronerField().clean("99 999 999 999")


def test_kroner_may_be_left_out_when_it_is_optional():
    assert KronerField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("typed", "number"), [("3", 3), ("1 250", 1250), ("1.250", 1250), ("-2", -2), (4, 4)]
)
def test_heltall_reads_grouped_digits(typed, number):
    assert HeltallField().clean(typed) == number


@pytest.mark.parametrize(("typed", "number"), [("75", 75), ("75 %", 75), ("0", 0), ("100%", 100)])
def test_prosent_reads_the_sign(typed, number):
    assert ProsentField().clean(typed) == number


def test_prosent_is_between_0_and_100():
    with pytest.raises(ValidationError, match="mellom 0 og 100"):
        ProsentField().clean("101")


@pytest.mark.parametrize(
    ("typed", "number"), [("7,5", "7.5"), ("7.5", "7.5"), ("1 000,25", "1000.25")]
)
def test_desimaltall_reads_comma_and_full_stop(typed, number):
    assert DesimaltallField().clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["sju", "NaN", "Infinity", "1,2,3"])
def test_desimaltall_refuses_what_is_no_number(typed):
    with pytest.raises(ValidationError):
        DesimaltallField().clean(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "15.10.2026", "15/10/2026", "15 10 2026", "15-10-2026", "15102026", "2026-10-15",
        "15.10.26",
        "15. 10. 2026", "15. oktober 2026", "15 oktober 2026", "15. okt. 2026", "15.oktober 2026",
        "15. Oktober 2026", "torsdag 15. oktober 2026", "Torsdag 15.10.2026", "15. oktober 26",
        " 15.10.2026 ", "15.10.2026.", "tors. 15. oktober 2026",
    ],
)  # fmt: skip
def test_dato_reads_the_same_day_however_it_is_typed(typed):
    assert DatoField().clean(typed) == date(2026, 10, 15)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("laurdag 17. oktober 2026", date(2026, 10, 17)),
        ("måndag 4. mai 2026", date(2026, 5, 4)),
        ("1.8.2027", date(2027, 8, 1)),
        ("1. sept. 2027", date(2027, 9, 1)),
        ("29.02.2028", date(2028, 2, 29)),
        ("01.08.98", date(1998, 8, 1)),
    ],
)
def test_dato_reads_nynorsk_short_months_and_old_years(typed, day):
    assert DatoField().clean(typed) == day


@pytest.mark.parametrize(
    "typed", ["i morgen", "15.10", "oktober 2026", "1510226", "15. foo 2026", "høst 2027"]
)
def test_dato_says_how_to_write_what_it_cannot_read(typed):
    with pytest.raises(ValidationError) as caught:
        DatoField().clean(typed)
    assert caught.value.messages == ["Skriv datoen slik: 15.08.2027."]


@pytest.mark.parametrize("typed", ["31.02.2026", "15.13.2026", "29.02.2027", "00.01.2026"])
def test_dato_says_when_no_such_day_exists(typed):
    with pytest.raises(ValidationError, match="Den datoen finnes ikke"):
        DatoField().clean(typed)


def test_dato_keeps_within_its_limits():
    field = DatoField(earliest=date(2026, 8, 1), latest=date(2027, 7, 31))

    assert field.clean("01.08.2026") == date(2026, 8, 1)
    with pytest.raises(ValidationError, match=r"ikke være før 01\.08\.2026"):
        field.clean("31.07.2026")
    with pytest.raises(ValidationError, match=r"ikke være etter 31\.07\.2027"):
        field.clean("01.08.2027")


class Ask(SkallForm):
    what = forms.CharField(label="Hva vil du studere?", max_length=10)
    share = forms.CharField(label="Andel i %", max_length=3, required=False)
    area = forms.ChoiceField(label="Område", choices=[("a", "A")])
    email = forms.EmailField(label="E-post", required=False)
    letter = forms.FileField(label="Brev")
    agreed = forms.BooleanField(label="Jeg er enig")
    amount = KronerField(label="Beløp", initial=12500)
    day = DatoField(label="Dag", initial=date(2026, 10, 15))
    own = forms.CharField(label="Egen", error_messages={"required": "Skriv noe her."})


def test_errors_name_the_field_and_the_remedy():
    form = Ask({"what": "sykepleie i geriatri", "share": "12345", "area": "b", "email": "x"})

    told = {name: list(errors) for name, errors in form.errors.items()}

    assert told == {
        "what": ["Teksten i «Hva vil du studere?» er for lang. Den kan ha 10 tegn, og har nå 20."],
        "share": ["Teksten i «Andel i %» er for lang. Den kan ha 3 tegn, og har nå 5."],
        "area": ["Velg et av svarene i «Område»."],
        "email": ["Skriv e-postadressen slik: navn@kommune.no."],
        "letter": ["Legg ved en fil i «Brev»."],
        "agreed": ["Kryss av for «Jeg er enig» for å gå videre."],
        "amount": ["Fyll ut «Beløp»."],
        "day": ["Fyll ut «Dag»."],
        "own": ["Skriv noe her."],
    }


def test_fields_show_values_as_they_are_written_in_norway():
    form = Ask()

    assert 'value="12\u00a0500"' in str(form["amount"])
    assert 'value="15.10.2026"' in str(form["day"])


def test_what_is_shown_is_read_back_as_unchanged():
    form = Ask({"amount": "12\u00a0500", "day": "15.10.2026"})

    assert not form["amount"]._has_changed()
    assert not form["day"]._has_changed()


def test_a_year_is_shown_without_a_space_and_read_with_one():
    field = AarField()

    assert field.widget.format_value(2027) == "2027"
    assert field.clean("2 027") == 2027
