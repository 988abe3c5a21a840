"""What we have before an import, read in six queries whatever the size."""

from collections import defaultdict
from dataclasses import dataclass

from kompetanse.organisasjon import queries
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle, Stilling, Stillingskategori


@dataclass(frozen=True, slots=True)
class Snapshot:
    enheter: dict[str, Enhet]
    kategorier: dict[str, Stillingskategori]
    ansatte: dict[str, Ansatt]
    stillinger: dict[int, list[Stilling]]
    leaders: frozenset[tuple[int, int]]

    def code_of(self, enhet_id: int) -> str:
        return next(code for code, enhet in self.enheter.items() if enhet.pk == enhet_id)


def category_key(name: str) -> str:
    """Categories that differ in case only are the same."""
    return name.casefold()


def take() -> Snapshot:
    """Read the active Kommune's units, categories, employees, positions and leaders."""
    stillinger: dict[int, list[Stilling]] = defaultdict(list)
    for stilling in Stilling.objects.select_related("enhet", "kategori").order_by("pk"):
        stillinger[stilling.ansatt_id].append(stilling)
    leading = queries.roles_in_force().filter(kode__in=queries.LEADING)
    return Snapshot(
        enheter={enhet.code: enhet for enhet in queries.tree()},
        kategorier={category_key(row.name): row for row in Stillingskategori.objects.all()},
        ansatte={
            ansatt.number: ansatt
            for ansatt in Ansatt.objects.select_related("enhet", "kategori").order_by("pk")
        },
        stillinger=dict(stillinger),
        leaders=frozenset(leading.values_list("ansatt_id", "enhet_id")),
    )


def leading_role(kind: str) -> Rolle.Kode:
    """Return the role of whoever leads a unit of this kind."""
    is_virksomhet = kind == Enhet.Kind.VIRKSOMHET
    return Rolle.Kode.VIRKSOMHETSLEDER if is_virksomhet else Rolle.Kode.LEDER
