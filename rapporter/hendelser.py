"""What the actions on the state grant are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place(
    {
        "rapporter.tilskuddslinje": Place(case="soknad"),
        "rapporter.tilskuddssvar": Place(case="soknad"),
    }
)
audit.name(
    {
        "fordeling.approve": _("Godkjente fordelingen av tilskuddet"),
        "fordeling.distribute": _("Fordelte et beløp av tilskuddet"),
        "fordeling.follow_lines": _("Fordelte tilskuddet etter linjene"),
        "fordeling.propose": _("La fram fordelingen av tilskuddet"),
        "fordeling.send_back": _("Sendte fordelingen av tilskuddet tilbake"),
        "fordeling.take_back": _("Tok tilbake et fordelt beløp"),
        "omdisponering.move": _("Flyttet tilskudd mellom linjer med samtykke"),
        "postering.post": _("Førte en postering på tilskuddet"),
        "postering.take_away": _("Tok bort en postering på tilskuddet"),
        "regnskapsinnlesing.choose": _("Valgte kolonner i en fil fra regnskapet"),
        "regnskapsinnlesing.discard": _("Forkastet en fil fra regnskapet"),
        "regnskapsinnlesing.receive": _("Leste en fil fra regnskapet"),
        "regnskapsinnlesing.write": _("Førte en fil fra regnskapet"),
        "tilskudd.approve": _("Godkjente tilskuddssøknaden"),
        "tilskudd.begin": _("Begynte på tilskuddssøknaden"),
        "tilskudd.place": _("Endret rekkefølgen i tilskuddssøknaden"),
        "tilskudd.propose": _("La fram tilskuddssøknaden"),
        "tilskudd.send": _("Sendte tilskuddssøknaden"),
        "tilskudd.send_back": _("Sendte tilskuddssøknaden tilbake"),
        "tilskudd.take_back": _("Tok tilskuddssøknaden tilbake"),
        "tilskudd.take_in": _("Tok tiltak inn i tilskuddssøknaden"),
        "tilskudd.take_out": _("Tok et tiltak ut av tilskuddssøknaden"),
        "tilskudd.write_head": _("Skrev hodet i tilskuddssøknaden"),
        "tilskudd.write_line": _("Skrev en linje i tilskuddssøknaden"),
        "tilskuddsordning.arrange": _("Endret en tabell i tilskuddsordningen"),
        "tilskuddsordning.copy": _("Kopierte tilskuddsordningen til neste år"),
        "tilskuddsordning.create": _("La inn en tilskuddsordning"),
        "tilskuddsordning.write": _("Endret tilskuddsordningen"),
        "tilskuddsrapport.approve": _("Godkjente tilskuddsrapporten"),
        "tilskuddsrapport.attest": _("Lastet opp revisors attestasjon"),
        "tilskuddsrapport.begin": _("Begynte på tilskuddsrapporten"),
        "tilskuddsrapport.draft_texts": _("Hentet utkast til tilskuddsrapporten"),
        "tilskuddsrapport.fill_workbook": _("Fylte ut Statsforvalterens arbeidsbok"),
        "tilskuddsrapport.propose": _("La fram tilskuddsrapporten"),
        "tilskuddsrapport.send": _("Sendte tilskuddsrapporten"),
        "tilskuddsrapport.send_back": _("Sendte tilskuddsrapporten tilbake"),
        "tilskuddsrapport.take_back": _("Tok tilskuddsrapporten tilbake"),
        "tilskuddsrapport.write_line": _("Skrev en linje i tilskuddsrapporten"),
        "tilskuddsrapport.write_texts": _("Skrev teksten i tilskuddsrapporten"),
        "tilskuddssvar.name_accounts": _("Skrev kontoen på linjene i tilskuddet"),
        "tilskuddssvar.register": _("Førte svaret på tilskuddssøknaden"),
    }
)
