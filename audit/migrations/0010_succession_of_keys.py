"""Let one key after another sign checkpoints, each named by the one before."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import audit.fields

SQL = Path(__file__).parent.parent / "sql" / "0010_succession_of_keys.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0009_many_rows_one_item")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SQL.read_text(encoding="utf-8"))],
            state_operations=[
                migrations.CreateModel(
                    name="CheckpointSuccession",
                    fields=[
                        (
                            "key",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="succession",
                                serialize=False,
                                to="audit.checkpointkey",
                            ),
                        ),
                        (
                            "previous",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successor",
                                to="audit.checkpointkey",
                            ),
                        ),
                        ("statement", models.TextField()),
                        ("signature", models.BinaryField()),
                        ("previous_signature", models.BinaryField(null=True)),
                        ("reason", models.TextField()),
                        ("act", audit.fields.ActField()),
                    ],
                    options={"db_table": "checkpoint_succession", "default_permissions": ()},
                ),
            ],
        ),
    ]
