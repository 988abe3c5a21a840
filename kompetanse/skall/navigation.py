"""The main navigation: one registry that every app writes its entries into.

An app registers in its `AppConfig.ready`, so that the shell never knows the apps:

    navigation.register(NavItem(_("Søknader"), "soknader:list", Act.APPLY, order=20))
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry: shown to those who may do `act` somewhere; low `order` stands first."""

    label: str | Promise
    url_name: str
    act: Act
    order: int = 100


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry as it stands on a page: where it leads, and whether the reader is there."""

    label: str
    url: str
    is_current: bool


_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add the entry; registering the same URL name again replaces it."""
    _items[item.url_name] = item


def items_for(actor: Ansatt | None) -> list[NavItem]:
    """Return the entries that the actor may use, in order."""
    allowed = (item for item in _items.values() if access.may(actor, item.act))
    return sorted(allowed, key=lambda item: (item.order, str(item.label)))


def links(actor: Ansatt | None, *, path: str) -> list[NavLink]:
    """Return the actor's entries as links; the one whose page holds `path` is current."""
    entries = [(str(item.label), reverse(item.url_name)) for item in items_for(actor)]
    here = max((url for _, url in entries if path.startswith(url)), key=len, default=None)
    return [NavLink(label, url, url == here) for label, url in entries]
