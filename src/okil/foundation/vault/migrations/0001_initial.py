from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='VaultKey',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('scope', models.CharField(max_length=60)),
                ('purpose', models.CharField(max_length=30)),
                ('sealed_key', models.BinaryField(null=True)),
                ('destroyed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scope', 'purpose'), name='vault_one_key_per_scope_and_purpose'), models.CheckConstraint(condition=models.Q(models.Q(('destroyed_at__isnull', False), ('sealed_key__isnull', True)), models.Q(('destroyed_at__isnull', True), ('sealed_key__isnull', False)), _connector='OR'), name='vault_key_is_kept_or_destroyed')],
            },
        ),
        migrations.CreateModel(
            name='VaultProbe',
            fields=[
                ('id', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=8)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='vault_has_one_probe')],
            },
        ),
    ]
