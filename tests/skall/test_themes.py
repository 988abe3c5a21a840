"""The colours a Kommune can choose: every theme is whole and readable."""

import re
from pathlib import Path

import pytest

from kompetanse.skall.templatetags.skall import THEMES

FOLDER = Path(__file__).resolve().parents[2] / "static" / "css" / "tema"

# Text on surface, and the least contrast: 4.5 for text, 3 for lines, 7 in the meeting view.
PAIRS = [
    ("text-subtle", "background-default", 4.5),
    ("text-subtle", "background-tinted", 4.5),
    ("text-subtle", "surface-tinted", 4.5),
    ("text-default", "surface-active", 7),
    ("base-contrast-default", "base-default", 4.5),
    ("base-contrast-default", "text-default", 7),
    ("border-default", "background-default", 3),
]


def colours(theme):
    text = (FOLDER / f"{theme}.css").read_text()
    return dict(re.findall(r"--ds-color-accent-([a-z-]+): (#[0-9a-f]+);", text))


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * each for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_each_theme_has_its_file():
    assert {path.stem for path in FOLDER.glob("*.css")} == set(THEMES)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "surface", "least"), PAIRS)
def test_a_theme_is_readable(theme, text, surface, least):
    scale = colours(theme)

    assert contrast(scale[text], scale[surface]) >= least


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_sets_the_whole_scale(theme):
    assert len(colours(theme)) == 16
