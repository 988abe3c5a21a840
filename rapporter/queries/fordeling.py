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
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from rapporter import rules
from rapporter.models import (
    Fordeling,
    Fordelingspost,
    Svarlinje,
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
    """What one unit gets of one line."""

    pk: int
    enhet: str
    theme: str
    amount: int


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
        by_unit = groupby(self.posts, key=lambda post: post.enhet)
        return [Share(enhet, tuple(posts)) for enhet, posts in by_unit]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return the document as it was when it was kept."""
        lines = tuple(Decided(**each) for each in kept["lines"])
        posts = tuple(Given(**each) for each in kept["posts"])
        return cls(**kept | {"lines": lines, "posts": posts})


def visible_to(actor: Ansatt) -> QuerySet[Fordeling]:
    """Return what is approved to leaders and executives; drafts to those who work with them."""
    fordelinger = Fordeling.objects.select_related("svar__soknad__ordning", "approved_by")
    if rules.may_prepare(actor) or rules.may_approve(actor):
        return fordelinger
    if access.may(actor, Act.SEE_DISTRIBUTION):
        return fordelinger.filter(status=Fordeling.Status.APPROVED)
    return fordelinger.none()


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
            Given(post.pk, post.enhet.name, themes[post.svarlinje_id], post.amount)
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
