import django.db.models.deletion
from django.db import migrations, models

import kompetanse.clock
import kompetanse.kommuner.fields
import kompetanse.kommuner.tenancy
from kompetanse.kommuner.rls import SecureTenantTables


class Migration(migrations.Migration):
    # Runs from before were written at once: they get that status, new ones another default.

    dependencies = [
        ('kommuner', '0002_closed_to_others'),
        ('organisasjon', '0007_innlogging'),
    ]

    operations = [
        migrations.CreateModel(
            name='Hrlinje',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('new', 'Nye'), ('returned', 'Kommer tilbake'), ('moved', 'Flyttet'), ('changed', 'Endret'), ('left', 'Slutter ifølge filen'), ('missing', 'Mangler i filen'), ('unit_new', 'Nye enheter'), ('unit_changed', 'Endrede enheter'), ('category_new', 'Nye stillinger'), ('leader_new', 'Nye ledere'), ('doubtful', 'Leder hos oss, men ikke i filen'), ('fault', 'Feil i raden'), ('companion', 'Rad uten feil for samme person'), ('remark', 'Se også på')], max_length=12, verbose_name='slag')),
                ('place', models.PositiveIntegerField(verbose_name='plass')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='ansattnummer')),
                ('name', models.CharField(blank=True, max_length=170, verbose_name='navn')),
                ('unit', models.CharField(blank=True, max_length=120, verbose_name='enhet')),
                ('row', models.PositiveIntegerField(default=0, verbose_name='rad')),
                ('column', models.CharField(blank=True, max_length=120, verbose_name='kolonne')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='forklaring')),
                ('suggestion', models.CharField(blank=True, max_length=200, verbose_name='forslag')),
                ('changes', models.JSONField(default=list, verbose_name='endringer')),
                ('content', models.JSONField(default=dict, verbose_name='innhold')),
            ],
            options={
                'verbose_name': 'linje i import fra HR',
                'verbose_name_plural': 'linjer i import fra HR',
                'ordering': ('place',),
            },
        ),
        migrations.CreateModel(
            name='Hrnokkel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='navn')),
                ('digest', models.CharField(max_length=64, verbose_name='fingeravtrykk')),
                ('tail', models.CharField(max_length=4, verbose_name='de siste tegnene')),
                ('created_at', models.DateTimeField(default=kompetanse.clock.now, verbose_name='laget')),
                ('used_at', models.DateTimeField(null=True, verbose_name='sist brukt')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='trukket tilbake')),
            ],
            options={
                'verbose_name': 'nøkkel for HR-fil',
                'verbose_name_plural': 'nøkler for HR-fil',
            },
        ),
        migrations.CreateModel(
            name='Hrspor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=20, verbose_name='tabell')),
                ('object_id', models.BigIntegerField(verbose_name='nummer')),
                ('before', models.JSONField(null=True, verbose_name='før')),
                ('after', models.JSONField(verbose_name='etter')),
            ],
            options={
                'verbose_name': 'spor etter import fra HR',
                'verbose_name_plural': 'spor etter import fra HR',
            },
        ),
        migrations.RemoveField(
            model_name='hrimport',
            name='faults',
        ),
        migrations.AddField(
            model_name='hrimport',
            name='check_number',
            field=models.PositiveIntegerField(default=0, verbose_name='kontroll nummer'),
        ),
        migrations.AddField(
            model_name='hrimport',
            name='columns',
            field=models.JSONField(default=dict, verbose_name='kolonner'),
        ),
        migrations.AddField(
            model_name='hrimport',
            name='fil',
            field=kompetanse.kommuner.fields.TenantForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='kommuner.fil'),
        ),
        migrations.AddField(
            model_name='hrimport',
            name='forgotten_at',
            field=models.DateTimeField(null=True, verbose_name='innhold slettet'),
        ),
        migrations.AddField(
            model_name='hrimport',
            name='headings',
            field=models.JSONField(default=list, verbose_name='overskrifter'),
        ),
        migrations.AddField(
            model_name='hrimport',
            name='is_partial',
            field=models.BooleanField(default=False, verbose_name='bare noen av de ansatte'),
        ),
        migrations.AddField(
            model_name='hrimport',
            name='message',
            field=models.CharField(blank=True, max_length=500, verbose_name='melding'),
        ),
        migrations.AddField(
            model_name='hrimport',
            name='source',
            field=models.CharField(choices=[('person', 'Lastet opp av en person'), ('token', 'Sendt med nøkkel'), ('folder', 'Lagt i mappen'), ('command', 'Kommando')], default='person', max_length=10, verbose_name='kilde'),
        ),
        migrations.AddField(
            model_name='hrimport',
            name='state',
            field=models.CharField(blank=True, max_length=80, verbose_name='tilstand ved kontroll'),
        ),
        migrations.AddField(
            model_name='hrimport',
            name='status',
            field=models.CharField(choices=[('received', 'Lastet opp'), ('mapping', 'Venter på kolonner'), ('checking', 'Kontrolleres'), ('checked', 'Venter på bekreftelse'), ('writing', 'Skrives inn'), ('written', 'Skrevet inn'), ('undone', 'Angret'), ('refused', 'Avvist'), ('discarded', 'Forkastet')], default='written', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='hrimport',
            name='status',
            field=models.CharField(choices=[('received', 'Lastet opp'), ('mapping', 'Venter på kolonner'), ('checking', 'Kontrolleres'), ('checked', 'Venter på bekreftelse'), ('writing', 'Skrives inn'), ('written', 'Skrevet inn'), ('undone', 'Angret'), ('refused', 'Avvist'), ('discarded', 'Forkastet')], default='received', max_length=10, verbose_name='status'),
        ),
        migrations.AddField(
            model_name='hrimport',
            name='written_at',
            field=models.DateTimeField(null=True, verbose_name='skrevet inn'),
        ),
        migrations.AddIndex(
            model_name='hrimport',
            index=models.Index(fields=['kommune', '-at'], name='hrimport_at'),
        ),
        migrations.AddField(
            model_name='hrlinje',
            name='hrimport',
            field=kompetanse.kommuner.fields.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='linjer', to='organisasjon.hrimport'),
        ),
        migrations.AddField(
            model_name='hrlinje',
            name='kommune',
            field=models.ForeignKey(db_index=False, default=kompetanse.kommuner.tenancy.current_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kommuner.kommune'),
        ),
        migrations.AddField(
            model_name='hrnokkel',
            name='created_by',
            field=kompetanse.kommuner.fields.TenantForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisasjon.ansatt'),
        ),
        migrations.AddField(
            model_name='hrnokkel',
            name='kommune',
            field=models.ForeignKey(db_index=False, default=kompetanse.kommuner.tenancy.current_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kommuner.kommune'),
        ),
        migrations.AddField(
            model_name='hrspor',
            name='hrimport',
            field=kompetanse.kommuner.fields.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spor', to='organisasjon.hrimport'),
        ),
        migrations.AddField(
            model_name='hrspor',
            name='kommune',
            field=models.ForeignKey(db_index=False, default=kompetanse.kommuner.tenancy.current_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kommuner.kommune'),
        ),
        migrations.AddIndex(
            model_name='hrlinje',
            index=models.Index(fields=['kommune', 'hrimport', 'kind', 'place'], name='hrlinje_kind'),
        ),
        migrations.AddConstraint(
            model_name='hrnokkel',
            constraint=models.UniqueConstraint(fields=('kommune', 'digest'), name='hrnokkel_digest_once'),
        ),
        migrations.AddIndex(
            model_name='hrspor',
            index=models.Index(fields=['kommune', 'hrimport', 'table', 'object_id'], name='hrspor_object'),
        ),
        migrations.AddField(
            model_name='oppsett',
            name='hr_leavers_limit',
            field=models.PositiveSmallIntegerField(default=5, verbose_name='hvor mange prosent som kan slutte uten ekstra bekreftelse'),
        ),
        migrations.AddConstraint(
            model_name='oppsett',
            constraint=models.CheckConstraint(condition=models.Q(('hr_leavers_limit__range', (0, 100))), name='oppsett_hr_leavers_limit_0_100'),
        ),
        SecureTenantTables(),
    ]
