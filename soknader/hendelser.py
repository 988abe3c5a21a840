"""What the actions on applications and decisions are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place(
    {
        "soknader.avtale": Place(case="soknad", about="soknad.ansatt"),
        "soknader.framdrift": Place(case="soknad", about="soknad.ansatt"),
        "soknader.utbetaling": Place(about="tilsagn.soknad.ansatt"),
        "soknader.settestedfortreder": Place(case="soknad", about="soknad.ansatt"),
        "soknader.sporsmal": Place(case="soknad", about="soknad.ansatt"),
        "soknader.soknad": Place(about="ansatt"),
        "soknader.svarbrev": Place(case="vedtak", about="vedtak.soknad.ansatt"),
        "soknader.vedlegg": Place(case="soknad", about="soknad.ansatt"),
        "soknader.vedtak": Place(case="soknad", about="soknad.ansatt"),
    }
)
audit.name(
    {
        "avtale.begin": _("Startet bindingstiden"),
        "avtale.breach": _("Registrerte brudd på avtalen"),
        "avtale.cancel": _("Lot avtalen falle bort"),
        "avtale.countersign": _("Signerte avtalen for kommunen"),
        "avtale.fulfil": _("Merket avtalen som oppfylt"),
        "avtale.pause": _("Satte bindingstiden på pause"),
        "avtale.prepare": _("Laget avtale om bindingstid"),
        "avtale.release": _("Ettergav kravet"),
        "avtale.repay": _("Registrerte tilbakebetaling"),
        "avtale.resume": _("Avsluttet pausen i bindingstiden"),
        "avtale.settle": _("Merket kravet som betalt"),
        "avtale.sign": _("Signerte avtalen"),
        "bindingsregel.add": _("La til en regel for bindingstid"),
        "bindingsregel.edit": _("Endret en regel for bindingstid"),
        "framdrift.confirm": _("Bekreftet et fullført studium"),
        "framdrift.report": _("Meldte framdrift i studiet"),
        "framdrift.return": _("Sendte tilbake meldingen om et fullført studium"),
        "tilsagn.promise": _("Fordelte støtten på det den gjelder"),
        "utbetaling.approve": _("Godkjente en kvittering"),
        "utbetaling.refuse": _("Avslo en kvittering"),
        "utbetaling.send": _("Sendte en kvittering"),
        "utbetaling.transfer": _("Overførte en utbetaling til lønn"),
        "brev.make": _("Laget svarbrev"),
        "brev.queue": _("Satte svarbrevene til utsending"),
        "brev.stop": _("Stoppet utsendingen av svarbrev"),
        "brev.send": _("Sendte svarbrevet"),
        "brevmal.revise": _("Laget en ny versjon av en brevmal"),
        "endring.undo": _("Angret en endring i prioriteringen"),
        "runde.answer": _("Avsluttet runden, alle svar er sendt"),
        "runde.edit": _("Endret søknadsrunden"),
        "runde.open": _("Åpnet søknadsrunden"),
        "runde.prepare": _("Forberedte en søknadsrunde"),
        "runde.set_criteria": _("Endret kriteriene i runden"),
        "runde.set_educations": _("Endret utlyste utdanninger"),
        "runde.set_schemes": _("Valgte støtteordninger og rammer i runden"),
        "settestedfortreder.ask": _("Ba om en settestedfortreder"),
        "settestedfortreder.name": _("Pekte ut en settestedfortreder"),
        "stotteordning.add": _("La til en støtteordning"),
        "stotteordning.revise": _("Laget en ny versjon av en støtteordning"),
        "soknad.accept": _("Takket ja til støtten"),
        "soknad.change": _("Endret søknaden"),
        "soknad.comment": _("Kommenterte søknaden"),
        "soknad.decline": _("Takket nei til støtten"),
        "soknad.discard": _("Slettet kladden til en søknad"),
        "soknad.explain": _("Begrunnet plassen i rekkefølgen"),
        "soknad.move": _("Flyttet søknaden i rekkefølgen"),
        "soknad.recommend": _("Ga uttalelse til søknaden"),
        "soknad.recuse": _("Meldte seg inhabil"),
        "soknad.score": _("Ga poeng til søknaden"),
        "soknad.start": _("Begynte på en søknad"),
        "soknad.submit": _("Sendte søknaden"),
        "soknad.withdraw": _("Trakk søknaden"),
        "soknadsrunde.decide": _("Vedtok alle søknadene i runden"),
        "soknadsrunde.open_points": _("Åpnet poengene for hele gruppa"),
        "soknadsrunde.prioritise": _("Begynte prioriteringen"),
        "soknadsrunde.reorder": _("Endret rekkefølgen i Excel"),
        "soknadsrunde.suggest_order": _("Ordnet søknadene etter poeng"),
        "soknad.take_over": _("Overtok søknaden som ble begynt på vegne av en"),
        "soknad.lapse": _("Støtten falt bort fordi fristen for å takke ja gikk ut"),
        "sporsmal.answer": _("Svarte på et spørsmål om søknaden"),
        "sporsmal.ask": _("Stilte et spørsmål om søknaden"),
        "vedtak.decide": _("Vedtok"),
        "vedtak.draft": _("Skrev utkast til vedtak"),
        "vedtak.replace": _("Omgjorde et vedtak"),
    }
)
audit.name_openings(
    {
        "soknad.open": _("Åpnet søknaden"),
        "vedlegg.open": _("Åpnet et vedlegg"),
        "svarbrev.open": _("Åpnet svarbrevet"),
    }
)
