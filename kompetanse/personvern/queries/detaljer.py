"""What stands in a line of the audit trail besides who, what and on what, as people read it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon.models import Rolle
from kompetanse.skall import norsk

# What the details are called; what is not here keeps its own name.
LABELS = {
    "amount": gettext_lazy("beløp (kr)"),
    "ansatt_id": gettext_lazy("ansatt nummer"),
    "avtale_id": gettext_lazy("avtale nummer"),
    "count": gettext_lazy("antall"),
    "ends": gettext_lazy("til og med"),
    "enhet_id": gettext_lazy("enhet nummer"),
    "form": gettext_lazy("form"),
    "from_id": gettext_lazy("fra enhet nummer"),
    "group": gettext_lazy("gruppe"),
    "is_late": gettext_lazy("etter fristen"),
    "kind": gettext_lazy("slag"),
    "kode": gettext_lazy("rolle"),
    "last_day": gettext_lazy("siste dag"),
    "level": gettext_lazy("nivå"),
    "on": gettext_lazy("fra"),
    "other_id": gettext_lazy("i saker om ansatt nummer"),
    "parent_id": gettext_lazy("under enhet nummer"),
    "percentage": gettext_lazy("prosent"),
    "place": gettext_lazy("plass"),
    "plan_id": gettext_lazy("plan nummer"),
    "points": gettext_lazy("poeng"),
    "roles_ended": gettext_lazy("roller avsluttet"),
    "runde_id": gettext_lazy("runde nummer"),
    "soknad_id": gettext_lazy("søknad nummer"),
    "starts": gettext_lazy("fra"),
    "stedfortreder_id": gettext_lazy("stedfortreder, ansatt nummer"),
    "was": gettext_lazy("før"),
    "year": gettext_lazy("år"),
}
ROLES = dict(Rolle.Kode.choices)


def in_words(details: dict[str, Any]) -> str:
    """Return the details with commas between."""
    told = ((LABELS.get(key, key), _value(key, value)) for key, value in details.items())
    return ", ".join(f"{label}: {value}" for label, value in told)


def _value(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if key == "amount" and isinstance(value, int):
        return norsk.tall(value)
    return str(ROLES.get(value, value)) if key == "kode" else str(value)
