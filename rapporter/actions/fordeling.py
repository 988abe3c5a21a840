"""Verbs on the distribution of a grant: give, take back, put forward, approve. Whole NOK."""

from collections import defaultdict

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse import clock, jobs
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.responses import PDF
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet
from kompetanse.organisasjon.queries import leaders_of
from kompetanse.skall import norsk
from kompetanse.varsler import actions as varsler
from rapporter import emails
from rapporter.jobs import MAKE_UNIT_LETTERS
from rapporter.models import Fordeling, Fordelingspost, Svarlinje, Tilskuddsbrev
from rapporter.queries import fordeling as queries
from rapporter.workflow import fordeling as workflow


@transaction.atomic
def distribute(
    fordeling: Fordeling, *, svarlinje: Svarlinje, enhet: Enhet, amount: int, by: Ansatt
) -> None:
    """Give a unit so much of a line; a second time it is added to the first.

    Raises:
        TransitionError, PermissionDenied: see workflow.check.
        DomainError: it is no amount, or there is not so much left of the line.
    """
    if amount < 1:
        raise DomainError(_("Skriv et beløp på 1 kr eller mer."))
    fordeling = _open(fordeling, by=by)
    _give(fordeling, svarlinje, enhet, amount)
    audit.record(
        "fordeling.distribute",
        fordeling,
        by=by,
        case=fordeling.svar.soknad,
        linje=svarlinje.pk,
        enhet_id=enhet.pk,
        amount=amount,
    )


@transaction.atomic
def follow_lines(fordeling: Fordeling, *, by: Ansatt) -> int:
    """Give what is left of each line to the unit that its measure stands on; return how many."""
    fordeling = _open(fordeling, by=by)
    found = Svarlinje.objects.filter(
        svar=fordeling.svar_id, distributed__lt=F("granted"), linje__tiltak__enhet__isnull=False
    )
    rows = list(found.select_related("linje__tiltak__enhet"))
    for row in rows:
        enhet = row.linje.tiltak.enhet
        if enhet is not None:
            _give(fordeling, row, enhet, row.left)
    audit.record(
        "fordeling.follow_lines", fordeling, by=by, case=fordeling.svar.soknad, lines=len(rows)
    )
    return len(rows)


@transaction.atomic
def take_back(post: Fordelingspost, *, by: Ansatt) -> None:
    """Take back what a unit was given of a line."""
    fordeling = _open(post.fordeling, by=by)
    post = Fordelingspost.objects.select_for_update(of=("self",)).get(pk=post.pk)
    Svarlinje.objects.filter(pk=post.svarlinje_id).update(
        distributed=F("distributed") - post.amount
    )
    audit.record(
        "fordeling.take_back",
        fordeling,
        by=by,
        case=fordeling.svar.soknad,
        linje=post.svarlinje_id,
        enhet_id=post.enhet_id,
        amount=post.amount,
    )
    post.delete()


@transaction.atomic
def propose(fordeling: Fordeling, *, version: int, by: Ansatt) -> None:
    """Put the distribution forward to be approved.

    Raises:
        DomainError: nothing is given to any unit.
    """
    fordeling = _open(fordeling, by=by, step="propose", version=version)
    if not fordeling.poster.exists():
        raise DomainError(_("Fordel minst ett beløp før du legger fram fordelingen."))
    fordeling.status, fordeling.reason = workflow.STEPS["propose"].target, ""
    fordeling.save(update_fields=["status", "reason"])
    audit.record("fordeling.propose", fordeling, by=by, case=fordeling.svar.soknad)


@transaction.atomic
def send_back(fordeling: Fordeling, *, reason: str, version: int, by: Ansatt) -> None:
    """Let the advisor change the distribution, for a reason.

    Raises:
        DomainError: the reason is missing.
    """
    fordeling = _open(fordeling, by=by, step="send_back", version=version)
    if not reason.strip():
        raise DomainError(_("Skriv hva som må endres i fordelingen."))
    fordeling.status, fordeling.reason = workflow.STEPS["send_back"].target, reason.strip()
    fordeling.save(update_fields=["status", "reason"])
    audit.record("fordeling.send_back", fordeling, by=by, case=fordeling.svar.soknad)


@transaction.atomic
def approve(
    fordeling: Fordeling, *, applicant: str, version: int, by: Ansatt, return_url: str = ""
) -> Fordeling:
    """Approve the distribution, freeze it, and tell the leaders of the units what they get.

    Workers make its PDF and the letters to the units.

    Raises:
        TransitionError, PermissionDenied, StaleError: see workflow.check.
    """
    fordeling = _open(fordeling, by=by, step="approve", version=version)
    now = clock.now()
    with translation.override(fordeling.kommune.maalform):
        told = _("Godkjent %(date)s av %(name)s") % {
            "date": norsk.langdato(clock.local_date(now)), "name": by.full_name,
        }  # fmt: skip
        kept = queries.assemble(fordeling, applicant=applicant, approved=told)
    fordeling.status, fordeling.snapshot = workflow.STEPS["approve"].target, kept.as_json()
    fordeling.approved_at, fordeling.approved_by = now, by
    fordeling.role = access.capacity(by, Act.APPROVE_DISTRIBUTION)
    fordeling.save(update_fields=["status", "snapshot", "approved_at", "approved_by", "role"])
    audit.record(
        "fordeling.approve", fordeling, by=by, case=fordeling.svar.soknad, amount=kept.distributed
    )
    _tell_leaders(fordeling, kept.scheme, kept.year)
    _make_letters(fordeling, by=by, return_url=return_url)
    return fordeling


@transaction.atomic
def keep_letter(fordeling: Fordeling, enhet: Enhet, *, content: bytes) -> None:
    """Keep the made letter to the unit; a second one is not kept."""
    Fordeling.objects.select_for_update(of=("self",)).get(pk=fordeling.pk)
    if not Tilskuddsbrev.objects.filter(fordeling=fordeling, enhet=enhet).exists():
        fil = files.store(content, name=f"tilskuddsbrev-{enhet.code}.pdf", content_type=PDF)
        Tilskuddsbrev.objects.create(fordeling=fordeling, enhet=enhet, fil=fil)


@transaction.atomic
def keep_pdf(fordeling: Fordeling, *, content: bytes, name: str) -> None:
    """Keep the PDF of the approved distribution; a second one is not kept."""
    fordeling = Fordeling.objects.select_for_update(of=("self",)).get(pk=fordeling.pk)
    if fordeling.fil_id is None:
        fordeling.fil = files.store(content, name=name, content_type=PDF)
        fordeling.save(update_fields=["fil"])


def _open(
    fordeling: Fordeling, *, by: Ansatt, step: str = "edit", version: int | None = None
) -> Fordeling:
    """Lock the distribution, check the step, and count the change."""
    rows = Fordeling.objects.select_for_update(of=("self",))
    locked: Fordeling = rows.select_related("kommune", "svar__soknad__ordning").get(pk=fordeling.pk)
    workflow.check(step, locked, by=by, version=version)
    Fordeling.objects.filter(pk=locked.pk).update(version=F("version") + 1)
    return locked


def _give(fordeling: Fordeling, svarlinje: Svarlinje, enhet: Enhet, amount: int) -> None:
    """Move the money by one conditional UPDATE; the database's own check stands behind it."""
    fits = Svarlinje.objects.filter(
        pk=svarlinje.pk, svar=fordeling.svar_id, distributed__lte=F("granted") - amount
    )
    if not fits.update(distributed=F("distributed") + amount):
        left = norsk.kroner(Svarlinje.objects.get(pk=svarlinje.pk).left)
        raise DomainError(
            _("Det er %(left)s igjen på linja. Beløpet kan ikke være større.") % {"left": left}
        )
    post, is_new = Fordelingspost.objects.get_or_create(
        fordeling=fordeling, svarlinje=svarlinje, enhet=enhet, defaults={"amount": amount}
    )
    if not is_new:
        Fordelingspost.objects.filter(pk=post.pk).update(amount=F("amount") + amount)


def _make_letters(fordeling: Fordeling, *, by: Ansatt, return_url: str) -> None:
    total = queries.unwritten(fordeling).count() + 1
    fordeling.kjoring = varsler.begin(
        _("Brev til enhetene"), total=total, by=by, return_url=return_url
    )
    fordeling.save(update_fields=["kjoring"])
    jobs.enqueue(MAKE_UNIT_LETTERS, fordeling_id=fordeling.pk, kjoring_id=fordeling.kjoring.pk)


def _tell_leaders(fordeling: Fordeling, scheme: str, year: int) -> None:
    """Write one notice for each unit to its nearest leader, with every line and its amount."""
    posts = fordeling.poster.select_related("enhet", "svarlinje__linje__tiltak")
    by_unit: defaultdict[Enhet, list[tuple[str, int]]] = defaultdict(list)
    for post in posts.order_by("svarlinje__linje__priority"):
        by_unit[post.enhet].append((post.svarlinje.linje.tiltak.theme, post.amount))
    for enhet, lines in by_unit.items():
        message = emails.distributed(enhet.name, lines, scheme=scheme, year=year)
        for leader in leaders_of(enhet)[:1]:
            varsler.notify_in_role(
                key=f"fordeling.approve:{fordeling.pk}:{enhet.pk}",
                kind="fordeling.approve",
                to=leader,
                subject=message.subject,
                body=message.body,
            )
