"""How figures, money, dates and deadlines are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from kompetanse.skall import norsk

THURSDAY = date(2026, 10, 15)


def shown(text):
    """Show the no-break spaces."""
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (12500, "12~500"),
        (1250000, "1~250~000"),
        (-500, "−500"),
        (Decimal("0"), "0"),
        (None, "–"),
    ],
)
def test_tall_groups_digits_by_no_break_spaces(number, text):
    assert shown(norsk.tall(number)) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(7.5, "7,5"), (Decimal("10.00"), "10"), (-0.001, "0"), (1234.25, "1~234,25")],
)
def test_tall_writes_a_comma_and_no_empty_decimals(number, text):
    assert shown(norsk.tall(number, decimals=2)) == text


def test_kroner_and_prosent_keep_the_unit_on_the_line():
    assert shown(norsk.kroner(12500)) == "12~500~kr"
    assert shown(norsk.prosent(75)) == "75~%"
    assert norsk.kroner(None) == "–"


def test_dates_are_short_in_tables_and_long_in_text():
    assert norsk.dato(THURSDAY) == "15.10.2026"
    assert shown(norsk.langdato(THURSDAY)) == "15.~oktober 2026"
    assert norsk.uke(THURSDAY) == "uke 42"


def test_a_moment_is_written_in_norwegian_wall_time():
    nearly_midnight = datetime(2026, 10, 15, 21, 59, 59, tzinfo=UTC)

    assert shown(norsk.frist(nearly_midnight, on=THURSDAY)) == "torsdag 15.~oktober kl.~23.59"
    assert shown(norsk.tidspunkt(nearly_midnight)) == "15.~oktober 2026 kl.~23.59"


def test_frist_of_a_plain_date_is_the_end_of_the_day_and_names_another_year():
    assert shown(norsk.frist(THURSDAY, on=THURSDAY)) == "torsdag 15.~oktober kl.~23.59"
    assert shown(norsk.frist(date(2027, 1, 15), on=THURSDAY)) == "fredag 15.~januar 2027 kl.~23.59"


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2026, 10, 12), "Det er 3 dager igjen"),
        (date(2026, 10, 14), "Fristen går ut i morgen"),
        (date(2026, 10, 15), "Fristen går ut i dag"),
        (date(2026, 10, 16), "Fristen gikk ut i går"),
        (date(2026, 10, 17), "Fristen gikk ut for 2 dager siden"),
    ],
)
def test_om_dager_says_how_far_away(on, text):
    assert norsk.om_dager(THURSDAY, on=on) == text


def test_weekdays_follow_the_language():
    with translation.override("nn"):
        assert norsk.ukedag(THURSDAY) == "torsdag"
        assert norsk.ukedag(date(2026, 10, 17)) == "laurdag"
    with translation.override("nb"):
        assert norsk.ukedag(date(2026, 10, 17)) == "lørdag"


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["eple"], "eple"), (["eple", "pære"], "eple og pære"), (list("abc"), "a, b og c")],
)
def test_oppramsing_joins_by_og(words, text):
    assert norsk.oppramsing(words) == text


def test_filters_write_an_en_dash_for_a_missing_value():
    template = Template("{% load norsk %}{{ a|kroner }}{{ a|dato }}{{ b|tall }}{{ n|kroner }}")

    assert shown(template.render(Context({"b": None, "n": 100}))) == "–––100~kr"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Videreutdanning i geriatri", "videreutdanning i geriatri"),
        ("Fagbrev som helsefagarbeider", "fagbrev som helsefagarbeider"),
        ("Excel for ledere", "Excel for ledere"),
        ("ABC i demens", "ABC i demens"),
        ("", ""),
    ],
)
def test_a_study_inside_a_sentence_has_no_capital_but_that_of_a_name(name, told):
    assert norsk.inni(name) == told
