"""One case of the list, with what its reader may see: facts for all, private texts for few."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt, Rolle
from soknader.models import (
    Endring,
    Kommentar,
    Kriterium,
    Poeng,
    Soknad,
    Soknadsrunde,
    Uttalelse,
    Vedlegg,
    Vedtak,
)
from soknader.queries import prioritering
from soknader.queries.prioritering import Rangering, Sak
from soknader.rules import habilitet
from soknader.rules.habilitet import Ground
from soknader.rules.prioritering import Reader

UNION_ROLES = {str(kode): kode.label for kode in (Rolle.Kode.TILLITSVALGT, Rolle.Kode.VERNEOMBUD)}


@dataclass(frozen=True, slots=True)
class Facts:
    """What was applied for: open to all who read the list. Amounts are NOK."""

    institution: str
    credits: int | None
    starts: date | None
    ends: date | None
    leave_days: int
    costs: tuple[tuple[str, int], ...]
    submitted_at: datetime | None
    announced: str
    exception: str = ""


@dataclass(frozen=True, slots=True)
class Private:
    """The applicant's and the leader's own words: leaders in line and the advisor."""

    texts: tuple[tuple[str, str], ...]
    attachments: Sequence[Vedlegg]
    statement: Uttalelse | None


@dataclass(frozen=True, slots=True)
class Scored:
    """A criterion with the group's points, 0–3; None before they are given."""

    kriterium: Kriterium
    points: int | None

    @property
    def meaning(self) -> str:
        """What the points mean, in the round's words."""
        texts = self.kriterium.texts
        return texts[self.points] if self.points is not None and self.points < len(texts) else ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as it is shown: in what capacity, and by whom."""

    text: str
    by: str
    role: str
    at: datetime
    is_dissent: bool
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A case as one reader may see it. `vedtak` is the decision in force, or the draft."""

    sak: Sak
    soknad: Soknad
    facts: Facts
    private: Private | None
    scores: tuple[Scored, ...]
    remarks: tuple[Remark, ...]
    vedtak: Vedtak | None
    ground: Ground | None
    last: Endring | None
    previous: Sak | None
    following: Sak | None

    @property
    def is_open(self) -> bool:
        """Whether the reader sees the weighing: not in an own case before the letter."""
        return not self.sak.is_own

    @property
    def version(self) -> int:
        """What a change of the case has to have seen, as `version` gives it."""
        return self.last.pk if self.last else 0

    def undoable(self, *, by: Ansatt) -> Endring | None:
        """Return the last change of the case's points or draft, when `by` made it just now."""
        return self.last if self.last and prioritering.is_offered(self.last, by=by) else None


def case(
    runde: Soknadsrunde, soknad_id: int, *, reader: Reader, actor: Ansatt
) -> tuple[Case, Rangering] | None:
    """Return the case and the list that it stands in; None when it is not on the list."""
    listed = prioritering.ranked(runde, reader=reader)
    sak = listed.find(soknad_id)
    if sak is None:
        return None
    soknader = Soknad.objects.select_related("ansatt__enhet", "utlysning")
    soknad = habilitet.with_declared(soknader).get(pk=soknad_id)
    soknad.runde = runde
    is_open = not sak.is_own
    previous, following = _neighbours(listed, sak)
    found = Case(
        sak=sak,
        soknad=soknad,
        facts=_facts(soknad, reader),
        private=_private(soknad) if reader.sees_person(soknad.ansatt.enhet.path) else None,
        scores=_scores(soknad) if is_open else (),
        remarks=_remarks(soknad, reader) if is_open else (),
        vedtak=_vedtak(soknad) if is_open else None,
        ground=habilitet.ground_of(actor, soknad),
        last=changes(soknad).order_by("-pk").first(),
        previous=previous,
        following=following,
    )
    return found, listed


def criteria(runde: Soknadsrunde) -> list[Kriterium]:
    return list(Kriterium.objects.filter(runde=runde))


def changes(soknad: Soknad) -> QuerySet[Endring]:
    """Return what has been done with the case itself; its place is the list's affair."""
    return Endring.objects.filter(soknad=soknad).exclude(kind=Endring.Kind.ORDER)


def version(soknad: Soknad) -> int:
    """Return the id of the case's last change, 0 before any; an undone one counts no more."""
    return changes(soknad).aggregate(last=Max("pk"))["last"] or 0


def _facts(soknad: Soknad, reader: Reader) -> Facts:
    """Return what all may see; why an exception should be made is for those who weigh it."""
    is_weighed = reader.is_group or reader.is_decider
    costs = {
        _("Studieavgift"): soknad.tuition,
        _("Bøker"): soknad.books,
        _("Reise"): soknad.travel,
        _("Annet"): soknad.other_cost,
        _("Vikar"): soknad.substitute,
    }
    return Facts(
        institution=soknad.institution,
        credits=soknad.credits,
        starts=soknad.starts,
        ends=soknad.ends,
        leave_days=soknad.leave_days or 0,
        costs=tuple((name, amount) for name, amount in costs.items() if amount),
        submitted_at=soknad.submitted_at,
        announced=soknad.utlysning.title if soknad.utlysning else "",
        exception=soknad.exception if is_weighed and soknad.utlysning is None else "",
    )


def _private(soknad: Soknad) -> Private:
    texts = {
        _("Hvorfor"): soknad.reason,
        _("Slik kan arbeidsplassen bruke det"): soknad.use_at_work,
        _("Slik kan vaktene løses"): soknad.shifts,
        _("Hvorfor den kom sent"): soknad.late_reason,
    }
    return Private(
        texts=tuple((name, text) for name, text in texts.items() if text),
        attachments=list(Vedlegg.objects.filter(soknad=soknad).select_related("fil")),
        statement=Uttalelse.objects.filter(soknad=soknad).select_related("by").first(),
    )


def _scores(soknad: Soknad) -> tuple[Scored, ...]:
    mine = Poeng.objects.filter(soknad=soknad, kriterium=OuterRef("pk"))
    rows = Kriterium.objects.filter(runde=soknad.runde)
    rows = rows.annotate(given=Subquery(mine.values("points")))
    return tuple(Scored(each, each.given) for each in rows)


def _remarks(soknad: Soknad, reader: Reader) -> tuple[Remark, ...]:
    """Return the comments; others than the group see those that are shared, and their own."""
    meant = Q() if reader.is_group else Q(is_shared=True) | Q(by=reader.ansatt_id)
    rows = Kommentar.objects.filter(meant, soknad=soknad).select_related("by")
    rows = rows.annotate(union=_union_role("union"), kode=_union_role("kode"))
    return tuple(
        Remark(
            text=row.text,
            by=row.by.full_name,
            role=str(row.union or UNION_ROLES.get(row.kode, "")),
            at=row.at,
            is_dissent=row.is_dissent,
            is_shared=row.is_shared,
        )
        for row in rows
    )


def _union_role(name: str) -> Subquery:
    """Return a field of the role in which the writer of the comment speaks for a union."""
    held = Rolle.objects.filter(ansatt=OuterRef("by"), kode__in=UNION_ROLES)
    return Subquery(held.order_by("-pk").values(name)[:1])


def _vedtak(soknad: Soknad) -> Vedtak | None:
    in_play = Vedtak.objects.filter(soknad=soknad, status__in=prioritering.IN_PLAY)
    return in_play.select_related("decided_by", "supersedes").first()


def _neighbours(listed: Rangering, sak: Sak) -> tuple[Sak | None, Sak | None]:
    here = sak.place - 1
    previous = listed.saker[here - 1] if here > 0 else None
    following = listed.saker[here + 1] if here + 1 < len(listed.saker) else None
    return previous, following
