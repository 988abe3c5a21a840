"""What is announced in both written Norwegians: which words a reader gets."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanse.kommuner.models import Kommune

LANGUAGES = Kommune.Maalform


def told(own: str, other: str, *, lang: str) -> str:
    """Return the words in the language of the page: those of `lang`, unless there are others."""
    return other if other and get_language() != lang else own


def names(lang: str) -> tuple[str, str]:
    """Return what `lang` and the other målform are called within a sentence."""
    other = next(each for each in LANGUAGES if each != lang)
    return LANGUAGES(lang).label.lower(), other.label.lower()


def heading(lang: str) -> str:
    """Return what stands over the fields in the målform that `lang` is not."""
    return _("På %(lang)s (valgfritt)") % {"lang": names(lang)[1]}


def label(text: str, *, lang: str) -> str:
    """Return the field's label, and that it is in the målform that `lang` is not."""
    return _("%(label)s på %(lang)s") % {"label": text, "lang": names(lang)[1]}
