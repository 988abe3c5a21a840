"""Verbs on what the grant is spent on: post, take away, move with consent. Whole NOK."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import audit, files
from kompetanse.kommuner.attachments import Attachment
from kompetanse.organisasjon.models import Ansatt, Enhet
from kompetanse.organisasjon.queries import leaders_of
from kompetanse.skall import norsk
from kompetanse.varsler import actions as varsler
from rapporter import emails, rules
from rapporter.models import (
    Omdisponering,
    Postering,
    Regnskapsinnlesing,
    Svarlinje,
    Tilskuddsrapport,
    Tilskuddssvar,
)

Payer = Postering.Payer
AVAILABLE = F("granted") + F("carried") + F("moved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one line of the accounts says. `amount`: NOK, negative for a credit note."""

    svarlinje: Svarlinje
    voucher: str
    posted_on: date
    amount: int
    payer: str = Payer.GRANT
    account: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """Who at Statsforvalteren has consented, on which day, and the letter that says so."""

    by: str
    on: date
    letter: Attachment


@transaction.atomic
def post(svar: Tilskuddssvar, entry: Entry, *, by: Ansatt) -> Postering:
    """Post it against its line; what the grant pays can never exceed what the line has.

    Raises:
        PermissionDenied: `by` does not prepare the grant.
        TransitionError: the report is put forward, so the accounts are closed.
        DomainError: the voucher is posted already, it is of nothing, or there is not so much left
            of the line.
    """
    check_open(svar, by=by)
    if not entry.amount:
        raise DomainError(_("Skriv et beløp. Et bilag på 0 kr føres ikke."))
    if Postering.objects.filter(svar=svar, voucher=entry.voucher).exists():
        raise DomainError(_("Bilag %(voucher)s er alt ført.") % {"voucher": entry.voucher})
    if entry.payer == Payer.GRANT:
        _charge(entry.svarlinje, entry.amount)
    row = _row(svar, entry, by=by)
    row.save()
    audit.record(
        "postering.post", row, by=by, case=svar.soknad, amount=entry.amount,
        linje=entry.svarlinje.pk,
    )  # fmt: skip
    return row


@transaction.atomic
def post_file(innlesing: Regnskapsinnlesing, entries: Sequence[Entry], *, by: Ansatt) -> None:
    """Post what a file holds of new vouchers, each line charged once with all of it.

    A credit note may so be larger than what was spent before the file, when the file's own costs
    bear it.

    Raises: as `post`.
    """
    svar = innlesing.svar
    check_open(svar, by=by)
    parts: Counter[str] = Counter()
    charges: Counter[Svarlinje] = Counter()
    rows = []
    for entry in entries:
        parts[entry.voucher] += 1
        rows.append(_row(svar, entry, by=by, innlesing=innlesing, part=parts[entry.voucher]))
        charges[entry.svarlinje] += entry.amount if entry.payer == Payer.GRANT else 0
    for svarlinje, amount in charges.items():
        _charge(svarlinje, amount)
    Postering.objects.bulk_create(rows)


@transaction.atomic
def take_away(postering: Postering, *, by: Ansatt) -> None:
    """Take away a line of the accounts that should not be there.

    Raises: as `post`.
    """
    check_open(postering.svar, by=by)
    postering = Postering.objects.select_for_update(of=("self",)).get(pk=postering.pk)
    if postering.payer == Payer.GRANT:
        _charge(postering.svarlinje, -postering.amount)
    audit.record(
        "postering.take_away", postering, by=by, case=postering.svar.soknad,
        amount=postering.amount, linje=postering.svarlinje_id,
    )  # fmt: skip
    postering.delete()


@transaction.atomic
def name_accounts(svar: Tilskuddssvar, accounts: Mapping[int, str], *, by: Ansatt) -> None:
    """Write how the ledger names each line: NOK is imported by it.

    Raises:
        DomainError: two lines have the same name.
    """
    check_open(svar, by=by)
    named = [account for account in accounts.values() if account]
    if len(set(named)) < len(named):
        raise DomainError(_("To linjer kan ikke ha samme konto eller prosjekt."))
    rows = list(Svarlinje.objects.select_for_update(of=("self",)).filter(svar=svar))
    # Emptied first, so that two lines can change names with each other.
    Svarlinje.objects.filter(svar=svar).update(account="")
    for row in rows:
        row.account = accounts.get(row.pk, "")
    Svarlinje.objects.bulk_update(rows, ["account"])
    audit.record("tilskuddssvar.name_accounts", svar, by=by, case=svar.soknad, lines=len(named))


@transaction.atomic
def move(
    svar: Tilskuddssvar,
    *,
    source: Svarlinje,
    target: Svarlinje,
    amount: int,
    consent: Consent,
    by: Ansatt,
) -> Omdisponering:
    """Move money between two lines, with the county's written consent; units' leaders are told.

    Raises:
        DomainError: it is one line, no amount, nobody consented, or there is not so much left.
        PermissionDenied, TransitionError: as `post`.
    """
    check_open(svar, by=by)
    if source.pk == target.pk:
        raise DomainError(_("Velg to forskjellige linjer."))
    if amount < 1:
        raise DomainError(_("Skriv et beløp på 1 kr eller mer."))
    if not consent.by.strip():
        raise DomainError(_("Skriv hvem hos Statsforvalteren som har samtykket."))
    # Locked in one order, so that two moves in opposite directions never wait for each other.
    list(Svarlinje.objects.select_for_update().filter(pk__in=(source.pk, target.pk)).order_by("pk"))
    fits = Svarlinje.objects.filter(pk=source.pk, svar=svar, spent__lte=AVAILABLE - amount)
    if not fits.update(moved=F("moved") - amount):
        raise DomainError(_too_much(source))
    Svarlinje.objects.filter(pk=target.pk, svar=svar).update(moved=F("moved") + amount)
    letter = consent.letter
    fil = files.store(letter.content, name=letter.name, content_type=letter.content_type)
    row: Omdisponering = Omdisponering.objects.create(
        svar=svar, source=source, target=target, amount=amount,
        consented_by=consent.by.strip(), consented_on=consent.on, fil=fil, by=by,
    )  # fmt: skip
    audit.record(
        "omdisponering.move", row, by=by, case=svar.soknad, amount=amount, source=source.pk,
        target=target.pk,
    )  # fmt: skip
    _tell_leaders(row)
    return row


def check_open(svar: Tilskuddssvar, *, by: Ansatt) -> None:
    """Check that `by` may change the accounts now, and lock them: one change after the other.

    Raises:
        PermissionDenied: `by` does not prepare the grant.
        TransitionError: the report is put forward.
    """
    if not rules.may_prepare(by):
        raise PermissionDenied
    Tilskuddssvar.objects.select_for_update(no_key=True).get(pk=svar.pk)
    rapport = Tilskuddsrapport.objects.select_for_update(of=("self",)).filter(svar=svar).first()
    if rapport is not None and rapport.is_frozen:
        raise TransitionError(
            _("Rapporten er lagt fram, så regnskapet er låst. Ta rapporten tilbake for å endre.")
        )


def _row(svar: Tilskuddssvar, entry: Entry, *, by: Ansatt, **where: Any) -> Postering:
    said = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    return Postering(svar=svar, by=by, **said, **where)


def _charge(svarlinje: Svarlinje, amount: int) -> None:
    """Spend by one conditional UPDATE; the database's own check stands behind it."""
    rows = Svarlinje.objects.filter(pk=svarlinje.pk, spent__lte=AVAILABLE - amount)
    if amount < 0:
        rows = rows.filter(spent__gte=-amount)
    if rows.update(spent=F("spent") + amount):
        return
    if amount < 0:
        raise DomainError(_("Krediteringen er større enn det som er brukt på linja."))
    raise DomainError(_too_much(svarlinje))


def _too_much(svarlinje: Svarlinje) -> str:
    left = norsk.kroner(Svarlinje.objects.get(pk=svarlinje.pk).remaining)
    return _("Det er %(left)s igjen på linja. Resten kan føres som egenandel.") % {"left": left}


def _tell_leaders(row: Omdisponering) -> None:
    """Tell the leaders of the units that the two measures stand on."""
    lines = (row.source.linje.tiltak, row.target.linje.tiltak)
    units: dict[int, Enhet] = {each.enhet.pk: each.enhet for each in lines if each.enhet}
    for enhet in units.values():
        message = emails.moved(
            enhet.name, source=lines[0].theme, target=lines[1].theme, amount=row.amount
        )
        for leader in leaders_of(enhet)[:1]:
            varsler.notify_in_role(
                key=f"omdisponering.move:{row.pk}:{enhet.pk}",
                kind="omdisponering.move",
                to=leader,
                subject=message.subject,
                body=message.body,
            )
