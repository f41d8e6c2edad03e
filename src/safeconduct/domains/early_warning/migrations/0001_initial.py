"""The tables of the index."""

from django.db import migrations, models

import safeconduct.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IndexKey",
            fields=[
                ("id", models.UUIDField(default=safeconduct.kernel.ids.new_id, primary_key=True, serialize=False)),
                ("generation", models.PositiveIntegerField(unique=True)),
                ("envelope", models.UUIDField(default=safeconduct.kernel.ids.new_id, unique=True)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="IndexEntry",
            fields=[
                ("id", models.UUIDField(default=safeconduct.kernel.ids.new_id, primary_key=True, serialize=False)),
                ("generation", models.PositiveIntegerField(db_index=True)),
                ("tag", models.BinaryField(unique=True)),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("generation", models.PositiveIntegerField()),
                ("tag", models.BinaryField()),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Waking",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
            ],
        ),
    ]
