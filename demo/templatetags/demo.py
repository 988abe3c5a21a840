"""What the demonstration adds to the shell's pages."""

from datetime import datetime
from typing import Any

from django import template
from django.template import Context

from demo import queries
from kompetanse import clock

register = template.Library()


@register.simple_tag(takes_context=True)
def demo_parts(context: Context) -> list[queries.Part]:
    """Return whom one can be with one click in the Kommune of the page."""
    kommune: Any = context.get("kommune")
    return queries.parts(kommune.slug) if kommune else []


@register.simple_tag(takes_context=True)
def demo_opening(context: Context) -> queries.Opening | None:
    """Return the round that someone must open before employees can apply in the page's Kommune."""
    return queries.opening() if context.get("kommune") else None


@register.simple_tag
def demo_now() -> datetime:
    return clock.now().astimezone(clock.OSLO)
