
import django.db.models.deletion
import okil.foundation.vault.fields
import okil.foundation.web.languages
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='NumbersOfAYear',
            fields=[
                ('year', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Issued',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('year', models.PositiveIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('subject_kind', models.CharField(max_length=80)),
                ('subject_number', models.PositiveBigIntegerField()),
                ('reason', okil.foundation.web.languages.TextsField(default=dict)),
                ('issued_at', models.DateTimeField()),
                ('zone', models.CharField(max_length=60)),
                ('vault_scope', models.CharField(max_length=60)),
                ('commitment', models.CharField(max_length=64)),
                ('internal_sha256', models.CharField(max_length=64)),
                ('public_sha256', models.CharField(blank=True, max_length=64)),
                ('salt', okil.foundation.vault.fields.SealedBytes(purpose='documents')),
                ('internal_facts', okil.foundation.vault.fields.SealedBytes(purpose='documents')),
                ('public_facts', okil.foundation.vault.fields.SealedBytes(null=True, purpose='documents')),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='documents.issued')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(max_length=10)),
                ('language', models.CharField(max_length=5)),
                ('format', models.CharField(max_length=5)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('content', okil.foundation.vault.fields.SealedBytes(purpose='documents')),
                ('issued', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='documents.issued')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='issued',
            index=models.Index(fields=['subject_kind', 'subject_number'], name='documents_of_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='issued',
            constraint=models.UniqueConstraint(fields=('year', 'number'), name='document_has_a_number_of_its_own'),
        ),
        migrations.AddConstraint(
            model_name='issued',
            constraint=models.UniqueConstraint(fields=('kind', 'subject_kind', 'subject_number', 'version'), name='document_has_one_of_each_version'),
        ),
        migrations.AddConstraint(
            model_name='issued',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('supersedes__isnull', True), ('version', 1)), models.Q(('supersedes__isnull', False), ('version__gt', 1)), _connector='OR'), name='document_after_the_first_names_the_one_before'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.UniqueConstraint(fields=('issued', 'audience', 'language', 'format'), name='document_has_one_file_of_each_sort'),
        ),
    ]
