"""Levels in the Kommune's own words: `{% load kartlegging %}`."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(levels: Mapping[int, str], level: int) -> str:
    """`{{ levels|named:3 }}` → «3 Videreført»; the figure alone when the level has no name."""
    return levels.get(level, str(level))
