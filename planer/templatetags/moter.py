"""Template tags of meetings."""

from collections.abc import Sequence

from django import template
from django.urls import get_script_prefix

register = template.Library()


@register.simple_tag
def within(address: str) -> str:
    """Return the address of a page of this Kommune from its path without the Kommune's part."""
    return f"{get_script_prefix()}{address.lstrip('/')}"


@register.simple_tag
def nth(words: Sequence[str], place: int) -> str:
    """Return the word at a place, 0 first."""
    return words[place]
