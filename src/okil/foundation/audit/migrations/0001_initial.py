from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Journal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("role", models.CharField(max_length=40)),
                ("actor_number", models.PositiveBigIntegerField(null=True)),
                ("event", models.CharField(max_length=80)),
                ("subject_kind", models.CharField(max_length=80)),
                ("subject_number", models.PositiveBigIntegerField()),
                ("chapter", models.CharField(blank=True, max_length=60)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("previous_hash", models.CharField(max_length=64, unique=True)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(
                        fields=["subject_kind", "subject_number"], name="history_of_a_subject"
                    ),
                    models.Index(fields=["chapter"], name="entries_of_a_chapter"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedHead",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("length", models.PositiveBigIntegerField()),
                ("last_hash", models.CharField(max_length=64)),
            ],
            options={"ordering": ["-day"]},
        ),
    ]
