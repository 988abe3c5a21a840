import datetime

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import kompetanse.kommuner.fields
import kompetanse.kommuner.tenancy
from kompetanse.kommuner.rls import SecureTenantTables

# The versions of a unit never overlap. Ranges of one number make the ids comparable in a GiST
# index without an extension; deferred, because a change ends one version and begins the next.
NO_OVERLAP = """
ALTER TABLE organisasjon_enhetsversjon ADD CONSTRAINT enhetsversjon_no_overlap EXCLUDE USING gist (
    int8range(kommune_id, kommune_id, '[]') WITH &&,
    int8range(enhet_id, enhet_id, '[]') WITH &&,
    daterange(starts, ends, '[]') WITH &&
) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisasjon", "0004_tilgang"),
    ]

    operations = [
        migrations.AddField(
            model_name="enhet",
            name="is_open",
            field=models.BooleanField(default=True, editable=False, verbose_name="i bruk"),
        ),
        migrations.AddField(
            model_name="enhet",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="versjon"),
        ),
        migrations.AlterField(
            model_name="stillingskategori",
            name="group",
            field=models.CharField(
                blank=True,
                choices=[
                    ("sykepleier", "Sykepleier"),
                    ("spesialsykepleier", "Spesialsykepleier"),
                    ("helsesykepleier", "Helsesykepleier"),
                    ("jordmor", "Jordmor"),
                    ("vernepleier", "Vernepleier"),
                    ("helsefagarbeider", "Helsefagarbeider"),
                    ("lege", "Lege"),
                    ("fysioterapeut", "Fysioterapeut"),
                    ("ergoterapeut", "Ergoterapeut"),
                    ("sosionom", "Sosionom"),
                    ("barnevernspedagog", "Barnevernspedagog"),
                    ("miljo", "Miljøterapeut og miljøarbeider"),
                    ("laerer", "Lærer"),
                    ("barnehagelaerer", "Barnehagelærer"),
                    ("barne_ungdom", "Barne- og ungdomsarbeider"),
                    ("assistent", "Assistent og pleiemedarbeider"),
                    ("kjokken", "Kokk og kjøkken"),
                    ("fagarbeider", "Fagarbeider i drift og teknisk"),
                    ("ingenior", "Ingeniør"),
                    ("radgiver", "Saksbehandler, rådgiver og veileder"),
                    ("leder", "Leder"),
                    ("laerling", "Lærling"),
                    ("annen", "Annen gruppe"),
                ],
                max_length=80,
                verbose_name="fellesgruppe",
            ),
        ),
        migrations.CreateModel(
            name="Enhetsversjon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(db_collation="nb-x-icu", max_length=120, verbose_name="navn"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kommune", "Kommune"),
                            ("sektor", "Sektor"),
                            ("virksomhet", "Virksomhet"),
                            ("avdeling", "Avdeling"),
                        ],
                        max_length=12,
                        verbose_name="slag",
                    ),
                ),
                ("starts", models.DateField(default=datetime.date(1900, 1, 1), verbose_name="fra")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="til og med")),
                (
                    "enhet",
                    kompetanse.kommuner.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versjoner",
                        to="organisasjon.enhet",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        db_index=False,
                        default=kompetanse.kommuner.tenancy.current_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kommuner.kommune",
                    ),
                ),
                (
                    "parent",
                    kompetanse.kommuner.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisasjon.enhet",
                        verbose_name="under",
                    ),
                ),
            ],
            options={
                "verbose_name": "enhetsversjon",
                "verbose_name_plural": "enhetsversjoner",
                "ordering": ("starts",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kommune", "enhet", "starts"), name="enhetsversjon_starts_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="enhetsversjon_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Permisjon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("foreldre", "Foreldrepermisjon"),
                            ("utdanning", "Utdanningspermisjon"),
                            ("omsorg", "Omsorgspermisjon"),
                            ("tjeneste", "Militær eller sivil tjeneste"),
                            ("annen", "Annen permisjon"),
                        ],
                        max_length=12,
                        verbose_name="slag",
                    ),
                ),
                (
                    "percentage",
                    models.PositiveSmallIntegerField(
                        default=100,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="permisjonsprosent",
                    ),
                ),
                ("starts", models.DateField(verbose_name="fra")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="til og med")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="versjon")),
                (
                    "ansatt",
                    kompetanse.kommuner.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permisjoner",
                        to="organisasjon.ansatt",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        db_index=False,
                        default=kompetanse.kommuner.tenancy.current_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kommuner.kommune",
                    ),
                ),
            ],
            options={
                "verbose_name": "permisjon",
                "verbose_name_plural": "permisjoner",
                "ordering": ("-starts",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kommune", "ansatt", "starts", "kind"), name="permisjon_starts_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percentage__range", (1, 100))),
                        name="permisjon_percentage_1_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="permisjon_in_order",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            NO_OVERLAP,
            "ALTER TABLE organisasjon_enhetsversjon DROP CONSTRAINT enhetsversjon_no_overlap",
        ),
        SecureTenantTables(),
    ]
