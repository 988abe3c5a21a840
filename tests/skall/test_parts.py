"""Small parts of a page: status, deadline, budget, steps, mark, query."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.skall.templatetags import skall

NOON = datetime(2026, 10, 12, 12, tzinfo=clock.OSLO)


@pytest.fixture(autouse=True)
def bokmaal():
    with translation.override("nb"), clock.frozen(NOON):
        yield


def draw(source, **context):
    drawn = Template("{% load skall norsk %}" + source).render(Context(context))
    return " ".join(drawn.split()).replace("\u00a0", " ")


def test_a_status_is_word_symbol_and_colour():
    html = draw('{% status "Innvilget" "success" %}')

    assert 'data-color="success"' in html
    assert skall.ICONS["check"] in html
    assert html.endswith("Innvilget</span>")


def test_a_status_of_what_people_wrote_is_escaped():
    assert "<b>" not in draw("{% status text %}", text="<b>")


def test_every_status_colour_has_its_own_symbol():
    assert len(set(skall.SYMBOLS.values())) == len(skall.SYMBOLS)
    assert set(skall.SYMBOLS.values()) <= set(skall.ICONS)


@pytest.mark.parametrize(
    ("deadline", "color"),
    [
        (date(2026, 10, 11), "danger"),
        (date(2026, 10, 12), "warning"),
        (date(2026, 10, 19), "warning"),
        (date(2026, 10, 20), "neutral"),
    ],
)
def test_a_deadline_is_urgent_within_a_week(deadline, color):
    assert skall.hurry(deadline) == color


def test_a_deadline_is_said_in_words():
    html = draw('{% include "skall/_deadline.html" %}', moment=date(2026, 10, 15))

    assert "Frist torsdag 15. oktober kl. 23.59. Det er 3 dager igjen." in html


@pytest.mark.parametrize(
    ("proposed", "told"),
    [
        (412500, "Foreslått 412 500 kr. <strong>Igjen 37 500 kr.</strong>"),
        (472000, "Foreslått 472 000 kr. <strong>Over rammen med 22 000 kr.</strong>"),
    ],
)
def test_the_budget_stands_in_words_beside_its_bar(proposed, told):
    html = draw(
        '{% include "skall/_budget.html" %}', granted=400_000, proposed=proposed, frame=850000
    )

    assert f"Ramme 850 000 kr. Innvilget 400 000 kr. {told}" in html
    assert 'aria-hidden="true"' in html


def test_the_bar_divides_its_width_by_what_is_largest():
    assert '<rect class="bar-used" width="500"' in skall.bar(50, 100)
    assert '<rect class="bar-proposed" width="750"' in skall.bar(50, 100, 25)
    assert '<rect class="bar-over" x="500" width="500"' in skall.bar(150, 100, 50)
    assert skall.bar(0, 0)


def test_steps_say_where_one_is():
    steps = [("Om studiet", "/1/"), ("Tid", ""), ("Kostnad", "")]

    html = draw('{% include "skall/_steps.html" %}', steps=steps, number=2)

    assert "Steg 2 av 3" in html
    assert '<a href="/1/">Om studiet</a>' in html
    assert 'aria-current="step"> <span>Tid</span>' in html


def test_the_kommune_is_named_once():
    assert skall.full_name(Kommune(name="Modum")) == "Modum kommune"
    assert skall.full_name(Kommune(name="Modum kommune")) == "Modum kommune"
    assert skall.full_name(None) == ""


def test_an_unknown_theme_falls_back_to_the_standard_one():
    assert skall.theme_url(SimpleNamespace(theme="skog")).endswith("css/tema/skog.css")
    assert skall.theme_url(SimpleNamespace(theme="../x")).endswith("css/tema/standard.css")
    assert skall.theme_url(None).endswith("css/tema/standard.css")


def test_query_changes_one_value_and_keeps_the_rest():
    request = RequestFactory().get("/", {"enhet": "3", "side": "1"})

    assert draw("{% query side=2 %}", request=request) == "?enhet=3&amp;side=2"
    assert draw('{% query side="" enhet=None %}', request=request) == "?"


def test_an_empty_list_says_why_and_what_to_do():
    html = draw(
        '{% include "skall/_empty.html" with why="Ingen" what="Vent." url="/x/" label="Se" %}'
    )

    assert "Ingen" in html
    assert 'href="/x/">Se</a>' in html


def test_an_address_breaks_after_its_signs_and_is_escaped():
    assert skall.breakable("liv.berg@modum.no") == "liv.<wbr>berg@<wbr>modum.<wbr>no"
    assert skall.breakable("<b>@x") == "&lt;b&gt;@<wbr>x"
