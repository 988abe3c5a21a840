"""Small parts of a page: icons, status tags, the Kommune's mark and theme. `{% load skall %}`."""

import re
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kompetanse.kommuner.models import Kommune
from kompetanse.skall import norsk

register = template.Library()

# Colour themes a Kommune can choose; each is static/css/tema/<name>.css.
THEMES = ("standard", "fjord", "skog", "lyng", "tegl")

# Outlines on a grid of 24, drawn with the text's colour.
ICONS = {
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    "chart": "M4 4v16h16M8 16v-5M12 16V8M16 16v-3",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
    "close": "M6 6l12 12M18 6L6 18",
    "dash": "M6 12h12",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "down": "M12 5v14M6 13l6 6 6-6",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "fold": "M6 9.5l6 6 6-6",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 7.6v.4",
    "lock": "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
    "mail": "M4 6h16v12H4zM4 7l8 6 8-6",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "pencil": "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
    "people": "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19c0-4 2-6 6-6s6 2 6 6M16 5a3 3 0 0 1 0 6",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c0-4 3-6 7-6s7 2 7 6",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20",
    "up": "M12 19V5M6 11l6-6 6 6",
    "warning": "M12 4l9 16H3zM12 10v4M12 17v.4",
}

# The symbol that says the same as a status colour, for those who do not see colours.
SYMBOLS = {
    "success": "check",
    "warning": "clock",
    "danger": "warning",
    "info": "arrow",
    "neutral": "dash",
}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon beside a word: `{% icon "clock" %}`. Hidden from those who listen."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none"'
        ' stroke="currentColor" stroke-width="1.75" stroke-linecap="round"'
        ' stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def status(text: Any, color: str = "neutral") -> SafeString:
    """Draw a status with word, symbol and colour: success, warning, danger, info or neutral."""
    return format_html(
        '<span class="ds-tag status" data-color="{}">{}{}</span>', color, icon(SYMBOLS[color]), text
    )


@register.filter
def hurry(deadline: norsk.Moment) -> str:
    """Return the colour of a deadline: passed is danger, within a week is warning."""
    if norsk.days_until(deadline) < 0:
        return "danger"
    return "warning" if norsk.is_near(deadline) else "neutral"


@register.simple_tag
def mark(kommune: Kommune | None) -> SafeString:
    """Draw a shield with the Kommune's initial.

    Not its coat of arms: that is protected by law and used by the Kommune's own leave only.
    """
    initial = kommune.name[:1].upper() if kommune else "K"
    return format_html(
        '<svg class="mark" viewBox="0 0 40 48" width="40" height="48" aria-hidden="true"'
        ' focusable="false">'
        '<path fill="currentColor" d="M0 0h40v26c0 11-8 18-20 22C8 44 0 37 0 26z"/>'
        '<path fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="1.5"'
        ' d="M3.5 3.5h33V26c0 9-6.5 14.8-16.5 18.3C10 40.8 3.5 35 3.5 26z"/>'
        '<text x="20" y="31" text-anchor="middle" font-size="22" font-weight="600"'
        ' font-family="Inter, sans-serif" fill="#fff">{}</text></svg>',
        initial,
    )


@register.simple_tag
def theme_url(kommune: Kommune | None) -> str:
    """Return the address of the Kommune's colours; the standard ones for an unknown theme."""
    name = kommune.theme if kommune and kommune.theme in THEMES else "standard"
    return static(f"css/tema/{name}.css")


@register.filter
def full_name(kommune: Kommune | None) -> str:
    """Return the Kommune's full name; empty without one."""
    return kommune.full_name if kommune else ""


@register.filter
def breakable(address: str) -> SafeString:
    """Let a long e-mail address break after @ and full stops, and not inside its words."""
    parts = re.split(r"(?<=[@.])", address)
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


@register.simple_tag
def bar(granted: int, frame: int, proposed: int = 0) -> SafeString:
    """Draw how much of a frame is granted, and then proposed, as SVG; what is over it stands out.

    The figures must stand in words beside it: the picture is hidden from those who listen.
    """
    used = granted + proposed
    top = max(used, frame, 1)
    inside, over = 1000 * min(granted, frame) // top, 1000 * max(used - frame, 0) // top
    with_drafts, edge = 1000 * min(used, frame) // top, 1000 * frame // top
    return mark_safe(  # noqa: S308 (whole numbers only)
        '<svg class="bar" viewBox="0 0 1000 28" preserveAspectRatio="none" width="100%" height="28"'
        ' aria-hidden="true" focusable="false">'
        '<rect class="bar-frame" width="1000" height="28" rx="4"/>'
        f'<rect class="bar-proposed" width="{with_drafts}" height="28" rx="4"/>'
        f'<rect class="bar-used" width="{inside}" height="28" rx="4"/>'
        f'<rect class="bar-over" x="{edge}" width="{over}" height="28"/>'
        f'<line class="bar-edge" x1="{edge}" x2="{edge}" y1="0" y2="28"/></svg>'
    )


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the page's query string with some values changed: `{% query side=2 %}`."""
    values = context["request"].GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value not in {None, ""}:
            values[name] = str(value)
    return f"?{values.urlencode()}" if values else "?"


@register.simple_tag
def budget(granted: int, frame: int, proposed: int = 0) -> dict[str, int]:
    """Return what is `left` of the frame, or how much is `over` it; NOK, both 0 or more."""
    used = granted + proposed
    return {"left": max(frame - used, 0), "over": max(used - frame, 0)}
