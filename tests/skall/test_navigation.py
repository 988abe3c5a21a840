"""The main navigation: each sees what they may use, in order, and where they are."""

import pytest

from kompetanse.organisasjon.access import Act
from kompetanse.skall import navigation
from kompetanse.skall.navigation import Area, NavItem


@pytest.fixture
def items(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(NavItem("Profil", "skall:profile", Act.USE, order=20))
    navigation.register(NavItem("Hjem", "skall:home", Act.USE, order=0))
    navigation.register(NavItem("Runder", "skall:help", Act.RUN_ROUND, order=10))


def labels(actor):
    return [str(item.label) for item in navigation.items_for(actor)]


def test_an_employee_does_not_see_the_advisors_entries(items, kari, frida):
    assert labels(kari) == ["Hjem", "Profil"]
    assert labels(frida) == ["Hjem", "Runder", "Profil"]


def test_nobody_sees_nothing(items):
    assert labels(None) == []


def test_an_entry_for_some_municipalities_is_not_shown_in_others(items, frida, fjordvik, nabovik):
    def is_fjordvik(kommune):
        return kommune.slug == "fjordvik"

    navigation.register(NavItem("Region", "skall:privacy", Act.USE, order=30, when=is_fjordvik))

    def seen(kommune):
        return [link.label for link in navigation.links(frida, path="/", kommune=kommune)]

    assert "Region" in seen(fjordvik)
    assert "Region" not in seen(nabovik)
    assert "Region" not in seen(None)


def test_registering_again_replaces(items, kari):
    navigation.register(NavItem("Meg", "skall:profile", Act.USE, order=20))

    assert labels(kari) == ["Hjem", "Meg"]


def test_the_entry_that_holds_the_page_is_current(items, kari):
    links = navigation.links(kari, path="/profil/her/")

    assert [(link.label, link.is_current) for link in links] == [("Hjem", False), ("Profil", True)]


def test_the_page_marks_where_the_reader_is(items, kari, as_user):
    html = as_user(kari).get("/profil/").content.decode()

    assert '<a href="/fjordvik/profil/" aria-current="page">Profil</a>' in html
    assert '<a href="/fjordvik/hjem/">Hjem</a>' in html
    assert "Runder" not in html


def test_few_entries_stand_side_by_side_without_headings(items, kari):
    (group,) = navigation.menu(kari, path="/hjem/")

    assert group.heading == ""
    assert [link.label for link in group.links] == ["Hjem", "Profil"]


def test_many_entries_are_folded_by_area_in_the_areas_order(items, monkeypatch, frida):
    monkeypatch.setattr(navigation, "ONE_ROW", 3)
    navigation.register(NavItem("Strategi", "skall:privacy", Act.USE, 1, Area.PLANER))
    navigation.register(NavItem("Prioritering", "skall:start", Act.USE, 2, Area.SOKNADER))
    navigation.register(NavItem("Uttalelser", "skall:accessibility", Act.USE, 1, Area.SOKNADER))

    groups = navigation.menu(frida, path="/tilgjengelighet/")

    assert [(group.heading, [link.label for link in group.links]) for group in groups] == [
        ("", ["Hjem", "Runder", "Profil"]),
        ("Søknader", ["Uttalelser", "Prioritering"]),
        ("", ["Strategi"]),
    ]
    assert [group.is_current for group in groups] == [False, True, False]
