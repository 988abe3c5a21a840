"""Pictures: safe to put in a page, readable without colour, and equal to their tables."""

import io
import re
from datetime import date, timedelta
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kompetanse import pdf
from kompetanse.skall import charts
from kompetanse.skall.charts import Bar, Cell, Point, Segment, State, letters, palette, placing
from kompetanse.skall.charts.heatmap import FILLS

NS = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 10, 9)
HOSTILE = "<script>alert(1)</script>\"'&amp;</svg>"


def modum() -> list[Segment]:
    """The nine duties of Modum's year."""
    return [
        segment(
            "Møte om satsingsområder for neste år", date(2026, 9, 1), date(2026, 9, 30), "done"
        ),
        segment("Søknadsfrist for ansatte", date(2026, 10, 15), None, "soon"),
        segment(
            "Søknadene prioriteres mot satsingsområdene", date(2026, 10, 16), date(2026, 11, 4)
        ),
        segment("Svarbrev sendes til de ansatte", date(2026, 11, 5)),
        segment("Felles opplæringsplan og søknad om tilskudd", date(2027, 1, 15)),
        segment("Rapport på tilskuddet", date(2027, 3, 1), date(2027, 3, 31), "late"),
        segment("Ny runde: søknader prioriteres og besvares", date(2027, 5, 1), date(2027, 5, 31)),
        segment("Kompetanseplanen evalueres", date(2027, 5, 1), date(2027, 5, 31)),
        segment("Tilskuddet fordeles", date(2027, 6, 1), date(2027, 6, 30)),
    ]


def segment(label, on, until=None, state="coming", who="Fagrådgiver"):
    return Segment(label=label, on=on, until=until, state=State(state), who=who)


def heat(name="Barnevern"):
    cells = [
        [Cell(lack=0, need=4), Cell(lack=1, need=8), None],
        [Cell(lack=2, need=6), Cell(lack=9, need=10), None],
    ]
    return charts.heatmap([name, "NAV"], ["Palliasjon", "Ledelse", name], cells, title=name)


def everything(name="Enhet"):
    """One of each picture, with `name` as every text that a user can have written."""
    return [
        charts.wheel(
            [segment(name, TODAY, None, state.value, name) for state in State],
            today=TODAY,
            title=name,
        ),
        heat(name),
        charts.budget_bar(used=500_000, draft=400_000, frame=850_000, title=name),
        charts.budget_bar(used=100_000, draft=0, frame=850_000, title=name),
        charts.bars(
            [Bar(label=name, value=71.5, note=name), Bar(label="NAV", value=92)],
            title=name,
            unit="%",
            goal=75,
        ),
        charts.line(
            [Point(label="2025", value=68), Point(label="2026", value=72.4)],
            title=name,
            unit="%",
            goal=75,
        ),
        charts.change(
            [
                charts.Change(label=name, before=12, after=8.5, note=name),
                charts.Change(label=name, before=12),
            ],
            title=name,
        ),
    ]


KINDS = [f"{chart.kind}{number}" for number, chart in enumerate(everything())]


def root_of(chart):
    return ET.fromstring(str(chart.svg))


def texts(chart):
    """Each text with its box (left, top, right, bottom); a turned one by its own circle."""
    for node in root_of(chart).iter(f"{NS}text"):
        x, y, size = (float(node.get(key)) for key in ("x", "y", "font-size"))
        weight = int(node.get("font-weight", 400))
        wide = letters.width(node.text, size=size, weight=weight)
        left = x - {"start": 0, "middle": 0.5, "end": 1}[node.get("text-anchor", "start")] * wide
        yield node, (left, y - size * 0.8, left + wide, y + size * 0.25)


@pytest.mark.parametrize("chart", everything(HOSTILE), ids=KINDS)
def test_text_from_users_is_text_and_nothing_else(chart):
    root = root_of(chart)

    assert "<script" not in chart.svg
    assert {node.tag.removeprefix(NS) for node in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "path", "circle", "line",
    }  # fmt: skip
    assert root.find(f"{NS}title").text == HOSTILE


@pytest.mark.parametrize("chart", everything(), ids=KINDS)
def test_a_picture_holds_nothing_that_a_strict_page_refuses(chart):
    attributes = {key for node in root_of(chart).iter() for key in node.attrib}

    assert attributes & {"style", "id", "href", "onclick"} == set()
    assert "style=" not in chart.svg


@pytest.mark.parametrize("chart", everything(), ids=KINDS)
def test_a_picture_is_named_for_those_who_do_not_see_it(chart):
    root = root_of(chart)

    assert root.get("role") == "img"
    assert root.get("aria-label") == f"{chart.title}. {chart.summary}"
    assert root.find(f"{NS}desc").text == chart.summary


@pytest.mark.parametrize("chart", everything(), ids=KINDS)
def test_every_row_of_the_table_has_a_cell_for_each_heading(chart):
    assert {len(row) for row in chart.table_rows} == {len(chart.table_headings)}


@pytest.mark.parametrize(
    "chart", [*everything(), charts.wheel(modum(), today=TODAY, title="År")], ids=[*KINDS, "modum"]
)
def test_no_text_leaves_the_picture(chart):
    _x, _y, width, height = map(float, root_of(chart).get("viewBox").split())

    for node, (left, top, right, bottom) in texts(chart):
        if node.get("transform"):
            continue
        assert left >= -0.5, node.text
        assert right <= width + 0.5, node.text
        assert top >= 0, node.text
        assert bottom <= height, node.text


def test_no_two_labels_of_modums_wheel_cover_each_other():
    chart = charts.wheel(modum(), today=TODAY, title="Årshjul")
    boxes = [(node.text, box) for node, box in texts(chart) if not node.get("transform")]

    for (first, a), (second, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 2.5 or b[3] <= a[1] + 2.5
        assert apart, f"{first} covers {second}"


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 60), st.text(max_size=90)
        ),
        max_size=40,
    )
)
def test_labels_of_any_wheel_keep_their_distance(duties):
    segments = [segment(label or "x", on, on + timedelta(days)) for on, days, label in duties]
    placed = placing.place(segments)
    for right in (False, True):
        column = placing.column(placed, right=right)
        height = max(placing.HEIGHT, placing.needed(column))
        spread = placing.spread(column, height=height)
        edges = [
            placing.LABEL_GAP,
            *(edge for each in spread for edge in (each.top, each.top + each.height)),
        ]

        assert all(below - above >= -0.01 for above, below in pairwise(edges))
        assert edges[-1] <= height


def test_markers_of_nine_duties_do_not_touch():
    angles = sorted(each.marker for each in placing.place(modum()))
    gaps = [b - a for a, b in zip(angles, [*angles[1:], angles[0] + 360], strict=True)]

    assert min(gaps) > 9


def test_the_wheels_table_says_what_is_due_when_and_by_whom():
    chart = charts.wheel(modum(), today=TODAY, title="Årshjul")

    assert chart.table_headings == ("Nr.", "Oppgave", "Når", "Ansvarlig", "Status")
    assert chart.table_rows[0] == (
        "1",
        "Møte om satsingsområder for neste år",
        "september 2026",
        "Fagrådgiver",
        "Gjort",
    )
    assert chart.table_rows[1][2:] == ("15.\u00a0oktober 2026", "Fagrådgiver", "Frist nær")
    assert chart.table_rows[2][2] == "16. oktober – 4.\u00a0november 2026"
    assert chart.summary == "9 oppgaver i året: 1 gjort, 1 frist nær, 1 over fristen og 6 kommer."


def test_every_state_has_its_own_word_and_shape():
    chart = charts.wheel(
        [segment("x", TODAY, None, state.value) for state in State], today=TODAY, title="År"
    )
    words = {node.text for node in root_of(chart).iter(f"{NS}text")}

    assert {state.label for state in State} <= words
    assert len({state.label for state in State}) == len(State)


def test_an_empty_wheel_is_still_a_year():
    chart = charts.wheel([], today=TODAY, title="Årshjul")

    assert chart.table_rows == ()
    assert "august" in chart.svg


def test_the_heat_maps_table_holds_its_figures():
    assert heat().table_rows == (
        ("Barnevern", "0 av 4, dekket", "1 av 8, lite", "ikke krav"),
        ("NAV", "2 av 6, noe", "9 av 10, stort", "ikke krav"),
    )
    assert heat().summary == "3 krav er ikke dekket. Størst er mangelen på Ledelse i NAV: 9."


def test_levels_of_lack_get_darker_so_that_grey_print_is_read():
    shades = [brightness(FILLS[level]) for level in charts.Level]

    assert shades == sorted(shades, reverse=True)
    assert all(a - b > 0.08 for a, b in pairwise(shades))


def test_the_budget_says_what_is_left_and_what_is_too_much():
    within = charts.budget_bar(used=512_000, draft=300_500, frame=850_000)
    over = charts.budget_bar(used=612_000, draft=300_500, frame=850_000)

    assert within.table_rows[-1] == ("Igjen", "37\u00a0500\u00a0kr")
    assert over.table_rows[-1] == ("Over rammen", "62\u00a0500\u00a0kr")
    assert over.summary.endswith("Over rammen med 62\u00a0500\u00a0kr.")


@given(*[st.integers(0, 5_000_000)] * 3)
def test_a_budget_bar_never_leaves_its_picture(used, draft, frame):
    root = root_of(charts.budget_bar(used=used, draft=draft, frame=frame))
    width = float(root.get("viewBox").split()[2])

    for node in root.iter(f"{NS}rect"):
        left = float(node.get("x", 0))
        assert left >= 0
        assert left + float(node.get("width")) <= width + 0.1


def test_bars_and_development_hold_their_figures():
    bars, line = everything()[4:6]

    assert bars.table_rows == (("Enhet", "71,5\u00a0%", "Enhet"), ("NAV", "92\u00a0%", ""))
    assert bars.summary == "Høyest: NAV med 92\u00a0%. 1 av 2 når målet på 75\u00a0%."
    assert line.table_rows == (("2025", "68\u00a0%"), ("2026", "72,4\u00a0%"))
    assert line.summary == "Fra 68\u00a0% i 2025 til 72,4\u00a0% i 2026. Målet er 75\u00a0%."


def test_a_change_holds_both_figures_and_says_which_way():
    change = everything()[6]

    assert change.table_rows == (("Enhet", "12", "8,5", "Enhet"), ("Enhet", "12", "–", ""))
    assert change.summary == "1 er målt igjen: 0 opp, 1 ned, 0 likt."


@pytest.mark.parametrize(
    "chart",
    [
        charts.bars([], title="Ingen"),
        charts.bars([Bar(label="NAV", value=0)], title="Null", goal=0),
        charts.line([], title="Ingen", goal=75),
        charts.line([Point(label="2026", value=3)], title="Én"),
        charts.heatmap([], [], [], title="Ingen"),
        charts.budget_bar(used=0, frame=0),
    ],
    ids=["no bars", "zero", "no points", "one point", "no cells", "no money"],
)
def test_nothing_to_show_is_still_a_picture(chart):
    assert root_of(chart).get("viewBox")
    assert chart.summary


def test_long_words_are_cut_to_their_room():
    lines = letters.wrap(
        "Kompetanseoppfølgingsplanleggingsgruppen møtes", size=15, room=120, lines=2
    )

    assert len(lines) == 2
    assert all(letters.width(each, size=15) <= 120 for each in lines)
    assert lines[0].endswith("…")


@pytest.mark.parametrize(
    "colour", ["DONE", "SOON", "LATE", "COMING", "INK", "MUTED", "ACCENT_DARK"]
)
def test_colours_of_text_stand_out_from_the_paper(colour):
    assert contrast(getattr(palette, colour), palette.PAPER) >= 4.5


def test_the_picture_is_text_on_paper_too():
    chart = charts.wheel(modum(), today=TODAY, title="Årshjul")
    page = PdfReader(io.BytesIO(pdf.render(f"<title>x</title>{chart.svg}", lang="nb"))).pages[0]
    printed = re.sub(r"\s+", "", page.extract_text())

    for word in (
        "Søknadsfrist for ansatte",
        "Frist nær",
        "15. oktober 2026",
        "Over fristen",
        "desember",
    ):
        assert word.replace(" ", "") in printed


def brightness(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)
