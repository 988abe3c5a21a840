"""Rounds, applications, their order, the decisions and the letters. Money is whole NOK."""

from django.db import models
from django.db.models import F, Q

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from planer.models import Fokusomrade


class Soknadsrunde(TenantModel):
    """A round: its dates, its frame, and what is announced.

    A deadline is the end of that day in Europe/Oslo. `granted` is the sum of all grants in
    force; it moves only by a conditional UPDATE and can never exceed `budget`.
    `version` grows each time the order of the applications changes.
    """

    class Kind(models.TextChoices):
        AUTUMN = "autumn", "Høst"
        SPRING = "spring", "Vår"

    class Status(models.TextChoices):
        DRAFT = "draft", "Under forberedelse"
        OPEN = "open", "Åpen for søknader"
        PRIORITISING = "prioritising", "Prioriteres"
        DECIDED = "decided", "Vedtatt"
        ANSWERED = "answered", "Svar er sendt"

    year = models.PositiveSmallIntegerField("år")
    kind = models.CharField("runde", max_length=6, choices=Kind, default=Kind.AUTUMN)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT)
    opens = models.DateField("åpner")
    deadline = models.DateField("søknadsfrist")
    leader_deadline = models.DateField("frist for lederens uttalelse")
    meeting_on = models.DateField("prioriteringsmøte")
    answer_by = models.DateField("svar innen")
    accept_by = models.DateField("frist for å takke ja")
    budget = models.PositiveIntegerField("ramme (kr)")
    granted = models.PositiveIntegerField("innvilget (kr)", default=0)
    announcement = models.TextField("utlysningstekst", blank=True)
    allows_late = models.BooleanField("tar imot søknader etter fristen", default=False)
    may_complain = models.BooleanField("svaret kan påklages", default=False)
    next_number = models.PositiveIntegerField("neste søknadsnummer", default=1)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "søknadsrunde"
        verbose_name_plural = "søknadsrunder"
        ordering = ("-deadline",)
        constraints = [
            models.UniqueConstraint(name="soknadsrunde_once", fields=["kommune", "year", "kind"]),
            models.CheckConstraint(
                name="soknadsrunde_granted_within_budget", condition=Q(granted__lte=F("budget"))
            ),
            models.CheckConstraint(
                name="soknadsrunde_dates_in_order",
                condition=Q(
                    opens__lte=F("deadline"),
                    deadline__lte=F("leader_deadline"),
                    leader_deadline__lte=F("meeting_on"),
                    meeting_on__lte=F("answer_by"),
                    answer_by__lte=F("accept_by"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}runden {self.year}"

    @property
    def left(self) -> int:
        """What remains of the frame, NOK."""
        return self.budget - self.granted

    def reference(self, number: int | None) -> str:
        """Return an application's number as people write it, 2026-0143; 2026V-0143 in spring."""
        season = "V" if self.kind == self.Kind.SPRING else ""
        return f"{self.year}{season}-{number:04d}" if number else ""


class Utlysning(TenantModel):
    """An education that the round gives priority to, tied to a focus area."""

    runde = TenantForeignKey(Soknadsrunde, models.CASCADE, related_name="utlysninger")
    title = models.CharField("utdanning", max_length=160)
    text = models.CharField("hvorfor", max_length=300, blank=True)
    fokusomrade = TenantForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fokusområde",
    )
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)

    class Meta:
        verbose_name = "prioritert utdanning"
        verbose_name_plural = "prioriterte utdanninger"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.title


class Kriterium(TenantModel):
    """A criterion of the round: its weight, and what 0, 1, 2 and 3 points mean."""

    MAX_POINTS = 3

    runde = TenantForeignKey(Soknadsrunde, models.CASCADE, related_name="kriterier")
    name = models.CharField("kriterium", max_length=80)
    weight = models.PositiveSmallIntegerField("vekt", default=1)
    texts = models.JSONField("hva poengene betyr", default=list)
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)

    class Meta:
        verbose_name = "kriterium"
        verbose_name_plural = "kriterier"
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(name="kriterium_once", fields=["kommune", "runde", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Soknad(TenantModel):
    """One employee's application in a round. The status changes only through actions.

    `reason` and attachments are private: the employee, the leaders in line and the advisor.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Kladd"
        SUBMITTED = "submitted", "Hos leder"
        RECOMMENDED = "recommended", "I prioritering"
        DECIDED = "decided", "Vedtatt"
        ANSWERED = "answered", "Svar sendt"
        ACCEPTED = "accepted", "Takket ja"
        DECLINED = "declined", "Takket nei"
        WITHDRAWN = "withdrawn", "Trukket"

    runde = TenantForeignKey(Soknadsrunde, models.PROTECT, related_name="soknader")
    ansatt = TenantForeignKey(Ansatt, models.PROTECT, related_name="soknader")
    registered_by = TenantForeignKey(
        Ansatt,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="registrert av",
    )
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT)
    number = models.PositiveIntegerField("søknadsnummer", null=True, blank=True)

    study = models.CharField("studium", max_length=200, blank=True)
    institution = models.CharField("studiested", max_length=160, blank=True)
    credits = models.PositiveSmallIntegerField("studiepoeng", null=True, blank=True)
    starts = models.DateField("starter", null=True, blank=True)
    ends = models.DateField("slutter", null=True, blank=True)
    leave_days = models.PositiveSmallIntegerField("dager fri med lønn", null=True, blank=True)
    shifts = models.TextField("hvordan vaktene kan løses", blank=True)
    tuition = models.PositiveIntegerField("studieavgift (kr)", null=True, blank=True)
    books = models.PositiveIntegerField("bøker (kr)", null=True, blank=True)
    travel = models.PositiveIntegerField("reise (kr)", null=True, blank=True)
    other_cost = models.PositiveIntegerField("annet (kr)", null=True, blank=True)
    utlysning = TenantForeignKey(
        Utlysning,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="soknader",
        verbose_name="prioritert utdanning",
    )
    fokusomrade = TenantForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="soknader",
        verbose_name="fokusområde",
    )
    exception = models.TextField("grunn til unntak fra prioriteringene", blank=True)
    reason = models.TextField("hvorfor du søker", blank=True)
    use_at_work = models.TextField("hvordan arbeidsplassen kan bruke det", blank=True)

    step = models.PositiveSmallIntegerField("kommet til steg", default=1)
    version = models.PositiveIntegerField("versjon", default=1)
    saved_at = models.DateTimeField("lagret", default=clock.now)
    submitted_at = models.DateTimeField("sendt inn", null=True, blank=True)
    is_late = models.BooleanField("kom etter fristen", default=False)
    late_reason = models.TextField("hvorfor den kommer sent", blank=True)
    rank = models.PositiveSmallIntegerField("plass", null=True, blank=True)
    replied_at = models.DateTimeField("svarte på tilbudet", null=True, blank=True)

    class Meta:
        verbose_name = "søknad"
        verbose_name_plural = "søknader"
        constraints = [
            models.UniqueConstraint(
                name="soknad_number_once", fields=["kommune", "runde", "number"]
            ),
            models.CheckConstraint(
                name="soknad_submitted_has_number",
                condition=Q(status__in=("draft", "withdrawn"))
                | Q(number__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="soknad_ends_after_start",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]
        indexes = [
            models.Index(name="soknad_ranked", fields=["kommune", "runde", "rank"]),
            models.Index(name="soknad_mine", fields=["kommune", "ansatt"]),
        ]

    def __str__(self) -> str:
        return self.study or "Søknad uten tittel"

    @property
    def amount(self) -> int:
        """What is applied for in all, NOK."""
        return sum(part or 0 for part in (self.tuition, self.books, self.travel, self.other_cost))

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def reference(self) -> str:
        """The number as people write it, 2026-0143; empty before it is sent. Reads the round."""
        return str(self.runde.reference(self.number))


class Vedlegg(TenantModel):
    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="vedlegg")
    fil = TenantForeignKey(Fil, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "vedlegg"
        verbose_name_plural = "vedlegg"
        constraints = [
            models.UniqueConstraint(name="vedlegg_once", fields=["kommune", "soknad", "fil"]),
        ]

    def __str__(self) -> str:
        return f"Vedlegg {self.pk}"


class Uttalelse(TenantModel):
    """The leader's recommendation. A new one replaces the old as long as nothing is decided."""

    class Verdict(models.TextChoices):
        SUPPORTS = "supports", "Støtter"
        OPPOSES = "opposes", "Støtter ikke"
        CONDITIONAL = "conditional", "Støtter hvis"

    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="uttalelser")
    verdict = models.CharField("uttalelse", max_length=12, choices=Verdict)
    text = models.TextField("begrunnelse")
    staffing = models.TextField("følger for bemanningen", blank=True)
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    at = models.DateTimeField("gitt", default=clock.now)

    class Meta:
        verbose_name = "lederuttalelse"
        verbose_name_plural = "lederuttalelser"
        constraints = [
            models.UniqueConstraint(name="uttalelse_once", fields=["kommune", "soknad"]),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()


class Poeng(TenantModel):
    """The group's points for one criterion, 0–3."""

    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="poeng")
    kriterium = TenantForeignKey(Kriterium, models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField("poeng")
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "poeng"
        verbose_name_plural = "poeng"
        constraints = [
            models.UniqueConstraint(name="poeng_once", fields=["kommune", "soknad", "kriterium"]),
            models.CheckConstraint(
                name="poeng_0_3", condition=Q(points__range=(0, Kriterium.MAX_POINTS))
            ),
        ]

    def __str__(self) -> str:
        return str(self.points)


class Kommentar(TenantModel):
    """A comment in the prioritising; a dissent is entered in the minutes.

    The group's own comments stay in the group unless they are shared; those of the union
    representatives are always shared.
    """

    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="kommentarer")
    text = models.TextField("kommentar")
    is_shared = models.BooleanField("vises for de tillitsvalgte", default=False)
    is_dissent = models.BooleanField("uenighet som skal føres i referatet", default=False)
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    at = models.DateTimeField("skrevet", default=clock.now)

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ("at",)

    def __str__(self) -> str:
        return f"Kommentar {self.pk}"


class Inhabilitet(TenantModel):
    """Someone who is not impartial in a case, by declaration. Own case is computed."""

    class Ground(models.TextChoices):
        FAMILY = "family", "Familie eller nær tilknytning"
        OTHER = "other", "Annet forhold"

    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="inhabile")
    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="+")
    ground = models.CharField("grunn", max_length=10, choices=Ground)
    declared_at = models.DateTimeField("meldt", default=clock.now)

    class Meta:
        verbose_name = "inhabilitet"
        verbose_name_plural = "inhabiliteter"
        constraints = [
            models.UniqueConstraint(
                name="inhabilitet_once", fields=["kommune", "soknad", "ansatt"]
            ),
        ]

    def __str__(self) -> str:
        return self.get_ground_display()


class Endring(TenantModel):
    """A change in the prioritising that can be undone; gone when the decisions are made.

    `before` is what the change replaced: `{"order": [ids]}`, `{"draft": {…} | None}` or
    `{"points": {kriterium id: [points, by]}}`. `version` is what the round had after a change of
    the order, so that a later one stands in the way; a case's version is its last change's id.
    """

    class Kind(models.TextChoices):
        ORDER = "order", "Rekkefølge"
        DRAFT = "draft", "Utkast til vedtak"
        POINTS = "points", "Poeng"

    runde = TenantForeignKey(Soknadsrunde, models.CASCADE, related_name="endringer")
    soknad = TenantForeignKey(
        Soknad, models.CASCADE, null=True, blank=True, related_name="endringer"
    )
    kind = models.CharField("slag", max_length=6, choices=Kind)
    text = models.CharField("hva som ble gjort", max_length=200)
    before = models.JSONField("før")
    version = models.PositiveIntegerField("versjon etter")
    by = TenantForeignKey(Ansatt, models.CASCADE, related_name="+")
    at = models.DateTimeField("gjort", default=clock.now)

    class Meta:
        verbose_name = "endring i prioriteringen"
        verbose_name_plural = "endringer i prioriteringen"
        ordering = ("pk",)
        indexes = [models.Index(name="endring_runde", fields=["kommune", "runde", "-id"])]

    def __str__(self) -> str:
        return self.text


class Vedtak(TenantModel):
    """The decision on an application. A draft may change; a decided one is only replaced."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", "Innvilget"
        PARTLY = "partly", "Delvis innvilget"
        WAITING = "waiting", "Venteliste"
        REFUSED = "refused", "Avslag"

    class Status(models.TextChoices):
        DRAFT = "draft", "Utkast"
        DECIDED = "decided", "Vedtatt"
        REPLACED = "replaced", "Erstattet"

    soknad = TenantForeignKey(Soknad, models.PROTECT, related_name="vedtak")
    outcome = models.CharField("utfall", max_length=8, choices=Outcome)
    amount = models.PositiveIntegerField("beløp (kr)", default=0)
    leave_days = models.PositiveSmallIntegerField("dager fri med lønn", default=0)
    reason = models.TextField("begrunnelse", blank=True)
    conditions = models.TextField("vilkår", blank=True)
    status = models.CharField("status", max_length=8, choices=Status, default=Status.DRAFT)
    decided_at = models.DateTimeField("vedtatt", null=True, blank=True)
    decided_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("i rollen", max_length=24, blank=True)
    supersedes = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        verbose_name = "vedtak"
        verbose_name_plural = "vedtak"
        constraints = [
            models.UniqueConstraint(
                name="vedtak_one_draft", fields=["kommune", "soknad"], condition=Q(status="draft")
            ),
            models.UniqueConstraint(
                name="vedtak_one_in_force",
                fields=["kommune", "soknad"],
                condition=Q(status="decided"),
            ),
            models.CheckConstraint(
                name="vedtak_decided_has_moment_and_person",
                condition=Q(status="draft") | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="vedtak_money_only_when_granted",
                condition=Q(outcome__in=("granted", "partly")) | Q(amount=0, leave_days=0),
            ),
            models.CheckConstraint(
                name="vedtak_refusal_has_reason",
                condition=Q(status="draft") | ~Q(outcome="refused") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def gives_support(self) -> bool:
        return self.outcome in {self.Outcome.GRANTED, self.Outcome.PARTLY}


class Svarbrev(TenantModel):
    """The letter on a decision: a PDF frozen when it was made."""

    vedtak = TenantForeignKey(Vedtak, models.PROTECT, related_name="svarbrev")
    fil = TenantForeignKey(Fil, models.PROTECT, related_name="+")
    heading = models.CharField("overskrift", max_length=200)
    made_at = models.DateTimeField("laget", default=clock.now)
    sent_at = models.DateTimeField("sendt", null=True, blank=True)
    sent_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField("åpnet", null=True, blank=True)

    class Meta:
        verbose_name = "svarbrev"
        verbose_name_plural = "svarbrev"
        constraints = [
            models.UniqueConstraint(name="svarbrev_once", fields=["kommune", "vedtak"]),
        ]

    def __str__(self) -> str:
        return self.heading
