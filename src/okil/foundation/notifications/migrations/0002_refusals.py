from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='notification',
            name='refused_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('refused_at__isnull', True), _connector='OR'), name='what_was_sent_was_not_refused'),
        ),
    ]
