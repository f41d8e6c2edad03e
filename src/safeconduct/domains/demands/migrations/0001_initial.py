import django.db.models.deletion
import safeconduct.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Demand',
            fields=[
                ('id', models.UUIDField(default=safeconduct.kernel.ids.new_id, primary_key=True, serialize=False)),
                ('envelope', models.UUIDField(unique=True)),
                ('stage', models.CharField(max_length=11)),
                ('handler', models.UUIDField()),
                ('second', models.UUIDField(null=True)),
                ('logged_at', models.DateTimeField()),
                ('received_on', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ask_again_on', models.DateField(null=True)),
                ('told_on', models.DateField(null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['stage', 'due_on'], name='demands_stage_due')],
            },
        ),
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_id', models.UUIDField(db_index=True)),
                ('demand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='silences', to='demands.demand')),
            ],
        ),
    ]
