"""The answer and the distribution, read: one document that page, PDF and spreadsheet show alike.

Amounts are whole NOK.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Self

from django.db.models import QuerySet

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet
from kompetanse.skall import norsk
from rapporter import rules
from rapporter.models import (
    Fordeling,
    Fordelingspost,
    Svarlinje,
    Tilskuddsbrev,
    Tilskuddslinje,
    Tilskuddssoknad,
    Tilskuddssvar,
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A line as the county decided it, and what of it is given to units."""

    pk: int
    priority: int
    theme: str
    applied: int
    granted: int
    distributed: int

    @property
    def left(self) -> int:
        return self.granted - self.distributed


@dataclass(frozen=True, slots=True)
class Given:
    """What one unit gets of one line. What was kept before units had ids here, has 0."""

    pk: int
    enhet: str
    theme: str
    amount: int
    enhet_id: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit gets in all, with its posts."""

    enhet: str
    posts: tuple[Given, ...]

    @property
    def amount(self) -> int:
        return sum(each.amount for each in self.posts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionDocument:
    """The answer and its distribution; plain values, so that it can be kept as approved."""

    scheme: str
    county: str
    year: int
    applicant: str
    case_number: str
    received_on: str
    conditions: str
    amount: int
    lines: tuple[Decided, ...]
    posts: tuple[Given, ...]
    approved: str = ""

    @property
    def applied(self) -> int:
        return sum(each.applied for each in self.lines)

    @property
    def granted(self) -> int:
        return sum(each.granted for each in self.lines)

    @property
    def distributed(self) -> int:
        return sum(each.amount for each in self.posts)

    @property
    def left(self) -> int:
        return self.amount - self.distributed

    @property
    def shares(self) -> list[Share]:
        """Return the units with their posts, in the order of their names."""
        by_unit = groupby(self.posts, key=lambda post: (post.enhet, post.enhet_id))
        return [Share(enhet, tuple(posts)) for (enhet, _pk), posts in by_unit]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return the document as it was when it was kept."""
        lines = tuple(Decided(**each) for each in kept["lines"])
        posts = tuple(Given(**each) for each in kept["posts"])
        return cls(**kept | {"lines": lines, "posts": posts})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLetter:
    """What one unit is told of an approved distribution. Amounts are whole NOK."""

    scheme: str
    county: str
    year: int
    applicant: str
    enhet: str
    case_number: str
    conditions: str
    posts: tuple[Given, ...]
    report_by: str
    approved: str

    @property
    def amount(self) -> int:
        return sum(each.amount for each in self.posts)


def visible_to(actor: Ansatt) -> QuerySet[Fordeling]:
    """Return what is approved to leaders and executives; drafts to those who work with them."""
    fordelinger = Fordeling.objects.select_related(
        "svar__soknad__ordning", "approved_by", "fil", "kjoring"
    )
    if rules.may_prepare(actor) or rules.may_approve(actor):
        return fordelinger
    if access.may(actor, Act.SEE_DISTRIBUTION):
        return fordelinger.filter(status=Fordeling.Status.APPROVED)
    return fordelinger.none()


def readable(actor: Ansatt) -> set[int]:
    """Return the ids of the applications whose distribution the actor may read."""
    return set(visible_to(actor).values_list("svar__soknad", flat=True))


def letters_visible_to(actor: Ansatt) -> QuerySet[Tilskuddsbrev]:
    """Return the letters to the units where the actor may see the distribution."""
    brev = Tilskuddsbrev.objects.select_related("fil", "enhet")
    return brev.filter(access.within(actor, Act.SEE_DISTRIBUTION, enhet="enhet"))


def letters_of(fordeling: Fordeling, actor: Ansatt) -> Iterable[Tilskuddsbrev]:
    """Return the letters of an approved distribution that the actor may read."""
    if fordeling.status != Fordeling.Status.APPROVED:
        return ()
    return letters_visible_to(actor).filter(fordeling=fordeling)


def unwritten(fordeling: Fordeling) -> QuerySet[Enhet]:
    """Return the units that get something of the distribution and have no letter."""
    written = Tilskuddsbrev.objects.filter(fordeling=fordeling).values("enhet")
    units = Fordelingspost.objects.filter(fordeling=fordeling).values("enhet")
    return Enhet.objects.filter(pk__in=units).exclude(pk__in=written).order_by("path")


def unit_letter(fordeling: Fordeling, enhet: Enhet) -> UnitLetter:
    """Return what the unit is told, from what was approved."""
    kept = DistributionDocument.from_json(fordeling.snapshot or {})
    report_by = fordeling.svar.soknad.ordning.report_by
    own = set(fordeling.poster.filter(enhet=enhet).values_list("pk", flat=True))
    return UnitLetter(
        scheme=kept.scheme,
        county=kept.county,
        year=kept.year,
        applicant=kept.applicant,
        enhet=enhet.name,
        case_number=kept.case_number,
        conditions=kept.conditions,
        posts=tuple(each for each in kept.posts if each.pk in own),
        report_by=norsk.langdato(report_by) if report_by else "",
        approved=kept.approved,
    )


def answer_to(soknad: Tilskuddssoknad) -> Tilskuddssvar | None:
    found: Tilskuddssvar | None = Tilskuddssvar.objects.filter(soknad=soknad).first()
    return found


def granted(svar: Tilskuddssvar | None) -> dict[int, int]:
    """Return NOK granted by line of the application."""
    return dict(Svarlinje.objects.filter(svar=svar).values_list("linje", "granted"))


def applied(soknad: Tilskuddssoknad) -> Sequence[Tilskuddslinje]:
    """Return the lines of the application in order of priority, with their measures."""
    return list(Tilskuddslinje.objects.filter(soknad=soknad).select_related("tiltak"))


def document(fordeling: Fordeling, *, applicant: str) -> DistributionDocument:
    """Return the distribution as it stands; as it was approved, when it is approved."""
    if fordeling.snapshot:
        return DistributionDocument.from_json(fordeling.snapshot)
    return assemble(fordeling, applicant=applicant)


def assemble(fordeling: Fordeling, *, applicant: str, approved: str = "") -> DistributionDocument:
    """Return the document of the rows as they are now; two queries whatever their number."""
    svar = fordeling.svar
    ordning = svar.soknad.ordning
    lines = Svarlinje.objects.filter(svar=svar).select_related("linje__tiltak")
    posts = Fordelingspost.objects.filter(fordeling=fordeling).select_related("enhet", "svarlinje")
    told = tuple(_decided(lines))
    themes = {each.pk: each.theme for each in told}
    return DistributionDocument(
        scheme=ordning.name,
        county=ordning.county,
        year=ordning.year,
        applicant=applicant,
        case_number=svar.case_number,
        received_on=norsk.langdato(svar.received_on),
        conditions=svar.conditions,
        amount=svar.amount,
        lines=told,
        posts=tuple(
            Given(post.pk, post.enhet.name, themes[post.svarlinje_id], post.amount, post.enhet_id)
            for post in posts.order_by("enhet__name", "enhet", "svarlinje__linje__priority")
        ),
        approved=approved,
    )


def _decided(lines: Iterable[Svarlinje]) -> Iterable[Decided]:
    for each in lines:
        linje = each.linje
        yield Decided(
            each.pk, linje.priority, linje.tiltak.theme, linje.amount, each.granted,
            each.distributed,
        )  # fmt: skip
