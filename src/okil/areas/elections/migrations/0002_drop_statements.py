from django.db import migrations


def drop_statements(apps, schema_editor):
    # The first version let a person say that a thing was done; now it is known from what was done.
    # Their words stay in the journal.
    apps.get_model('elections', 'GateAnswer').objects.filter(decision=None).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(drop_statements, migrations.RunPython.noop),
    ]
