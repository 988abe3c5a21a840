"""What positions are called in the Kommune, and the common group of each."""

from django.db.models import Count, OuterRef, QuerySet, Subquery

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Fellesgruppe, Stilling, Stillingskategori

F = Fellesgruppe

# Words in a name that tell the group, the special before the general.
_TELL: tuple[tuple[str, Fellesgruppe], ...] = (
    ("helsesykepleier", F.HELSESYKEPLEIER),
    ("helsesøster", F.HELSESYKEPLEIER),
    ("spesialsykepleier", F.SPESIALSYKEPLEIER),
    ("sykepleier", F.SYKEPLEIER),
    ("jordmor", F.JORDMOR),
    ("vernepleier", F.VERNEPLEIER),
    ("helsefagarbeider", F.HELSEFAGARBEIDER),
    ("hjelpepleier", F.HELSEFAGARBEIDER),
    ("omsorgsarbeider", F.HELSEFAGARBEIDER),
    ("fysioterapeut", F.FYSIOTERAPEUT),
    ("ergoterapeut", F.ERGOTERAPEUT),
    ("sosionom", F.SOSIONOM),
    ("barnevernspedagog", F.BARNEVERNSPEDAGOG),
    ("miljøterapeut", F.MILJO),
    ("miljøarbeider", F.MILJO),
    ("barnehagelærer", F.BARNEHAGELAERER),
    ("barne- og ungdomsarbeider", F.BARNE_UNGDOM),
    ("lærling", F.LAERLING),
    ("lærer", F.LAERER),
    ("adjunkt", F.LAERER),
    ("lektor", F.LAERER),
    ("kokk", F.KJOKKEN),
    ("kjøkken", F.KJOKKEN),
    ("assistent", F.ASSISTENT),
    ("pleiemedarbeider", F.ASSISTENT),
    ("ingeniør", F.INGENIOR),
    ("fagarbeider", F.FAGARBEIDER),
    ("veileder", F.RADGIVER),
    ("leder", F.LEDER),
    ("sjef", F.LEDER),
    ("direktør", F.LEDER),
    ("rektor", F.LEDER),
    ("styrer", F.LEDER),
    ("rådgiver", F.RADGIVER),
    ("saksbehandler", F.RADGIVER),
    ("konsulent", F.RADGIVER),
    ("lege", F.LEGE),
)


def kategorier() -> QuerySet[Stillingskategori]:
    """Return the categories with `positions`, how many hold one today; the ungrouped first."""
    on = clock.today()
    held = (
        Stilling.objects.filter(access.in_force(on), kategori=OuterRef("pk"))
        .order_by()
        .values("kategori")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Stillingskategori.objects.annotate(positions=Subquery(held)).order_by("name")


def suggested(name: str) -> str:
    """Return the group that the name tells of, or nothing when it tells of none."""
    text = name.casefold()
    return next((str(group) for word, group in _TELL if word in text), "")


def group_of(name: str, group: str) -> str:
    """Return the common group of a category: what it is mapped to, else what its name tells."""
    return group if group in Fellesgruppe else suggested(name)
