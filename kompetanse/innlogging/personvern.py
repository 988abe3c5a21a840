"""What logging in stores about people, also in the libraries' own tables."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Basis, Fate, Tabell

EMPLOYED = _("Så lenge du er ansatt, og deretter kommunens lagringstid (foreslått to år).")
TO_LOG_IN = _("Å logge inn den riktige, og bare den.")
ONLY_YOU = _("Bare du selv")
SECRET = _("En hemmelighet som trengs for å logge inn. Ingen kan lese den.")

# How a session was begun, as allauth and our own log-in say it.
METHODS = {
    "password": _("passord"),
    "mfa": _("engangskode eller passnøkkel"),
    "openid": _("kommunens innloggingstjeneste"),
}


FACTORS = {
    "totp": _("Engangskode fra app"),
    "webauthn": _("Passnøkkel"),
    "recovery_codes": _("Reservekoder"),
}


def factor_in_words(kind: str) -> str:
    return str(FACTORS.get(kind, kind))


def method_in_words(methods: str) -> str:
    """Return `password+mfa` as people say it."""
    return ", ".join(str(METHODS.get(each, each)) for each in methods.split("+"))


persondata.declare(
    Tabell(
        model="account.EmailAddress",
        purpose=TO_LOG_IN,
        basis=Basis.CONTRACT,
        kept=EMPLOYED,
        readers=ONLY_YOU,
        about=("user__ansatte",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="mfa.Authenticator",
        purpose=TO_LOG_IN,
        basis=Basis.CONTRACT,
        kept=EMPLOYED,
        readers=ONLY_YOU,
        about=("user__ansatte",),
        written={"type": factor_in_words},
        fate=Fate.DELETED,
        hidden={"data": SECRET},
    ),
    Tabell(
        model="innlogging.Identitet",
        purpose=TO_LOG_IN,
        basis=Basis.CONTRACT,
        kept=EMPLOYED,
        readers=_("Du selv og systemansvarlig"),
        about=("ansatt",),
        fate=Fate.DELETED,
    ),
    Tabell(
        model="innlogging.Okt",
        purpose=_("Å vise deg hvor du er logget inn."),
        basis=Basis.CONTRACT,
        kept=_("Til du logger ut, eller økta er ute."),
        readers=ONLY_YOU,
        about=("bruker__ansatte",),
        fate=Fate.DELETED,
        written={"method": method_in_words},
        hidden={"session_key": SECRET},
    ),
)
persondata.declare_impersonal(
    {"innlogging.Tilbyder": _("Tjenester kommunen logger inn med, ikke personer.")}
)
