"""What people are told about contracts, payments and progress. Nothing of sums or reasons."""

from django.utils.translation import gettext as _

from soknader.emails.message import Message
from soknader.emails.runde import ending
from soknader.models import Avtale, Framdrift, Soknad, Utbetaling


def to_sign(avtale: Avtale) -> Message:
    """Ask the employee to sign."""
    body = _(
        "Hei, {navn}!\n\n"
        "Avtalen for søknad %(number)s er klar. Les den og signer når du har logget inn. "
        "Du kan sende kvitteringer når både du og kommunen har signert.\n"
    )
    return _message(_("Avtalen din er klar til signering"), body, avtale.soknad)


def to_countersign(avtale: Avtale) -> Message:
    """Ask the leader to sign for the municipality."""
    body = _(
        "Hei, {navn}!\n\n"
        "En ansatt i %(unit)s har signert avtalen for søknad %(number)s. "
        "Den venter på at du signerer for kommunen.\n"
    )
    return _message(_("En avtale venter på at du signerer"), body, avtale.soknad)


def signed(avtale: Avtale) -> Message:
    body = _(
        "Hei, {navn}!\n\n"
        "Avtalen for søknad %(number)s er signert av begge. "
        "Du finner den når du har logget inn.\n"
    )
    return _message(_("Avtalen din er signert"), body, avtale.soknad)


def breached(avtale: Avtale) -> Message:
    body = _(
        "Hei, {navn}!\n\n"
        "Kommunen har registrert at avtalen for søknad %(number)s ikke er oppfylt. "
        "Logg inn og les hva det betyr for deg.\n"
    )
    return _message(_("Avtalen din om bindingstid"), body, avtale.soknad)


def receipt_sent(utbetaling: Utbetaling) -> Message:
    """Tell the leader that a receipt waits."""
    body = _(
        "Hei, {navn}!\n\n"
        "En kvittering for søknad %(number)s fra %(unit)s venter på at du godkjenner den.\n"
    )
    return _message(_("En kvittering venter på godkjenning"), body, utbetaling.tilsagn.soknad)


def receipt_decided(utbetaling: Utbetaling) -> Message:
    body = _(
        "Hei, {navn}!\n\n"
        "Kvitteringen du sendte for søknad %(number)s er behandlet. "
        "Logg inn for å se svaret.\n"
    )
    return _message(_("Kvitteringen din er behandlet"), body, utbetaling.tilsagn.soknad)


def study_completed(framdrift: Framdrift) -> Message:
    """Ask the leader to confirm."""
    body = _(
        "Hei, {navn}!\n\n"
        "En ansatt i %(unit)s har meldt at studiet i søknad %(number)s er fullført. "
        "Meldingen venter på at du bekrefter den.\n"
    )
    return _message(_("Et fullført studium venter på bekreftelse"), body, framdrift.soknad)


def study_confirmed(framdrift: Framdrift) -> Message:
    body = _(
        "Hei, {navn}!\n\n"
        "Lederen din har bekreftet at studiet i søknad %(number)s er fullført. "
        "Kompetansen står nå under «Min kompetanse».\n"
    )
    return _message(_("Studiet ditt er bekreftet fullført"), body, framdrift.soknad)


def study_returned(framdrift: Framdrift) -> Message:
    body = _(
        "Hei, {navn}!\n\n"
        "Meldingen om at studiet i søknad %(number)s er fullført, er sendt tilbake til deg. "
        "Logg inn og se hva som mangler.\n"
    )
    return _message(_("Se på meldingen om studiet ditt"), body, framdrift.soknad)


def broken_off(framdrift: Framdrift) -> Message:
    """Tell the advisor."""
    body = _(
        "Hei, {navn}!\n\n"
        "En ansatt i %(unit)s har meldt at studiet i søknad %(number)s er avbrutt. "
        "Logg inn og avgjør hva som skjer med avtalen.\n"
    )
    return _message(_("Et studium med støtte er avbrutt"), body, framdrift.soknad)


def report_due(soknad: Soknad) -> Message:
    """Remind the employee at the end of a term."""
    body = _(
        "Hei, {navn}!\n\n"
        "Terminen er over. Meld fra om hvordan studiet i søknad %(number)s går. "
        "Det tar ett minutt.\n"
    )
    return _message(_("Hvordan går det med studiet?"), body, soknad)


def _message(subject: str, body: str, soknad: Soknad) -> Message:
    told = {"number": soknad.reference, "unit": soknad.ansatt.enhet.name}
    return Message(subject, body % told + ending(soknad.kommune))
