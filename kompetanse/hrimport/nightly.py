"""A file that comes by itself: written when nothing is in doubt, else left to a person."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.errors import DomainError
from kompetanse.hrimport import book, queries
from kompetanse.kommuner.models import Kommune
from kompetanse.kommuner.tenancy import as_kommune
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.hr import actions as hr
from kompetanse.organisasjon.hr import afterwards
from kompetanse.organisasjon.models import Ansatt, Hrimport
from kompetanse.varsler import actions as varsler
from kompetanse.varsler import queries as addresses

S = Hrimport.Status
Figures = dict[str, int]


def take_in(kommune_id: int, hrimport_id: int) -> Hrimport:
    """Read, check and perhaps write the run; a person is told when it must wait.

    Written is only a whole file with known columns, no faulty row and few who leave.
    """
    try:
        hrimport, sheets = book.read(kommune_id, hrimport_id)
    except DomainError as error:
        with as_kommune(kommune_id):
            return _refuse(Hrimport.objects.get(pk=hrimport_id), str(error))
    with as_kommune(kommune_id):
        _make_room_for(hrimport)
        try:
            _settle(hrimport, sheets)
        except DomainError as error:
            return _refuse(hrimport, str(error))
    return hrimport


def _settle(hrimport: Hrimport, sheets: book.Sheets) -> None:
    if not hr.recognise(hrimport, sheets):
        _leave(hrimport, _("Kolonnene er ikke kjent fra før. Se over hvilke som er hva."))
        return
    hr.check(hrimport, sheets)
    reasons = doubts(hrimport.figures, limit=organisasjon.oppsett().hr_leavers_limit)
    if reasons:
        _leave(hrimport, " ".join(reasons))
    else:
        hr.write(hrimport, by=None)
        hrimport.refresh_from_db()


def doubts(figures: Figures, *, limit: int) -> list[str]:
    """Return why a file is not written by itself; `limit` is per cent of those employed."""
    told = []
    if faulty := figures["faulty_rows"]:
        sentence = ngettext("%(n)s rad har feil.", "%(n)s rader har feil.", faulty)
        told.append(sentence % {"n": faulty})
    if closed := figures["units_reopened"]:
        sentence = ngettext(
            "%(n)s avsluttet enhet har ansatte i filen.",
            "%(n)s avsluttede enheter har ansatte i filen.",
            closed,
        )
        told.append(sentence % {"n": closed})
    leaving = figures["missing"] + figures["left"]
    if leaving * 100 > figures["employed"] * limit:
        told.append(
            _("%(n)s av %(all)s ansatte mangler i filen eller slutter. Grensen er %(limit)s %%.")
            % {"n": leaving, "all": figures["employed"], "limit": limit}
        )
    return told


def person(ansatt_id: int) -> Ansatt:
    """Return the employee who asked for it."""
    return Ansatt.objects.select_related("enhet").get(pk=ansatt_id)


def _make_room_for(hrimport: Hrimport) -> None:
    """Throw away earlier nightly files that still wait: this one tells what is true now."""
    for older in queries.waiting_unattended().filter(pk__lt=hrimport.pk):
        afterwards.discard(older, by=None)


def _refuse(hrimport: Hrimport, sentence: str) -> Hrimport:
    hr.refuse(hrimport, sentence)
    _tell(hrimport, sentence)
    return hrimport


def _leave(hrimport: Hrimport, sentence: str) -> None:
    """Leave it where it stands for a person, with the reason, and tell those who may."""
    hrimport.message = sentence[:500]
    hrimport.save(update_fields=["message"])
    _tell(hrimport, sentence)


def _tell(hrimport: Hrimport, reason: str) -> None:
    kommune: Kommune = hrimport.kommune
    body = _(
        "Hei {navn}!\n\nHR-filen som kom av seg selv, ble ikke skrevet inn:\n%(reason)s\n\n"
        "Gå til %(address)s, logg inn og velg «Import fra HR».\n\n"
        "Vi sender deg aldri lenke for å logge inn."
    ) % {"reason": reason, "address": addresses.address(kommune)}
    for ansatt in organisasjon.holders(*access.ALLOWED[Act.IMPORT_HR]):
        varsler.notify(
            key=f"hrimport:{hrimport.pk}",
            kind="hrimport",
            to=ansatt,
            subject=_("HR-filen venter på deg"),
            body=body,
        )
