"""A check or a receipt in sentences, with the figures that the button repeats."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.organisasjon.models import Hrimport


def sentences(hrimport: Hrimport) -> list[str]:
    """Return what is (or was) about to happen, one sentence for each figure that is not nought."""
    figures = hrimport.figures
    told = (
        (figures.get("new", 0), _("%(n)s nye ansatte")),
        (figures.get("returned", 0), _("%(n)s kommer tilbake")),
        (figures.get("moved", 0), _("%(n)s flytter til en annen enhet")),
        (figures.get("changed", 0), _("%(n)s får endrede opplysninger")),
        (figures.get("left", 0), _("%(n)s har sluttet ifølge filen")),
        (figures.get("leavers", 0), _("%(n)s er krysset av som sluttet")),
        (figures.get("unchanged", 0), _("%(n)s er uendret")),
        (figures.get("posts_new", 0), _("%(n)s nye stillinger")),
        (figures.get("posts_changed", 0), _("%(n)s endrede stillinger")),
        (figures.get("posts_ended", 0), _("%(n)s stillinger avsluttes")),
        (figures.get("units_new", 0), _("%(n)s nye enheter")),
        (figures.get("units_changed", 0), _("%(n)s endrede enheter")),
        (figures.get("units_reopened", 0), _("%(n)s avsluttede enheter tas i bruk igjen")),
        (figures.get("categories_new", 0), _("%(n)s nye stillingsnavn")),
        (figures.get("leaders_new", 0), _("%(n)s nye lederroller")),
        (figures.get("marks_new", 0), _("%(n)s nye kjennetegn for innlogging med Entra ID")),
    )
    return [sentence % {"n": count} for count, sentence in told if count]


def button(hrimport: Hrimport) -> str:
    """Return the words of the button that writes: «Skriv inn 118 ansatte»."""
    count = writes(hrimport)
    return ngettext("Skriv inn %(n)s ansatt", "Skriv inn %(n)s ansatte", count) % {"n": count}


def writes(hrimport: Hrimport) -> int:
    """Return how many people the run writes something about."""
    kinds = ("new", "returned", "moved", "changed", "left")
    return sum(int(hrimport.figures.get(kind, 0)) for kind in kinds)


def summary(hrimport: Hrimport) -> str:
    """Return the check in two sentences, as the page of progress says it."""
    figures = hrimport.figures
    ready = ngettext("%(n)s ansatt er klar.", "%(n)s ansatte er klare.", figures["employees"])
    told = ready % {"n": figures["employees"]}
    if figures["faulty_rows"]:
        wrong = ngettext(
            "%(n)s rad blir ikke tatt med på grunn av feil.",
            "%(n)s rader blir ikke tatt med på grunn av feil.",
            figures["faulty_rows"],
        )
        told += " " + wrong % {"n": figures["faulty_rows"]}
    return told
