"""What stands in messages on roles, deputies and other eyes. No reasons, no links."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon.beskjeder import Beskjed
from kompetanse.organisasjon.models import Ansatt, Innsyn, Rolle, Stedfortreder

WHERE = gettext_lazy(
    "Logg inn for å se hva det gjelder. Du finner tjenesten på adressen du pleier å bruke."
)


def given(rolle: Rolle) -> Beskjed:
    told = {"role": rolle.get_kode_display(), "unit": rolle.enhet.name}
    subject = _("Du har fått en rolle: %(role)s") % told
    body = _("Hei {navn}!\n\nDu er nå %(role)s for %(unit)s.") % told
    return Beskjed(f"rolle.give:{rolle.pk}", rolle.ansatt, subject, f"{body}\n\n{WHERE}\n")


def taken(rolle: Rolle) -> Beskjed:
    told = {"role": rolle.get_kode_display(), "unit": rolle.enhet.name}
    subject = _("En rolle er avsluttet: %(role)s") % told
    body = _("Hei {navn}!\n\nDu er ikke lenger %(role)s for %(unit)s.") % told
    return Beskjed(f"rolle.take:{rolle.pk}", rolle.ansatt, subject, f"{body}\n")


def given_to_oneself(rolle: Rolle, *, to: Ansatt) -> Beskjed:
    """Tell those who should know that an administrator took a role."""
    told = {
        "name": rolle.ansatt.full_name, "role": rolle.get_kode_display(), "unit": rolle.enhet.name
    }  # fmt: skip
    subject = _("Systemansvarlig har gitt seg selv en rolle")
    body = (
        _(
            "Hei {navn}!\n\n%(name)s har gitt seg selv rollen %(role)s for %(unit)s."
            " Du får vite det fordi ingen andre systemansvarlige kunne gjøre det."
        )
        % told
    )
    return Beskjed(f"rolle.self:{rolle.pk}", to, subject, f"{body}\n")


def standing_in(row: Stedfortreder) -> Beskjed:
    told = {"name": row.ansatt.full_name, "period": _period(row)}
    subject = _("Du er stedfortreder for %(name)s") % told
    body = (
        _(
            "Hei {navn}!\n\nDu er stedfortreder for %(name)s %(period)s. I den tiden har du rollene"
            " til %(name)s i kompetanseverktøyet, og oppgavene står på forsiden din. Du ser ikke de"
            " personlige sidene til %(name)s, og du kan ikke gi oppdraget videre."
        )
        % told
    )
    return Beskjed(
        f"stedfortreder.set:{row.pk}", row.stedfortreder, subject, f"{body}\n\n{WHERE}\n"
    )


def has_deputy(row: Stedfortreder) -> Beskjed:
    """Tell the absent one, when another has registered it."""
    told = {"name": row.stedfortreder.full_name, "period": _period(row)}
    subject = _("%(name)s er stedfortreder for deg") % told
    body = _("Hei {navn}!\n\n%(name)s er registrert som stedfortreder for deg %(period)s.") % told
    return Beskjed(f"stedfortreder.told:{row.pk}", row.ansatt, subject, f"{body}\n\n{WHERE}\n")


def looked(innsyn: Innsyn) -> Beskjed:
    told = {"name": innsyn.by.full_name}
    subject = _("Noen har sett tjenesten slik du ser den")
    body = (
        _(
            "Hei {navn}!\n\n%(name)s, som er systemansvarlig, har startet et innsyn for å se"
            " tjenesten slik du ser den. Søknadene, kladdene og vedleggene dine vises ikke,"
            " og ingenting kan endres. Når du logger inn, kan du lese hvorfor,"
            " og hvilke sider som ble åpnet."
        )
        % told
    )
    return Beskjed(f"innsyn.start:{innsyn.pk}", innsyn.ansatt, subject, f"{body}\n")


def _period(row: Stedfortreder) -> str:
    told = {"starts": f"{row.starts:%d.%m.%Y}", "ends": f"{row.ends:%d.%m.%Y}"}
    return _("fra %(starts)s til og med %(ends)s") % told
