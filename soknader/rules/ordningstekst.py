"""What a support scheme covers, in sentences for those who count on it. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.skall import norsk
from soknader.enums import Slag
from soknader.models import Stotteordning
from soknader.rules import maalform
from soknader.rules import ordning as satser
from soknader.rules.ordning import Study


def told(ordning: Stotteordning) -> str:
    """Return the scheme's rates as sentences: share, rate and ceiling."""
    if ordning.kind == Slag.LEAVE:
        return _joined(_per_exam(ordning), _gatherings(ordning), _ceiling(ordning))
    if ordning.kind == Slag.SUBSTITUTE:
        rate = norsk.kroner(ordning.rate)
        per_day = _("Enheten din får %(rate)s for hver dag du har fri med lønn.") % {"rate": rate}
        return _joined(per_day, _share(ordning), _ceiling(ordning))
    return _joined(_share(ordning, always=True), _per_credit(ordning), _ceiling(ordning))


def name(ordning: Stotteordning) -> str:
    """Return what the scheme is called in the language of the page."""
    return maalform.told(ordning.name, ordning.name_other, lang=ordning.lang)


def covers(ordning: Stotteordning) -> str:
    """Return what the scheme covers in the language of the page, as the municipality says it."""
    return maalform.told(ordning.text, ordning.text_other, lang=ordning.lang)


def explained(ordning: Stotteordning, study: Study) -> str:
    """Return how the days of leave are counted for the study, as a sentence or two."""
    days = satser.leave(ordning, study)
    exams = ngettext("%(n)d eksamen gir", "%(n)d eksamener gir", study.exams)
    parts = [
        _days(study.exams * ordning.exam_days, _("eksamensdag"), _("eksamensdager")),
        _days(study.exams * ordning.study_days, _("lesedag"), _("lesedager")),
    ]
    given = norsk.oppramsing([part for part in parts if part])
    told = []
    if study.exams and given:
        told.append(f"{exams % {'n': study.exams}} {given}.")
    if study.gatherings:
        paid = study.gatherings * ordning.share // satser.ALL
        told.append(_paid_gatherings(study.gatherings, paid))
    total = _days(days, _("dag"), _("dager"))
    told.append(_("I alt %(days)s fri med lønn.") % {"days": total or _("ingen dager")})
    uncapped = satser.leave(_without_ceiling(ordning), study)
    if uncapped > days:
        told.append(_("Ordningen gir høyst %(days)s.") % {"days": total})
    if ordning.source:
        told.append(f"({ordning.source})")
    return " ".join(told)


def _paid_gatherings(gatherings: int, paid: int) -> str:
    values = {"n": gatherings, "paid": paid}
    if paid == gatherings:
        return ngettext("%(n)d samlingsdag.", "%(n)d samlingsdager.", gatherings) % values
    return _("%(paid)d av %(n)d samlingsdager er med lønn.") % values


def _per_exam(ordning: Stotteordning) -> str:
    parts = [
        _days(ordning.exam_days, _("eksamensdag"), _("eksamensdager")),
        _days(ordning.study_days, _("lesedag"), _("lesedager")),
    ]
    given = norsk.oppramsing([part for part in parts if part])
    return _("Hver eksamen gir %(given)s, når det er arbeidsdagene dine.") % {"given": given}


def _gatherings(ordning: Stotteordning) -> str:
    if ordning.share == satser.ALL:
        return _("Samlinger på arbeidsdager gir fri med lønn.")
    share = norsk.prosent(ordning.share)
    return _("%(share)s av samlingsdagene på arbeidsdager gir fri med lønn.") % {"share": share}


def _share(ordning: Stotteordning, *, always: bool = False) -> str:
    if ordning.share == satser.ALL:
        return _("Dekker hele kostnaden.") if always else ""
    return _("Dekker %(share)s av kostnaden.") % {"share": norsk.prosent(ordning.share)}


def _per_credit(ordning: Stotteordning) -> str:
    if ordning.rate is None:
        return ""
    return _("Høyst %(rate)s for hvert studiepoeng.") % {"rate": norsk.kroner(ordning.rate)}


def _ceiling(ordning: Stotteordning) -> str:
    if ordning.ceiling is None:
        return ""
    most = norsk.kroner(ordning.ceiling)
    if ordning.kind == Slag.LEAVE:
        most = _days(ordning.ceiling, _("dag"), _("dager")) or "0"
    if ordning.per_year:
        return _("Høyst %(most)s for hvert studieår.") % {"most": most}
    return _("Høyst %(most)s i alt.") % {"most": most}


def _days(number: int, one: str, several: str) -> str:
    return f"{norsk.tall(number)} {one if number == 1 else several}" if number else ""


def _joined(*sentences: str) -> str:
    return " ".join(each for each in sentences if each)


def _without_ceiling(ordning: Stotteordning) -> Stotteordning:
    return Stotteordning(
        kind=ordning.kind,
        share=ordning.share,
        exam_days=ordning.exam_days,
        study_days=ordning.study_days,
    )
