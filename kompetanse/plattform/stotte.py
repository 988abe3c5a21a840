"""Which support session a request of a Kommune is part of: a source for `kommuner.looking`."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.kommuner.looking import Eyes, Looking
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, Held
from kompetanse.organisasjon.models import Ansatt, Bruker, Enhet, Rolle
from kompetanse.plattform import cookies, nokler, queries
from kompetanse.plattform.actions import stotte as actions
from kompetanse.plattform.models import Stotteokt
from kompetanse.skall import norsk
from kompetanse.skall.beskjeder import Beskjed

# Nobody has this id: what is looked up as one's own is empty, and nothing can point to it.
NOBODY = 0


def source(request: Any) -> Eyes | None:
    """Return an administrator's eyes while the operator's time in this Kommune lasts."""
    okt = running(request)
    actor = _administrator() if okt else None
    if okt is None or actor is None or okt.ends_at is None:
        return None
    looking = Looking(
        who=_("%(name)s fra driften") % {"name": okt.operator_name},
        why=okt.reason,
        until=okt.ends_at,
        end_url=reverse("plattform:leave_support"),
        opened=partial(actions.open_page, okt),
        end=partial(_end, okt),
    )
    return Eyes(actor, looking)


def running(request: Any) -> Stotteokt | None:
    """Return the session of the browser's key. Without a key, or out of season, no query."""
    key = request.COOKIES.get(cookies.SUPPORT, "")
    until = request.kommune.support_until
    if not key or until is None or until <= clock.now() or request.user.is_authenticated:
        return None
    return queries.stotte.entered(nokler.hashed(key), at=clock.now())


def _administrator() -> Ansatt | None:
    """Return an administrator who is nobody: has the role's pages, and nothing of their own."""
    top = Enhet.objects.filter(parent__isnull=True).order_by("path").first()
    if top is None:
        return None
    actor = Ansatt(pk=NOBODY, first_name=_("Systemansvarlig"), last_name="", enhet=top)
    actor.bruker = Bruker(pk=NOBODY, username="stotte")
    actor.__dict__["_held"] = (Held(Rolle.Kode.SYSTEMANSVARLIG, top.path, top.name),)
    return actor


def _end(okt: Stotteokt, _request: Any) -> None:
    actions.leave(okt)


def told(request: Any) -> Beskjed | None:
    """Tell an administrator on every page that an operator looks; free when nobody does."""
    until = request.kommune.support_until if getattr(request, "kommune", None) else None
    if until is None or until <= clock.now() or request.looking is not None:
        return None
    if not access.may(request.actor, Act.SEE_SUPPORT):
        return None
    okt = queries.stotte.running(at=clock.now())
    if okt is None or okt.ends_at is None:
        return None
    text = _("%(who)s fra driften ser tjenesten nå, til kl. %(until)s: %(why)s") % {
        "who": okt.operator_name,
        "until": norsk.klokkeslett(okt.ends_at),
        "why": okt.reason,
    }
    return Beskjed(text, reverse("plattform:support"), _("Se eller stopp"))
