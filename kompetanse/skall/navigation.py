"""The main navigation: one registry that every app writes its entries into.

An app registers in its `AppConfig.ready`, so that the shell never knows the apps:

    navigation.register(NavItem(_("Runder"), "soknader:rounds", Act.RUN_ROUND, 40, Area.SOKNADER))

Who has few entries sees them side by side; who has many sees them folded by area.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt

# The most entries that stand on one row of a laptop's screen.
ONE_ROW = 9


class Area(Enum):
    """What an entry is about, in the order of the menu."""

    HOME = ""
    MINE = _("Mitt")
    SOKNADER = _("Søknader")
    KOMPETANSE = _("Kompetanse")
    PLANER = _("Planer")
    ORGANISASJON = _("Organisasjon")
    RAPPORTER = _("Rapporter")

    @property
    def place(self) -> int:
        return list(Area).index(self)


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry: shown to those who may do `act` somewhere; low `order` stands first in its area.

    With `when` it is shown only in a Kommune where that is so.
    """

    label: str | Promise
    url_name: str
    act: Act
    order: int = 100
    area: Area = Area.HOME
    when: Callable[[Kommune], bool] | None = None

    def is_for(self, kommune: Kommune | None) -> bool:
        return self.when is None or (kommune is not None and self.when(kommune))


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry as it stands on a page: where it leads, and whether the reader is there."""

    label: str
    url: str
    is_current: bool
    area: Area


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Entries that stand together: under a heading that folds out, or by themselves."""

    heading: str
    links: list[NavLink]

    @property
    def is_current(self) -> bool:
        return any(link.is_current for link in self.links)


_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add the entry; registering the same URL name again replaces it."""
    _items[item.url_name] = item


def items_for(actor: Ansatt | None, kommune: Kommune | None = None) -> list[NavItem]:
    """Return the entries that the actor may use in the Kommune, in order."""
    here = (item for item in _items.values() if item.is_for(kommune))
    allowed = (item for item in here if access.may(actor, item.act))
    return sorted(allowed, key=lambda item: (item.area.place, item.order, str(item.label)))


def links(actor: Ansatt | None, *, path: str, kommune: Kommune | None = None) -> list[NavLink]:
    """Return the actor's entries as links; the one whose page holds `path` is current."""
    entries = [(item, reverse(item.url_name)) for item in items_for(actor, kommune)]
    here = max((url for _, url in entries if path.startswith(url)), key=len, default=None)
    return [NavLink(str(item.label), url, url == here, item.area) for item, url in entries]


def menu(actor: Ansatt | None, *, path: str, kommune: Kommune | None = None) -> list[NavGroup]:
    """Return the actor's links in groups; few links, and areas of one, stand without heading."""
    found = links(actor, path=path, kommune=kommune)
    if len(found) <= ONE_ROW:
        return [NavGroup("", found)]
    return list(_folded(found))


def _folded(found: list[NavLink]) -> Iterator[NavGroup]:
    for area, group in groupby(found, key=lambda link: link.area):
        together = list(group)
        yield NavGroup(str(area.value) if len(together) > 1 else "", together)
