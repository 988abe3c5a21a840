"""What waits on contracts and receipts: to sign, to follow up, to approve."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import CharField, Count, F, Min, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from soknader.models import Avtale, Utbetaling
from soknader.queries import avtale as queries
from soknader.queries import utbetaling as utbetalinger

S = Avtale.Status
UNSETTLED = (S.DRAFT, S.HALF, S.SIGNED, S.RUNNING)
# Who leaves within so many days is shown to the advisor.
LEAVES_WITHIN = timedelta(days=60)
NAME = Concat(
    "soknad__ansatt__first_name", Value(" "), "soknad__ansatt__last_name",
    output_field=CharField(),
)  # fmt: skip


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    yield _to_sign(actor)
    if access.may(actor, Act.SIGN_CONTRACT):
        yield _to_countersign(actor)
    if access.may(actor, Act.APPROVE_PAYMENT):
        yield _to_approve(actor)
    if access.may(actor, Act.FOLLOW_CONTRACTS):
        yield _to_settle(actor, on)
        yield _to_fulfil(actor, on)
        yield _to_transfer(actor)


def _to_sign(actor: Ansatt) -> Waiting:
    rows = Avtale.objects.filter(soknad__ansatt=actor, status=S.DRAFT)
    return waiting(rows, _sign, text="soknad__study")


def _sign(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"avtale.sign:{rad.pk}",
        title=_("Les og signer avtalen for %(study)s") % {"study": rad.text},
        url=reverse("soknader:sign_contract", args=[rad.pk]),
        text=_("Støtten betales ut når du og kommunen har signert."),
    )


def _to_countersign(actor: Ansatt) -> Waiting:
    return waiting(queries.to_countersign(actor), _countersign, text=NAME)


def _countersign(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"avtale.countersign:{rad.pk}",
        title=_("Signer avtalen til %(name)s for kommunen") % {"name": rad.text},
        url=reverse("soknader:sign_contract", args=[rad.pk]),
    )


def _to_approve(actor: Ansatt) -> Waiting:
    sent = utbetalinger.to_approve(actor).order_by()
    counted = sent.values("status").annotate(count=Count("pk"), first=Min("pk"))
    return waiting(counted, _approve, pk="first", number="count")


def _approve(rad: Rad) -> Oppgave:
    title = ngettext("Godkjenn %(n)d kvittering", "Godkjenn %(n)d kvitteringer", rad.number)
    return Oppgave(
        key="utbetaling.approve",
        title=title % {"n": rad.number},
        url=reverse("soknader:payments") + f"?status={Utbetaling.Status.SENT}",
    )


def _to_settle(actor: Ansatt, on: date) -> Waiting:
    """Whoever leaves with binding time left, as the HR import says."""
    leaving = queries.followed_by(actor).filter(
        status__in=UNSETTLED, soknad__ansatt__left_on__lte=on + LEAVES_WITHIN
    )
    return waiting(leaving, _settle, text=NAME, day=F("soknad__ansatt__left_on"))


def _settle(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"avtale.settle:{rad.pk}",
        title=_("%(name)s slutter: avgjør avtalen om bindingstid") % {"name": rad.text},
        url=reverse("soknader:contract", args=[rad.pk]),
        deadline=rad.day,
    )


def _to_fulfil(actor: Ansatt, on: date) -> Waiting:
    over = queries.over(actor, on=on).order_by()
    counted = over.values("status").annotate(count=Count("pk"), first=Min("pk"))
    return waiting(counted, _fulfil, pk="first", number="count")


def _fulfil(rad: Rad) -> Oppgave:
    title = ngettext(
        "Bindingstiden er over for %(n)d avtale", "Bindingstiden er over for %(n)d avtaler",
        rad.number,
    )  # fmt: skip
    return Oppgave(
        key="avtale.fulfil",
        title=title % {"n": rad.number},
        url=reverse("soknader:contracts"),
        text=_("Merk dem som oppfylt med ett trykk."),
    )


def _to_transfer(actor: Ansatt) -> Waiting:
    approved = utbetalinger.to_transfer(actor).order_by()
    counted = approved.values("status").annotate(count=Count("pk"), first=Min("pk"))
    return waiting(counted, _transfer, pk="first", number="count")


def _transfer(rad: Rad) -> Oppgave:
    title = ngettext(
        "Overfør %(n)d utbetaling til lønn", "Overfør %(n)d utbetalinger til lønn", rad.number
    )
    return Oppgave(
        key="utbetaling.transfer",
        title=title % {"n": rad.number},
        url=reverse("soknader:payments"),
    )
