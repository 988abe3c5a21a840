"""Every word that a choice or an act has in code is said in nynorsk too."""

import gettext

import pytest
from django.conf import settings
from django.db.models import IntegerChoices, TextChoices
from django.utils import translation
from django.utils.functional import Promise

from kompetanse.organisasjon.access import Act
from tests.conftest import ROOT

APPS = {"kompetanse", "planer", "kartlegging", "soknader", "rapporter"}
CHOICES = sorted(
    (
        cls
        for kind in (TextChoices, IntegerChoices)
        for cls in kind.__subclasses__()
        if cls.__module__.partition(".")[0] in APPS
    ),
    key=lambda cls: (cls.__module__, cls.__qualname__),
)


class Untold(gettext.NullTranslations):
    """Answers for a text that the catalogue does not have."""

    def gettext(self, message):
        return ""


@pytest.fixture(scope="module")
def catalogue():
    """Return the nynorsk catalogue; a word that is the same in both stands in it as such."""
    known = gettext.translation("django", settings.LOCALE_PATHS[0], languages=["nn"])
    known.add_fallback(Untold())
    return known


def untold(catalogue, words):
    return [word for word in words if not catalogue.gettext(word)]


def test_the_choices_of_every_app_are_found():
    assert {cls.__module__.partition(".")[0] for cls in CHOICES} == APPS
    files = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    classes = sum(path.read_text().count("Choices):\n") for path in files)
    assert len(CHOICES) == classes


@pytest.mark.parametrize("cls", CHOICES, ids=lambda cls: f"{cls.__module__}.{cls.__qualname__}")
def test_every_label_is_said_in_nynorsk(catalogue, cls):
    assert [each.name for each in cls if not isinstance(each.label, Promise)] == []
    with translation.override("nb"):
        words = [str(each.label) for each in cls]
    assert untold(catalogue, words) == []


def test_every_act_is_said_in_nynorsk(catalogue):
    assert untold(catalogue, [act.value for act in Act]) == []


def test_a_label_follows_the_reader(catalogue):
    with translation.override("nn"):
        assert Act.RECOMMEND.label == catalogue.gettext(Act.RECOMMEND.value) != Act.RECOMMEND.value
