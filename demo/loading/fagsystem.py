"""The municipality's systems and the training they ask for; the advisor keeps them."""

from typing import Any

from demo.loading.register import Register
from kompetanse.organisasjon.models import Kompetanse
from planer.actions import fellesbehov
from planer.models import Fagsystem


def load(register: Register) -> None:
    """Register the file's systems and laws; a training that is not in the catalogue is added."""
    told = register.file("fagsystem")
    for row in told["lover"]:
        _ask(row, None, register)
    for row in told["system"]:
        values = dict(row)
        asked = values.pop("krav", ())
        values["enhet"] = register.units.get(values.get("enhet", ""))
        for name in ("owner", "responsible"):
            values[name] = register.people.get(str(values.get(name, "")))
        system = fellesbehov.make(by=register.advisor, **values)
        for krav in asked:
            _ask(krav, system, register)


def _ask(row: dict[str, Any], system: Fagsystem | None, register: Register) -> None:
    values = dict(row)
    name = values.pop("kompetanse")
    if name not in register.competences:
        register.competences[name] = Kompetanse.objects.create(name=name)
    fellesbehov.ask(
        by=register.advisor,
        fagsystem=system,
        kompetanse=register.competences[name],
        **values,
    )
