"""What a new round takes over from an earlier one: education, criteria, schemes and frames."""

from kompetanse import clock
from soknader.models import Enhetsramme, Kriterium, Rundeordning, Soknadsrunde, Utlysning
from soknader.queries import ordning


def copy(before: Soknadsrunde | None, *, to: Soknadsrunde) -> None:
    """Copy the lists of the earlier round; a first round gets what most begin with."""
    if before is None:
        _begin(to)
        return
    _copy_educations(before, to)
    _copy_criteria(before, to)
    _copy_schemes(before, to)


def _copy_educations(before: Soknadsrunde, to: Soknadsrunde) -> None:
    Utlysning.objects.bulk_create(
        Utlysning(
            runde=to, title=row.title, text=row.text, title_other=row.title_other,
            text_other=row.text_other, fokusomrade_id=row.fokusomrade_id,
            kompetanse_id=row.kompetanse_id, level=row.level, order=row.order,
        )
        for row in Utlysning.objects.filter(runde=before)
    )  # fmt: skip


def _copy_criteria(before: Soknadsrunde, to: Soknadsrunde) -> None:
    Kriterium.objects.bulk_create(
        Kriterium(
            runde=to, name=row.name, weight=row.weight, texts=row.texts, order=row.order,
            name_other=row.name_other, most_other=row.most_other,
        )
        for row in Kriterium.objects.filter(runde=before)
    )  # fmt: skip


def _copy_schemes(before: Soknadsrunde, to: Soknadsrunde) -> None:
    """Apply the same schemes in the versions in use when the round opens; ended ones fall away."""
    now = {each.name: each for each in ordning.latest(on=max(to.opens, clock.today()))}
    Rundeordning.objects.bulk_create(
        Rundeordning(runde=to, kind=each.kind, frame=each.frame, ordning=now[each.ordning.name])
        for each in ordning.applied(before)
        if each.ordning.name in now
    )
    Enhetsramme.objects.bulk_create(
        Enhetsramme(runde=to, enhet=each.enhet, frame=each.frame)
        for each in ordning.unit_frames(before)
        if each.enhet.is_open
    )


def _begin(to: Soknadsrunde) -> None:
    Kriterium.objects.bulk_create(
        Kriterium(runde=to, name=name, weight=weight, texts=list(texts), order=order)
        for order, (name, weight, texts) in enumerate(CRITERIA, start=1)
    )
    first = {each.kind: each for each in reversed(ordning.latest(on=max(to.opens, clock.today())))}
    Rundeordning.objects.bulk_create(
        Rundeordning(runde=to, kind=kind, ordning=each) for kind, each in first.items()
    )


# What a first round is measured by; the advisor changes it. Name, weight, meaning of 0–3 points.
CRITERIA = (
    (
        "Treffer fokusområdene",
        3,
        (
            "Utenfor fokusområdene",
            "Nær et fokusområde",
            "Innenfor et fokusområde",
            "Prioritert utdanning",
        ),
    ),
    (
        "Behovet i tjenesten",
        3,
        ("Ikke meldt behov", "Nyttig", "Meldt i behovsskjemaet", "Kritisk mangel"),
    ),
    (
        "Lederens uttalelse",
        2,
        ("Støtter ikke", "Støtter med store forbehold", "Støtter med vilkår", "Støtter fullt ut"),
    ),
    (
        "Nytte for flere",
        1,
        (
            "Bare for søkeren",
            "For egen avdeling",
            "For hele virksomheten",
            "For flere virksomheter",
        ),
    ),
)
