"""Who may do what, as one table of acts and roles that pages, verbs, tests and help read."""

from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kompetanse.organisasjon.models import Rolle

Kode = Rolle.Kode


class Act(StrEnum):
    """What can be done, in the words of the help page «Hvem ser hva»."""

    USE = gettext_noop("Bruke egne sider")
    APPLY = gettext_noop("Søke om støtte til utdanning")
    SEE_PLAN = gettext_noop("Se vedtatte planer, årshjul og opplæringsplan")
    EDIT_PLAN = gettext_noop("Endre planer, tiltak og årshjul")
    FILL_NEEDS = gettext_noop("Fylle ut behovsskjema for egen enhet")
    FOLLOW_NEEDS = gettext_noop("Se alle behovsskjema og hvem som mangler")
    SEE_GAP = gettext_noop("Se GAP-analysen")
    SETTLE_GAP = gettext_noop("Låse årets GAP-analyse og prioritere fokusområder")
    SEARCH_COMPETENCE = gettext_noop("Søke etter kompetanse på tvers av enheter")
    RECOMMEND = gettext_noop("Gi lederuttalelse til søknader")
    RUN_ROUND = gettext_noop("Åpne og styre søknadsrunder")
    SEE_PRIORITIES = gettext_noop("Se prioriteringslisten")
    PRIORITISE = gettext_noop("Gi poeng, rangere og foreslå vedtak")
    SEE_PRIVATE = gettext_noop("Se søkerens begrunnelse og vedlegg")
    COMMENT = gettext_noop("Kommentere prioriteringen")
    DECIDE = gettext_noop("Vedta")
    SEND_LETTERS = gettext_noop("Lage og sende svarbrev")
    SIGN_CONTRACT = gettext_noop("Signere avtaler om bindingstid for kommunen")
    FOLLOW_CONTRACTS = gettext_noop("Følge opp avtaler, utbetalinger og tilbakebetaling")
    APPROVE_PAYMENT = gettext_noop("Godkjenne utbetalinger av innvilget støtte")
    PREPARE_GRANT = gettext_noop("Lage søknad om statstilskudd")
    SEE_GRANT = gettext_noop("Se søknad, forbruk og rapport for statstilskudd")
    SIGN_GRANT = gettext_noop("Godkjenne søknad og rapport om statstilskudd før de sendes")
    APPROVE_DISTRIBUTION = gettext_noop("Godkjenne fordelingen av statstilskudd")
    SEE_DISTRIBUTION = gettext_noop("Se fordelingen av statstilskudd")
    SEE_OVERVIEW = gettext_noop("Se oversikt og nøkkeltall")
    SEE_FIGURES = gettext_noop("Se tall for søknader: søkt, innvilget og utbetalt")
    SEE_MAIL = gettext_noop("Se utsendte varsler og feil")
    PLAN_MEASURES = gettext_noop("Planlegge og følge opp tiltak for egen enhet")
    FOLLOW_INTRODUCTION = gettext_noop("Sette i gang og følge opp introduksjon av nye ansatte")
    EDIT_INTRODUCTION = gettext_noop("Lage maler for introduksjon av nye ansatte")
    SEE_ACTIONS = gettext_noop("Se løpet fra behov til budsjett, og handlingsplanen")
    PROPOSE_ACTIONS = gettext_noop("Lage forslag til handlingsplan med kostnader")
    DECIDE_ACTIONS = gettext_noop("Vedta handlingsplanen for ledergruppa")
    EDIT_COMMON = gettext_noop("Føre fagsystemer og felles krav om opplæring")
    FIND_PEOPLE = gettext_noop("Finne folk etter rolle, enhet og stilling")
    SET_DEPUTY = gettext_noop("Registrere stedfortreder for eget fravær")
    NAME_DECIDER = gettext_noop("Peke ut hvem som avgjør når alle i linja er inhabile")
    GIVE_ROLES = gettext_noop("Gi og avslutte roller, og registrere stedfortreder for andre")
    LOOK_THROUGH = gettext_noop("Se tjenesten slik en annen ser den (loggføres)")
    IMPORT_HR = gettext_noop("Lese inn enheter, ansatte og stillinger fra HR-systemet")
    SEE_UNITS = gettext_noop("Se enheter, ledere og antall ansatte")
    SEE_PERSON = gettext_noop("Åpne en ansatts side med stillinger og permisjoner (loggføres)")
    SEE_FULLTIME = gettext_noop("Se heltidskultur: stillingsstørrelse per enhet")
    MANAGE_UNITS = gettext_noop("Opprette, flytte og avslutte enheter")
    MANAGE_LEAVE = gettext_noop("Føre permisjoner")
    EDIT_SETTINGS = gettext_noop("Endre kommunens innstillinger og stillingskategorier")
    SEE_AUDIT = gettext_noop("Se hvem som har gjort hva (hendelser)")
    ERASE = gettext_noop("Bestemme lagringstider og følge sletting av personopplysninger")
    MANAGE_LOGIN = gettext_noop("Styre innlogging: passord, to trinn og OpenID")
    SEE_SUPPORT = gettext_noop("Se, godkjenne og stoppe innsyn fra driften")
    SEE_REGION = gettext_noop("Se regionen: kontakter, planer og tall som kommunene har publisert")
    PUBLISH_REGION = gettext_noop("Publisere kommunens planer og tall til regionen")

    @property
    def label(self) -> str:
        """The act in the reader's language."""
        return _(self.value)


EVERYONE = frozenset(Kode)


LEADERS = frozenset({Kode.LEDER, Kode.VIRKSOMHETSLEDER})


UNIONS = frozenset({Kode.TILLITSVALGT, Kode.VERNEOMBUD})


EXECUTIVES = frozenset(
    {Kode.STABSLEDER, Kode.KOMMUNALSJEF, Kode.KOMMUNEDIREKTOR, Kode.PERSONALSJEF}
)


ADVISOR = frozenset({Kode.FAGRADGIVER})


ADMINISTRATOR = frozenset({Kode.SYSTEMANSVARLIG})


# Roles that a deputy takes over. Who is elected, or trusted with the keys, is so in person.
DEPUTISED = LEADERS | EXECUTIVES | ADVISOR


GROUP = ADVISOR | {Kode.VIRKSOMHETSLEDER}


ALLOWED: dict[Act, frozenset[Rolle.Kode]] = {
    Act.USE: EVERYONE,
    Act.APPLY: EVERYONE,
    Act.SEE_PLAN: EVERYONE,
    Act.EDIT_PLAN: ADVISOR,
    Act.FILL_NEEDS: LEADERS,
    Act.FOLLOW_NEEDS: GROUP | EXECUTIVES,
    Act.SEE_GAP: LEADERS | ADVISOR | EXECUTIVES,
    Act.SETTLE_GAP: ADVISOR,
    Act.SEARCH_COMPETENCE: LEADERS | ADVISOR | {Kode.PERSONALSJEF},
    Act.RECOMMEND: LEADERS | {Kode.KOMMUNALSJEF, Kode.KOMMUNEDIREKTOR},
    Act.RUN_ROUND: ADVISOR,
    Act.SEE_PRIORITIES: GROUP | UNIONS | EXECUTIVES,
    Act.PRIORITISE: GROUP,
    Act.SEE_PRIVATE: LEADERS | ADVISOR,
    Act.COMMENT: GROUP | UNIONS,
    Act.DECIDE: ADVISOR | {Kode.KOMMUNALSJEF, Kode.STABSLEDER, Kode.KOMMUNEDIREKTOR},
    Act.SEND_LETTERS: ADVISOR,
    Act.SIGN_CONTRACT: LEADERS | EXECUTIVES,
    Act.FOLLOW_CONTRACTS: ADVISOR,
    Act.APPROVE_PAYMENT: LEADERS | ADVISOR | EXECUTIVES,
    Act.PREPARE_GRANT: ADVISOR,
    Act.SEE_GRANT: ADVISOR | EXECUTIVES,
    Act.SIGN_GRANT: frozenset({Kode.KOMMUNEDIREKTOR, Kode.KOMMUNALSJEF}),
    Act.APPROVE_DISTRIBUTION: frozenset({Kode.STABSLEDER}),
    Act.SEE_DISTRIBUTION: LEADERS | ADVISOR | EXECUTIVES,
    Act.SEE_OVERVIEW: LEADERS | ADVISOR | EXECUTIVES,
    Act.SEE_FIGURES: LEADERS | ADVISOR | EXECUTIVES | UNIONS,
    Act.SEE_MAIL: ADVISOR | {Kode.SYSTEMANSVARLIG},
    Act.PLAN_MEASURES: LEADERS,
    Act.FOLLOW_INTRODUCTION: LEADERS | ADVISOR | {Kode.PERSONALSJEF},
    Act.EDIT_INTRODUCTION: ADVISOR | {Kode.PERSONALSJEF},
    Act.SEE_ACTIONS: LEADERS | ADVISOR | UNIONS | EXECUTIVES,
    Act.PROPOSE_ACTIONS: ADVISOR | {Kode.PERSONALSJEF},
    Act.DECIDE_ACTIONS: frozenset({Kode.KOMMUNEDIREKTOR, Kode.KOMMUNALSJEF}),
    Act.EDIT_COMMON: ADVISOR | {Kode.PERSONALSJEF, Kode.SYSTEMANSVARLIG},
    Act.FIND_PEOPLE: EVERYONE,
    Act.SET_DEPUTY: DEPUTISED,
    Act.NAME_DECIDER: frozenset({Kode.KOMMUNEDIREKTOR, Kode.PERSONALSJEF}),
    Act.GIVE_ROLES: ADMINISTRATOR,
    Act.LOOK_THROUGH: ADMINISTRATOR,
    Act.IMPORT_HR: ADMINISTRATOR | {Kode.PERSONALSJEF},
    Act.SEE_UNITS: LEADERS | ADVISOR | EXECUTIVES | {Kode.SYSTEMANSVARLIG},
    Act.SEE_PERSON: LEADERS | ADVISOR | {Kode.PERSONALSJEF, Kode.SYSTEMANSVARLIG},
    Act.SEE_FULLTIME: LEADERS | ADVISOR | EXECUTIVES | UNIONS,
    Act.MANAGE_UNITS: frozenset({Kode.SYSTEMANSVARLIG}),
    Act.MANAGE_LEAVE: frozenset({Kode.PERSONALSJEF, Kode.SYSTEMANSVARLIG}),
    Act.EDIT_SETTINGS: frozenset({Kode.SYSTEMANSVARLIG}),
    Act.SEE_AUDIT: frozenset({Kode.SYSTEMANSVARLIG}),
    Act.ERASE: frozenset({Kode.SYSTEMANSVARLIG}),
    Act.MANAGE_LOGIN: frozenset({Kode.SYSTEMANSVARLIG}),
    Act.SEE_SUPPORT: ADMINISTRATOR,
    Act.SEE_REGION: EVERYONE - {Kode.ANSATT},
    Act.PUBLISH_REGION: ADVISOR | ADMINISTRATOR | {Kode.PERSONALSJEF, Kode.REGIONKOORDINATOR},
}


# Closed to who looks through other eyes: the person's own pages, and what applicants write.
OWN = frozenset({Act.USE, Act.APPLY})


PRIVATE = frozenset({Act.SEE_PRIVATE})
